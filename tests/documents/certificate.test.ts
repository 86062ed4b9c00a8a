import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { passingSigningKeys } from '../../clients/signing-keys';
import { type CertificatePage, certificatePdf } from '../../documents/certificate';
import { openSeal, seal, sealedAddress } from '../../documents/sealed-code';
import { atAnotherTime } from './support/another-time';
import { has } from './support/office-files';

const keys = passingSigningKeys();
const SEALED = { code: 'OCOP-AB2CD-EF3GH', star: 4, issuedOn: '2026-12-20', validUntil: '2029-12-20', product: 'Miến dong Ẳng Cang' };
/** Every letter of Vietnamese with every mark. */
const LETTERS = 'Ăằắẳẵặ Ââầấẩẫậ Đđ Êêềếểễệ Ôôồốổỗộ Ơơờớởỡợ Ưưừứửữự ỳýỷỹỵ ìíỉĩị';

const PAGE: CertificatePage = {
  issuer: { name: 'Ủy ban nhân dân tỉnh Ninh Bình', place: 'Ninh Bình', signature: ['CHỦ TỊCH'] },
  product: SEALED.product,
  producer: LETTERS.normalize('NFD'),
  address: 'Xã Gia Viễn, tỉnh Ninh Bình',
  star: 4,
  decision: { number: '900/QĐ-UBND', signedOn: '2026-12-18' },
  number: '01/2026/OCOP',
  issued: {
    code: SEALED.code,
    on: SEALED.issuedOn,
    validUntil: SEALED.validUntil,
    address: 'https://ocop.example.vn/c/OCOP-AB2CD-EF3GH',
    qr: sealedAddress('https://ocop.example.vn', SEALED.code, seal(SEALED, keys)),
  },
  mark: null,
};
const DRAFT: CertificatePage = { ...PAGE, decision: { number: null, signedOn: null }, number: null, issued: null, mark: 'draft' };

describe('the certificate as a PDF', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ocop-pdf-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const saved = async (pages: CertificatePage[]): Promise<string> => {
    const file = join(folder, 'certificate.pdf');
    writeFileSync(file, await certificatePdf(pages, 0));
    return file;
  };
  const textOf = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const poppler = has('pdftotext') ? it : it.skip;

  poppler('keeps every letter with its marks, decomposed ones composed', async () => {
    const text = textOf(await saved([PAGE]));
    for (const word of [
      ...LETTERS.split(' '),
      'GIẤY CHỨNG NHẬN',
      'Miến dong Ẳng Cang',
      'ĐẠT HẠNG BỐN SAO',
      '900/QĐ-UBND ngày 18/12/2026',
      '20/12/2029',
      '01/2026/OCOP',
      SEALED.code,
    ])
      expect(text).toContain(word);
    expect(text).toContain('Ninh Bình, ngày 20 tháng 12 năm 2026');
    expect(text).not.toContain('dự thảo');
  });

  poppler('says that it is a draft, or how it ended, and has no code to scan before its issue', async () => {
    const draft = textOf(await saved([DRAFT]));
    expect(draft).toContain('Bản dự thảo, chưa có giá trị');
    expect(draft).not.toContain('Tra cứu');
    expect(textOf(await saved([{ ...PAGE, mark: 'revoked' }]))).toContain('đã bị thu hồi');
  });

  poppler('has one page per product, whatever the length of its names', async () => {
    const long = 'Bộ sản phẩm trà thảo mộc túi lọc '.repeat(20);
    const file = await saved([PAGE, { ...PAGE, product: long, producer: long }, DRAFT]);
    const pages = textOf(file).split('\f').slice(0, -1);
    expect(pages).toHaveLength(3);
    expect(pages[1]).toContain('…');
    expect(pages[1]).toContain('ĐẠT HẠNG BỐN SAO');
  });

  poppler('carries a QR code that a camera reads and the public key proves', async () => {
    const file = await saved([PAGE]);
    execFileSync('pdftoppm', [
      '-r',
      '150',
      '-x',
      '100',
      '-y',
      '800',
      '-W',
      '300',
      '-H',
      '320',
      '-png',
      '-singlefile',
      file,
      join(folder, 'page'),
    ]);
    const { data, width, height } = PNG.sync.read(readFileSync(join(folder, 'page.png')));
    const read = jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '';
    expect(read).toBe(PAGE.issued?.qr);
    expect(openSeal(read.split('/').at(-1) ?? '', keys.public)).toEqual(SEALED);
  });

  it('is the same bytes at another time, and made for archives with its own typeface', async () => {
    const first = await certificatePdf([PAGE], 0);
    const again = await atAnotherTime(async () => await certificatePdf([PAGE], 0));
    expect(again.equals(first)).toBe(true);
    const raw = first.toString('latin1');
    expect(raw).toContain('pdfaid:part>2<');
    expect(raw).toContain('BeVietnamPro');
    expect(raw).not.toContain('/Helvetica');
  });

  it('refuses to be no page at all', async () => {
    await expect(certificatePdf([], 0)).rejects.toThrow(RangeError);
  });
});
