/** Lists as files: sent once, looked at with what is wrong beside each cell, then imported; every step has an address that can be loaded again. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { jobView } from '../api/imports/jobs';
import { importUpload, keepUpload, previewUpload, readUpload } from '../api/imports/uploads';
import type { RowNote, RowRefusal } from '../api/imports/row-problems';
import type { ImportKind } from '../api/imports/work-of';
import type { PreviewRow } from '../api/imports/run';
import { invalidInput, notFound } from '../api/http/problem';
import type { PersonRole } from '../api/reference/offices';
import { moment, number } from './formats';
import { PERSON_TITLES } from './offices';
import { form, page, type PageCall, type View } from './page';
import { Field, Form, FormProblem, QuickFilters, SelectField, Submit } from './parts/forms';
import { Icon } from './parts/icons';
import { Chip } from './parts/lateness';
import { Facts, Note, Panel } from './parts/panel';
import { DataTable, withQuery } from './parts/tables';
import { KIND_TITLES } from './words';

const PATH = '/nhap-tep';
const WHO = ['administrator', 'provincial_staff', 'commune_staff'] as const;
/** Rows told one by one; the counts are of all. */
const SHOWN = 200;

interface KindWords {
  address: string;
  title: string;
  columns: string;
  optional: string;
}

const KINDS: Record<ImportKind, KindWords> = {
  registrations: {
    address: 'dang-ky',
    title: 'Danh sách đăng ký',
    columns: 'Tên sản phẩm, Chủ thể, Xã/phường hoặc Mã xã',
    optional: 'Bộ sản phẩm, Hình thức, Mã sản phẩm, Tỉnh',
  },
  certificates: {
    address: 'giay-chung-nhan',
    title: 'Giấy chứng nhận còn hiệu lực',
    columns: 'Tên sản phẩm, Chủ thể, Xã/phường hoặc Mã xã, Số sao, Số quyết định, Ngày cấp, Cơ quan cấp',
    optional: 'Ngày hết hạn (thiếu thì tính 36 tháng)',
  },
  contacts: {
    address: 'danh-ba',
    title: 'Danh bạ đơn vị',
    columns: 'Mã đơn vị, Họ tên',
    optional: 'Email, Vai trò, Điện thoại',
  },
};
const ALL = Object.keys(KINDS) as ImportKind[];

/** What an office may import: a commune its registrations. */
const mayImport = (kind: ImportKind, role: string): boolean => kind === 'registrations' || role !== 'commune_staff';

const startQuery = z.object({ loai: z.string().optional() });
type StartCall = PageCall<unknown, z.output<typeof startQuery>>;

function kindAsked({ query, actor }: StartCall): ImportKind {
  const asked = ALL.find((kind) => KINDS[kind].address === query.loai) ?? 'registrations';
  if (!mayImport(asked, actor.role)) throw notFound();
  return asked;
}

async function start(call: StartCall): Promise<View> {
  const kind = kindAsked(call);
  const { title, columns, optional } = KINDS[kind];
  const { deps, actor, refused } = call;
  const jobs = await deps.db.importJob.findMany({ where: { actorId: actor.id }, orderBy: { startedAt: 'desc' }, take: 10 });
  return {
    title: 'Nhập từ tệp',
    lead: 'Xem trước từng dòng rồi mới nhập. Gửi lại cùng một tệp không tạo trùng.',
    body: (
      <div class="stack">
        <div class="grid">
          <Panel title={title} id="tep" class="c7" bare>
            <div class="gap-s" />
            <QuickFilters
              items={ALL.filter((one) => mayImport(one, actor.role)).map((one) => ({
                title: KINDS[one].title,
                href: withQuery(PATH, { loai: KINDS[one].address }),
                current: one === kind,
              }))}
            />
            <div class="panel__b">
              <Form call={call} action={withQuery(PATH, { loai: KINDS[kind].address })} files>
                <FormProblem refused={refused} known={['file', 'plan']} />
                <Field
                  name="file"
                  label="Tệp Excel (.xlsx, .xls) hoặc CSV"
                  type="file"
                  accept=".xlsx,.xls,.csv,.tsv,text/csv"
                  hint="Tối đa 10 MB. Phông cũ (TCVN3, VNI) được nhận ra và chuyển sang Unicode."
                  refused={refused}
                />
                {kind !== 'contacts' && (
                  <SelectField
                    name="plan"
                    label="Kế hoạch"
                    optional
                    none="Theo xã và ngày đăng ký"
                    options={deps.rules.plans.map((plan) => ({ value: plan.id, title: plan.title.vi }))}
                    refused={refused}
                  />
                )}
                <div class="form__a">
                  <Submit>Xem trước</Submit>
                  <span class="hint">Chưa ghi gì.</span>
                </div>
              </Form>
            </div>
          </Panel>
          <Panel title="Các cột" id="cot" class="c5">
            <Facts
              pairs={[
                ['Phải có', columns],
                ['Tùy chọn', optional],
                ['Tên cột', 'viết có dấu hay không đều được; cột lạ được bỏ qua và nêu tên'],
                ['Xã', 'viết tên hoặc mã; tên chưa rõ thì không đoán mà nêu các xã gần giống'],
              ]}
            />
          </Panel>
        </div>
        {jobs.length > 0 && (
          <Panel title="Các lần nhập gần đây của bạn" id="lan-nhap" bare>
            <DataTable
              caption="Các lần nhập gần đây"
              keyOf={(job) => job.id}
              rows={jobs.map((job) => jobView(job, deps.clock.now()))}
              columns={[
                { title: 'Lần nhập', cell: (job) => <a href={`${PATH}/lan/${job.id}`}>{moment(Date.parse(job.startedAt))}</a> },
                { title: 'Loại', cell: (job) => KINDS[job.kind].title },
                { title: 'Tình trạng', cell: (job) => <StatusChip status={job.status} /> },
                { title: 'Dòng', numeric: true, cell: (job) => number(job.counts.total) },
                { title: 'Từ chối', numeric: true, cell: (job) => number(job.counts.refused) },
              ]}
            />
          </Panel>
        )}
      </div>
    ),
  };
}

type Status = ReturnType<typeof jobView>['status'];
const STATUS: Record<Status, { word: string; look: 'ok' | 'plain' | 'soon' | 'none' }> = {
  done: { word: 'Đã nhập', look: 'ok' },
  running: { word: 'Đang nhập', look: 'plain' },
  interrupted: { word: 'Bị ngắt giữa chừng', look: 'soon' },
  refused: { word: 'Không nhập', look: 'none' },
};

const StatusChip = ({ status }: { status: Status }): VNode => <Chip look={STATUS[status].look}>{STATUS[status].word}</Chip>;

const OUTCOMES: Record<PreviewRow['outcome'], string> = {
  create: 'thêm mới',
  update: 'cập nhật',
  unchanged: 'đã có, không đổi',
  refused: 'từ chối',
};

const params = z.object({ id: z.uuid() });
type FileCall = PageCall<z.output<typeof params>, unknown>;

async function preview(call: FileCall): Promise<View> {
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
    lead: `${number(goesIn)} trong ${number(counts.total)} dòng sẽ vào; ${number(counts.unchanged)} dòng đã có; ${number(counts.refused)} dòng bị từ chối. Chưa ghi gì.`,
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

function Refusals({ refused }: { refused: readonly RowRefusal[] }): VNode | null {
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
                {one.allowed.length > 0 && <small class="sub">Được viết: {one.allowed.slice(0, 12).join(', ')}</small>}
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

function Warnings({ warnings }: { warnings: readonly RowNote[] }): VNode | null {
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

const Cell = ({ value }: { value: string | null }): VNode =>
  value === null || value === '' ? <span class="muted">trống</span> : <code class="cell">{value}</code>;

async function result(call: FileCall): Promise<View> {
  const { deps, actor } = call;
  const job = await deps.db.importJob.findUnique({ where: { id: call.params.id } });
  if (!job || (job.actorId !== actor.id && actor.role !== 'administrator')) throw notFound();
  const { counts, status, refused, warnings, kind, startedAt, finishedAt } = jobView(job, deps.clock.now());
  const upload = await deps.db.importUpload.findFirst({ where: { jobId: job.id, actorId: actor.id }, select: { id: true } });
  return {
    title: `Kết quả nhập: ${KINDS[kind].title.toLowerCase()}`,
    lead: (
      <>
        <StatusChip status={status} /> {number(counts.created)} dòng thêm mới, {number(counts.updated)} cập nhật, {number(counts.unchanged)}{' '}
        không đổi, {number(counts.refused)} từ chối.
      </>
    ),
    crumbs: <a href={withQuery(PATH, { loai: KINDS[kind].address })}>Nhập từ tệp</a>,
    current: PATH,
    body: (
      <div class="stack">
        {status === 'running' && (
          <Note look="ok">
            <p>
              <progress value={counts.done} max={Math.max(1, counts.total)} aria-label="Tiến độ" /> Đã làm {number(counts.done)} trong{' '}
              {number(counts.total)} dòng.
            </p>
            <p>
              <a href={`${PATH}/lan/${job.id}`}>Xem lại tiến độ</a>. Đóng hay tải lại trang này không ảnh hưởng việc nhập.
            </p>
          </Note>
        )}
        {status === 'interrupted' && (
          <Note look="soon">
            <p>Việc nhập bị ngắt sau {number(counts.done)} dòng. Làm tiếp với cùng tệp: dòng đã vào không bị trùng.</p>
            {upload ? (
              <Form call={call} action={`${PATH}/tep/${upload.id}`} class="form__a">
                <Submit>Làm tiếp</Submit>
              </Form>
            ) : (
              <p>
                <a href={withQuery(PATH, { loai: KINDS[kind].address })}>Gửi lại tệp</a>
              </p>
            )}
          </Note>
        )}
        <Panel title="Lần nhập" id="lan">
          <Facts
            pairs={[
              ['Bắt đầu', moment(Date.parse(startedAt))],
              ['Xong', finishedAt && moment(Date.parse(finishedAt))],
              ['Số dòng', number(counts.total)],
            ]}
          />
        </Panel>
        <Refusals refused={refused} />
        <Warnings warnings={warnings} />
      </div>
    ),
  };
}

export const IMPORT_PAGES = [
  page({ path: PATH, who: WHO, query: startQuery, show: start }),
  form({
    path: PATH,
    who: WHO,
    query: startQuery,
    show: start,
    async submit(call) {
      const kind = kindAsked(call);
      const file = call.fields.file('file');
      if (!file) throw invalidInput([{ field: 'file', message: { vi: 'chưa chọn tệp', en: 'no file was chosen' } }]);
      const id = await keepUpload(call.deps, call.actor, kind, file, call.fields.given('plan'));
      return { redirect: `${PATH}/tep/${id}` };
    },
  }),
  page({ path: `${PATH}/tep/{id}`, who: WHO, params, show: preview }),
  form({
    path: `${PATH}/tep/{id}`,
    who: WHO,
    params,
    show: preview,
    async submit({ deps, actor, params: { id } }) {
      return { redirect: `${PATH}/lan/${await importUpload(deps, actor, await readUpload(deps, actor, id))}` };
    },
  }),
  page({ path: `${PATH}/lan/{id}`, who: WHO, params, show: result }),
];
