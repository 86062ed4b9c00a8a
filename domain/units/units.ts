/** Tier of an administrative unit since 01/07/2025: a province, and below it a commune (xã), ward (phường) or special zone (đặc khu). */
export type UnitKind = 'province' | 'commune' | 'ward' | 'special_zone';

/** An administrative unit of the national list in force (data/administrative-units.csv). */
export interface AdministrativeUnit {
  /** National code: two digits for a province, five for a commune-level unit. */
  code: string;
  kind: UnitKind;
  /** Name alone: `Phú Thuỷ`. */
  name: string;
  /** Name with its kind: `Phường Phú Thuỷ`. */
  fullName: string;
  /** Code of the province a commune-level unit belongs to; null for a province. */
  provinceCode: string | null;
}

/** `UBND Xã Nam Hồng` → `UBND xã Nam Hồng`: the kind of unit is written small inside a name. */
export function inSentence(name: string): string {
  return name.replace(/(?<=^|[ (])(Xã|Phường|Đặc khu|Tỉnh|Thành phố) /g, (kind) => kind.toLowerCase());
}
