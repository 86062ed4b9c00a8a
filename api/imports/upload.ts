/** From an uploaded file to a table, or an answer that says why it cannot be read. */
import type { Text } from '../../domain/sources';
import type { HeaderDictionary } from '../files/headers';
import type { LegacyEncoding } from '../files/legacy-encodings';
import type { FileProblem } from '../files/problems';
import { readTable, type Table } from '../files/read-table';
import { HttpProblem } from '../http/problem';
import type { Upload } from '../http/route';
import { type Columns, columnsOf } from './columns';

/** Types under which browsers and programs send tables; the bytes decide what they are. */
export const TABLE_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
  'application/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/octet-stream',
] as const;

/** The table of an upload with its columns. Throws the HttpProblem that names what is wrong in the file. */
export function tableOf<Field extends string>(
  { bytes, mediaType }: Upload,
  { encoding, sheet }: { encoding?: LegacyEncoding | undefined; sheet?: string | undefined },
  dictionary: HeaderDictionary<Field>,
  required: readonly (readonly Field[])[],
): { table: Table; columns: Columns<Field> } {
  const options = { ...(encoding ? { encoding } : {}), ...(sheet === undefined ? {} : { sheet }) };
  const result = readTable(bytes, mediaType || 'text/csv', options);
  if (!result.ok) throw unreadable(result.problems);
  const found = columnsOf(result.table, dictionary, required);
  if (!found.ok) throw unreadable(found.problems);
  return { table: result.table, columns: found.columns };
}

const NO_REASON: Text = { vi: 'Không đọc được tệp.', en: 'The file cannot be read.' };

function unreadable(problems: readonly FileProblem[]): HttpProblem {
  return new HttpProblem('invalid-input', problems[0]?.reason ?? NO_REASON, {
    problems: problems.map(({ column, reason }) => ({ field: column ?? 'file', message: reason })),
    members: { file: problems },
  });
}
