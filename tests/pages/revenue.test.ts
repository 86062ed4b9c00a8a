/** The page on which a commune writes down what its products brought in a year. */
import { beginSession } from '../../api/auth/sessions';
import { COMMUNE, useApi } from '../api/support/api';
import { Visitor } from './support/visitor';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-08-03' });
const PATH = '/bao-cao/doanh-thu';
const PAGE = `${PATH}?nam=2026`;

async function commune(): Promise<Visitor> {
  const { id } = await api.parts.db.apiToken.findFirstOrThrow({ where: { name: 'commune' } });
  const visitor = new Visitor(api.url);
  visitor.setCookie('ocop', await beginSession(api.parts, { tokenId: id }, 'tests'));
  return visitor;
}

test('is filled in for the products of a year, refused beside the field, and read by the national table', async () => {
  const codes: string[] = [];
  for (const [index, issuedOn] of ['2025-03-10', '2025-03-10', '2026-05-11'].entries()) {
    const certificate = { stars: 3, issuedOn, decisionNumber: '45/QĐ-UBND', issuedBy: 'UBND tỉnh', code: `DT-${index}` };
    const given = { productName: `Dưa cải ${index}`, producer: { name: 'HTX Ninh Sơn' }, productSet: 1, kind: 'new', communeCode: COMMUNE };
    const path = await api.register({ ...given, certificate });
    codes.push(String(path.split('/').at(-1)).replace(/\.1$/, ''));
  }
  const [first = '', second = '', newest = ''] = codes;
  const visitor = await commune();
  const page = await visitor.get(PAGE);
  expect(page.text).toContain('0/3 sản phẩm đã có số');
  const lastYear = await visitor.get(`${PATH}?nam=2025`);
  expect([lastYear.text.includes(`so-${first}`), lastYear.text.includes(`so-${newest}`)]).toEqual([true, false]);

  const wrong = await visitor.send(PAGE, PAGE, { [`so-${first}`]: '1.250,5', [`so-${second}`]: 'khoảng 300' });
  expect([wrong.status, wrong.text.includes('ví dụ 1.250,5'), wrong.text.includes('khoảng 300')]).toEqual([422, true, true]);
  expect(await api.parts.db.revenueReport.count()).toBe(0);

  const kept = await visitor.follow(await visitor.send(PAGE, PAGE, { [`so-${first}`]: '1.250,5', [`so-${second}`]: '300' }));
  expect(kept.text).toContain('Đã ghi doanh thu của 2 sản phẩm');
  expect(kept.text).toContain('2/3 sản phẩm đã có số');
  expect(kept.text).toContain('value="1250,5"');
  const again = await visitor.follow(await visitor.send(PAGE, PAGE, { [`so-${first}`]: '1250,5', [`so-${second}`]: '310.25' }));
  expect(again.text).toContain('Đã ghi doanh thu của 1 sản phẩm');

  const { text } = await api.send('GET', '/api/registers/ptnt-ocop.csv?year=2026', { token: api.tokens.province });
  const revenue = text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').at(-2));
  expect(revenue.sort((a = '', b = '') => a.localeCompare(b))).toEqual(['', '1250.50', '310.25']);
});
