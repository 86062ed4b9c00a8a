/** What a file would do, row by row, before anything is written. */
import type { VNode } from 'preact';
import type { PreviewRow } from '../../api/imports/run';
import { previewUpload, readUpload } from '../../api/imports/uploads';
import type { ImportKind } from '../../api/imports/work-of';
import type { PersonRole } from '../../api/reference/offices';
import { day, moment, number } from '../formats';
import { PERSON_TITLES } from '../offices/shared';
import type { View } from '../page';
import { Form, FormProblem, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { KIND_TITLES } from '../words';
import { Refusals, SHOWN, Warnings } from './rows';
import { type FileCall, KINDS, PATH } from './shared';

const OUTCOMES: Record<PreviewRow['outcome'], string> = {
  create: 'thêm mới',
  update: 'cập nhật',
  unchanged: 'đã có, không đổi',
  refused: 'từ chối',
};

export async function preview(call: FileCall): Promise<View> {
  const { deps, actor } = call;
  const row = await readUpload(deps, actor, call.params.id);
  const kind = row.kind as ImportKind;
  const { counts, refused, warnings, rows, notes, ignoredColumns } = await previewUpload(deps, actor, row);
  const taken = rows.filter((one) => one.outcome !== 'refused');
  const goesIn = counts.created + counts.updated;
  const remarks = [
    ...notes.map(({ vi }) => vi),
    ...(ignoredColumns.length > 0 ? [`Cột không dùng đến: ${ignoredColumns.join(', ')}`] : []),
  ];
  return {
    title: `Xem trước: ${KINDS[kind].title.toLowerCase()}`,
    lead:
      row.jobId === null
        ? `${number(goesIn)} trong ${number(counts.total)} dòng sẽ vào; ${number(counts.unchanged)} dòng đã có; ${number(counts.refused)} dòng bị từ chối. Chưa ghi gì.`
        : `So với hồ sơ lúc này: ${number(goesIn)} trong ${number(counts.total)} dòng chưa có, ${number(counts.unchanged)} dòng đã có, ${number(counts.refused)} dòng bị từ chối.`,
    crumbs: <a href={withQuery(PATH, { loai: KINDS[kind].address })}>Nhập từ tệp</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={row.fileName} id="tep" aside={`tải lên ${moment(row.uploadedAt.getTime())}, giữ một ngày`}>
          {remarks.length > 0 && (
            <ul class="small">
              {remarks.map((remark) => (
                <li key={remark}>{remark}</li>
              ))}
            </ul>
          )}
          {row.jobId !== null ? (
            <p>
              Tệp này đã được nhập: <a href={`${PATH}/lan/${row.jobId}`}>xem kết quả</a>.
            </p>
          ) : (
            <Form call={call} action={`${PATH}/tep/${row.id}`} class="form__a gap-s no-print">
              <FormProblem refused={call.refused} />
              {goesIn > 0 && (
                <Submit>{counts.refused > 0 ? `Nhập ${number(goesIn)} dòng dùng được` : `Nhập ${number(goesIn)} dòng`}</Submit>
              )}
              <a class="btn" href={withQuery(PATH, { loai: KINDS[kind].address })}>
                Chọn tệp khác
              </a>
            </Form>
          )}
        </Panel>
        <Refusals refused={refused} />
        <Warnings warnings={warnings} />
        <Panel title="Các dòng nhận được" id="dong" bare>
          <DataTable
            caption="Các dòng nhận được của tệp"
            keyOf={(one) => String(one.row)}
            rows={taken.slice(0, SHOWN)}
            columns={[
              { title: 'Dòng', cell: (one) => number(one.row) },
              {
                title: 'Sẽ',
                cell: (one) => <Chip look={one.outcome === 'unchanged' ? 'none' : 'ok'}>{OUTCOMES[one.outcome]}</Chip>,
              },
              { title: 'Nội dung', cell: (one) => <Content row={one} /> },
            ]}
          />
          {taken.length > SHOWN && (
            <p class="panel__f">
              Hiện {number(SHOWN)} trong {number(taken.length)} dòng; số ở trên tính trên tất cả.
            </p>
          )}
        </Panel>
      </div>
    ),
  };
}

/** What a row says: the product and whose it is, or the person and where. */
function Content({ row }: { row: PreviewRow }): VNode {
  const { certificate, ...own } = row as PreviewRow & Record<string, unknown>;
  const facts: Record<string, unknown> = { ...own, ...(typeof certificate === 'object' ? certificate : {}) };
  const text = (name: string): string => (typeof facts[name] === 'string' || typeof facts[name] === 'number' ? String(facts[name]) : '');
  const place = [text('commune'), text('communeCode') && `mã ${text('communeCode')}`].filter(Boolean).join(', ');
  const kind = Object.hasOwn(KIND_TITLES, text('kind')) ? KIND_TITLES[text('kind') as keyof typeof KIND_TITLES] : '';
  const role = PERSON_TITLES[text('role') as PersonRole] ?? '';
  const more = [
    text('producer'),
    place,
    kind,
    text('registeredOn') && `đăng ký ngày ${day(text('registeredOn'))}`,
    text('phone') && `điện thoại ${text('phone')}`,
    text('star') && `${text('star')} sao`,
    text('decisionNumber') && `quyết định ${text('decisionNumber')}`,
  ];
  return (
    <>
      {text('product') || text('name')}
      <small class="sub">{[...more, text('officeName') || text('office'), role].filter(Boolean).join(' · ')}</small>
    </>
  );
}
