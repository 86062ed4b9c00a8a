/** Rows of a file that were refused or need a look, cell by cell. */
import type { VNode } from 'preact';
import type { RowNote, RowRefusal } from '../../api/imports/row-problems';
import { number } from '../formats';
import { Icon } from '../parts/icons';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';

/** Rows told one by one; the counts are of all. */
export const SHOWN = 200;

export function Refusals({ refused }: { refused: readonly RowRefusal[] }): VNode | null {
  if (refused.length === 0) return null;
  return (
    <Panel title="Dòng bị từ chối" id="tu-choi" aside="sửa trong tệp rồi gửi lại; dòng đã vào không bị trùng" bare>
      <DataTable
        caption="Dòng bị từ chối, từng ô"
        keyOf={(one) => `${one.row}-${one.column ?? ''}-${one.reason.vi}`}
        rows={refused.slice(0, SHOWN)}
        columns={[
          {
            title: 'Dòng',
            cell: (one) => (
              <>
                <b>{number(one.row)}</b>
                {one.about && <small class="sub">{one.about}</small>}
              </>
            ),
          },
          { title: 'Cột', cell: (one) => one.column ?? 'cả dòng' },
          { title: 'Trong ô', cell: (one) => <Cell value={one.value} /> },
          {
            title: 'Vì sao',
            cell: (one) => (
              <>
                <span class="wrong-cell">
                  <Icon name="late" /> {one.reason.vi}
                </span>
                {one.allowed.length > 0 && <small class="sub">Được viết: {allowedWords(one.allowed)}</small>}
                {one.candidates.length > 0 && (
                  <small class="sub">Có phải: {one.candidates.map(({ name, code }) => `${name} (${code})`).join(', ')}</small>
                )}
              </>
            ),
          },
        ]}
      />
      {refused.length > SHOWN && (
        <p class="panel__f">
          Hiện {number(SHOWN)} trong {number(refused.length)} chỗ.
        </p>
      )}
    </Panel>
  );
}

export function Warnings({ warnings }: { warnings: readonly RowNote[] }): VNode | null {
  if (warnings.length === 0) return null;
  return (
    <details class="panel fold-list">
      <summary>Lưu ý ({number(warnings.length)})</summary>
      <DataTable
        caption="Lưu ý từng dòng"
        keyOf={(one) => `${one.row}-${one.column ?? ''}-${one.reason.vi}`}
        rows={warnings.slice(0, SHOWN)}
        columns={[
          { title: 'Dòng', cell: (one) => number(one.row) },
          { title: 'Cột', cell: (one) => one.column ?? 'cả dòng' },
          { title: 'Trong ô', cell: (one) => <Cell value={one.value} /> },
          { title: 'Lưu ý', cell: (one) => one.reason.vi },
        ]}
      />
    </details>
  );
}

/** Values named of a long list. */
const NAMED = 12;

const allowedWords = (allowed: readonly string[]): string =>
  allowed.length <= NAMED
    ? allowed.join(', ')
    : `${allowed.slice(0, NAMED).join(', ')} … đến ${allowed.at(-1) ?? ''}, tất cả ${number(allowed.length)} giá trị`;

/** Characters of a value that is kept in one piece, such as a code or a day. */
const ONE_PIECE = 12;

function Cell({ value }: { value: string | null }): VNode {
  if (value === null || value === '') return <span class="muted">trống</span>;
  return <code class={value.length <= ONE_PIECE ? 'cell cell--short' : 'cell'}>{value}</code>;
}
