import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { has } from '../documents/support/office-files';
import { COMMUNE, OTHER_COMMUNE, useApi } from './support/api';

const api = useApi({ on: '2026-08-03' });
const run = promisify(execFile);

type Who = keyof typeof api.tokens;
type Json = Record<string, unknown>;

async function does(path: string, who: Who, action: string, body: object = {}): Promise<Json> {
  const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  return answer.body;
}

/** A product scored by the council; answers its cycle's id. */
async function scored(productName: string, result: object, communeCode = COMMUNE): Promise<string> {
  const producer = { name: `Hợp tác xã ${productName}`, type: 'Hợp tác xã', phone: '0912345678' };
  const path = await api.register({ productName, producer, productSet: 4, kind: 'new', communeCode });
  const who = communeCode === COMMUNE ? 'commune' : 'otherCommune';
  await does(path, who, 'accept-idea');
  await does(path, who, 'submit-dossier');
  await does(path, who, 'issue-commune-report', {
    assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'],
    samples: 5,
  });
  await does(path, 'province', 'accept-package');
  await does(path, 'secretary', 'record-advisory-report');
  await does(path, 'secretary', 'record-council-result', result);
  return String(path.split('/').at(-1));
}

const FOUR_STARS = { sum: 228, members: 3 };
const THREE_STARS = { sum: 165, members: 3 };
const NINETY = { sum: 270, members: 3 };

const decides = async (body: object, query = '', who: Who = 'province') =>
  await api.send('POST', `/api/decisions${query}`, { body, token: api.tokens[who] });

const productsOf = (body: Json): Json[] => body['products'] as Json[];

describe('one decision for many products', () => {
  let four = '';
  let three = '';
  let ninety = '';
  let elsewhere = '';
  let id = '';
  const recognition = (more: object = {}) => ({
    kind: 'recognition',
    number: '900/QĐ-UBND',
    signedOn: '2026-08-03',
    products: [{ cycle: four }, { cycle: three, star: 3 }],
    ...more,
  });

  beforeAll(async () => {
    [four, three, ninety, elsewhere] = await Promise.all([
      scored('Miến dong Cúc Phương', FOUR_STARS),
      scored('Cơm cháy Nho Quan', THREE_STARS),
      scored('Rượu Kim Sơn', NINETY),
      scored('Nem Yên Mạc', THREE_STARS, OTHER_COMMUNE),
    ]);
  }, 240_000);

  it('is tried first: what each product would get, and what stands against it', async () => {
    const tried = await decides(
      {
        ...recognition(),
        products: [{ cycle: four }, { cycle: three, star: 5 }, { cycle: ninety }, { cycle: '37-14329-1-2020.1' }, { cycle: four }],
      },
      '?dryRun=true',
    );
    expect(tried.status).toBe(200);
    expect(tried.body).toMatchObject({ dryRun: true, accepted: 1, refused: 4 });
    const problems = productsOf(tried.body).map((one) => (one['problems'] as { field: string }[]).map(({ field }) => field));
    expect(problems).toEqual([[], expect.arrayContaining(['star', 'authority']), ['star', 'cycle', 'authority'], ['cycle'], ['cycle']]);
    expect(productsOf(tried.body)[0]).toMatchObject({ cycle: four, star: 4, productName: 'Miến dong Cúc Phương' });
    expect((await api.send('GET', '/api/decisions')).body['items']).toEqual([]);
  });

  it('is refused as a whole when one product cannot take it, naming the product', async () => {
    const refused = await decides({ ...recognition(), products: [{ cycle: four }, { cycle: ninety, star: 4 }] });
    expect(refused.status).toBe(422);
    expect(refused.body['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'products.1.cycle' })]));
    const { body } = await api.send('GET', `/api/cycles/${four}`);
    expect(body['step']).toBe('awaiting_decision');
  });

  it('is refused when another authority decides on these stars', async () => {
    const refused = await decides(recognition({ authority: 'Bộ trưởng Bộ Nông nghiệp và Môi trường' }));
    expect(refused.status).toBe(422);
    expect(refused.body['problems']).toHaveLength(2);
    expect(JSON.stringify(refused.body['problems'])).toContain('products.0.authority');
  });

  it('is nobody’s to enter but the province’s whose products they are', async () => {
    expect((await decides(recognition(), '', 'otherProvince')).body['problems']).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'products.0.cycle' })]),
    );
    expect((await decides(recognition(), '', 'commune')).status).toBe(403);
    expect((await decides(recognition(), '', 'secretary')).status).toBe(403);
  });

  it('reaches every product, with the star that the council proposed where none is written', async () => {
    const made = await decides(recognition());
    expect(made.status).toBe(201);
    id = String(made.body['id']);
    expect(made.headers.get('location')).toBe(`/api/decisions/${id}`);
    expect(made.body).toMatchObject({
      number: '900/QĐ-UBND',
      signedOn: '2026-08-03',
      authority: 'Chủ tịch UBND cấp tỉnh',
      provinceCode: '37',
    });
    expect(productsOf(made.body)).toEqual([
      expect.objectContaining({ cycle: four, star: 4, decided: true, step: 'awaiting_certificate', certificate: null, problems: [] }),
      expect.objectContaining({ cycle: three, star: 3, decided: true, step: 'awaiting_certificate' }),
    ]);
  });

  it('sent again is the same decision, and another list under its number is refused', async () => {
    expect((await decides(recognition())).body).toMatchObject({ id });
    const other = await decides({ ...recognition(), products: [{ cycle: elsewhere, star: 3 }] });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ type: '/problems/already-exists', decision: id });
    expect((await api.send('GET', `/api/cycles/${elsewhere}`)).body['step']).toBe('awaiting_decision');
  });

  it('has draft certificates before their issue', async () => {
    const answer = await api.send('GET', `/api/decisions/${id}/certificates/pdf`, { token: api.tokens.province });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/pdf');
    expect(answer.text.startsWith('%PDF-1.7')).toBe(true);
  });

  it('gives certificates numbered in the order of its list, all or none, and only once', async () => {
    const issue = async (body: object, query = '') =>
      await api.send('POST', `/api/decisions/${id}/certificates${query}`, { body, token: api.tokens.province });
    const numbering = { pattern: '{n}/2026/OCOP-NB', from: 9, digits: 3 };
    const tried = await issue({ numbering }, '?dryRun=true');
    expect(productsOf(tried.body).map((one) => one['number'])).toEqual(['009/2026/OCOP-NB', '010/2026/OCOP-NB']);
    const twice = await issue({ numbers: [four, three].map((cycle) => ({ cycle, number: '1' })) });
    expect(twice.body['problems']).toEqual([0, 1].map((place) => expect.objectContaining({ field: `products.${place}.number` })));
    expect((await issue({ numbers: [{ cycle: elsewhere, number: '1' }] })).status).toBe(422);
    expect((await issue({ numbers: [], numbering })).status).toBe(422);
    expect((await issue({ numbering: { pattern: 'OCOP', from: 1 } })).status).toBe(422);
    expect((await issue({ on: '2026-08-02', numbering })).body['problems']).toEqual(
      [0, 1].map((place) => expect.objectContaining({ field: `products.${place}.on` })),
    );
    const issued = await issue({ numbering });
    expect(issued.status).toBe(200);
    const certificates = productsOf(issued.body).map((one) => one['certificate'] as Json);
    expect(certificates).toEqual([
      expect.objectContaining({ number: '009/2026/OCOP-NB', issuedOn: '2026-08-03', validUntil: '2029-08-03' }),
      expect.objectContaining({ number: '010/2026/OCOP-NB' }),
    ]);
    const again = await issue({ numbering });
    expect(again.body).toEqual(issued.body);
    const { body } = await api.send('GET', `/api/cycles/${four}`);
    expect(body['certificate']).toMatchObject({ star: 4, issuedBy: 'Chủ tịch UBND tỉnh Ninh Bình', decisionNumber: '900/QĐ-UBND' });
  });

  it('is in the register of the province, and of the communes whose products it lists, each with its own', async () => {
    const items = async (who: Who) => (await api.send('GET', '/api/decisions', { token: api.tokens[who] })).body['items'];
    expect(await items('province')).toEqual([expect.objectContaining({ id, products: 2, certificates: 2 })]);
    expect(await items('commune')).toHaveLength(1);
    expect(await items('otherCommune')).toEqual([]);
    expect(await items('otherProvince')).toEqual([]);
    expect((await api.send('GET', `/api/decisions/${id}`, { token: api.tokens.otherCommune })).status).toBe(404);
    const own = await api.send('GET', `/api/decisions/${id}`, { token: api.tokens.commune });
    expect(productsOf(own.body)).toHaveLength(2);
  });

  it('approves a result of 90 and more without a certificate', async () => {
    const approval = { kind: 'approval', number: '901/QĐ-UBND', signedOn: '2026-08-03', products: [{ cycle: ninety }] };
    expect((await decides({ ...approval, products: [{ cycle: elsewhere }] })).status).toBe(422);
    const made = await decides(approval);
    expect(productsOf(made.body)).toEqual([expect.objectContaining({ star: null, decided: true, step: 'awaiting_national_result' })]);
    const refused = await api.send('POST', `/api/decisions/${String(made.body['id'])}/certificates`, {
      body: {},
      token: api.tokens.province,
    });
    expect(refused.status).toBe(409);
    const listed = await api.send('GET', '/api/decisions?kind=approval');
    expect(listed.body['items']).toEqual([expect.objectContaining({ kind: 'approval', products: 1, certificates: 0 })]);
  });

  it('takes in products that were decided and certified one by one under its number', async () => {
    const path = `/api/cycles/${elsewhere}`;
    await does(path, 'province', 'decide', { decisionNumber: '902/QĐ-UBND', result: 'recognise', star: 3 });
    const fresh = await scored('Bánh đa Hoa Lư', THREE_STARS);
    await does(path, 'province', 'issue-certificate', { code: 'NB-ALONE', number: '77/OCOP' });
    const body = { kind: 'recognition', number: '902/QĐ-UBND', signedOn: '2026-08-03', products: [{ cycle: elsewhere }, { cycle: fresh }] };
    const made = await decides(body);
    expect(productsOf(made.body)).toEqual([
      expect.objectContaining({ decided: true, certificate: expect.objectContaining({ code: 'NB-ALONE' }) }),
      expect.objectContaining({ decided: true, certificate: null }),
    ]);
    const address = `/api/decisions/${String(made.body['id'])}/certificates`;
    const taken = await api.send('POST', address, { body: { numbers: [{ cycle: fresh, number: '77/OCOP' }] }, token: api.tokens.province });
    expect(taken.body['problems']).toEqual([expect.objectContaining({ field: 'products.1.number' })]);
    const issued = await api.send('POST', address, {
      body: { numbers: [{ cycle: fresh, number: '78/OCOP' }] },
      token: api.tokens.province,
    });
    expect(productsOf(issued.body).map((one) => (one['certificate'] as Json)['number'])).toEqual(['77/OCOP', '78/OCOP']);
    expect(await api.database.db.certificate.count({ where: { decisionId: String(made.body['id']) } })).toBe(2);
  });

  describe('whose certificates', () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'ocop-decision-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const poppler = has('pdftotext') ? it : it.skip;

    async function pdf(path: string, who: Who = 'province'): Promise<string> {
      const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.tokens[who]}` } });
      const file = join(folder, 'certificates.pdf');
      writeFileSync(file, Buffer.from(await response.arrayBuffer()));
      return file;
    }

    poppler('are printed in one file, a page each, and their QR codes open the public page with the public keys', async () => {
      const file = await pdf(`/api/decisions/${id}/certificates/pdf`);
      const { stdout: text } = await run('pdftotext', ['-layout', file, '-']);
      expect(text.split('\f').slice(0, -1)).toHaveLength(2);
      for (const words of [
        'Miến dong Cúc Phương',
        'Hợp tác xã Cơm cháy Nho Quan',
        'ĐẠT HẠNG BỐN SAO',
        'ĐẠT HẠNG BA SAO',
        '010/2026/OCOP-NB',
        '900/QĐ-UBND ngày 03/08/2026',
      ])
        expect(text).toContain(words);
      expect(text).not.toContain('dự thảo');
      await run('pdftoppm', [
        '-r',
        '150',
        '-f',
        '1',
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
        join(folder, 'qr'),
      ]);
      const { data, width, height } = PNG.sync.read(readFileSync(join(folder, 'qr.png')));
      const scanned = new URL(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? 'http://nothing');
      // Reading the picture kept this process busy: connections that ended meanwhile are let go first.
      for (let i = 0; i < 5; i += 1) await turn();
      const answer = await api.send('GET', scanned.pathname, { token: null, headers: { accept: 'application/json' } });
      expect(answer.body).toMatchObject({ productName: 'Miến dong Cúc Phương', seal: 'genuine', status: 'in_force', holds: true });
    });

    poppler('are printed one by one for the offices that may see them', async () => {
      const { body } = await api.send('GET', `/api/cycles/${three}`);
      const { code } = body['certificate'] as { code: string };
      const file = await pdf(`/api/certificates/${code}/pdf`, 'commune');
      expect((await run('pdftotext', ['-layout', file, '-'])).stdout).toContain('Cơm cháy Nho Quan');
      for (const who of ['otherCommune', 'otherProvince'] as const)
        expect((await api.send('GET', `/api/certificates/${code}/pdf`, { token: api.tokens[who] })).status).toBe(404);
    });
  });
});
