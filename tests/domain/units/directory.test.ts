import fc from 'fast-check';
import { type UnitMatch, unitDirectory } from '../../../domain/units/directory';
import type { AdministrativeUnit } from '../../../domain/units/units';
import { runs } from '../runs';
import { listedProducts, oldNames, units } from './units-fixture';

const LAM_DONG = '68';
const directory = unitDirectory(units, oldNames);
const communes = units.filter((unit) => unit.provinceCode !== null);

function unitOf(match: UnitMatch): string {
  return match.kind === 'unit' ? match.unit.fullName : match.kind;
}

function candidatesOf(match: UnitMatch): string[] {
  return match.kind === 'candidates' ? match.candidates.map(({ fullName }) => fullName) : [match.kind];
}

function reasonOf(match: UnitMatch): string {
  return match.kind === 'unit' ? '' : match.reason.vi;
}

describe('the directory', () => {
  it('holds 34 provinces and 3,321 communes, wards and special zones', () => {
    expect(directory.provinces).toHaveLength(34);
    expect(directory.provinces.flatMap(({ code }) => directory.communesOf(code))).toHaveLength(3321);
  });

  it('finds a unit by its code', () => {
    expect(directory.byCode(LAM_DONG)).toMatchObject({ kind: 'province', fullName: 'Tỉnh Lâm Đồng' });
    expect(directory.byCode('99999')).toBeUndefined();
  });

  it('knows only the communes of the province asked for', () => {
    expect(new Set(directory.communesOf(LAM_DONG).map(({ provinceCode }) => provinceCode))).toEqual(new Set([LAM_DONG]));
    expect(directory.communesOf('99')).toEqual([]);
  });

  it('refuses an old name of a unit that is not in force', () => {
    expect(() => unitDirectory(units, [{ name: 'Hà Tây', code: '00', source: 'none' }])).toThrow(
      'old name "Hà Tây": no unit in force has the code 00',
    );
  });
});

describe('a commune as written', () => {
  it('is recognised by every official name within its province, as its official name', () => {
    for (const unit of communes) {
      expect(directory.matchCommune(unit.fullName, { provinceCode: String(unit.provinceCode) })).toEqual({
        kind: 'unit',
        unit,
        how: 'official_name',
      });
    }
  });

  it('is recognised in the list of Lâm Đồng wherever the list names one, seven times in another spelling', () => {
    const named = listedProducts.map((product) => product['Xã/phường hiện nay'] ?? '').filter((name) => name !== '');
    const matches = named.map((name) => directory.matchCommune(name, { provinceCode: LAM_DONG }));
    expect(named).toHaveLength(58);
    expect(matches.filter(({ kind }) => kind !== 'unit')).toEqual([]);
    expect(matches.map(unitOf).filter((name) => name === 'Phường Phú Thuỷ')).toHaveLength(7);
  });

  it.each([
    ['Phú Thuỷ', 'Phường Phú Thuỷ', 'official_name'],
    ['phường Phú Thủy', 'Phường Phú Thuỷ', 'spelling'],
    ['P. Phú Thủy', 'Phường Phú Thuỷ', 'spelling'],
    ['P.Phú Thuỷ', 'Phường Phú Thuỷ', 'spelling'],
    ['PHƯỜNG PHÚ THUỶ', 'Phường Phú Thuỷ', 'spelling'],
    ['  Phường\u00a0Phú  Thuỷ ', 'Phường Phú Thuỷ', 'spelling'],
    ['Phuong Phú Thuỷ', 'Phường Phú Thuỷ', 'spelling'],
    ['Phường Phú Thuỷ'.normalize('NFD'), 'Phường Phú Thuỷ', 'spelling'],
    ['X. Ninh Gia', 'Xã Ninh Gia', 'spelling'],
    ['x.Đức Trọng', 'Xã Đức Trọng', 'spelling'],
    ['\u00d0ức Trọng', 'Xã Đức Trọng', 'spelling'],
    ['đặc khu Phú Quý', 'Đặc khu Phú Quý', 'spelling'],
    ['Đặc khu Phú Qúy', 'Đặc khu Phú Quý', 'spelling'],
    ['Lâm Viên–Đà Lạt', 'Phường Lâm Viên - Đà Lạt', 'spelling'],
    ['B’Lao', "Phường B'Lao", 'spelling'],
    ['Nam Dong', 'Xã Nam Dong', 'official_name'],
    ['xã Ninh Gia, tỉnh Lâm Đồng', 'Xã Ninh Gia', 'spelling'],
    ['Xã Ninh Gia, tỉnh Lâm Đồng', 'Xã Ninh Gia', 'official_name'],
    ['Phường Phú Thuỷ,', 'Phường Phú Thuỷ', 'official_name'],
  ])('%j is %s (%s)', (written, fullName, how) => {
    expect(directory.matchCommune(written, { provinceCode: LAM_DONG })).toMatchObject({ kind: 'unit', how, unit: { fullName } });
  });

  it('is found without a province when no other province has the name', () => {
    expect(unitOf(directory.matchCommune('xã Ninh Gia'))).toBe('Xã Ninh Gia');
  });

  it('is searched in the province written behind it', () => {
    expect(unitOf(directory.matchCommune('Phường Tân An, tỉnh Tây Ninh'))).toBe('Phường Tân An');
    expect(directory.matchCommune('Xã Bình Thuận, Sơn La')).toMatchObject({ kind: 'unit', unit: { provinceCode: '14' } });
  });

  it('may name a province that was merged', () => {
    expect(unitOf(directory.matchCommune('phường Phan Thiết, tỉnh Bình Thuận'))).toBe('Phường Phan Thiết');
    expect(unitOf(directory.matchCommune('xã Quảng Trực, tỉnh Đắk Nông', { provinceCode: LAM_DONG }))).toBe('Xã Quảng Trực');
  });

  it('is a question when several provinces have the name, at most ten, the written kind first', () => {
    const match = directory.matchCommune('Xã Tân Thành');
    const kinds = candidatesOf(match).map((name) => name.split(' ')[0]);
    expect(kinds).toEqual([...kinds].sort((a, b) => Number(b === 'Xã') - Number(a === 'Xã')));
    expect(new Set(kinds)).toEqual(new Set(['Xã', 'Phường']));
    expect(candidatesOf(directory.matchCommune('Tân An'))).toHaveLength(10);
    expect(reasonOf(match)).toBe('Có 9 đơn vị tên “Xã Tân Thành”; hãy ghi rõ tỉnh, thành phố.');
  });

  it('is a question when the written kind is not the kind in force', () => {
    const match = directory.matchCommune('Phường Đức Trọng', { provinceCode: LAM_DONG });
    expect(candidatesOf(match)).toEqual(['Xã Đức Trọng']);
    expect(reasonOf(match)).toBe('Ghi “Phường Đức Trọng” nhưng danh mục hiện hành có “Xã Đức Trọng”.');
  });

  it.each(['TT Đức An', 'TT. Đức An', 'Thị trấn Đức An', 'thi tran Đức An', 'đặc khu Đức An', 'P Đức An'])(
    '%j is a question: it is a commune today',
    (written) => {
      expect(candidatesOf(directory.matchCommune(written, { provinceCode: LAM_DONG }))).toEqual(['Xã Đức An']);
    },
  );

  it.each([
    ['Phuong Phu Thuy', ['Phường Phú Thuỷ']],
    ['phu thuy', ['Phường Phú Thuỷ']],
    ['XA DUC TRONG', ['Xã Đức Trọng']],
    ['dac khu Phu Quy', ['Đặc khu Phú Quý']],
    ['P. Phu Thuy', ['Phường Phú Thuỷ']],
  ])('%j is a question, because it is written without diacritics', (written, names) => {
    const match = directory.matchCommune(written, { provinceCode: LAM_DONG });
    expect(candidatesOf(match)).toEqual(names);
    expect(reasonOf(match)).toBe(`“${written}” viết không dấu; hãy chọn đúng đơn vị.`);
  });

  it('is a question when the letters alone may mean two units, the literal one first', () => {
    const everywhere = directory.provinces.flatMap(({ code }) => {
      const match = directory.matchCommune('Van Lang', { provinceCode: code });
      return match.kind === 'candidates' && match.candidates.every((unit) => unit.provinceCode === code) ? [candidatesOf(match)] : [];
    });
    expect(everywhere).toContainEqual(['Xã Văn Lang', 'Xã Văn Lăng']);
    const thanhAn = directory.matchCommune('Thanh An', { provinceCode: provinceHaving('Xã Thanh An', 'Xã Thạnh An') });
    expect(candidatesOf(thanhAn)).toEqual(['Xã Thanh An', 'Xã Thạnh An']);
    expect(unitOf(directory.matchCommune('Xã Thanh An', { provinceCode: provinceHaving('Xã Thanh An', 'Xã Thạnh An') }))).toBe(
      'Xã Thanh An',
    );
  });

  it('is a question when the name is not in the province but in another', () => {
    const match = directory.matchCommune('phường Phan Thiết', { provinceCode: '01' });
    expect(candidatesOf(match)).toEqual(['Phường Phan Thiết']);
    expect(reasonOf(match)).toBe('“phường Phan Thiết” không có trong tỉnh, thành phố này; chỉ có ở nơi khác.');
  });

  it('is a question when the province written contradicts the one searched', () => {
    const match = directory.matchCommune('xã Ninh Gia, tỉnh Gia Lai', { provinceCode: LAM_DONG });
    expect(candidatesOf(match)).toEqual(['Xã Ninh Gia']);
    expect(reasonOf(match)).toBe('Ghi “Tỉnh Gia Lai” nhưng đang tìm trong tỉnh, thành phố khác.');
  });

  it.each([
    ['xã Ninh Gia, huyện Đức Trọng', 'huyện Đức Trọng'],
    ['xã Ninh Gia, Lam Dong', 'Lam Dong'],
  ])('%j is a question: the end is not surely a province', (written, end) => {
    const match = directory.matchCommune(written, { provinceCode: LAM_DONG });
    expect(candidatesOf(match)).toEqual(['Xã Ninh Gia']);
    expect(reasonOf(match)).toBe(`Phần sau dấu phẩy, “${end}”, không phải tên một tỉnh, thành phố hiện hành.`);
  });

  it('does not read a name that begins like a kind as that kind', () => {
    expect(unitOf(directory.matchCommune('Phượng Dực'))).toBe('Xã Phượng Dực');
    expect(candidatesOf(directory.matchCommune('Phuong Duc'))).toContain('Xã Phượng Dực');
  });

  it('that is not listed gets the nearest names of the province', () => {
    const match = directory.matchCommune('xã Ninh Giaa', { provinceCode: LAM_DONG });
    expect(match).toMatchObject({ kind: 'none', nearest: [{ fullName: 'Xã Ninh Gia' }] });
    expect(reasonOf(match)).toBe('“xã Ninh Giaa” không có trong danh mục đơn vị hành chính hiện hành.');
    expect(match.kind === 'none' && match.nearest.every(({ provinceCode }) => provinceCode === LAM_DONG)).toBe(true);
  });

  it('gets at most five near names, nearest first, from everywhere without a province', () => {
    const match = directory.matchCommune('Tân Ann');
    expect(match.kind === 'none' && match.nearest.map(({ name }) => name)).toEqual(['Tân An', 'Tân An', 'Tân An', 'Tân An', 'Tân An']);
    const byDistance = directory.matchCommune('Đức Trọg', { provinceCode: LAM_DONG });
    expect(byDistance.kind === 'none' && byDistance.nearest.map(({ name }) => name)).toEqual(['Đức Trọng']);
  });

  it('two letters away is near, three is not', () => {
    expect(directory.matchCommune('Đinh Văn Lâm', { provinceCode: LAM_DONG })).toMatchObject({ kind: 'none', nearest: [] });
    expect(directory.matchCommune('Đinh Văn Lâm H', { provinceCode: LAM_DONG })).toMatchObject({ nearest: [{ name: 'Đinh Văn Lâm Hà' }] });
    expect(directory.matchCommune('Đinh Văn LâmH', { provinceCode: LAM_DONG })).toMatchObject({ nearest: [{ name: 'Đinh Văn Lâm Hà' }] });
  });

  it.each(['', '  ', ' , '])('%j says that nothing is written', (written) => {
    expect(directory.matchCommune(written)).toEqual({
      kind: 'none',
      nearest: [],
      reason: { vi: 'Chưa ghi tên đơn vị hành chính.', en: 'No administrative unit is written.' },
    });
  });

  it('is the unit in force when an old name of it is written, with or without the old kind', () => {
    const source = 'invented for this test';
    const withOld = unitDirectory(units, [
      { name: 'Thị trấn Liên Nghĩa', code: '24958', source },
      { name: 'Liên Nghĩa', code: '24958', source },
      { name: 'đức trọng', code: '24958', source },
    ]);
    const unit = withOld.byCode('24958');
    expect(unit?.fullName).toBe('Xã Đức Trọng');
    expect(withOld.matchCommune('Thị trấn Liên Nghĩa')).toEqual({ kind: 'unit', unit, how: 'old_name' });
    expect(withOld.matchCommune('P. Liên Nghĩa')).toEqual({ kind: 'unit', unit, how: 'old_name' });
    expect(withOld.matchCommune('xã Đức Trọng')).toEqual({ kind: 'unit', unit, how: 'spelling' });
  });
});

describe('a province as written', () => {
  it.each([
    ['Lâm Đồng', 'Tỉnh Lâm Đồng', 'official_name'],
    ['Tỉnh Lâm Đồng', 'Tỉnh Lâm Đồng', 'official_name'],
    ['tỉnh lâm đồng', 'Tỉnh Lâm Đồng', 'spelling'],
    ['T. Lâm Đồng', 'Tỉnh Lâm Đồng', 'spelling'],
    ['TP.Huế', 'Thành phố Huế', 'spelling'],
    ['TP Hồ Chí Minh', 'Thành phố Hồ Chí Minh', 'spelling'],
    ['Thanh Hóa', 'Tỉnh Thanh Hoá', 'spelling'],
    ['Tỉnh Đồng Nai', 'Thành phố Đồng Nai', 'spelling'],
    ['Gia Lai', 'Tỉnh Gia Lai', 'official_name'],
    ['Đắk Nông', 'Tỉnh Lâm Đồng', 'old_name'],
    ['tỉnh Bình Thuận', 'Tỉnh Lâm Đồng', 'old_name'],
    ['Yên Bái', 'Tỉnh Lào Cai', 'old_name'],
  ])('%j is %s (%s)', (written, fullName, how) => {
    expect(directory.matchProvince(written)).toMatchObject({ kind: 'unit', how, unit: { fullName } });
  });

  it('without diacritics is a question', () => {
    expect(candidatesOf(directory.matchProvince('Lam Dong'))).toEqual(['Tỉnh Lâm Đồng']);
    expect(candidatesOf(directory.matchProvince('thanh pho Da Nang'))).toEqual(['Thành phố Đà Nẵng']);
  });

  it('that does not exist gets the nearest', () => {
    expect(directory.matchProvince('Lâm Đòngg')).toMatchObject({ kind: 'none', nearest: [{ name: 'Lâm Đồng' }] });
    expect(directory.matchProvince('Sài Gòn')).toMatchObject({ kind: 'none' });
  });

  it('is never a commune, and a commune never a province', () => {
    expect(directory.matchProvince('Đức Trọng').kind).toBe('none');
    expect(directory.matchCommune('Lâm Đồng').kind).toBe('none');
  });
});

describe('every commune, written as people write', () => {
  it('is still that commune within its province', () => {
    fc.assert(
      fc.property(fc.constantFrom(...communes), fc.array(fc.constantFrom(...DISTORTIONS), { maxLength: 6 }), (unit, distortions) => {
        const written = distortions.reduce((text, distort) => distort(text, unit), unit.fullName);
        const match = directory.matchCommune(written, { provinceCode: String(unit.provinceCode) });
        expect(match).toMatchObject({ kind: 'unit', unit });
      }),
      { numRuns: runs(1500) },
    );
  });

  it('is never taken for another one, whatever letter changes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...communes), fc.nat(), fc.constantFrom(...'aăâeêioôơuưyđdthng '.split('')), (unit, position, letter) => {
        const at = position % unit.name.length;
        const written = `${unit.name.slice(0, at)}${letter}${unit.name.slice(at + 1)}`;
        const match = directory.matchCommune(written, { provinceCode: String(unit.provinceCode) });
        if (match.kind === 'unit') expect(lettersOnly(match.unit.name)).toBe(lettersOnly(written));
      }),
      { numRuns: runs(500) },
    );
  });
});

function lettersOnly(text: string): string {
  return Array.from(text.normalize('NFD').toLowerCase())
    .filter((letter) => /[\p{L}\d\u0302\u0306\u031b]/u.test(letter))
    .join('');
}

function provinceOf(unit: AdministrativeUnit): string {
  return String(directory.byCode(String(unit.provinceCode))?.fullName);
}

function provinceHaving(...names: string[]): string {
  const having = directory.provinces.filter(({ code }) =>
    names.every((name) => directory.communesOf(code).some(({ fullName }) => fullName === name)),
  );
  return having.map(({ code }) => code).join();
}

type Distortion = (text: string, unit: AdministrativeUnit) => string;

const ABBREVIATED = new Map([
  ['Xã', 'X.'],
  ['Phường', 'P.'],
  ['Đặc khu', 'dac khu'],
]);

/** What may vary without a person being asked. Without its accented kind, a name without marks may mean another one, so that stays. */
const DISTORTIONS: Distortion[] = [
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFC'),
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => `  ${text.replaceAll(' ', '  ')}\t`,
  (text) => text.replaceAll('-', '–'),
  (text) => text.replaceAll(' - ', '-'),
  (text) => text.replaceAll('Đ', '\u00d0'),
  (text) => text.replaceAll("'", '’'),
  (text) =>
    text
      .normalize('NFC')
      .replaceAll('uỷ', 'ủy')
      .replaceAll('oà', 'òa')
      .replaceAll('oá', 'óa')
      .replaceAll('uý', 'úy')
      .replaceAll('uỳ', 'ùy'),
  (text, unit) => (text.includes(',') ? text : `${text}, ${provinceOf(unit)}`),
  (text, unit) => {
    const [kind = ''] = [...ABBREVIATED.keys()].filter((words) => text.startsWith(`${words} `));
    return /[^\x20-\x7e]/.test(unit.name) ? text.replace(kind, ABBREVIATED.get(kind) ?? kind) : text;
  },
];
