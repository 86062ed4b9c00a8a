/** The offices that decide and certify, as documents write them. */
import type { AdministrativeUnit } from '../../domain/units/units';
import type { ApiDeps } from '../deps';

/** How documents of a province name it. */
export interface Province {
  /** `tỉnh Ninh Bình`, inside a sentence. */
  name: string;
  /** `Ninh Bình`: where its documents are dated. */
  place: string;
  /** `Ủy ban nhân dân tỉnh Ninh Bình`. */
  committee: string;
}

const inSentence = ({ fullName }: AdministrativeUnit): string => fullName.charAt(0).toLocaleLowerCase('vi') + fullName.slice(1);

/** A province by its code; an unknown code stands for itself. */
export function provinceOf({ units }: Pick<ApiDeps, 'units'>, code: string): Province {
  const unit = units.byCode(code);
  const name = unit ? inSentence(unit) : `tỉnh (mã ${code})`;
  return { name, place: unit?.name ?? '…………', committee: `Ủy ban nhân dân ${name}` };
}

/** `Xã Gia Viễn`, or `xã Gia Viễn` inside a sentence. */
export function communeOf({ units }: Pick<ApiDeps, 'units'>, code: string): { name: string; inSentence: string } {
  const unit = units.byCode(code);
  return unit ? { name: unit.fullName, inSentence: inSentence(unit) } : { name: `Xã (mã ${code})`, inSentence: `xã (mã ${code})` };
}

const MINISTRY = { name: 'Bộ Nông nghiệp và Môi trường', place: 'Hà Nội', signature: ['BỘ TRƯỞNG'] };

/** Who certifies: the ministry five stars, else whoever the certificate names, else the province. */
export function certifierOf(deps: Pick<ApiDeps, 'units'>, given: { star: number; issuedBy: string | null; provinceCode: string }) {
  if (given.star === 5) return MINISTRY;
  const province = provinceOf(deps, given.provinceCode);
  const name = given.issuedBy?.replace(/^(?:Chủ tịch )?UBND /i, 'Ủy ban nhân dân ') ?? province.committee;
  return { name, place: province.place, signature: ['CHỦ TỊCH'] };
}
