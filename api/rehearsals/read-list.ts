/** Whether a file can be rehearsed with: the same columns as in imports. */
import { CONTACT_HEADERS } from '../files/headers';
import { CERTIFICATE_COLUMNS, REGISTRATION_COLUMNS } from '../imports/product-rows';
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
