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

/** The address of a list with its questions; those not asked are left out. */
export function listAt(path: string, questions: Questions): string {
  const asked = Object.entries(questions).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const query = new URLSearchParams(asked).toString();
  return query === '' ? path : `${path}?${query}`;
}

export const dossierCounter = (count: number, questions: Questions): Counter => ({ count, list: listAt('/api/stuck', questions) });
export const certificateCounter = (count: number, questions: Questions): Counter => ({
  count,
  list: listAt('/api/certificates', questions),
});
