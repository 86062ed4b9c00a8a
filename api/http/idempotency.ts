/**
 * Idempotency keys: the first answer to a key is kept and given again, also after a restart. A first attempt that was cut off leaves its key open;
 * whoever sends the same request again takes it over, with what the first had noted.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../../clients/database';
import type { Instant } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import { HttpProblem } from './problem';

/** A request that has not answered for so long was cut off. */
const CUT_OFF_AFTER_MS = 60_000;
const KEPT_FOR_MS = 7 * 86_400_000;

/** What is kept of an answer. */
export interface KeptAnswer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** The key is ours: do the work, then keep its answer or let it go. */
export interface Reserved {
  kind: 'reserved';
  progress: unknown;
  saveProgress(progress: object): Promise<void>;
  keep(answer: KeptAnswer): Promise<void>;
  /** No final answer: the next attempt with the key works again, with the same progress. */
  release(): Promise<void>;
}

export interface KeyedRequest {
  tokenId: string;
  key: string;
  /** Such as `POST /api/cycles`. */
  request: string;
  body: Buffer;
}

interface Stored {
  answer?: KeptAnswer;
  progress?: unknown;
}

/** Takes the key for a request, or gives the answer that it already has. Throws the problem of a key used otherwise or still at work. */
export async function reserve(
  db: Database,
  { tokenId, key, request, body }: KeyedRequest,
  now: Instant,
): Promise<Reserved | { kind: 'answered'; answer: KeptAnswer }> {
  const bodyHash = createHash('sha256').update(`${request}\n`).update(body).digest('hex');
  const where = { tokenId_key: { tokenId, key } };
  const row = { tokenId, key, request, bodyHash, createdAt: new Date(now) };
  const { count } = await db.idempotencyRecord.createMany({ data: [row], skipDuplicates: true });
  if (count === 1) return reserved(db, row, undefined);
  const before = await db.idempotencyRecord.findUniqueOrThrow({ where });
  if (before.request !== request || before.bodyHash !== bodyHash) throw keyReused(before.request);
  const stored = (before.response ?? {}) as Stored;
  if (before.status !== null && stored.answer) return { kind: 'answered', answer: stored.answer };
  const cutOff = new Date(now - CUT_OFF_AFTER_MS);
  // Taken and read in one statement: what the earlier attempt noted until this very moment is seen.
  const [taken] = await db.idempotencyRecord.updateManyAndReturn({
    where: { tokenId, key, status: null, createdAt: { lt: cutOff } },
    data: { createdAt: row.createdAt },
  });
  if (!taken) throw stillRunning();
  return reserved(db, row, ((taken.response ?? {}) as Stored).progress);
}

/** The key as held by one attempt: one that was taken for cut off and is still at work can neither note nor answer any more. */
function reserved(db: Database, held: { tokenId: string; key: string; createdAt: Date }, progress: unknown): Reserved {
  const stored = (response: Stored): Prisma.InputJsonValue => JSON.parse(JSON.stringify(response)) as Prisma.InputJsonValue;
  const write = async (data: Prisma.IdempotencyRecordUpdateManyMutationInput): Promise<void> => {
    const { tokenId, key, createdAt } = held;
    const { count } = await db.idempotencyRecord.updateMany({ where: { tokenId, key, createdAt }, data });
    if (count !== 1) throw stillRunning();
  };
  return {
    kind: 'reserved',
    progress,
    saveProgress: async (given) => await write({ response: stored({ progress: given }) }),
    keep: async (answer) => await write({ status: answer.status, response: stored({ answer }) }),
    release: async () => await write({ createdAt: new Date(held.createdAt.getTime() - CUT_OFF_AFTER_MS - 1) }),
  };
}

/** Removes answers that are older than a week. */
export async function sweepIdempotency(db: Database, now: Instant): Promise<void> {
  await db.idempotencyRecord.deleteMany({ where: { createdAt: { lt: new Date(now - KEPT_FOR_MS) } } });
}

function keyReused(request: string): HttpProblem {
  return new HttpProblem('key-reused', {
    vi: `Idempotency-Key này đã dùng cho một yêu cầu khác (${request}); mỗi yêu cầu cần một khóa riêng`,
    en: `This Idempotency-Key was used for another request (${request}); every request needs its own`,
  });
}

function stillRunning(): HttpProblem {
  return new HttpProblem(
    'still-running',
    {
      vi: 'Yêu cầu trước với khóa này chưa xong; hãy gửi lại sau ít giây',
      en: 'The first request with this key is not done; send it again shortly',
    },
    { headers: { 'retry-after': '2' } },
  );
}
