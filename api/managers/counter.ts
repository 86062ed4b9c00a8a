/** A number with the address of exactly the list that it counts. */
import { z } from 'zod';

export const counter = z
  .object({ count: z.int(), list: z.string().meta({ description: 'Địa chỉ danh sách. / Address of the list.' }) })
  .meta({ id: 'Counter' });

export interface Counter {
  count: number;
  list: string;
}

type Questions = Record<string, string | number | undefined>;

/** The address of a list with its questions; those not asked are left out. Pages have thousands of them: no object is made on the way. */
export function listAt(path: string, questions: Questions): string {
  let query = '';
  for (const name in questions) {
    const value = questions[name];
    if (value !== undefined) query += `${query === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`;
  }
  return path + query;
}

export const dossierCounter = (count: number, questions: Questions): Counter => ({ count, list: listAt('/api/stuck', questions) });
export const certificateCounter = (count: number, questions: Questions): Counter => ({
  count,
  list: listAt('/api/certificates', questions),
});

/** How many such rows stand for, with the list that the questions find. */
export type Count = (rows: readonly { count: number }[], questions: object) => Counter;
