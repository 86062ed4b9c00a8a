import { accentlessKey, editDistance, spellingKey } from './spelling';
import type { AdministrativeUnit, UnitKind } from './units';

/** A kind as people write it before a name. Townships (thị trấn) ended with the reform of July 2025, so no unit in force is one. */
export interface KindPrefix {
  words: string;
  kind: UnitKind | 'township';
}

/** A unit that a written name may mean. */
export interface Found {
  unit: AdministrativeUnit;
  /** By a name the unit had before. */
  old: boolean;
  /** The kind written before the name, if any, is the unit's own. */
  kindFits: boolean;
  /** Equal with its marks, not only without them. */
  marksFit: boolean;
}

/** Names of one tier, looked up as written. */
export interface NameIndex {
  /** Best first: the right kind before another, equal marks before missing ones, then by code. Text without any mark is compared without marks. */
  find(written: string): Found[];
  /** At most 5 units whose accent-less name is at most 2 letters away, nearest first; of one province if given. */
  nearest(written: string, provinceCode?: string): AdministrativeUnit[];
}

interface Named {
  unit: AdministrativeUnit;
  old: boolean;
  spelling: string;
  letters: string;
}

interface Reading {
  name: string;
  kind: KindPrefix['kind'] | null;
}

const NEAR_ENOUGH = 2;
const NEAREST_SHOWN = 5;

/** Index of one tier: units by name, and by the names they had before. */
export function nameIndex(
  units: readonly AdministrativeUnit[],
  oldNames: readonly { name: string; unit: AdministrativeUnit }[],
  prefixes: readonly KindPrefix[],
): NameIndex {
  const current = units.map((unit) => ({ unit, old: false, spelling: spellingKey(unit.name), letters: accentlessKey(unit.name) }));
  const former = oldNames.map(({ name, unit }) => ({ unit, old: true, spelling: spellingKey(name), letters: accentlessKey(name) }));
  const named = [...current, ...former];
  const bySpelling = grouped(named, ({ spelling }) => spelling);
  const byLetters = grouped(named, ({ letters }) => letters);
  const written = prefixes.flatMap(({ words, kind }) => [
    { start: `${spellingKey(words)} `, kind },
    { start: `${accentlessKey(words)} `, kind },
  ]);

  /** The text as a name, and as a name behind a kind: `Phương Liệt` is not a ward called `Liệt`. */
  function readings(text: string): Reading[] {
    const whole = spellingKey(text);
    const prefix = written.find(({ start }) => whole.startsWith(start));
    const behind = prefix && { name: whole.slice(prefix.start.length), kind: prefix.kind };
    return [...(behind ? [behind] : []), { name: whole, kind: null }];
  }

  function find(text: string): Found[] {
    const unaccented = spellingKey(text) === accentlessKey(text);
    const names = unaccented ? byLetters : bySpelling;
    const found = readings(text).flatMap((reading) => (names.get(reading.name) ?? []).map((entry) => judge(entry, reading)));
    const best = found.sort((a, b) => Number(b.kindFits) - Number(a.kindFits) || Number(b.marksFit) - Number(a.marksFit));
    return best.filter(({ unit }, index) => best.findIndex((earlier) => earlier.unit === unit) === index);
  }

  function nearest(text: string, provinceCode?: string): AdministrativeUnit[] {
    const names = readings(text).map(({ name }) => accentlessKey(name));
    return current
      .filter(({ unit }) => provinceCode === undefined || unit.provinceCode === provinceCode)
      .map(({ unit, letters }) => ({ unit, distance: Math.min(...names.map((name) => editDistance(name, letters))) }))
      .filter(({ distance }) => distance <= NEAR_ENOUGH)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, NEAREST_SHOWN)
      .map(({ unit }) => unit);
  }

  return { find, nearest };
}

function judge({ unit, old, spelling }: Named, { name, kind }: Reading): Found {
  return { unit, old, kindFits: old || kind === null || kind === unit.kind, marksFit: spelling === name };
}

function grouped(entries: readonly Named[], keyOf: (entry: Named) => string): Map<string, Named[]> {
  const groups = new Map<string, Named[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}
