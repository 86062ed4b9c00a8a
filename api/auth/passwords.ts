/** Passwords: kept as scrypt hashes that carry their own cost, so that the cost can rise with the years. */
import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { FieldProblem } from '../http/problem';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 2^15 with eight blocks thrice: 32 MiB and a quarter of a second. */
const COST = { ln: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const MOST_MEMORY = 256 * 1024 * 1024;
/** Computations at one time: they would fill the threads that files and name look-ups need. */
const AT_ONCE = 2;

const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;

/** The hash of a password, as `$scrypt$ln=15,r=8,p=3$salt$key`. Letters count the same however they are composed (NFKC). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scrypted(password, salt, KEY_BYTES, COST);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one of a hash. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt = '', key = ''] = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(hash) ?? [];
  if (key === '') return false;
  const wanted = Buffer.from(key, 'base64url');
  const given = await scrypted(password, Buffer.from(salt, 'base64url'), wanted.length, { ln: Number(ln), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, wanted);
}

/** What is wrong with a password that somebody chose. */
export function passwordProblems(field: string, password: string): FieldProblem[] {
  const { length } = Array.from(password);
  if (length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD) return [];
  const message = {
    vi: `cần từ ${SHORTEST_PASSWORD} đến ${LONGEST_PASSWORD} ký tự`,
    en: `needs ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`,
  };
  return [{ field, message }];
}

let atWork = 0;
const waiting: (() => void)[] = [];

async function scrypted(password: string, salt: Buffer, bytes: number, { ln, r, p }: typeof COST): Promise<Buffer> {
  if (atWork >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else atWork += 1;
  try {
    return await derive(password.normalize('NFKC'), salt, bytes, { N: 2 ** ln, r, p, maxmem: MOST_MEMORY });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else atWork -= 1;
  }
}
