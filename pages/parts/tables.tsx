/** Lists and their numbers. */
import type { ComponentChildren, VNode } from 'preact';
import { number } from '../formats';
import { Icon } from './icons';

export interface Column<Row> {
  title: string;
  /** Right-aligned figures. */
  numeric?: boolean;
  /** Left out under 720 px. */
  onlyWide?: boolean;
  /** The list is sorted by this column. */
  sorted?: 'ascending' | 'descending';
  cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  /** What the list is, for those who hear it. */
  caption: string;
  /** The first column is the row's header and its link. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Rows that stand out, such as the deadline that applies. */
  marked?: (row: Row) => boolean;
  foot?: VNode;
}

/** A list: a table, and under 720 px labelled cards. The roles keep it a table there for those who hear it. */
export function DataTable<Row>({ caption, columns, rows, keyOf, marked, foot }: TableProps<Row>): VNode {
  return (
    <div class="tw">
      <table class="rows" role="table">
        <caption class="vh">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, numeric, onlyWide, sorted }) => (
              <th key={title} scope="col" role="columnheader" class={classes(numeric, onlyWide)} aria-sort={sorted}>
                {title}
                {sorted && <Icon name={sorted === 'ascending' ? 'up' : 'dn'} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row" class={marked?.(row) ? 'win' : undefined}>
              {columns.map(({ title, numeric, onlyWide, cell }, index) =>
                index === 0 ? (
                  <th key={title} scope="row" role="rowheader">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={title} role="cell" data-l={title} class={classes(numeric, onlyWide)}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot}
      </table>
    </div>
  );
}

const classes = (numeric?: boolean, onlyWide?: boolean): string | undefined =>
  [numeric ? 'n' : '', onlyWide ? 'hide-s' : ''].filter(Boolean).join(' ') || undefined;

/** A number that opens exactly the list it counts; a zero is grey and no link. `label` says what is counted. */
export function Count({ value, href, label }: { value: number; href: string; label?: string }): VNode {
  if (value === 0) return <span class="z">0</span>;
  return (
    <a class="num" href={href} aria-label={label && `${number(value)} ${label}`}>
      {number(value)}
    </a>
  );
}

/** The list's end: how many are shown, and the way on. Addresses are kept, so that a page can be sent to somebody. */
export function Pager({ shown, total, next, first }: { shown: number; total?: number; next: string | null; first?: string | null }): VNode {
  return (
    <nav class="pages" aria-label="Trang của danh sách">
      <span>{total === undefined ? `${number(shown)} dòng` : `${number(shown)} trong ${number(total)} dòng`}</span>
      <span>
        {first && <a href={first}>Về đầu danh sách</a>} {next && <a href={next}>Trang sau</a>}
      </span>
    </nav>
  );
}

/** The address with some query parameters set, or left out where undefined. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return given.length ? `${path}?${new URLSearchParams(given).toString()}` : path;
}
