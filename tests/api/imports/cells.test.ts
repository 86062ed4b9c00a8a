/** What the cells of a list of registrations may hold beside what it must. */
import { useApi } from '../support/api';
import { csv, importer, recorded } from './lists';

jest.setTimeout(120_000);
const api = useApi({ on: '2028-02-21' });
const send = importer(api);

describe('a row', () => {
  it('may have the commune’s code where its name is asked for, a day of its own and the producer’s phone', async () => {
    const rows = [
      ['Tên sản phẩm', 'Chủ thể', 'Xã/phường', 'Ngày đăng ký', 'Điện thoại'],
      ['Dứa sấy', 'HTX Tam Điệp', '14329', '05/01/2028', '0912 345 678'],
      ['Dứa ép', 'HTX Tam Điệp', '99999', '', ''],
      ['Dứa tươi', 'HTX Tam Điệp', '14329', '05/01/2029', ''],
    ];
    const { body } = await send('/api/imports/registrations?plan=ninh-binh-2026', csv(...rows));
    expect(body).toMatchObject({ counts: { created: 1, refused: 2 }, ignoredColumns: [] });
    expect(body['refused']).toEqual([
      expect.objectContaining({
        row: 3,
        column: 'Xã/phường',
        reason: expect.objectContaining({ vi: expect.stringContaining('không phải mã xã') }),
      }),
      expect.objectContaining({
        row: 4,
        column: 'Ngày đăng ký',
        reason: expect.objectContaining({ vi: expect.stringContaining('ngày ở tương lai') }),
      }),
    ]);
    const where = { name: 'Dứa sấy', communeCode: '14329' };
    await recorded(api, 1, { product: where });
    const product = await api.database.db.product.findFirstOrThrow({ where, include: { producer: true, cycles: true } });
    expect(product.producer.phone).toBe('0912 345 678');
    const registered = await api.database.db.cycleEvent.findFirstOrThrow({ where: { cycleId: product.cycles[0]?.id ?? '', sequence: 1 } });
    expect(registered.legalOn.toISOString()).toContain('2028-01-05');
  });
});
