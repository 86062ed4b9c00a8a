/** Certificates as registrations give them, and the public codes of certificates. */
import { createHash } from 'node:crypto';
import { validityFrom } from '../../domain/certificates';
import type { Certificate } from '../../domain/cycle/state';
import type { Procedure } from '../../domain/regimes';
import type { Place } from './place';
import type { RegistrationInput } from './registration-input';

/** A certificate already in force as the cycle takes it; its end computed once from the day of issue where none is given. */
export function certificateOf(
  { certificate: given }: RegistrationInput,
  validity: Procedure['validity'],
  name: string,
  { communeCode }: Place,
): Certificate | null {
  if (!given) return null;
  const { stars: star, issuedOn, validUntil, number, decisionNumber, issuedBy } = given;
  return {
    code: given.code ?? publicCode(`${communeCode} ${name} ${decisionNumber} ${issuedOn}`),
    number: number ?? null,
    star,
    issuedOn,
    validUntil: validUntil ?? validityFrom(issuedOn, validity).validUntil,
    decisionNumber,
    issuedBy,
  };
}

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A public code that says nothing about what it is made of; the same each time. */
export function publicCode(from: string): string {
  const letters = [...createHash('sha256').update(from).digest().subarray(0, 10)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]);
  return `OCOP-${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}
