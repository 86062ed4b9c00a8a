import type { Text } from '../sources';
import { type Found, type KindPrefix, nameIndex } from './name-index';
import type { AdministrativeUnit } from './units';

/** A name a unit, or the larger part of what it was formed from, had before (data/old-names.csv); `code` is that of the unit in force. */
export interface OldName {
  name: string;
  code: string;
  source: string;
}

/**
 * What a written name means. Only `unit` may be used without asking a person; `how` says what it was recognised by. `candidates`
 * (at most 10, best first) and `nearest` (at most 5, by spelling) are for a person to choose from.
 */
export type UnitMatch =
  | { kind: 'unit'; unit: AdministrativeUnit; how: 'official_name' | 'spelling' | 'old_name' }
  | { kind: 'candidates'; candidates: AdministrativeUnit[]; reason: Text }
  | { kind: 'none'; nearest: AdministrativeUnit[]; reason: Text };

/** The administrative units in force, found by code and by written name. */
export interface UnitDirectory {
  byCode(code: string): AdministrativeUnit | undefined;
  provinces: readonly AdministrativeUnit[];
  /** Communes, wards and special zones of a province; none for an unknown code. */
  communesOf(provinceCode: string): readonly AdministrativeUnit[];
  /** `Lâm Đồng`, `tỉnh Lâm Đồng`, `TP. Huế`. */
  matchProvince(written: string): UnitMatch;
  /** `Phường Phú Thủy`, `P. Phú Thuỷ`, `xã Ninh Gia, tỉnh Lâm Đồng`: within the province given, or written after the last comma. */
  matchCommune(written: string, options?: { provinceCode?: string }): UnitMatch;
}

const PROVINCE_PREFIXES: KindPrefix[] = ['Tỉnh', 'T.', 'Thành phố', 'TP.'].map((words) => ({ words, kind: 'province' }));
const COMMUNE_PREFIXES: KindPrefix[] = [
  { words: 'Xã', kind: 'commune' },
  { words: 'X.', kind: 'commune' },
  { words: 'Phường', kind: 'ward' },
  { words: 'P.', kind: 'ward' },
  { words: 'Đặc khu', kind: 'special_zone' },
  { words: 'Thị trấn', kind: 'township' },
  { words: 'TT.', kind: 'township' },
];
const CANDIDATES_SHOWN = 10;

/** Directory of the units in force, built once. Throws on an old name whose code is not among the units. */
export function unitDirectory(units: readonly AdministrativeUnit[], oldNames: readonly OldName[] = []): UnitDirectory {
  const codes = new Map(units.map((unit) => [unit.code, unit]));
  const provinces = units.filter(isProvince);
  const communes = units.filter((unit) => !isProvince(unit));
  const renamed = oldNames.map(({ name, code }) => ({ name, unit: known(code, name) }));
  const provinceNames = nameIndex(
    provinces,
    renamed.filter(({ unit }) => isProvince(unit)),
    PROVINCE_PREFIXES,
  );
  const communeNames = nameIndex(
    communes,
    renamed.filter(({ unit }) => !isProvince(unit)),
    COMMUNE_PREFIXES,
  );

  function known(code: string, name: string): AdministrativeUnit {
    const unit = codes.get(code);
    if (!unit) throw new RangeError(`old name "${name}": no unit in force has the code ${code}`);
    return unit;
  }

  function matchProvince(written: string): UnitMatch {
    return settle(written, provinceNames.find(written)) ?? none(written, provinceNames.nearest(written));
  }

  function matchCommune(written: string, { provinceCode }: { provinceCode?: string } = {}): UnitMatch {
    const { name, province } = splitProvince(written);
    const after = province === null ? null : matchProvince(province);
    const scope = provinceCode ?? (after?.kind === 'unit' ? after.unit.code : undefined);
    const found = communeNames.find(name);
    if (found.length === 0) return none(name, communeNames.nearest(name, scope));
    if (after && after.kind !== 'unit') return candidates(found, unknownProvince(province));
    if (after && after.unit.code !== scope) return candidates(found, contradictsProvince(after.unit));
    const inside = scope === undefined ? found : found.filter(({ unit }) => unit.provinceCode === scope);
    return settle(name, inside) ?? candidates(found, onlyElsewhere(name));
  }

  return {
    byCode: (code) => codes.get(code),
    provinces,
    communesOf: (provinceCode) => communes.filter((unit) => unit.provinceCode === provinceCode),
    matchProvince,
    matchCommune,
  };
}

function isProvince(unit: AdministrativeUnit): boolean {
  return unit.kind === 'province';
}

/** The part after the last comma is the province. */
function splitProvince(written: string): { name: string; province: string | null } {
  const parts = written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 1
    ? { name: parts.slice(0, -1).join(', '), province: parts.slice(-1).join() }
    : { name: parts.join(), province: null };
}

/** The unit, or why a person must choose; null when nothing was found. */
function settle(written: string, found: readonly Found[]): UnitMatch | null {
  const [best, ...others] = found;
  if (best === undefined) return null;
  if (found.some(({ marksFit }) => !marksFit)) return candidates(found, unaccented(written));
  if (others.length > 0) return candidates(found, severalUnits(written, found.length));
  if (!best.kindFits) return candidates(found, otherKind(written, best.unit));
  return { kind: 'unit', unit: best.unit, how: recognisedBy(written, best) };
}

function candidates(found: readonly Found[], reason: Text): UnitMatch {
  return { kind: 'candidates', candidates: found.slice(0, CANDIDATES_SHOWN).map(({ unit }) => unit), reason };
}

function none(written: string, nearest: AdministrativeUnit[]): UnitMatch {
  return { kind: 'none', nearest, reason: written.trim() === '' ? NOTHING_WRITTEN : notListed(written) };
}

function recognisedBy(written: string, { unit, old }: Found): 'official_name' | 'spelling' | 'old_name' {
  if (old) return 'old_name';
  return [unit.name, unit.fullName].includes(written) ? 'official_name' : 'spelling';
}

const NOTHING_WRITTEN: Text = { vi: 'Chưa ghi tên đơn vị hành chính.', en: 'No administrative unit is written.' };

function notListed(written: string): Text {
  return {
    vi: `“${written}” không có trong danh mục đơn vị hành chính hiện hành.`,
    en: `“${written}” is not in the list of administrative units in force.`,
  };
}

function unaccented(written: string): Text {
  return {
    vi: `“${written}” viết không dấu; hãy chọn đúng đơn vị.`,
    en: `“${written}” is written without diacritics; choose the unit that is meant.`,
  };
}

function severalUnits(written: string, count: number): Text {
  return {
    vi: `Có ${count} đơn vị tên “${written}”; hãy ghi rõ tỉnh, thành phố.`,
    en: `${count} units are called “${written}”; write the province too.`,
  };
}

function otherKind(written: string, unit: AdministrativeUnit): Text {
  return {
    vi: `Ghi “${written}” nhưng danh mục hiện hành có “${unit.fullName}”.`,
    en: `“${written}” is written, but the list in force has “${unit.fullName}”.`,
  };
}

function unknownProvince(province: string | null): Text {
  return {
    vi: `Phần sau dấu phẩy, “${province}”, không phải tên một tỉnh, thành phố hiện hành.`,
    en: `“${province}”, after the comma, is not the name of a province in force.`,
  };
}

function contradictsProvince(unit: AdministrativeUnit): Text {
  return {
    vi: `Ghi “${unit.fullName}” nhưng đang tìm trong tỉnh, thành phố khác.`,
    en: `“${unit.fullName}” is written, but another province is being searched.`,
  };
}

function onlyElsewhere(written: string): Text {
  return {
    vi: `“${written}” không có trong tỉnh, thành phố này; chỉ có ở nơi khác.`,
    en: `“${written}” is not in this province; it exists elsewhere.`,
  };
}
