/** Sending lists to the API of a test. */
import type { Prisma } from '../../../prisma/generated/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as X from '@e965/xlsx';
import type { Answer, Sender, TestApi } from '../support/api';

/** The published list of Lâm Đồng, as shipped. */
export const REAL_LIST = readFileSync(join(__dirname, '../../../data/products-lam-dong.csv'));

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A CSV of a header line and rows. */
export function csv(...lines: (readonly string[])[]): string {
  return lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}

/** A workbook with one sheet of these rows. */
export function workbook(...rows: (readonly (string | number | Date)[])[]): Buffer {
  const book = X.utils.book_new(X.utils.aoa_to_sheet(rows as unknown[][], { cellDates: true, UTC: true }), 'Danh sách');
  return X.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

export interface ListOptions {
  token?: string;
  type?: string;
  key?: string;
  by?: Sender;
}

export type Importer = (path: string, list: string | Uint8Array, options?: ListOptions) => Promise<Answer>;

/** Sends a list as the administrator, unless another token is given. */
export function importer(api: TestApi): Importer {
  return async (path, list, { token, type = 'text/csv', key, by } = {}) => {
    const headers = { 'content-type': type, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    return await (by ?? api.send)('POST', path, { raw: list, headers, ...(token === undefined ? {} : { token }) });
  };
}

/** Waits until that many cycles stand in the records: imports do not wait for each. */
export async function recorded({ database }: TestApi, cycles: number, where: Prisma.CycleWhereInput = {}): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await database.db.cycle.count({ where })) >= cycles) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${cycles} cycles were not recorded; there are ${await database.db.cycle.count({ where })}`);
}
