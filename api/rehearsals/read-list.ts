/** Whether a file can be rehearsed with: the same columns and the same rows as in imports. */
import type { Actor } from '../../domain/cycle/state';
import type { Plan } from '../../domain/plans';
import type { Text } from '../../domain/sources';
import type { ApiDeps } from '../deps';
import { CONTACT_HEADERS } from '../files/headers';
import { CERTIFICATE_COLUMNS, REGISTRATION_COLUMNS } from '../imports/product-rows';
import { certificateWork, registrationWork } from '../imports/product-work';
import { tableOf } from '../imports/upload';
import type { ListName } from './desk';

/** A rehearsal on the machine of the pages takes minutes, not hours. */
export const MOST_ROWS = 2_000;

const PRODUCT = [['product'], ['producer'], ['commune', 'communeCode']] as const;
const CERTIFICATE = [...PRODUCT, ['stars'], ['decisionNo'], ['issuedOn'], ['issuedBy']] as const;

/** How many rows the file has. Throws the HttpProblem that names what is wrong in it. */
export function rowsOf(list: ListName, { bytes, type }: { bytes: Buffer; type: string }): number {
  const upload = { bytes, mediaType: type };
  switch (list) {
    case 'registrations':
      return tableOf(upload, {}, REGISTRATION_COLUMNS, PRODUCT).table.rows.length;
    case 'certificates':
      return tableOf(upload, {}, CERTIFICATE_COLUMNS, CERTIFICATE).table.rows.length;
    case 'contacts':
      return tableOf(upload, {}, CONTACT_HEADERS, [['officeCode'], ['name']]).table.rows.length;
  }
}

/** Who enters the lists of a rehearsal, whoever asked for it. */
const ENTERED_BY: Actor = { id: 'rehearsal', role: 'administrator', office: 'rehearsal', provinceCode: null, communeCode: null };

/** Why the first row cannot be used, where none can; undefined as soon as one can. */
export function whyNoRow(
  deps: ApiDeps,
  list: Exclude<ListName, 'contacts'>,
  { bytes, type }: { bytes: Buffer; type: string },
  { plan, province }: { plan: Plan; province: string },
): Text | undefined {
  const upload = { bytes, mediaType: type };
  const options = { actor: ENTERED_BY, plan, province };
  const read = () => {
    if (list === 'certificates') {
      const { table, columns } = tableOf(upload, {}, CERTIFICATE_COLUMNS, CERTIFICATE);
      return certificateWork(deps, table, columns, options);
    }
    const { table, columns } = tableOf(upload, {}, REGISTRATION_COLUMNS, PRODUCT);
    return registrationWork(deps, table, columns, options);
  };
  const { rows, refused } = read();
  const [first] = refused;
  return rows.length > 0 || !first ? undefined : first.reason;
}
