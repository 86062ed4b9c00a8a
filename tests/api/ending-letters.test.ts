/** Certificates that a decision could end, and the papers about it: the decision with its list, and the notice to commune and producer. */
import { textOfDocx } from '../documents/support/office-files';
import { COMMUNE, useApi } from './support/api';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-08-03' });
type Who = keyof typeof api.tokens;

let products = 0;
async function watched(certificate: object = {}): Promise<{ path: string; id: string; code: string; name: string }> {
  products += 1;
  const [code, name] = [`EL-${products}`, `Nem chua số ${products}`];
  const given = { stars: 3, issuedOn: '2025-03-10', decisionNumber: '45/QĐ-UBND', issuedBy: 'UBND tỉnh', code, ...certificate };
  const producer = { name: `Hợp tác xã ${name}` };
  const path = await api.register({ productName: name, producer, productSet: 9, kind: 'new', communeCode: COMMUNE, certificate: given });
  return { path, id: path.split('/').at(-1) ?? '', code: (given as { code: string }).code, name };
}

async function does(path: string, who: Who, action: string, body: object): Promise<void> {
  const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
}

const VIOLATION = {
  kind: 'ad-hoc',
  finding: 'violation',
  ground: 'MARK_MISUSE',
  sourceDocument: '12/KL-KT',
  reason: 'In 5 sao lên bao bì',
};

/** A letter as its reader sees it. */
async function letter(path: string, who: Who = 'province'): Promise<string> {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.tokens[who]}` } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(bytes.toString());
  expect(response.headers.get('content-disposition')).toMatch(/\.docx/);
  return textOfDocx(bytes).replace(/\s+/g, ' ');
}

async function end(body: object): Promise<string> {
  const given = { kind: 'revocation', on: '2026-08-03', reason: 'Dùng sai nhãn hiệu', ...body };
  const { status, text, body: answer } = await api.send('POST', '/api/ending-decisions', { body: given, token: api.tokens.province });
  if (status !== 200) throw new Error(text);
  return `/api/ending-decisions/${String(answer['id'])}`;
}

describe('certificates that a decision could end', () => {
  const candidates = async (query: string, who: Who = 'province') =>
    (await api.send('GET', `/api/ending-candidates${query}`, { token: api.tokens[who] })).body['items'];

  it('are those whose revocation is due with ground and last day, those of a recognising decision, or those named', async () => {
    const [due, other] = [await watched(), await watched({ decisionNumber: '46/QĐ-UBND' })];
    await does(due.path, 'province', 'record-inspection', VIOLATION);
    expect(await candidates('')).toMatchObject([
      { code: due.code, ground: 'MARK_MISUSE', concludedOn: '2026-08-03', decideBy: '2026-08-18' },
    ]);
    expect(await candidates(`?recognisedBy=${encodeURIComponent('46/QĐ-UBND')}`)).toMatchObject([
      { code: other.code, productName: other.name, status: 'in_force', ground: null, decideBy: null },
    ]);
    expect(await candidates(`?certificates=${due.code},${other.code},EL-999`)).toHaveLength(2);
    expect(await candidates('', 'otherProvince')).toEqual([]);
    const wrong = await api.send('GET', '/api/ending-candidates?certificates=<b>', { token: api.tokens.province });
    expect(wrong.body['problems']).toMatchObject([{ field: 'certificates', message: expect.stringContaining('<b>') }]);
    await end({ decisionNumber: '200/QĐ-UBND', ground: 'OTHER', certificates: [{ code: other.code }] });
    expect(await candidates(`?certificates=${other.code}`)).toEqual([]);
  });
});

describe('the draft decision', () => {
  it('names the article, the conclusion that it rests on, and each certificate with its own ground', async () => {
    const [inspected, ceased] = [await watched(), await watched({ stars: 4 })];
    await does(inspected.path, 'province', 'record-inspection', VIOLATION);
    const draft = `/api/ending-decision-drafts?kind=revocation&certificates=${inspected.code},${ceased.code}:PRODUCTION_CEASED&reason=${encodeURIComponent('Vi phạm sau công nhận')}`;
    const text = await letter(draft);
    for (const words of [
      'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH BÌNH',
      'Căn cứ Điều 8 Quyết định 26/2026/QĐ-TTg ngày 22/5/2026 của Thủ tướng Chính phủ',
      'Căn cứ kết luận kiểm tra, giám sát ngày 03/08/2026 (văn bản số 12/KL-KT);',
      'Thu hồi 02 Giấy chứng nhận sản phẩm OCOP của 02 chủ thể, gồm 01 sản phẩm hạng 4 sao, 01 sản phẩm hạng 3 sao',
      'Lý do: Vi phạm sau công nhận',
      'không còn giá trị kể từ ngày Quyết định này có hiệu lực',
      'Danh sách Giấy chứng nhận sản phẩm OCOP bị thu hồi'.toLocaleUpperCase('vi'),
      `Hợp tác xã ${inspected.name}`,
      'Sử dụng nhãn hiệu OCOP không đúng quy định, gây nhầm lẫn về sản phẩm được công nhận (điểm d khoản 1 Điều 8)',
      'Chủ thể không còn hoạt động sản xuất sản phẩm (điểm đ khoản 1 Điều 8)',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('đã hết thời hạn');
    expect((await api.send('GET', inspected.path)).body).toMatchObject({ step: 'revocation_pending' });
  });

  it('is not the province’s for five stars, nor for certificates that there are not or that are ended', async () => {
    const [five, gone] = [await watched({ stars: 5 }), await watched()];
    await end({ decisionNumber: '201/QĐ-UBND', ground: 'OTHER', certificates: [{ code: gone.code }] });
    const refused = async (codes: string) =>
      (await api.send('GET', `/api/ending-decision-drafts?kind=revocation&certificates=${codes}`, { token: api.tokens.province })).body[
        'problems'
      ];
    expect(await refused(five.code)).toMatchObject([
      { field: `certificates.${five.code}`, message: expect.stringMatching(/Bộ trưởng.*Điều 8 khoản 2/) },
    ]);
    expect(await refused(`${gone.code},EL-999`)).toMatchObject([
      { field: `certificates.${gone.code}`, message: 'giấy chứng nhận đã kết thúc' },
      { field: 'certificates.EL-999', message: expect.stringContaining('không có giấy chứng nhận') },
    ]);
    expect(await refused(`${five.code}:sai`)).toMatchObject([
      { field: 'certificates', message: expect.stringContaining('A2:MARK_MISUSE') },
    ]);
  });

  it('of a wrong evaluation withdraws the recognition itself and names the decision that is withdrawn', async () => {
    const wrong = await watched({ decisionNumber: '77/QĐ-UBND' });
    const text = await letter(`/api/ending-decision-drafts?kind=withdrawal&recognisedBy=${encodeURIComponent('77/QĐ-UBND')}`);
    expect(text).toContain('Căn cứ điểm b khoản 1 Điều 10 Quyết định 26/2026/QĐ-TTg');
    expect(text).toContain(
      'Thu hồi kết quả công nhận 01 sản phẩm OCOP của 01 chủ thể, gồm 01 sản phẩm hạng 3 sao, đã được công nhận tại Quyết định số 77/QĐ-UBND',
    );
    expect(text).toContain(wrong.name);
    expect(text).not.toContain('Căn cứ thu hồi');
  });
});

describe('a decision in the register', () => {
  it('gives its text with its day, and a notice for each certificate, those that had run out included', async () => {
    const [held, late] = [await watched(), await watched()];
    await api.database.db.certificate.update({ where: { code: late.code }, data: { status: 'expired', endedOn: new Date('2026-03-11') } });
    const path = await end({
      decisionNumber: '202/QĐ-UBND',
      ground: 'CRITERIA_NOT_MAINTAINED',
      certificates: [{ code: held.code, ground: 'FALSIFIED_DOSSIER' }, { code: late.code }],
    });
    const text = await letter(`${path}/draft`);
    expect(text).toContain('ngày 03 tháng 8 năm 2026');
    expect(text).toContain('trong đó 01 giấy đã hết thời hạn');
    const notice = await letter(`${path}/notices/${held.code}`);
    for (const words of [
      'THÔNG BÁO',
      `Giấy chứng nhận hạng 3 sao, mã ${held.code}, cấp ngày 10/03/2025, có giá trị đến hết ngày 10/03/2028, của sản phẩm “${held.name}”`,
      'bị thu hồi theo Quyết định số 202/QĐ-UBND ngày 03/08/2026',
      'của Chủ tịch UBND tỉnh Ninh Bình',
      'giả mạo hồ sơ đăng ký đánh giá, phân hạng (điểm a khoản 1 Điều 8)',
      'Nội dung: Dùng sai nhãn hiệu',
      'dừng sử dụng giấy chứng nhận, hạng sao và nhãn hiệu OCOP',
    ])
      expect(notice).toContain(words);
    const noted = await letter(`${path}/notices/${late.code}`);
    expect(noted).toContain('đã hết thời hạn; việc kết thúc được ghi nhận tại Quyết định số 202/QĐ-UBND');
    expect(noted).not.toContain('bị thu hồi theo');
    expect((await api.send('GET', `${path}/notices/EL-999`, { token: api.tokens.province })).status).toBe(404);
    expect((await api.send('GET', `${path}/draft`, { token: api.tokens.otherProvince })).status).toBe(404);
  });

  it('the notice is among the letters of the dossier, also when it was revoked there, and the commune reads it', async () => {
    const one = await watched();
    const decided = { ground: 'LEGAL_VIOLATION', decisionNumber: '203/QĐ-UBND', reason: 'Kết luận thanh tra' };
    await does(one.path, 'province', 'revoke-certificate', decided);
    const { body } = await api.send('GET', `${one.path}/letters`, { token: api.tokens.commune });
    expect(body['items']).toMatchObject([{ kind: 'ending-notice' }]);
    const text = await letter(`${one.path}/letters/ending-notice`, 'commune');
    expect(text).toContain('bị thu hồi theo Quyết định số 203/QĐ-UBND ngày 03/08/2026');
    expect(text).toContain('(điểm c khoản 1 Điều 8)');
    expect(text).toContain('Nội dung: Kết luận thanh tra');
  });
});
