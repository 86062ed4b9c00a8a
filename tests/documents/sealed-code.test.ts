import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { addSigningKey, openSigningKeys, passingSigningKeys } from '../../clients/signing-keys';
import { base32, fromBase32 } from '../../documents/base32';
import { openSeal, seal, sealedAddress } from '../../documents/sealed-code';

const CERTIFICATE = { code: 'OCOP-AB2CD-EF3GH', star: 4, issuedOn: '2026-12-20', validUntil: '2029-12-20', product: 'Miến dong Ẳng Cang' };

describe('the sealed code of a certificate', () => {
  const keys = passingSigningKeys();

  it('says what was sealed to whoever has the public key, without a network', () => {
    expect(openSeal(seal(CERTIFICATE, keys), keys.public)).toEqual(CERTIFICATE);
    expect(openSeal(seal(CERTIFICATE, keys).toLowerCase(), keys.public)).toEqual(CERTIFICATE);
  });

  it('does not open when any one byte is another', () => {
    const bytes = fromBase32(seal(CERTIFICATE, keys)) ?? Buffer.alloc(0);
    for (let place = 0; place < bytes.length; place += 1) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8((forged[place] ?? 0) ^ 1, place);
      expect(openSeal(base32(forged), keys.public)).toBeNull();
    }
  });

  it('does not open under a key of somebody else', () => {
    expect(openSeal(seal(CERTIFICATE, keys), passingSigningKeys().public)).toBeNull();
  });

  it('does not open what is no sealed code at all', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => openSeal(text, keys.public) === null));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => openSeal(base32(bytes), keys.public) === null));
  });

  it('carries any product name, cut between characters where it is long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (product) => {
        const opened = openSeal(seal({ ...CERTIFICATE, product }, keys), keys.public)?.product ?? '?';
        expect(Buffer.byteLength(opened)).toBeLessThanOrEqual(90);
        expect(opened).not.toContain('\ufffd');
      }),
    );
  });

  it('stands in an address that a QR code holds in its compact mode, and in a folder as it is', () => {
    const sealed = seal(CERTIFICATE, keys);
    expect(sealedAddress('https://ocop.example.vn', CERTIFICATE.code, sealed)).toMatch(
      /^HTTPS:\/\/OCOP\.EXAMPLE\.VN\/C\/OCOP-AB2CD-EF3GH\/[A-Z2-7]+$/,
    );
    expect(sealedAddress('https://example.vn/ocop', 'x', 'ABC')).toBe('https://example.vn/ocop/c/x/ABC');
  });

  it('is base32 both ways, and refuses letters and left-over bits that mean nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => fromBase32(base32(bytes))?.equals(Buffer.from(bytes)) === true));
    expect(fromBase32('AB1')).toBeNull();
    expect(fromBase32('AAB')).toBeNull();
  });
});

describe('the keys of an installation', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ocop-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made at first start, private ones for this account only, and are the same at the next', () => {
    const first = openSigningKeys(folder);
    expect(statSync(join(folder, '1.key.pem')).mode & 0o777).toBe(0o600);
    expect(openSeal(seal(CERTIFICATE, first), openSigningKeys(folder).public)).toEqual(CERTIFICATE);
  });

  it('rotate: the new one signs, and what the old one signed stays valid also when only its public half is left', () => {
    const old = seal(CERTIFICATE, openSigningKeys(folder));
    expect(addSigningKey(folder)).toBe(2);
    rmSync(join(folder, '1.key.pem'));
    const keys = openSigningKeys(folder);
    expect(keys.current).toBe(2);
    expect([...keys.public.keys()].toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect(openSeal(old, keys.public)).toEqual(CERTIFICATE);
    rmSync(join(folder, '1.pub.pem'));
    expect(openSeal(old, openSigningKeys(folder).public)).toBeNull();
  });

  it('come from the environment where it gives them', () => {
    addSigningKey(folder);
    const keys = openSigningKeys(folder);
    const secret = keys.private.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const earlier = passingSigningKeys().public.get(1)?.export({ type: 'spki', format: 'der' }).toString('base64') ?? '';
    const given = openSigningKeys('/nowhere', `7:private:${secret}, 3:public:${earlier}`);
    expect(given.current).toBe(7);
    expect([...given.public.keys()].toSorted((a, b) => a - b)).toEqual([3, 7]);
    expect(openSeal(seal(CERTIFICATE, given), given.public)).toEqual(CERTIFICATE);
    for (const wrong of ['x', '0:private:AAAA', '1:public:AAAA', `300:private:${secret}`, `1:public:${secret}`, `3:public:${earlier}`])
      expect(() => openSigningKeys(folder, wrong)).toThrow('OCOP_SIGNING_KEYS');
  });
});
