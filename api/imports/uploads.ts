/** Files kept between the look at what they would do and the import itself, so that the page can be loaded again and the file is sent once. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import type { ImportUpload } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { notFound } from '../http/problem';
import { jobView, sha256Of } from './jobs';
import { beginImport, previewImport } from './run';
import { type FileWork, type ImportKind, workOf } from './work-of';

const KEPT_FOR_MS = 86_400_000;

interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** Keeps a file that can be read; its id. Throws the problem of one that cannot. */
export async function keepUpload(deps: ApiDeps, actor: Actor, kind: ImportKind, file: SentFile, plan?: string): Promise<string> {
  await workOf(deps, actor, kind, { mediaType: file.type, bytes: file.bytes }, { plan });
  const now = deps.clock.now();
  await deps.db.importUpload.deleteMany({ where: { uploadedAt: { lt: new Date(now - KEPT_FOR_MS) } } });
  const id = randomUUID();
  await deps.db.importUpload.create({
    data: {
      id,
      kind,
      planId: plan ?? null,
      fileName: file.name.slice(0, 200),
      mediaType: file.type,
      content: new Uint8Array(file.bytes),
      actorId: actor.id,
      uploadedAt: new Date(now),
    },
  });
  return id;
}

/** A file that the actor sent. Throws "not found" for others, and for one that is gone. */
export async function readUpload({ db }: Pick<ApiDeps, 'db'>, actor: Actor, id: string): Promise<ImportUpload> {
  const row = await db.importUpload.findUnique({ where: { id } });
  if (row?.actorId !== actor.id)
    throw notFound({ vi: 'Tệp này không còn; tệp tải lên được giữ một ngày. Hãy tải lại.', en: 'The file is gone; it is kept for a day.' });
  return row;
}

async function workOfUpload(deps: ApiDeps, actor: Actor, row: ImportUpload): Promise<FileWork> {
  const file = { mediaType: row.mediaType, bytes: Buffer.from(row.content) };
  return await workOf(deps, actor, row.kind as ImportKind, file, { plan: row.planId ?? undefined });
}

/** What the file would do as the records stand now. */
export async function previewUpload(deps: ApiDeps, actor: Actor, row: ImportUpload) {
  const { work, ignoredColumns } = await workOfUpload(deps, actor, row);
  return { ...(await previewImport(work)), notes: work.notes, ignoredColumns };
}

/** Begins the import of the file, or goes on with it where it was cut off; it goes on by itself. Returns the id of the import. */
export async function importUpload(deps: ApiDeps, actor: Actor, row: ImportUpload): Promise<string> {
  const job = row.jobId === null ? null : await deps.db.importJob.findUnique({ where: { id: row.jobId } });
  const { status } = job ? jobView(job, deps.clock.now()) : { status: 'interrupted' };
  if (job && status !== 'interrupted') return job.id;
  const { work } = await workOfUpload(deps, actor, row);
  const file = { sha256: sha256Of(Buffer.from(row.content)), actorId: actor.id, asked: 'page' };
  const { id, finished } = await beginImport(deps, work, { mode: 'good', ...file });
  finished.catch((error: unknown) => deps.log.error({ err: error, importId: id }, 'import stopped'));
  await deps.db.importUpload.update({ where: { id: row.id }, data: { jobId: id } });
  return id;
}
