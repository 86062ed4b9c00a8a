/** A table of counters: what they are of, a few numbers that each open their list, and their sum. */
import type { ComponentChildren, VNode } from 'preact';
import type { Counter } from '../../api/managers/counter';
import { Opens } from './parts';

export interface CountRow {
  key: string;
  head: ComponentChildren;
  /** One for each column. */
  counters: readonly Counter[];
}

export interface CountColumn {
  title: ComponentChildren;
  /** `late`: red where it is not zero; `total`: the row's sum. */
  look?: 'late' | 'total';
}

interface CountTableProps {
  /** What is counted, for those who hear it. */
  caption: string;
  /** Title of the first column. */
  of: ComponentChildren;
  columns: readonly CountColumn[];
  rows: readonly CountRow[];
  sum?: CountRow;
}

export function CountTable({ caption, of, columns, rows, sum }: CountTableProps): VNode {
  return (
    <div class="tw">
      <table class="matrix">
        <caption class="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {columns.map(({ title }, index) => (
              <th key={index} scope="col" class="n">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} columns={columns} />
          ))}
        </tbody>
        {sum && (
          <tfoot>
            <Row row={sum} columns={columns} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Row({ row: { head, counters }, columns }: { row: CountRow; columns: readonly CountColumn[] }): VNode {
  return (
    <tr>
      <th scope="row">{head}</th>
      {counters.map((counter, index) => (
        <td key={index} class={lookOf(columns[index]?.look, counter.count)}>
          <Opens counter={counter} />
        </td>
      ))}
    </tr>
  );
}

function lookOf(look: CountColumn['look'], count: number): string {
  if (look === 'total') return 'n tot';
  return look === 'late' && count > 0 ? 'n t-late' : 'n';
}
