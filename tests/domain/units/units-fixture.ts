import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { OldName } from '../../../domain/units/directory';
import type { AdministrativeUnit, UnitKind } from '../../../domain/units/units';

function rows<T>(file: string): T[] {
  return parse(readFileSync(`${__dirname}/../../../data/${file}`), { columns: true, bom: true });
}

export const units: AdministrativeUnit[] = rows<{ code: string; kind: UnitKind; name: string; full_name: string; province_code: string }>(
  'administrative-units.csv',
).map(({ code, kind, name, full_name, province_code }) => ({ code, kind, name, fullName: full_name, provinceCode: province_code || null }));

export const oldNames = rows<OldName>('old-names.csv');
export const listedProducts = rows<Record<string, string>>('products-lam-dong.csv');
