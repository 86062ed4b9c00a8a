import { accentlessKey, editDistance, spellingKey } from '../../../domain/units/spelling';

describe('the spelling of a place name', () => {
  it.each([
    ['Hòa', 'Hoà'],
    ['Phú Thủy', 'Phú Thuỷ'],
    ['Qúy', 'Quý'],
    ['Úy', 'Uý'],
    ['PHÚ THUỶ', 'Phú Thuỷ'],
    ['Phú Thuỷ'.normalize('NFD'), 'Phú Thuỷ'],
    ['  Phú \u00a0 Thuỷ\t', 'Phú Thuỷ'],
    ['Phú\u200b Thuỷ\ufeff', 'Phú Thuỷ'],
    ['Chân Mây–Lăng Cô', 'Chân Mây - Lăng Cô'],
    ['Chân Mây \u2212 Lăng Cô', 'Chân Mây - Lăng Cô'],
    ['P.Phú Thuỷ', 'p Phú Thuỷ'],
    ['Ea H’Leo', "Ea H'Leo"],
    ['M`ta', "M'ta"],
    ['\u00d0à Lạt', 'Đà Lạt'],
    ['\u0189à Lạt', 'Đà Lạt'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(spellingKey(one)).toBe(spellingKey(other));
  });

  it.each([
    ['Tân Thành', 'Tân Thạnh'],
    ['Thành', 'Thanh'],
    ['Văn Lang', 'Văn Lăng'],
    ['Ba Tơ', 'Ba Tô'],
    ['Đồng', 'Dồng'],
    ['Sơn Hà', 'Sơn Hạ'],
    ['Hoà Bình', 'Hoa Bình'],
    ['Hòa Bình', 'Hoa Bình\u0300'],
    ['Tân An', 'Tânan'],
    ["H'Leo", 'HLeo'],
  ])('does not take %j for %j', (one, other) => {
    expect(spellingKey(one)).not.toBe(spellingKey(other));
  });

  it('keeps the marks of a word apart from those of the next', () => {
    expect(spellingKey('Đặc  Khu')).toBe('đa\u0306c\u0323 khu');
  });

  it.each([
    ['Phú Thuỷ', 'phu thuy'],
    ['Đắk Đoa', 'dak doa'],
    ['Ương Ưởng Ơ', 'uong uong o'],
    ["Ea M'Droh", "ea m'droh"],
  ])('%j without marks is %j', (name, letters) => {
    expect(accentlessKey(name)).toBe(letters);
  });
});

describe('the distance between spellings', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['a', 'a', 0],
    ['a', 'b', 1],
    ['phu thuy', 'phu thui', 1],
    ['thuan', 'thuann', 1],
    ['huan', 'thuan', 1],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 2],
    ['sunday', 'saturday', 3],
  ])('from %j to %j is %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});
