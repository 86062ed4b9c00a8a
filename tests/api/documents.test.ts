/** Files that go with an action: kept first, on the record after, and read by whoever may see the dossier. */
import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { workflowIdOf } from '../../workflows/messages';
import { type Answer, COMMUNE, type TokenName, useApi } from './support/api';

jest.setTimeout(120_000);

const api = useApi({ on: '2026-10-12' });
const PDF = Buffer.from('%PDF-1.7\n% báo cáo của xã\n%%EOF\n');
const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const archive = (...names: string[]): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, new TextEncoder().encode('<x/>')]))));
const DOCX = archive('[Content_Types].xml', 'word/document.xml');

let made = 0;
async function dossier(): Promise<string> {
  made += 1;
  const producer = { name: `Hợp tác xã số ${made}` };
  return await api.register({ productName: `Sản phẩm có tệp ${made}`, producer, productSet: 4, kind: 'new', communeCode: COMMUNE });
}

const upload = async (path: string, name: string, bytes: Uint8Array, token: string = api.tokens.commune): Promise<Answer> =>
  await api.send('POST', `${path}/documents?${new URLSearchParams({ name }).toString()}`, {
    token,
    raw: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });

const accept = async (path: string, documents: string[], headers: Record<string, string> = {}): Promise<Answer> =>
  await api.send('POST', `${path}/actions/accept-idea`, { token: api.tokens.commune, body: { documents }, headers });

const items = async (path: string): Promise<unknown[]> => (await api.send('GET', `${path}/documents`)).body['items'] as unknown[];

describe('a file that goes with an action', () => {
  it('is kept, then named by the action, stands in the history by its sum, and is saved as a file only', async () => {
    const path = await dossier();
    const kept = await upload(path, 'Báo cáo Nguyễn Văn A.pdf', PDF);
    expect([kept.status, kept.body]).toEqual([201, { sha256: sumOf(PDF), kind: 'pdf', size: PDF.length }]);
    expect(await items(path)).toEqual([]);
    expect((await api.send('GET', `${path}/documents/${sumOf(PDF)}`)).status).toBe(404);

    const done = await accept(path, [sumOf(PDF)]);
    const events = done.body['latestEvents'] as { name: string; documents: unknown[] }[];
    expect([done.status, events.find(({ name }) => name === 'accept-idea')?.documents]).toEqual([200, [kept.body]]);
    expect(await items(path)).toEqual([
      {
        ...kept.body,
        name: 'Báo cáo Nguyễn Văn A.pdf',
        mediaType: 'application/pdf',
        broughtBy: [{ sequence: 2, name: 'accept-idea', on: '2026-10-12' }],
      },
    ]);
    const response = await fetch(`${api.url}${path}/documents/${sumOf(PDF)}`, {
      headers: { authorization: `Bearer ${api.tokens.manager}` },
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=.*filename\*=UTF-8''B%C3%A1o%20c%C3%A1o/);
    expect([
      response.headers.get('x-content-type-options'),
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual(['nosniff', 'application/pdf', 'no-store']);
  });

  it('leaves its name out of the engine’s history', async () => {
    const path = await dossier();
    await upload(path, 'Đơn của bà Trần Thị Mười.pdf', PDF);
    const body = { documents: [sumOf(PDF)], reason: 'Chủ thể xin thôi' };
    expect((await api.send('POST', `${path}/actions/decline-idea`, { token: api.tokens.commune, body })).status).toBe(200);
    const history = await api.temporal.client.workflow.getHandle(workflowIdOf(path.split('/').at(-1) ?? '')).fetchHistory();
    const payloads = [...historyToJSON(history).matchAll(/"data":\s*"([^"]*)"/g)];
    const told = payloads.map(([, data = '']) => Buffer.from(data, 'base64').toString()).join('\n');
    expect(told).toContain(sumOf(PDF));
    expect(told).not.toContain('Mười');
    expect(api.log()).not.toContain('Mười');
  });

  it('is there once however often it is sent, and every action that brought it is told', async () => {
    const path = await dossier();
    for (const name of ['a.pdf', 'b.pdf']) expect((await upload(path, name, PDF)).status).toBe(201);
    await accept(path, [sumOf(PDF), sumOf(PDF)]);
    expect((await upload(path, 'c.pdf', PDF)).status).toBe(201);
    await api.send('POST', `${path}/actions/submit-dossier`, { token: api.tokens.commune, body: { documents: [sumOf(PDF)] } });
    expect(await api.database.db.document.count({ where: { cycleId: path.split('/').at(-1) ?? '' } })).toBe(1);
    expect(await items(path)).toMatchObject([{ name: 'b.pdf', broughtBy: [{ name: 'accept-idea' }, { name: 'submit-dossier' }] }]);
  });

  it('waits when the action was cut off, and the same request sent again finds it', async () => {
    const path = await dossier();
    await upload(path, 'a.pdf', PDF);
    const other = await api.another({
      gateway: { ...api.parts.gateway, act: async () => await Promise.reject(new Error('killed before the engine was asked')) },
    });
    const body = { documents: [sumOf(PDF)] };
    const headers = { 'idempotency-key': `cut-off-${path}`.replaceAll('/', '-') };
    const killed = await other.send('POST', `${path}/actions/accept-idea`, { token: api.tokens.commune, body, headers });
    await other.close();
    expect([killed.status, await items(path)]).toEqual([500, []]);
    expect((await accept(path, [sumOf(PDF)], headers)).status).toBe(200);
    expect(await items(path)).toHaveLength(1);
  });

  it('goes when no action names it for thirty days; one that stands in the history can be neither changed nor removed', async () => {
    const path = await dossier();
    const cycleId = path.split('/').at(-1) ?? '';
    const { db } = api.database;
    const { document } = db;
    await upload(path, 'a.pdf', PDF);
    await upload(path, 'b.docx', DOCX);
    await accept(path, [sumOf(PDF)]);
    await document.updateMany({ where: { sequence: null, cycleId }, data: { uploadedAt: new Date('2026-09-11T00:00:00Z') } });
    await upload(await dossier(), 'c.pdf', PDF);
    expect((await document.findMany({ where: { cycleId } })).map(({ fileName }) => fileName)).toEqual(['a.pdf']);
    await expect(db.$executeRaw`update document set file_name = 'x' where cycle_id = ${cycleId}`).rejects.toThrow(/stands in the dossier/);
    await expect(db.$executeRaw`delete from document where cycle_id = ${cycleId}`).rejects.toThrow(/stands in the dossier/);
  });
});

describe('a file of another office’s dossier', () => {
  it('is neither taken nor listed nor given, and a sum known from elsewhere opens nothing', async () => {
    const [path, another] = [await dossier(), await dossier()];
    await upload(path, 'a.pdf', PDF);
    await accept(path, [sumOf(PDF)]);
    const strangers: TokenName[] = ['otherCommune', 'otherProvince'];
    for (const name of strangers) {
      const token = api.tokens[name];
      expect((await upload(path, 'x.pdf', PDF, token)).status).toBe(404);
      expect((await api.send('GET', `${path}/documents`, { token })).status).toBe(404);
      expect((await api.send('GET', `${path}/documents/${sumOf(PDF)}`, { token })).status).toBe(404);
    }
    expect((await api.send('GET', `${path}/documents/${sumOf(PDF)}`, { token: api.tokens.member })).status).toBe(403);
    expect((await api.send('GET', `${path}/documents/${sumOf(PDF)}`, { token: null })).status).toBe(401);
    const borrowed = await accept(another, [sumOf(PDF)]);
    expect([borrowed.status, borrowed.text]).toEqual([422, expect.stringContaining('hãy gửi tệp trước')]);
    expect((await api.send('GET', `${another}/documents/${sumOf(PDF)}`)).status).toBe(404);
  });
});

describe('a file that a dossier does not take', () => {
  const macros = archive('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin');
  it.each([
    ['is of another kind', 'trang.html', '<script>', 'chỉ nhận PDF, Word'],
    ['is an old Word file', 'cu.doc', 'ÐÏ', 'chỉ nhận PDF, Word'],
    ['has no ending', 'báo cáo', '%PDF-', 'chỉ nhận PDF, Word'],
    ['is a program called PDF', 'bao-cao.pdf', 'MZ...', 'không phải PDF dùng được'],
    ['is an archive called Word', 'tep.docx', archive('a.txt'), 'không phải Word (.docx) dùng được'],
    ['is a workbook called Word', 'tep.docx', archive('[Content_Types].xml', 'xl/workbook.xml'), 'không phải Word (.docx) dùng được'],
    ['brings macros', 'tep.docx', macros, 'có macro'],
    ['is cut off', 'tep.docx', DOCX.subarray(0, 60), 'tệp hỏng'],
    ['is empty', 'rong.pdf', '', 'rỗng'],
    ['hides its ending', 'bao-cao\u202efdp.exe', '%PDF-', 'ký tự ẩn'],
    ['has too long a name', `${'a'.repeat(200)}.pdf`, '%PDF-', 'dài quá 150 ký tự'],
  ])('is refused with the reason: it %s', async (_what, name, content, reason) => {
    const path = await dossier();
    const answer = await upload(path, name, Buffer.from(content as string));
    expect([answer.status, answer.body['problems']]).toEqual([422, [{ field: 'documents', message: expect.stringContaining(reason) }]]);
  });

  it('is refused above ten megabytes, and told how much is allowed', async () => {
    const path = await dossier();
    const answer = await upload(path, 'lon.pdf', Buffer.alloc(10 * 1_048_576 + 1, '%PDF-'));
    expect([answer.status, answer.body['detail']]).toEqual([413, 'Nội dung gửi lên vượt quá 10 MB, là mức nhiều nhất của một lần gửi']);
  });
});
