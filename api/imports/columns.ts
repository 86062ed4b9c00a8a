/** The cells of an uploaded table by their meaning, and the problems that a row collects while it is read. */
import type { Text } from '../../domain/sources';
import type { UnitCandidate } from '../cycles/place';
import type { ParsedCell } from '../files/cells';
import { type HeaderDictionary, recogniseHeaders } from '../files/headers';
import { type FileProblem, fileProblem } from '../files/problems';
import type { Table, TableRow } from '../files/read-table';
import { unusableText } from '../http/issues';
import type { RowNote, RowRefusal } from './row-problems';

export interface Columns<Field extends string> {
  /** Header of each meaning that the table has. */
  header: Partial<Record<Field, string>>;
  /** Headers that mean nothing here. */
  ignored: string[];
}

export type ColumnsResult<Field extends string> = { ok: true; columns: Columns<Field> } | { ok: false; problems: FileProblem[] };

/** The columns of a table by their meaning. Of each group of `required` at least one must be there. */
export function columnsOf<Field extends string>(
  table: Table,
  dictionary: HeaderDictionary<Field>,
  required: readonly (readonly Field[])[],
): ColumnsResult<Field> {
  const { columns, ignored, problems } = recogniseHeaders(table.headers, dictionary);
  const missing = required.filter((group) => group.every((field) => columns[field] === undefined));
  const all = [...problems, ...missing.map((group) => missingColumn(group, dictionary))];
  return all.length === 0 ? { ok: true, columns: { header: columns, ignored } } : { ok: false, problems: all };
}

function missingColumn<Field extends string>(group: readonly Field[], dictionary: HeaderDictionary<Field>): FileProblem {
  const names = group.map((field) => `“${dictionary[field][0] ?? field}”`);
  const reason: Text = { vi: `Thiếu cột ${names.join(' hoặc ')}.`, en: `The column ${names.join(' or ')} is missing.` };
  const headers = group.flatMap((field) => dictionary[field]);
  return fileProblem(reason, headers);
}

/** One row while it is read: gives cells by meaning and collects what is wrong. */
export class RowReader<Field extends string> {
  readonly refusals: RowRefusal[] = [];
  readonly warnings: RowNote[] = [];

  constructor(
    private readonly source: TableRow,
    private readonly columns: Columns<Field>,
    /** The field that names what the row is about. */
    private readonly subject: Field,
  ) {}

  get row(): number {
    return this.source.row;
  }

  /** The text of a cell; empty when the column or the cell is. */
  cell(field: Field): string {
    const header = this.columns.header[field];
    return (header === undefined ? undefined : this.source.cells[header])?.trim() ?? '';
  }

  refuse(
    field: Field | null,
    reason: Text,
    { allowed = [], candidates = [] }: { allowed?: string[]; candidates?: UnitCandidate[] } = {},
  ): void {
    this.refusals.push({ ...this.note(field, reason), about: this.cell(this.subject), allowed, candidates });
  }

  warn(field: Field, reason: Text): void {
    this.warnings.push(this.note(field, reason));
  }

  private note(field: Field | null, reason: Text): RowNote {
    const column = field === null ? null : (this.columns.header[field] ?? null);
    return { row: this.row, column, value: field === null ? null : this.cell(field), reason };
  }

  /** Text that must be there, of at most that many characters. */
  text(field: Field, most: number, missing: Text): string {
    const value = this.cell(field);
    if (value === '') this.refuse(field, missing);
    return this.short(field, most) ?? '';
  }

  /** Text that may be missing. */
  short(field: Field, most: number): string | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    if (unusableText(value).length > 0) {
      this.refuse(field, { vi: 'Ô có ký tự không dùng được.', en: 'The cell holds a character that cannot be used.' });
    } else if (value.length > most) {
      this.refuse(field, {
        vi: `Ô có ${value.length} ký tự, nhiều hơn mức cho phép ${most}.`,
        en: `The cell has ${value.length} characters; at most ${most} are allowed.`,
      });
    }
    return value;
  }

  /** A cell as a parser reads it; undefined when it is empty, or not readable and then refused. */
  parsed<T>(field: Field, parse: (value: string) => ParsedCell<T>): T | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    const result = parse(value);
    if (result.ok) return result.value;
    this.refuse(field, result.problem.reason, { allowed: result.problem.allowed });
    return undefined;
  }

  /** As `parsed`, for a cell that must not be empty. */
  needed<T>(field: Field, parse: (value: string) => ParsedCell<T>, missing: Text): T | undefined {
    if (this.cell(field) === '') this.refuse(field, missing);
    return this.parsed(field, parse);
  }
}
