/** Pages by an opaque cursor: the key of the last row, so that rows which come or go do not shift the next page. */
import { z } from 'zod';
import { invalidInput } from './problem';
import { wholeNumber } from './schemas';

export const LARGEST_PAGE = 200;
const DEFAULT_PAGE = 50;

/** The query parameters of a paged list. */
export const pageQuery = { cursor: z.string().min(1).max(400).optional(), limit: wholeNumber(1, LARGEST_PAGE).optional() };

export interface Page<Row> {
  items: Row[];
  /** Give it back to get the next page; null on the last. */
  nextCursor: string | null;
}

/** The answer's schema of a page. */
export const pageOf = <Row extends z.ZodType>(row: Row) => z.object({ items: z.array(row), nextCursor: z.string().nullable() });

export const limitOf = (limit: number | undefined): number => limit ?? DEFAULT_PAGE;

/** The strings that a cursor holds; undefined without one. Throws the problem of a cursor that is not ours. */
export function readCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const given = z.array(z.string().max(200)).length(parts).safeParse(value);
    if (given.success && !given.data.some((one) => one.includes('\u0000'))) return given.data;
  } catch {
    // Falls through to the refusal.
  }
  throw invalidInput([{ field: 'cursor', message: { vi: 'không phải con trỏ trang hợp lệ', en: 'is no cursor of this list' } }]);
}

/** Cuts one row more than asked for into a page. */
export function toPage<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string[]): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null };
}
