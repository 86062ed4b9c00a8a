/** Re-evaluations prepared at T-200: the commune asks the producer, then starts the later cycle or records that the producer does not go on. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { act } from '../api/cycles/actions';
import { readCycle } from '../api/cycles/read';
import { HttpProblem } from '../api/http/problem';
import { EVERYBODY, type UserRole } from '../api/http/route';
import { code, communeCode, provinceCode } from '../api/http/schemas';
import { confirmRenewal, countRenewals, listRenewals, RENEWAL_KINDS, RENEWAL_STATUSES, type RenewalView } from '../api/renewals/routes';
import { type OlderCertificateAtRisk, olderCertificatesAtRisk } from '../api/supervision/routes';
import { type Step, STEPS } from '../domain/cycle/stages';
import { bodyOf } from './dossier/action-fields';
import { day, number } from './formats';
import { form, page, type PageCall, type Redirect, type View } from './page';
import { Field, FilterBar, Form, FormProblem, QuickFilters, SelectField, Submit, TextField } from './parts/forms';
import { Chip } from './parts/lateness';
import { Panel } from './parts/panel';
import { DataTable, Pager, withQuery } from './parts/tables';

const PATH = '/danh-gia-lai';
const CONFIRMERS: UserRole[] = ['administrator', 'provincial_staff', 'commune_staff'];
const PAGE = 20;

type Status = (typeof RENEWAL_STATUSES)[number];
const STATUS_TITLES: Record<Status, string> = {
  open: 'Chờ hỏi chủ thể',
  started: 'Đã bắt đầu chu trình mới',
  declined: 'Chủ thể không tiếp tục',
};

const query = z.object({
  status: z.enum(RENEWAL_STATUSES).optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  cursor: z.string().max(400).optional(),
});
type Query = z.output<typeof query>;
type Call = PageCall<unknown, Query>;

/** The questions without those that are not asked. */
const asked = ({ province, commune }: Query) => ({ ...(province ? { province } : {}), ...(commune ? { commune } : {}) });

async function show(call: Call): Promise<View> {
  const { deps, actor, query: given } = call;
  const { status = 'open', cursor } = given;
  const area = asked(given);
  const [{ items, nextCursor }, counts, atRisk, [first]] = await Promise.all([
    listRenewals(deps, actor, { ...area, status, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    Promise.all(RENEWAL_STATUSES.map(async (one) => await countRenewals(deps, actor, { ...area, status: one }))),
    olderCertificatesAtRisk(deps, actor, area),
    listRenewals(deps, actor, { ...area, status: 'open', limit: 1 }).then((found) => found.items),
  ]);
  const here = (more: Partial<Query>): string => withQuery(PATH, { ...area, status, ...more });
  const total = counts[RENEWAL_STATUSES.indexOf(status)] ?? 0;
  const waiting = counts[0] ?? 0;
  return {
    title: 'Đánh giá lại',
    lead: first
      ? `${number(waiting)} giấy chứng nhận chờ hỏi chủ thể có đánh giá lại không; giấy đầu tiên hết hạn ngày ${day(first.validUntil)}.`
      : 'Không có giấy chứng nhận nào chờ hỏi chủ thể.',
    body: (
      <div class="stack">
        <Panel
          title="Đã chuẩn bị, 200 ngày trước khi hết hạn"
          id="ds"
          aside={`${number(total)} giấy chứng nhận`}
          bare
          foot="Cửa sổ nộp hồ sơ: từ 180 đến 120 ngày trước khi giấy chứng nhận hết hạn (Quyết định 26/2026/QĐ-TTg, Điều 7)."
        >
          {actor.communeCode === null && (
            <FilterBar action={PATH}>
              <input type="hidden" name="status" value={status} />
              <Field name="commune" label="Mã xã" optional value={given.commune} inputMode="numeric" maxLength={5} />
            </FilterBar>
          )}
          <QuickFilters
            items={RENEWAL_STATUSES.map((one, index) => ({
              title: STATUS_TITLES[one],
              href: withQuery(PATH, { ...area, status: one }),
              count: counts[index] ?? 0,
              current: one === status,
            }))}
          />
          {items.length === 0 ? (
            <p class="panel__b muted">Không có giấy chứng nhận nào ở mục này.</p>
          ) : (
            <DataTable
              caption={`Đánh giá lại: ${STATUS_TITLES[status].toLowerCase()}`}
              keyOf={(one) => one.cycleId}
              rows={items}
              columns={[
                { title: 'Sản phẩm', cell: (one) => <Product call={call} renewal={one} /> },
                { title: 'Giấy chứng nhận', cell: (one) => <Held renewal={one} /> },
                { title: 'Hết hạn', sorted: 'ascending', cell: (one) => <Ends on={one.validUntil} daysLeft={one.daysLeft} /> },
                { title: 'Nộp hồ sơ', cell: (one) => <Filing renewal={one} /> },
                { title: 'Việc', cell: (one) => <Work call={call} renewal={one} /> },
              ]}
            />
          )}
          <Pager shown={items.length} total={total} first={cursor ? here({}) : null} next={nextCursor && here({ cursor: nextCursor })} />
        </Panel>
        <AtRisk call={call} rows={atRisk} />
      </div>
    ),
  };
}

interface One {
  call: Call;
  renewal: RenewalView;
}

const communeName = ({ units }: Call['deps'], commune: string): string => units.byCode(commune)?.fullName ?? commune;

function Product({ call, renewal }: One): VNode {
  return (
    <>
      <a class="pn" href={`/ho-so/${renewal.cycleId}`}>
        {renewal.productName}
      </a>
      <small class="sub">
        {renewal.producerName}, {communeName(call.deps, renewal.communeCode)}
      </small>
    </>
  );
}

function Held({ renewal: { star, certificate, decisionNumber } }: { renewal: RenewalView }): VNode {
  return (
    <>
      {star} sao
      <small class="sub">{[certificate, decisionNumber].filter(Boolean).join(' · ')}</small>
    </>
  );
}

function Ends({ on, daysLeft }: { on: string; daysLeft: number }): VNode {
  return (
    <>
      <span class="nw">{day(on)}</span>
      <small class="sub">{daysLeft < 0 ? `đã hết hạn ${number(-daysLeft)} ngày` : `còn ${number(daysLeft)} ngày`}</small>
    </>
  );
}

function Filing({ renewal: { window, fileBy } }: { renewal: RenewalView }): VNode {
  return (
    <>
      {window ? `từ ${day(window.opensOn)} đến ${day(window.closesOn)}` : <span class="muted">chưa có cửa sổ</span>}
      {fileBy && <small class="sub">để kịp có kết quả: chậm nhất {day(fileBy)}</small>}
    </>
  );
}

const CONFIRM = 'xac-nhan';
const DECLINE = 'khong-tiep-tuc';
const formOf = (what: string, cycleId: string): string => `${what} ${cycleId}`;

/** What may be done about one certificate, or what was done. */
function Work({ call, renewal }: One): VNode {
  const { status, successor, declinedOn } = renewal;
  if (successor !== null) return <a href={`/ho-so/${successor}`}>Mở chu trình mới</a>;
  const mayDo = CONFIRMERS.includes(call.caller.role);
  return (
    <div>
      {declinedOn !== null && <p>Ghi ngày {day(declinedOn)}</p>}
      {!mayDo && status === 'open' && <span class="muted">Xã hỏi chủ thể</span>}
      {mayDo && <ConfirmForm call={call} renewal={renewal} />}
      {mayDo && status === 'open' && <DeclineForm call={call} renewal={renewal} />}
    </div>
  );
}

const refusedIn = ({ refused }: Call, name: string) => (refused?.form === name ? refused : undefined);
const actionOf = ({ query: given }: Call, id: string, what: string): string =>
  withQuery(`${PATH}/${id}/${what}`, { ...asked(given), status: given.status, cursor: given.cursor });

function ConfirmForm({ call, renewal: { cycleId, kinds, productName, declinedOn } }: One): VNode {
  const refused = refusedIn(call, formOf(CONFIRM, cycleId));
  return (
    <details class="act" open={refused !== undefined}>
      <summary aria-label={`${declinedOn === null ? 'Chủ thể tiếp tục' : 'Chủ thể đổi ý, tiếp tục'}: ${productName}`}>
        {declinedOn === null ? 'Chủ thể tiếp tục' : 'Chủ thể đổi ý, tiếp tục'}
      </summary>
      <Form call={call} action={actionOf(call, cycleId, CONFIRM)}>
        <FormProblem refused={refused} known={['kind']} />
        <SelectField
          name="kind"
          label="Chủ thể muốn"
          scope={cycleId}
          value="reevaluation"
          options={kinds.map((kind) => ({ value: kind, title: kind === 'upgrade' ? 'Nâng hạng' : 'Đánh giá lại' }))}
          refused={refused}
        />
        <Submit>Bắt đầu chu trình mới</Submit>
      </Form>
    </details>
  );
}

function DeclineForm({ call, renewal: { cycleId, productName } }: One): VNode {
  const refused = refusedIn(call, formOf(DECLINE, cycleId));
  return (
    <details class="act" open={refused !== undefined}>
      <summary aria-label={`Chủ thể không tiếp tục: ${productName}`}>Chủ thể không tiếp tục</summary>
      <Form call={call} action={actionOf(call, cycleId, DECLINE)}>
        <FormProblem refused={refused} known={['reason']} />
        <TextField name="reason" label="Lý do" scope={cycleId} rows={2} refused={refused} hint="Ghi vào lịch sử của hồ sơ." />
        <Submit main={false}>Ghi nhận không tiếp tục</Submit>
      </Form>
    </details>
  );
}

function AtRisk({ call, rows }: { call: Call; rows: readonly OlderCertificateAtRisk[] }): VNode | null {
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Giấy chứng nhận cũ khi đang chờ kết quả trung ương"
      id="rui-ro"
      aside={`${number(rows.length)} giấy chứng nhận`}
      bare
      foot="Giấy chứng nhận cũ không tự kéo dài; nếu hết hạn trước khi có kết quả thì sản phẩm tạm thời không có giấy chứng nhận."
    >
      <DataTable
        caption="Giấy chứng nhận cũ có thể hết hạn khi đang chờ kết quả trung ương"
        keyOf={(one) => one.cycleId}
        rows={rows}
        columns={[
          {
            title: 'Sản phẩm',
            cell: (one) => (
              <>
                <a class="pn" href={`/ho-so/${one.cycleId}`}>
                  {one.productName}
                </a>
                <small class="sub">{communeName(call.deps, one.communeCode)}</small>
              </>
            ),
          },
          { title: 'Giấy cũ', cell: (one) => `${one.star} sao, ${one.certificate}` },
          { title: 'Hết hạn', sorted: 'ascending', cell: (one) => <Ends on={one.endsOn} daysLeft={one.daysLeft} /> },
          {
            title: 'Đang chờ',
            cell: (one) => (
              <>
                <a href={`/ho-so/${one.pendingCycleId}`}>{STEPS[one.pendingStep as Step].title.vi}</a>
                <small class="sub">{one.resultBy === null ? 'chưa có hạn trả kết quả' : `kết quả chậm nhất ${day(one.resultBy)}`}</small>
              </>
            ),
          },
          {
            title: 'Nguy cơ',
            cell: (one) => (one.endsFirst ? <Chip look="soon">Có thể hết hạn trước</Chip> : <Chip look="ok">Kết quả đến trước</Chip>),
          },
        ]}
      />
    </Panel>
  );
}

const params = z.object({ id: code });

/** The later cycle is there already: the same form sent twice, or somebody was quicker. */
function alreadyStarted(error: unknown): Redirect {
  const cycleId = error instanceof HttpProblem && error.kind === 'already-exists' ? error.members['cycleId'] : undefined;
  if (typeof cycleId !== 'string') throw error;
  return { redirect: `/ho-so/${cycleId}`, notice: 'Chu trình mới đã được bắt đầu từ trước.' };
}

export const RENEWAL_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show }),
  form({
    path: `${PATH}/{id}/${CONFIRM}`,
    who: CONFIRMERS,
    params,
    query,
    name: ({ params: { id } }) => formOf(CONFIRM, id),
    show: async (call) => await show(call),
    async submit({ deps, actor, params: { id }, fields }) {
      const kind = z.enum(RENEWAL_KINDS).safeParse(fields.text('kind')).data;
      try {
        const started = await confirmRenewal(deps, actor, id, kind === undefined ? {} : { kind });
        return { redirect: `/ho-so/${started}`, notice: 'Đã bắt đầu chu trình mới của sản phẩm.' };
      } catch (error) {
        return alreadyStarted(error);
      }
    },
  }),
  form({
    path: `${PATH}/{id}/${DECLINE}`,
    who: CONFIRMERS,
    params,
    query,
    name: ({ params: { id } }) => formOf(DECLINE, id),
    show: async (call) => await show(call),
    async submit(call) {
      const { deps, actor, fields, key } = call;
      const row = await readCycle(deps, actor, call.params.id);
      await act(deps, { actor, row, action: 'decline-renewal', body: bodyOf('decline-renewal', fields), key });
      return { redirect: withQuery(PATH, asked(call.query)), notice: `Đã ghi nhận: chủ thể không tiếp tục với ${row.product.name}.` };
    },
  }),
];
