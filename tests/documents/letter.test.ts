import { type Letter, letterDocx } from '../../documents/letter';
import { atAnotherTime } from './support/another-time';
import { partOf, textOfDocx } from './support/office-files';

const DECISION: Letter = {
  issuer: { superior: null, office: 'Ủy ban nhân dân tỉnh Lào Cai' },
  kind: 'QUYẾT ĐỊNH',
  about: 'Công nhận sản phẩm OCOP đợt 2 năm 2026',
  symbol: 'QĐ-UBND',
  place: 'Lào Cai',
  on: null,
  addressees: [],
  body: [
    { kind: 'paragraph', text: 'QUYẾT ĐỊNH:', bold: true, center: true },
    { kind: 'article', title: 'Điều 1.', paragraphs: ['Công nhận 01 sản phẩm.'] },
    { kind: 'article', title: 'Điều 2. Tổ chức thực hiện', paragraphs: ['Sở Nông nghiệp và Môi trường hướng dẫn.'] },
    { kind: 'list', items: ['Như trên'] },
    { kind: 'table', columns: [{ header: 'Nội dung', width: 1 }], rows: [['Ẳng Cang']] },
  ],
  receivers: ['Như Điều 3', 'Lưu: VT'],
  signature: [{ lines: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: 'Nguyễn Văn Ẩn' }],
  annexes: [
    {
      title: 'Danh sách',
      about: '(Kèm theo Quyết định)',
      landscape: true,
      columns: [{ header: 'Tên sản phẩm', width: 3 }],
      rows: [['Miến dong']],
    },
  ],
};

/** The same letter for a product of that name. */
function about(product: string): Letter {
  return {
    ...DECISION,
    body: [{ kind: 'paragraph', text: product }],
    annexes: [{ title: 'A', landscape: false, columns: [{ header: 'Tên', width: 1 }], rows: [[product]] }],
  };
}

describe('a letter', () => {
  it('has the parts of Decree 30/2020 in their order', async () => {
    const text = textOfDocx(await letterDocx(DECISION));
    const parts = [
      'ỦY BAN NHÂN DÂN TỈNH LÀO CAI',
      'Số:         /QĐ-UBND',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Lào Cai, ngày       tháng       năm 20...',
      'QUYẾT ĐỊNH',
      'Công nhận sản phẩm OCOP đợt 2 năm 2026',
      'Điều 1. Công nhận 01 sản phẩm.',
      'Điều 2. Tổ chức thực hiện\nSở Nông nghiệp',
      '- Như trên',
      'Ẳng Cang',
      'Nơi nhận:',
      '- Như Điều 3;',
      '- Lưu: VT.',
      'TM. ỦY BAN NHÂN DÂN',
      'Nguyễn Văn Ẩn',
      'Phụ lục',
      'DANH SÁCH',
      '(Kèm theo Quyết định)',
      'Miến dong',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(parts.filter((_part, index) => places[index] === -1)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('is an A4 page in Times New Roman with an annex across the page whose header row repeats', async () => {
    const file = await letterDocx(DECISION);
    const xml = partOf(file, 'word/document.xml');
    expect(xml.match(/<w:pgSz [^>]*>/g)).toEqual([
      expect.stringContaining('w:w="11906" w:h="16838"'),
      expect.stringContaining('w:orient="landscape"'),
    ]);
    expect(xml).toMatch(/<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2);
    expect(partOf(file, 'word/styles.xml')).toContain('Times New Roman');
  });

  it('writes the day as the decree does: a zero before days below 10 and before January and February only', async () => {
    expect(textOfDocx(await letterDocx({ ...DECISION, on: '2026-02-05' }))).toContain('Lào Cai, ngày 05 tháng 02 năm 2026');
    expect(textOfDocx(await letterDocx({ ...DECISION, on: '2026-07-15' }))).toContain('Lào Cai, ngày 15 tháng 7 năm 2026');
  });

  it('says what an official letter is about below its number, and whom it addresses', async () => {
    const text = textOfDocx(
      await letterDocx({ ...DECISION, kind: null, about: 'chuyển hồ sơ', addressees: ['Bộ Nông nghiệp và Môi trường', 'Văn phòng'] }),
    );
    expect(text).toContain('V/v chuyển hồ sơ');
    expect(text).toContain('- Bộ Nông nghiệp và Môi trường;');
    expect(text).toContain('- Văn phòng.');
  });

  it('numbers its annexes when there are several', async () => {
    const annex = { title: 'Bảng', landscape: false, columns: [{ header: 'A', width: 1 }], rows: [] };
    const text = textOfDocx(await letterDocx({ ...DECISION, annexes: [annex, annex] }));
    expect(text).toContain('Phụ lục I\n');
    expect(text).toContain('Phụ lục II\n');
  });

  it.each(['=1+1', '<b>đậm</b>', '&amp; ]]> "\'', '</w:t></w:r>', '🍚 cơm lam – “đặc sản” ₫', '$1 $& $A$1'])(
    'keeps %j as text',
    async (product) => {
      const text = textOfDocx(await letterDocx(about(product)));
      expect(text.split(product)).toHaveLength(3);
    },
  );

  it('drops characters that no XML can hold instead of writing a broken file', async () => {
    expect(textOfDocx(await letterDocx(about('Trà\u0000 \ud800xanh\u000b')))).toContain('Trà xanh');
  });

  it('writes decomposed letters composed', async () => {
    expect(textOfDocx(await letterDocx(about('Ẳng Cang'.normalize('NFD'))))).toContain('Ẳng Cang');
  });

  it('gives the same bytes for the same content at another time', async () => {
    const first = await letterDocx(DECISION);
    const again = await atAnotherTime(async () => await letterDocx(DECISION));
    expect(again.equals(first)).toBe(true);
  });
});
