/** Who has to do with councils: the province's own staff keep them, members score in them, managers read. */
import type { Actor } from '../../domain/cycle/state';
import type { UserRole } from '../http/route';

/** Enter decisions that establish a council or change its members. */
export const ESTABLISHERS = ['administrator', 'provincial_staff'] as const satisfies UserRole[];

/** Keep the council's list, hand dossiers over, close sessions. */
export const KEEPERS = ['administrator', 'provincial_staff', 'council_secretary'] as const satisfies UserRole[];

/** Hold a seat and score; a secretary may be a member. */
export const SCORERS = ['council_secretary', 'council_member'] as const satisfies UserRole[];

export const READERS = [...KEEPERS, 'council_member', 'manager'] as const satisfies UserRole[];

/** What is asked of a council to know who may see it. */
export interface Seen {
  provinceCode: string;
  members: readonly { personId: string }[];
}

/** A council is seen by its province's staff and managers, by whoever holds or held a seat in it, and by administrators. */
export function seesCouncil({ id, role, provinceCode }: Actor, council: Seen): boolean {
  if (role === 'administrator') return true;
  if (role === 'council_member') return council.members.some(({ personId }) => personId === id);
  if (role === 'manager' && provinceCode === null) return true;
  return role !== 'commune_staff' && provinceCode === council.provinceCode;
}
