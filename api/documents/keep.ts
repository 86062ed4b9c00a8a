/**
 * Files of a dossier. They are kept first, by the sum of their content, and act after: a file counts once an event of the dossier names its sum. So what
 * is cut off in between leaves a file that nobody sees, and sending the form again finds it there.
 */
import { createHash } from 'node:crypto';
import type { Attachment, FileKind } from '../../domain/cycle/attachments';
import { type Document, Prisma } from '../../prisma/generated/client';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import { invalidInput, notFound } from '../http/problem';
import { ACCEPTED, acceptedFile } from './accept';

/** Files that one action may bring. */
export const MOST_AT_ONCE = 10;
const MOST_OF_A_DOSSIER = 200;
/** How long a file waits for its action. */
const KEPT_WAITING_MS = 30 * 86_400_000;

type Known = Omit<Document, 'content'>;
const KNOWN = { content: true } as const;

const attachmentOf = ({ sha256, kind, sizeBytes }: Pick<Known, 'sha256' | 'kind' | 'sizeBytes'>): Attachment => ({
  sha256,
  kind: kind as FileKind,
  size: sizeBytes,
});

/**
 * Keeps a file for a dossier, once however often it is sent.
 * @throws HttpProblem "invalid-input" for a file that a dossier does not take
 */
export async function keepDocument(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  actor: Actor,
  cycleId: string,
  file: { name: string; bytes: Buffer },
): Promise<Attachment> {
  const { kind, name } = acceptedFile(file);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const now = clock.now();
  await db.document.deleteMany({ where: { sequence: null, uploadedAt: { lt: new Date(now - KEPT_WAITING_MS) } } });
  if ((await db.document.count({ where: { cycleId, sha256: { not: sha256 } } })) >= MOST_OF_A_DOSSIER) throw tooMany();
  const sent = {
    kind,
    fileName: name,
    sizeBytes: file.bytes.length,
    actorId: actor.id,
    officeCode: actor.office,
    uploadedAt: new Date(now),
  };
  const row = { cycleId, sha256, ...sent, content: new Uint8Array(file.bytes) };
  const { count } = await db.document.createMany({ data: [row], skipDuplicates: true });
  // One that waited is called as its latest sender calls it; one that stands in the history keeps its name.
  if (count === 0) await db.document.updateMany({ where: { cycleId, sha256, sequence: null }, data: sent });
  return attachmentOf(row);
}

/** Keeps what a form brought, every file or none that is not usable; their sums. */
export async function keepDocuments(
  deps: Pick<ApiDeps, 'db' | 'clock'>,
  actor: Actor,
  cycleId: string,
  files: readonly { name: string; bytes: Buffer }[],
): Promise<string[]> {
  if (files.length > MOST_AT_ONCE)
    throw invalidInput([
      {
        field: 'documents',
        message: {
          vi: `nhiều nhất ${MOST_AT_ONCE} tệp một lần; đã chọn ${files.length}`,
          en: `at most ${MOST_AT_ONCE} files at once, not ${files.length}`,
        },
      },
    ]);
  for (const file of files) acceptedFile(file);
  const sums: string[] = [];
  for (const file of files) sums.push((await keepDocument(deps, actor, cycleId, file)).sha256);
  return [...new Set(sums)];
}

function tooMany(): ReturnType<typeof invalidInput> {
  return invalidInput([
    {
      field: 'documents',
      message: {
        vi: `hồ sơ này đã có ${MOST_OF_A_DOSSIER} tệp, là mức nhiều nhất`,
        en: `this dossier has ${MOST_OF_A_DOSSIER} files, the most`,
      },
    },
  ]);
}

/**
 * What the cycle is told of files that go with an action; each was sent for this dossier before.
 * @throws HttpProblem "invalid-input" for a file that was not
 */
export async function attachmentsOf(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  cycleId: string,
  sums: readonly string[],
): Promise<Attachment[]> {
  const wanted = [...new Set(sums)];
  // From here on they wait anew: none is swept away while its action is under way.
  await db.document.updateMany({ where: { cycleId, sha256: { in: wanted }, sequence: null }, data: { uploadedAt: new Date(clock.now()) } });
  const rows = await db.document.findMany({
    where: { cycleId, sha256: { in: wanted } },
    select: { sha256: true, kind: true, sizeBytes: true },
  });
  const bySum = new Map(rows.map((row) => [row.sha256, attachmentOf(row)]));
  const missing = wanted.filter((sha256) => !bySum.has(sha256));
  if (missing.length)
    throw invalidInput(
      missing.map((sha256) => ({
        field: 'documents',
        message: {
          vi: `chưa có tệp ${sha256} của hồ sơ này; hãy gửi tệp trước`,
          en: `no file ${sha256} of this dossier; send the file first`,
        },
      })),
    );
  return wanted.flatMap((sha256) => bySum.get(sha256) ?? []);
}

/** A file of a dossier with what brought it. */
export interface DocumentView extends Attachment {
  name: string;
  mediaType: string;
  /** Every event that brought it, first one first. */
  broughtBy: { sequence: number; name: string; on: string }[];
}

/** The files that stand in a dossier's history, newest first. */
export async function documentsOf({ db }: Pick<ApiDeps, 'db'>, cycleId: string): Promise<DocumentView[]> {
  const rows = await db.document.findMany({
    where: { cycleId, sequence: { not: null } },
    omit: KNOWN,
    orderBy: [{ sequence: 'desc' }, { fileName: 'asc' }],
  });
  if (rows.length === 0) return [];
  const events = await db.cycleEvent.findMany({
    where: { cycleId, documents: { not: Prisma.DbNull } },
    select: { sequence: true, name: true, legalOn: true, documents: true },
    orderBy: { sequence: 'asc' },
  });
  return rows.map((row) => ({
    ...attachmentOf(row),
    name: row.fileName,
    mediaType: ACCEPTED[row.kind as FileKind].mediaType,
    broughtBy: events
      .filter(({ documents }) => (documents as unknown as Attachment[]).some(({ sha256 }) => sha256 === row.sha256))
      .map(({ sequence, name, legalOn }) => ({ sequence, name, on: legalOn.toISOString().slice(0, 10) })),
  }));
}

/** A file that stands in a dossier's history, to be saved. Throws "not found" for others. */
export async function documentFile(
  { db }: Pick<ApiDeps, 'db'>,
  cycleId: string,
  sha256: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const row = await db.document.findUnique({ where: { cycleId_sha256: { cycleId, sha256 }, sequence: { not: null } } });
  if (!row) throw notFound({ vi: `Hồ sơ ${cycleId} không có tệp ${sha256}`, en: `Dossier ${cycleId} has no file ${sha256}` });
  return { name: row.fileName, type: ACCEPTED[row.kind as FileKind].mediaType, bytes: Buffer.from(row.content) };
}
