/**
 * What a certificate's QR code says beside its address: the certificate in short with a signature (Ed25519), so that anybody with the public keys can
 * tell a genuine one without a network. It says what was issued; whether it still holds, only the register knows.
 *
 * Bytes: format (1), key's id, star, day of issue and last day (days since 01/01/1970, two bytes each), length of the code, code (ASCII), length of
 * the name, product name (UTF-8, cut at 90 bytes); then the signature of all of it, 64 bytes. Written in base32.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { dateOf, dayNumber, type LocalDate } from '../domain/dates';
import { base32, fromBase32 } from './base32';
import { documentText } from './text';

export interface SealedCertificate {
  code: string;
  star: number;
  issuedOn: LocalDate;
  validUntil: LocalDate;
  product: string;
}

/** Public keys by their id, 1 to 255. Keys that no longer sign stay, so that what they signed can be verified. */
export type PublicKeys = ReadonlyMap<number, KeyObject>;

export interface SigningKeys {
  /** The id of the key that signs. */
  current: number;
  private: KeyObject;
  public: PublicKeys;
}

const FORMAT = 1;
const HEAD_BYTES = 8;
const SIGNATURE_BYTES = 64;
const MOST_NAME_BYTES = 90;

/**
 * The sealed text of a certificate.
 * @throws RangeError on a code longer than 255 characters or a date outside 1970-2149
 */
export function seal(certificate: SealedCertificate, keys: SigningKeys): string {
  const body = bytesOf(certificate, keys.current);
  return base32(Buffer.concat([body, sign(null, body, keys.private)]));
}

/** What a sealed text says when one of the keys signed it; null for a forged, damaged or foreign one. Needs no network. */
export function openSeal(sealed: string, keys: PublicKeys): SealedCertificate | null {
  const bytes = fromBase32(sealed);
  if (!bytes || bytes.length < HEAD_BYTES + 1 + SIGNATURE_BYTES || bytes[0] !== FORMAT) return null;
  const body = bytes.subarray(0, -SIGNATURE_BYTES);
  const key = keys.get(body.readUInt8(1));
  if (!key || !verify(null, body, key, bytes.subarray(-SIGNATURE_BYTES))) return null;
  const nameAt = HEAD_BYTES + body.readUInt8(7);
  return {
    code: body.toString('ascii', HEAD_BYTES, nameAt),
    star: body.readUInt8(2),
    issuedOn: dateOf(body.readUInt16BE(3)),
    validUntil: dateOf(body.readUInt16BE(5)),
    product: body.toString('utf8', nameAt + 1),
  };
}

function bytesOf({ code, star, issuedOn, validUntil, product }: SealedCertificate, keyId: number): Buffer {
  const name = Buffer.from(cutAt(documentText(product), MOST_NAME_BYTES));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt8(keyId, 1);
  head.writeUInt8(star, 2);
  head.writeUInt16BE(dayNumber(issuedOn), 3);
  head.writeUInt16BE(dayNumber(validUntil), 5);
  head.writeUInt8(code.length, 7);
  return Buffer.concat([head, Buffer.from(code, 'ascii'), Buffer.from([name.length]), name]);
}

/** The beginning of a text that takes at most so many bytes, cut between characters. */
function cutAt(text: string, mostBytes: number): string {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    cut += character;
  }
  return cut;
}

/**
 * The address in a certificate's QR code. In capitals, which the QR code's compact mode needs and neither a host nor this product minds; an address with
 * a folder of its own stays as it is.
 * @param publicUrl without a slash at its end
 */
export function sealedAddress(publicUrl: string, code: string, sealed: string): string {
  const host = new URL(publicUrl);
  return host.pathname === '/' ? `${publicUrl}/C/${code}/${sealed}`.toUpperCase() : `${publicUrl}/c/${code}/${sealed}`;
}
