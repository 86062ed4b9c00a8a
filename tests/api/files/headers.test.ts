import { CERTIFICATE_HEADERS, CONTACT_HEADERS, headerKey, REGISTRATION_HEADERS, recogniseHeaders } from '../../../api/files/headers';

describe('column headers', () => {
  it('are recognised in Vietnamese, in any order, without regard to accents, case and signs', () => {
    const headers = ['HÌNH THỨC', 'Chu the', 'tên  sản phẩm', 'Xã / Phường', 'Mã_xã', 'Bộ sản phẩm'.normalize('NFD'), 'Mã sản phẩm:'];
    expect(recogniseHeaders(headers, REGISTRATION_HEADERS)).toEqual({
      columns: {
        product: 'tên  sản phẩm',
        producer: 'Chu the',
        commune: 'Xã / Phường',
        communeCode: 'Mã_xã',
        productSet: 'Bộ sản phẩm'.normalize('NFD'),
        kind: 'HÌNH THỨC',
        productCode: 'Mã sản phẩm:',
      },
      ignored: [],
      problems: [],
    });
  });

  it('are recognised in English', () => {
    const { columns } = recogniseHeaders(['stars', 'decision_no', 'issued on', 'Issued-By', 'valid_until', 'product'], CERTIFICATE_HEADERS);
    expect(Object.keys(columns).sort()).toEqual(['decisionNo', 'issuedBy', 'issuedOn', 'product', 'stars', 'validUntil']);
    expect(Object.keys(recogniseHeaders(['office_code', 'name', 'email', 'role', 'phone'], CONTACT_HEADERS).columns)).toHaveLength(5);
  });

  it('without meaning are reported as ignored; the old product group is not the product set', () => {
    expect(recogniseHeaders(['Nhóm sản phẩm', 'Tên sản phẩm', 'STT'], REGISTRATION_HEADERS)).toMatchObject({
      ignored: ['Nhóm sản phẩm', 'STT'],
      columns: { product: 'Tên sản phẩm' },
    });
  });

  it('twice for one meaning are a problem', () => {
    const { problems } = recogniseHeaders(['Chủ thể', 'producer'], REGISTRATION_HEADERS);
    expect(problems).toMatchObject([
      { column: 'producer', reason: { vi: 'Hai cột “Chủ thể” và “producer” cùng một nghĩa; hãy bỏ một cột.' } },
    ]);
  });

  it.each([
    ['certificates', CERTIFICATE_HEADERS],
    ['contacts', CONTACT_HEADERS],
  ])('never have two meanings in the list of %s', (_, dictionary) => {
    const keys = Object.values(dictionary).flat().map(headerKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
