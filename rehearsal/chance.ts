/** Chance from a seed and a name: the same for the same dossier and step, whatever happened to others before. */
import { createHash } from 'node:crypto';

export interface Chance {
  /** A number from 0 up to 1, the same each time for the same purpose. */
  of(purpose: string): number;
  /** A whole number of a range, ends included. */
  whole(purpose: string, [from, to]: readonly [number, number]): number;
  /** One of several, by their weights. */
  pick<T extends { weight: number }>(purpose: string, from: readonly T[]): T | undefined;
}

/** @param about what it is the chance of, such as a product with a step */
export function chanceFrom(seed: string, about: string): Chance {
  const of = (purpose: string): number => {
    const digest = createHash('sha256').update(`${seed}\n${about}\n${purpose}`).digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  };
  return {
    of,
    whole: (purpose, [from, to]) => from + Math.floor(of(purpose) * (to - from + 1)),
    pick: (purpose, from) => {
      let rest = of(purpose) * from.reduce((sum, one) => sum + one.weight, 0);
      return from.find((one) => (rest -= one.weight) < 0) ?? from.at(-1);
    },
  };
}
