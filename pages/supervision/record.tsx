/** Recording an inspection: the certificate is chosen, then what was found and what follows. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { act } from '../../api/cycles/actions';
import { type CycleRow, readCycle, stateOf } from '../../api/cycles/read';
import { keepDocuments } from '../../api/documents/keep';
import { code } from '../../api/http/schemas';
import { certificatesToInspect, FINDINGS, INSPECTION_KINDS, type InspectionView, listInspections } from '../../api/supervision/inspections';
import type { CycleState } from '../../domain/cycle/state';
import { STEPS } from '../../domain/cycle/stages';
import { bodyOf } from '../dossier/action-fields';
import { actionsOpen } from '../dossier/actions';
import { spokenRefusal } from '../dossier/action-words';
import { FILES, FilesField } from '../dossier/papers';
import { day, number } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { DayField, Field, FilterBar, Form, FormProblem, SelectField, Submit, TextField } from '../parts/forms';
import { Facts, Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { FindingChip, findingTitle, groundTitle, INSPECTORS, kindTitle, NEW, PATH, Result } from './shared';

const MOST_SHOWN = 50;
const query = z.object({ q: z.string().max(200).optional(), cycle: code.optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

const show = async (call: Call): Promise<View> =>
  call.query.cycle === undefined ? await choose(call) : await record(call, call.query.cycle);

async function choose({ deps, actor, query: { q } }: Call): Promise<View> {
  const found = await certificatesToInspect(deps, actor, q, MOST_SHOWN);
  return {
    title: 'Ghi một lần kiểm tra',
    lead: 'Chọn giấy chứng nhận đã kiểm tra; giấy chưa kiểm tra lần nào hoặc lâu chưa kiểm tra đứng trước.',
    crumbs: <a href={PATH}>Kiểm tra, giám sát</a>,
    current: PATH,
    body: (
      <Panel
        title="Giấy chứng nhận đang có hiệu lực"
        id="chon"
        aside={found.length < MOST_SHOWN ? `${number(found.length)} giấy` : `${number(MOST_SHOWN)} giấy đầu; tìm để thấy giấy khác`}
        bare
      >
        <FilterBar action={NEW} button="Tìm">
          <Field name="q" label="Tên sản phẩm, chủ thể hoặc mã" optional type="search" value={q} maxLength={200} />
        </FilterBar>
        {found.length === 0 ? (
          <p class="panel__b muted">Không tìm thấy giấy chứng nhận nào.</p>
        ) : (
          <DataTable
            caption="Giấy chứng nhận đang có hiệu lực"
            keyOf={(one) => one.code}
            rows={found}
            columns={[
              {
                title: 'Sản phẩm',
                cell: (one) => (
                  <>
                    <a class="pn" href={withQuery(NEW, { cycle: one.cycleId })}>
                      {one.productName}
                    </a>
                    <small class="sub">
                      {one.producerName}, {deps.units.byCode(one.communeCode)?.fullName ?? one.communeCode}
                    </small>
                  </>
                ),
              },
              {
                title: 'Giấy chứng nhận',
                cell: (one) => (
                  <>
                    {one.star} sao
                    <small class="sub">
                      {one.code}, đến {day(one.endsOn)}
                    </small>
                  </>
                ),
              },
              {
                title: 'Kiểm tra gần nhất',
                cell: ({ lastOn }) => (lastOn === null ? <span class="muted">chưa lần nào</span> : day(lastOn)),
              },
            ]}
          />
        )}
      </Panel>
    ),
  };
}

async function record(call: Call, cycleId: string): Promise<View> {
  const { deps, actor } = call;
  const row = await readCycle(deps, actor, cycleId);
  const [state, { items }] = await Promise.all([stateOf(deps, row), listInspections(deps, actor, { cycle: cycleId }, { limit: 10 })]);
  const mayRecord = actionsOpen(state, actor).includes('record-inspection');
  return {
    title: `Ghi kiểm tra: ${row.product.name}`,
    lead: [row.product.producer.name, deps.units.byCode(row.communeCode)?.fullName].filter(Boolean).join(', '),
    crumbs: (
      <>
        <a href={PATH}>Kiểm tra, giám sát</a> › <a href={NEW}>Chọn giấy khác</a>
      </>
    ),
    current: PATH,
    body: (
      <div class="grid">
        <div class="c7 stack">
          {mayRecord ? (
            <RecordForm call={call} row={row} state={state} />
          ) : (
            <Note>
              Chưa ghi được: hồ sơ đang ở bước “{STEPS[state.step].title.vi}”. Chỉ ghi kiểm tra trong thời hạn giấy chứng nhận; khi chờ
              quyết định thu hồi thì chỉ tỉnh ghi.
            </Note>
          )}
        </div>
        <div class="c5 stack">
          <Held row={row} state={state} />
          <Before items={items} today={deps.today()} />
        </div>
      </div>
    ),
  };
}

const FIELDS = ['kind', 'on', 'finding', 'remedyBy', 'ground', 'reason', 'sourceDocument', FILES];

function RecordForm({ call, row, state }: { call: Call; row: CycleRow; state: CycleState }): VNode {
  const refused = call.refused && spokenRefusal(call.refused);
  const isCommune = call.actor.role === 'commune_staff';
  const grounds = state.rules.procedure.revocationGrounds.value.filter((ground) => !isCommune || ground === 'PRODUCTION_CEASED');
  return (
    <Panel title="Kết quả kiểm tra" id="ket-qua">
      <Form call={call} action={withQuery(NEW, { cycle: row.id })} files>
        <FormProblem refused={refused} known={FIELDS} />
        <div class="two">
          <SelectField
            name="kind"
            label="Loại kiểm tra"
            none="Chọn"
            options={INSPECTION_KINDS.map((value) => ({ value, title: kindTitle(value) }))}
            refused={refused}
          />
          <DayField name="on" label="Ngày kiểm tra, kết luận" value={day(call.deps.today())} refused={refused} />
        </div>
        <div class="two">
          <SelectField
            name="finding"
            label="Kết luận"
            none="Chọn"
            options={FINDINGS.map((value) => ({ value, title: findingTitle(value) }))}
            refused={refused}
          />
          <Field name="sourceDocument" label="Số biên bản, kết luận" optional maxLength={100} refused={refused} />
        </div>
        <TextField name="reason" label="Nội dung đã kiểm tra, điều phát hiện" optional refused={refused} />
        <DayField
          name="remedyBy"
          label="Khắc phục xong chậm nhất ngày"
          optional
          hint="Chỉ ghi khi kết luận là “Phải khắc phục”. Hết ngày này mà chưa có kết quả thì hồ sơ thành quá hạn."
          refused={refused}
        />
        <SelectField
          name="ground"
          label="Căn cứ thu hồi"
          optional
          none="Không thu hồi"
          options={grounds.map((value) => ({ value, title: groundTitle(value) }))}
          hint={
            isCommune
              ? 'Cấp xã chỉ xác nhận chủ thể không còn sản xuất; các căn cứ khác do tỉnh kết luận (Điều 8).'
              : 'Chỉ ghi khi kết luận là “Vi phạm đến mức thu hồi”. Quyết định thu hồi trong 15 ngày kể từ ngày này (Điều 8 khoản 4).'
          }
          refused={refused}
        />
        <FilesField action="kiem-tra" refused={refused} />
        <p class="hint">Ghi kèm tên cơ quan và thời điểm, không sửa được sau đó; ghi sai thì ghi một lần kiểm tra khác.</p>
        <Submit>Ghi kết quả kiểm tra</Submit>
      </Form>
    </Panel>
  );
}

function Held({ row, state }: { row: CycleRow; state: CycleState }): VNode | null {
  const { certificate } = state;
  if (!certificate) return null;
  return (
    <Panel title="Giấy chứng nhận" id="giay">
      <Facts
        pairs={[
          ['Hạng', `${certificate.star} sao`],
          ['Mã tra cứu', certificate.code],
          ['Có giá trị đến', day(certificate.extendedUntil ?? certificate.validUntil)],
          ['Bước', STEPS[state.step].title.vi],
          ['Hồ sơ', <a href={`/ho-so/${row.id}`}>{row.id}</a>],
        ]}
      />
    </Panel>
  );
}

function Before({ items, today }: { items: readonly InspectionView[]; today: string }): VNode | null {
  if (items.length === 0) return null;
  return (
    <Panel title="Các lần kiểm tra trước" id="truoc" aside={`${number(items.length)} lần`} bare>
      <Inspections items={items} today={today} />
    </Panel>
  );
}

/** Inspections one under the other, newest first. */
export function Inspections({ items, today }: { items: readonly InspectionView[]; today: string }): VNode {
  return (
    <ul>
      {items.map((one) => (
        <li key={one.id} class="li">
          <span>
            <b>{day(one.on)}</b>, {kindTitle(one.kind).toLowerCase()}
            {one.sourceDocument && <span class="muted"> · {one.sourceDocument}</span>} <FindingChip finding={one.finding} />
            {one.note !== null && <small class="sub">{one.note}</small>}
            {one.finding !== 'compliant' && <Result one={one} today={today} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

export const RECORD_PAGES = [
  page({ path: NEW, who: INSPECTORS, query, show }),
  form({
    path: NEW,
    who: INSPECTORS,
    query,
    show,
    async submit(call) {
      const { deps, actor, fields, key } = call;
      const { cycle } = call.query;
      if (cycle === undefined) return { redirect: NEW, notice: 'Hãy chọn giấy chứng nhận trước.' };
      const row = await readCycle(deps, actor, cycle);
      const body = bodyOf('record-inspection', fields);
      const documents = await keepDocuments(deps, actor, cycle, fields.files(FILES));
      await act(deps, { actor, row, action: 'record-inspection', body: { ...body, documents }, key });
      return { redirect: withQuery(PATH, { cycle }), notice: `Đã ghi kết quả kiểm tra ${row.product.name}.` };
    },
  }),
];
