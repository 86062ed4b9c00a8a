/** Short addresses of pages with their filters. Whoever opens one sees what they may see: the address holds questions, not answers. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const SHORTEST = 6;
const LONGEST = 12;

/** The letters that stand for a path: the same for the same path, easy to say. */
function lettersOf(path: string): string {
  return [...createHash('sha256').update(path).digest().subarray(0, LONGEST)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** The code of a path in this site, made when it has none; a letter longer where another path has it already. */
export async function shortCodeOf({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, actor: Actor, path: string): Promise<string> {
  const letters = lettersOf(path);
  for (let length = SHORTEST; length <= LONGEST; length += 1) {
    const known = await db.shortLink.findUnique({ where: { path } });
    if (known) return known.code;
    const code = letters.slice(0, length);
    const row = { code, path, createdBy: actor.id, createdAt: new Date(clock.now()) };
    const { count } = await db.shortLink.createMany({ data: [row], skipDuplicates: true });
    if (count === 1) return code;
  }
  throw new Error('no short code is free for this path');
}

/** The path behind a code; null where there is none. */
export async function pathOfShortCode({ db }: Pick<ApiDeps, 'db'>, code: string): Promise<string | null> {
  const row = await db.shortLink.findUnique({ where: { code } });
  return row?.path ?? null;
}
