/** What pages offer can be used by whoever reads them, and what is wrong with a registration is told in words. */
import { beginSession } from '../../api/auth/sessions';
import { type TokenName, useApi } from '../api/support/api';
import { Visitor } from './support/visitor';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-10-12' });

async function signedIn(name: TokenName): Promise<Visitor> {
  const { id } = await api.database.db.apiToken.findFirstOrThrow({ where: { name } });
  const visitor = new Visitor(api.url);
  visitor.setCookie('ocop', await beginSession(api.parts, { tokenId: id }, 'tests'));
  return visitor;
}

const plansIn = (text: string): string[] =>
  [...(/<select[^>]*name="plan".*?<\/select>/s.exec(text)?.[0] ?? '').matchAll(/<option value="([^"]+)"/g)].map(([, id = '']) => id);

it.each(['/ho-so/moi', '/nhap-tep'])('%s offers the plans of the place that are under way, and the national one', async (path) => {
  const { text } = await (await signedIn('commune')).get(path);
  expect(plansIn(text).sort()).toEqual(['ninh-binh-2026', 'qd-26-2026']);
  const elsewhere = await (await signedIn('otherProvince')).get(path);
  expect(plansIn(elsewhere.text)).toEqual(['qd-26-2026']);
});

it('a plan is put to many dossiers by those who may do that', async () => {
  const [province, commune] = await Promise.all(
    (['province', 'commune'] as const).map(async (name) => await (await signedIn(name)).get('/ke-hoach/ninh-binh-2026')),
  );
  expect(province?.text).toContain('/thay-doi/moi');
  expect(commune?.text).toContain('Hồ sơ đang chạy giữ phiên bản đã gắn đến khi áp dụng.');
  expect(commune?.text).not.toContain('/thay-doi/moi');
});

describe('a registration that is refused', () => {
  const wrongIn = (text: string): string[] =>
    [...text.matchAll(/class="wrong"[^>]*>(?:<svg.*?<\/svg>)?([^<]*)/gs)].map(([, words = '']) => words.trim());
  const refused = async (fields: Record<string, string>) => {
    const { text, status } = await (await signedIn('commune')).send('/ho-so/moi', '/ho-so/moi', fields);
    const note = /role="alert".*?<\/div>/s.exec(text)?.[0] ?? '';
    return { status, wrong: wrongIn(text), note };
  };

  it('empty: names what is missing beside its field, and nothing by a programmer’s name', async () => {
    const { status, wrong, note } = await refused({ kind: 'new' });
    expect([status, wrong]).toEqual([422, ['bắt buộc phải có', 'bắt buộc phải có']]);
    expect(note).not.toContain('<li>');
  });

  it('of a re-evaluation without the product’s code: asks for it in words', async () => {
    const { wrong, note } = await refused({ kind: 'reevaluation', productName: 'Cơm cháy', 'producer.name': 'HTX' });
    expect(wrong).toEqual(['hãy ghi mã của sản phẩm đã được công nhận; đăng ký lần đầu thì hãy chọn loại “Đăng ký mới”']);
    expect(note).not.toContain('predecessor');
    const mistyped = await refused({
      kind: 'upgrade',
      'predecessor.productCode': '37 14464',
      productName: 'Cơm cháy',
      'producer.name': 'HTX',
    });
    expect(mistyped.wrong).toEqual([expect.stringContaining('không đúng dạng mã sản phẩm')]);
  });
});
