import { textOfDocx } from '../documents/support/office-files';
import { COMMUNE, useApi } from './support/api';

const api = useApi({ on: '2026-11-02' });

type Who = keyof typeof api.tokens;

async function does(path: string, who: Who, action: string, body: object = {}): Promise<void> {
  const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
}

async function scored(productName: string, result: object): Promise<string> {
  const producer = { name: `Hợp tác xã ${productName}`, type: 'Hợp tác xã' };
  const path = await api.register({ productName, producer, productSet: 4, kind: 'new', communeCode: COMMUNE });
  await does(path, 'commune', 'accept-idea');
  await does(path, 'commune', 'submit-dossier');
  await does(path, 'commune', 'issue-commune-report', {
    assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'],
    samples: 5,
  });
  await does(path, 'province', 'accept-package');
  await does(path, 'secretary', 'record-advisory-report', { reportNumber: '31/BC-TTV' });
  await does(path, 'secretary', 'record-council-result', result);
  return path;
}

/** A letter as its reader sees it. */
async function letter(path: string, who: Who = 'province'): Promise<string> {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.tokens[who]}` } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(bytes.toString());
  expect(response.headers.get('content-disposition')).toMatch(/\.docx/);
  return textOfDocx(bytes).replace(/\s+/g, ' ');
}

const kindsOf = async (path: string, who: Who = 'province'): Promise<string[]> => {
  const { body } = await api.send('GET', `${path}/letters`, { token: api.tokens[who] });
  return (body['items'] as { kind: string }[]).map(({ kind }) => kind);
};

const NINETY_TWO = { sum: 276, members: 3 };

describe('letters of a result', () => {
  it('below 50 tell commune and producer in writing, with the dossier’s return and when it may come again', async () => {
    const path = await scored('Tương Gia Viễn', { sum: 149, members: 3 });
    await does(path, 'province', 'decide', { decisionNumber: '12/TB-UBND', result: 'not-recognised' });
    expect(await kindsOf(path)).toEqual(['not-recognised-notice']);
    const text = await letter(`${path}/letters/not-recognised-notice`, 'commune');
    for (const words of [
      'THÔNG BÁO',
      'Kính gửi: - UBND',
      '- Hợp tác xã Tương Gia Viễn.',
      'Quyết định 26/2026/QĐ-TTg ngày 22/5/2026',
      '49,66 điểm (3 thành viên chấm), dưới mức 50 điểm',
      'Văn bản quyết định: số 12/TB-UBND ngày 02/11/2026',
      'được trả về UBND',
      'từ năm 2027',
      'trước ngày 30/04/2027',
      'Số:         /TB-OCOP'.replace(/\s+/g, ' '),
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('yêu cầu tối thiểu');
  });

  it('with a missed minimum give the criterion and the person’s reason, whichever way it went', async () => {
    const missed = { sum: 228, members: 3, missedMinimums: [{ criterion: '4.1', star: 4 }] };
    const [refused, recognised] = await Promise.all([scored('Bánh gai Hoa Lư', missed), scored('Bánh đa Hoa Lư', missed)]);
    await does(refused, 'province', 'decide', {
      decisionNumber: '13/TB',
      result: 'not-recognised',
      reason: 'Chưa có phiếu kiểm nghiệm còn hạn',
    });
    await does(recognised, 'province', 'decide', {
      decisionNumber: '14/QĐ',
      result: 'recognise',
      star: 3,
      reason: 'Đạt đủ yêu cầu của hạng 3 sao',
    });
    const no = await letter(`${refused}/letters/not-recognised-notice`);
    expect(no).toContain('Tiêu chí 4.1');
    expect(no).toContain('chưa đạt mức tối thiểu của hạng 4 sao');
    expect(no).toContain('Lý do: Chưa có phiếu kiểm nghiệm còn hạn');
    expect(no).not.toContain('dưới mức 50 điểm');
    const yes = await letter(`${recognised}/letters/result-notice`, 'commune');
    expect(yes).toContain('được công nhận đạt hạng 3 sao');
    expect(yes).toContain('Lý do của quyết định: Đạt đủ yêu cầu của hạng 3 sao');
    expect(yes).toContain('Giấy chứng nhận sẽ được cấp');
    await does(recognised, 'province', 'issue-certificate', { code: 'NB-LETTER' });
    expect(await letter(`${recognised}/letters/result-notice`)).toContain(
      'mã NB-LETTER, cấp ngày 02/11/2026, có giá trị đến hết ngày 02/11/2029. Hồ sơ đánh giá lại nộp tại UBND cấp xã từ ngày 06/05/2029 đến hết ngày 05/07/2029',
    );
  });

  it('are refused where they do not fit, naming those that do, and are no business of others', async () => {
    const path = await scored('Cá kho Kim Sơn', { sum: 228, members: 3 });
    const refused = await api.send('GET', `${path}/letters/not-recognised-notice`, { token: api.tokens.province });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ available: [] });
    expect((await api.send('GET', `${path}/letters/khen-thuong`)).status).toBe(404);
    for (const who of ['otherCommune', 'otherProvince'] as const)
      expect((await api.send('GET', `${path}/letters`, { token: api.tokens[who] })).status).toBe(404);
    expect((await api.send('GET', `${path}/letters`, { token: api.tokens.secretary })).status).toBe(403);
  });
});

describe('a result of 90 and more', () => {
  it('goes to the ministry with the checklist of article 6.3, approved and without a certificate, and its answer is passed on both ways', async () => {
    const path = await scored('Rượu nếp Lai Thành', NINETY_TWO);
    const id = path.split('/').at(-1) ?? '';
    const drafted = await letter(`/api/decision-drafts?kind=approval&cycles=${id}`);
    expect(drafted).toContain('Phê duyệt kết quả đánh giá của 01 sản phẩm OCOP đạt từ 90 điểm trở lên');
    expect(drafted).toContain('không cấp giấy chứng nhận mới');
    expect(drafted).toContain('92,00');
    await does(path, 'province', 'decide', { decisionNumber: '950/QĐ-UBND', result: 'approve-and-forward' });
    expect(await kindsOf(path)).toEqual(['forwarding']);
    expect(await kindsOf(path, 'commune')).toEqual([]);
    expect((await api.send('GET', `${path}/letters/forwarding`, { token: api.tokens.commune })).status).toBe(403);
    const package63 = await letter(`${path}/letters/forwarding`);
    for (const words of [
      'Kính gửi: Bộ Nông nghiệp và Môi trường',
      'V/v đề nghị đánh giá, phân hạng sản phẩm OCOP 5 sao',
      'Báo cáo đánh giá của Tổ tư vấn Hội đồng cấp tỉnh Số 31/BC-TTV',
      'Báo cáo đánh giá của Hội đồng cấp tỉnh',
      'Quyết định phê duyệt kết quả đánh giá của Chủ tịch UBND cấp tỉnh Số 950/QĐ-UBND',
      'kiểm nghiệm bổ sung',
      '05 sản phẩm',
      'không cấp giấy chứng nhận mới',
      'TM. ỦY BAN NHÂN DÂN',
    ])
      expect(package63).toContain(words);

    await does(path, 'province', 'record-national-result', { sum: 264, members: 3 });
    expect(await kindsOf(path)).toEqual(['forwarding', 'national-options', 'national-notice']);
    const options = await letter(`${path}/letters/national-options`);
    expect(options).toContain('88,00 điểm, chưa đạt 90 điểm. Trước đó Hội đồng cấp tỉnh chấm 92,00 điểm');
    expect(options).toContain('Cách 1. Căn cứ kết quả của Hội đồng cấp trung ương, quyết định công nhận và cấp giấy chứng nhận hạng 4 sao');
    expect(options).toContain('Cách 2. Tổ chức đánh giá, phân hạng sản phẩm theo thẩm quyền');
    expect(await letter(`${path}/letters/national-notice`, 'commune')).toContain('đang xem xét');
    expect(await letter(`/api/decision-drafts?kind=recognition&cycles=${id}`)).toContain('01 sản phẩm hạng 4 sao');
    await does(path, 'province', 'decide', {
      decisionNumber: '960/QĐ-UBND',
      result: 'recognise',
      star: 4,
      reason: 'Theo kết quả của trung ương',
    });
    expect(await letter(`${path}/letters/national-notice`, 'commune')).toContain(
      'công nhận sản phẩm đạt hạng 4 sao tại Quyết định số 960/QĐ-UBND',
    );
  });

  it('is told when the ministry recognises five stars, and when the province scores again itself', async () => {
    const [five, again] = await Promise.all([scored('Khăn thêu Ninh Hải', NINETY_TWO), scored('Cói Kim Sơn', NINETY_TWO)]);
    for (const path of [five, again]) await does(path, 'province', 'decide', { decisionNumber: '951/QĐ', result: 'approve-and-forward' });
    await does(five, 'province', 'record-national-result', { sum: 270, members: 3, decisionNumber: '1/QĐ-BNNMT' });
    expect(await letter(`${five}/letters/national-notice`)).toContain('công nhận sản phẩm đạt hạng 5 sao tại Quyết định số 1/QĐ-BNNMT');
    await does(again, 'province', 'record-national-result', { sum: 264, members: 3 });
    await does(again, 'province', 'decide', {
      decisionNumber: '952/UBND',
      result: 'own-evaluation',
      reason: 'Sản phẩm đã hoàn thiện thêm',
    });
    expect(await letter(`${again}/letters/national-notice`)).toContain(
      'tổ chức đánh giá, phân hạng sản phẩm ở cấp tỉnh (văn bản số 952/UBND',
    );
  });
});

describe('the draft of a decision', () => {
  it('lists every dossier that awaits it, best first, with what it rests on; the one in the register has its day', async () => {
    const [three, four] = await Promise.all([
      scored('Mắm tép Gia Viễn', { sum: 165, members: 3 }),
      scored('Dê núi Hoa Lư', { sum: 229, members: 3 }),
    ]);
    const text = await letter('/api/decision-drafts?kind=recognition');
    expect(text).toContain('CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH BÌNH');
    expect(text).toContain('Căn cứ Quyết định 26/2026/QĐ-TTg ngày 22/5/2026 của Thủ tướng Chính phủ');
    expect(text.indexOf('Dê núi Hoa Lư')).toBeLessThan(text.indexOf('Mắm tép Gia Viễn'));
    expect(text).toContain('76,33');
    expect(text).toContain('DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN');
    const products = [three, four].map((path) => ({ cycle: path.split('/').at(-1) }));
    const made = await api.send('POST', '/api/decisions', {
      body: { kind: 'recognition', number: '970/QĐ-UBND', signedOn: '2026-11-02', products },
      token: api.tokens.province,
    });
    const registered = await letter(`/api/decisions/${String(made.body['id'])}/draft`);
    expect(registered).toContain('Ninh Bình, ngày 02 tháng 11 năm 2026');
    expect(registered).toContain('Công nhận 02 sản phẩm OCOP của 02 chủ thể, gồm 01 sản phẩm hạng 4 sao, 01 sản phẩm hạng 3 sao');
    const unfit = await api.send('GET', `/api/decision-drafts?kind=approval&cycles=${String(products[0]?.cycle)}`);
    expect(unfit.status).toBe(422);
    expect((await api.send('GET', '/api/decision-drafts?kind=recognition', { token: api.tokens.otherProvince })).status).toBe(404);
  });
});
