/** The keys that sign certificates' QR codes (Ed25519): from the environment, or from the data folder, where the first one is made at first start. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicKeys, SigningKeys } from '../documents/sealed-code';
import { EnvironmentProblem } from './environment';

const VARIABLE = 'OCOP_SIGNING_KEYS';
const MOST_KEYS = 255;
const FILE = /^(\d{1,3})\.(key|pub)\.pem$/;
const GIVEN = /^(\d{1,3}):(private|public):([A-Za-z0-9+/]+={0,2})$/;

/**
 * The keys of this installation.
 * @param given `OCOP_SIGNING_KEYS`: `id:private:…` and `id:public:…`, separated by commas, each key as base64 of its DER form (PKCS#8, SPKI); the private
 * key with the highest id signs. Undefined: the keys in the folder, one made there when it has none.
 * @throws EnvironmentProblem when what is given cannot be used
 */
export function openSigningKeys(folder: string, given?: string): SigningKeys {
  if (given !== undefined) return ofEnvironment(given);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!readFolder(folder)) makeKey(folder, 1);
  } catch {
    throw noFolder(folder);
  }
  const found = readFolder(folder);
  if (!found) throw noFolder(folder);
  return found;
}

/**
 * Adds a key that signs from the next start on; what earlier keys signed stays valid.
 * @returns the new key's id
 */
export function addSigningKey(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const id = 1 + Math.max(0, ...keyFiles(folder).map((file) => file.id));
  if (id > MOST_KEYS) throw new RangeError('key ids are used up');
  makeKey(folder, id);
  return id;
}

/** Keys that live as long as the process: for tests and rehearsals, whose certificates nobody keeps. */
export function passingSigningKeys(): SigningKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { current: 1, private: privateKey, public: new Map([[1, publicKey]]) };
}

/** Both halves of a pair; a process that loses the race to make the first one takes the winner's. */
function makeKey(folder: string, id: number): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  try {
    writeFileSync(join(folder, `${id}.key.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  writeFileSync(join(folder, `${id}.pub.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
}

function keyFiles(folder: string): { id: number; half: string; name: string }[] {
  return readdirSync(folder).flatMap((name) => {
    const [, id, half] = FILE.exec(name) ?? [];
    return id === undefined || half === undefined ? [] : [{ id: Number(id), half, name }];
  });
}

function readFolder(folder: string): SigningKeys | undefined {
  const read = (half: string) =>
    keyFiles(folder)
      .filter((file) => file.half === half)
      .map(({ id, name }) => ({ id, pem: readFileSync(join(folder, name)) }));
  return keysOf(
    read('key').map(({ id, pem }) => [id, createPrivateKey(pem)]),
    read('pub').map(({ id, pem }) => [id, createPublicKey(pem)]),
  );
}

/** The highest private key signs; its public half counts although it may not stand beside it. */
function keysOf(privates: [number, KeyObject][], publics: [number, KeyObject][]): SigningKeys | undefined {
  const [signing] = privates.toSorted(([a], [b]) => b - a);
  if (!signing) return undefined;
  const known: PublicKeys = new Map([...privates.map(([id, key]): [number, KeyObject] => [id, createPublicKey(key)]), ...publics]);
  return { current: signing[0], private: signing[1], public: known };
}

function noFolder(folder: string): EnvironmentProblem {
  return new EnvironmentProblem([
    {
      variable: 'OCOP_DATA_DIR',
      vi: `không đọc hoặc ghi được khóa ký trong ${folder}; sửa quyền thư mục hoặc đặt OCOP_SIGNING_KEYS`,
      en: `signing keys in ${folder} can be neither read nor made; correct the folder's rights, or set OCOP_SIGNING_KEYS`,
    },
  ]);
}

function ofEnvironment(given: string): SigningKeys {
  const privates: [number, KeyObject][] = [];
  const publics: [number, KeyObject][] = [];
  for (const entry of given.split(',')) {
    const [, id = '0', half, base64 = ''] = GIVEN.exec(entry.trim()) ?? [];
    const number = Number(id);
    const key = Buffer.from(base64, 'base64');
    if (half === undefined || number < 1 || number > MOST_KEYS) throw unusable();
    try {
      if (half === 'private') privates.push([number, ed25519(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))]);
      else publics.push([number, ed25519(createPublicKey({ key, format: 'der', type: 'spki' }))]);
    } catch {
      throw unusable();
    }
  }
  const keys = keysOf(privates, publics);
  if (!keys) throw unusable();
  return keys;
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError('not Ed25519');
  return key;
}

function unusable(): EnvironmentProblem {
  return new EnvironmentProblem([
    {
      variable: VARIABLE,
      vi: 'gồm các mục “số:private:…” và “số:public:…” (Ed25519, DER dạng base64), cách nhau bởi dấu phẩy, ít nhất một khóa private',
      en: 'holds entries `id:private:…` and `id:public:…` (Ed25519, DER in base64) separated by commas, at least one private key',
    },
  ]);
}
