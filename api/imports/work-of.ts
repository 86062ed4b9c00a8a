/** From a file and what it is to what its import would do. The API and the pages both come here. */
import type { Actor } from '../../domain/cycle/state';
import type { Plan } from '../../domain/plans';
import { planAsked, provinceAsked } from '../calculators/rules-asked';
import type { ApiDeps } from '../deps';
import { CONTACT_HEADERS } from '../files/headers';
import type { LegacyEncoding } from '../files/legacy-encodings';
import { HttpProblem } from '../http/problem';
import type { Upload } from '../http/route';
import { contactWork } from './contact-work';
import type { PlanOfWork } from './plan-of-work';
import { CERTIFICATE_COLUMNS, REGISTRATION_COLUMNS } from './product-rows';
import { certificateWork, registrationWork } from './product-work';
import { tableOf } from './upload';

export const IMPORT_KINDS = ['registrations', 'certificates', 'contacts'] as const satisfies PlanOfWork['kind'][];
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** The work of a file, and what is known of the file besides its rows. */
export interface FileWork {
  work: PlanOfWork;
  encoding: string;
  ignoredColumns: string[];
}

export interface FileOptions {
  plan?: string | undefined;
  province?: string | undefined;
  encoding?: LegacyEncoding | undefined;
  sheet?: string | undefined;
}

/** Reads a file of that kind. Throws the HttpProblem that names what is wrong in the file as a whole. */
export async function workOf(deps: ApiDeps, actor: Actor, kind: ImportKind, file: Upload, options: FileOptions): Promise<FileWork> {
  if (kind === 'contacts') {
    const { table, columns } = tableOf(file, options, CONTACT_HEADERS, [['officeCode'], ['name']]);
    return { work: await contactWork(deps, table, columns, actor), encoding: table.encoding, ignoredColumns: columns.ignored };
  }
  const list = { actor, plan: planOf(deps, actor, options.plan), province: provinceAsked(deps.rules, options.province)?.code };
  if (kind === 'certificates') {
    const needed = [['product'], ['producer'], ['commune', 'communeCode'], ['stars'], ['decisionNo'], ['issuedOn'], ['issuedBy']] as const;
    const { table, columns } = tableOf(file, options, CERTIFICATE_COLUMNS, needed);
    return { work: certificateWork(deps, table, columns, list), encoding: table.encoding, ignoredColumns: columns.ignored };
  }
  const place = actor.communeCode === null ? (['commune', 'communeCode'] as const) : null;
  const { table, columns } = tableOf(file, options, REGISTRATION_COLUMNS, [['product'], ['producer'], ...(place ? [place] : [])]);
  return { work: registrationWork(deps, table, columns, list), encoding: table.encoding, ignoredColumns: columns.ignored };
}

/** The plan that is named; one of another province is refused as a whole. */
function planOf({ rules }: ApiDeps, actor: Actor, id: string | undefined): Plan | undefined {
  if (id === undefined) return undefined;
  const plan = planAsked(rules, id);
  const { provinceCode: of } = plan.issuer;
  if (of !== null && actor.provinceCode !== null && of !== actor.provinceCode)
    throw new HttpProblem('not-allowed', {
      vi: `Kế hoạch ${plan.id} là của tỉnh khác (${plan.issuer.name})`,
      en: `The plan ${plan.id} is another province’s (${plan.issuer.name})`,
    });
  return plan;
}
