/** Which commune a registration belongs to, and whether the actor may register there. A written name is matched, never guessed. */
import type { Actor } from '../../domain/cycle/state';
import type { AdministrativeUnit } from '../../domain/units/units';
import type { ApiDeps } from '../deps';
import type { FieldProblem } from '../http/problem';
import type { RegistrationInput } from './registration-input';

export interface Place {
  communeCode: string;
  provinceCode: string;
}

/** A unit that a person may have meant. */
export interface UnitCandidate {
  code: string;
  name: string;
  provinceCode: string | null;
}

export type Placed = { place: Place } | { problems: FieldProblem[]; candidates: UnitCandidate[] };

type Written = Pick<RegistrationInput, 'communeCode' | 'commune' | 'provinceCode'>;

/** The commune that is written, or that the actor's office is. */
export function placeOf({ units }: Pick<ApiDeps, 'units'>, actor: Actor, written: Written): Placed {
  if (written.communeCode !== undefined) return byCode(units.byCode(written.communeCode), written);
  if (written.commune !== undefined) {
    const provinceCode = written.provinceCode ?? actor.provinceCode;
    const match = units.matchCommune(written.commune, provinceCode === null ? {} : { provinceCode });
    if (match.kind === 'unit') return placeIn(match.unit);
    const candidates = match.kind === 'candidates' ? match.candidates : match.nearest;
    return { problems: [{ field: 'commune', message: match.reason }], candidates: candidates.map(candidateOf) };
  }
  if (actor.communeCode !== null) return byCode(units.byCode(actor.communeCode), written);
  const message = { vi: 'cần mã xã (communeCode) hoặc tên xã (commune)', en: 'a commune code (communeCode) or name (commune) is needed' };
  return { problems: [{ field: 'communeCode', message }], candidates: [] };
}

function byCode(unit: AdministrativeUnit | undefined, { provinceCode }: Written): Placed {
  if (!unit || unit.provinceCode === null) return refused('communeCode', NOT_A_COMMUNE);
  if (provinceCode !== undefined && provinceCode !== unit.provinceCode) return refused('provinceCode', ANOTHER_PROVINCE);
  return placeIn(unit);
}

function placeIn(unit: AdministrativeUnit): Placed {
  return unit.provinceCode === null
    ? refused('commune', NOT_A_COMMUNE)
    : { place: { communeCode: unit.code, provinceCode: unit.provinceCode } };
}

const NOT_A_COMMUNE = {
  vi: 'không phải mã xã, phường, đặc khu trong danh mục hiện hành',
  en: 'is no code of a commune, ward or special zone in force',
};
const ANOTHER_PROVINCE = { vi: 'xã này thuộc tỉnh khác', en: 'this commune is in another province' };

function refused(field: string, message: FieldProblem['message']): Placed {
  return { problems: [{ field, message }], candidates: [] };
}

/** A unit as a candidate. */
export function candidateOf({ code, fullName, provinceCode }: AdministrativeUnit): UnitCandidate {
  return { code, name: fullName, provinceCode };
}
