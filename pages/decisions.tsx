/** The register of decisions: one decision for many products, tried first, then its certificates. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { enterDecision, problemsOf } from '../api/decisions/enter';
import { foresee } from '../api/decisions/foresee';
import {
  DECISION_KINDS,
  type DecisionKind,
  newCertificates,
  type NewCertificates,
  newDecision,
  type NewDecision,
} from '../api/decisions/input';
import { foreseeIssue, issueCertificates, type ToIssue } from '../api/decisions/issue';
import { certificatesPdfFile, decisionParams, listDecisions } from '../api/decisions/routes';
import { dryRunOf, readDecision, viewOfDecision } from '../api/decisions/view';
import { problemsOfIssues } from '../api/http/issues';
import { type FieldProblem, HttpProblem, invalidInput } from '../api/http/problem';
import { EVERYBODY, type UserRole } from '../api/http/route';
import { awaitingDecision } from '../api/letters/awaiting';
import { decisionFile } from '../api/letters/routes';
import { STEPS, type Step } from '../domain/cycle/stages';
import { spoken } from './dossier/action-words';
import type { FormFields } from './form-fields';
import { day, number, typedDay } from './formats';
import { form, page, type PageCall, type Refused, type View } from './page';
import { DayField, Field, Form, FormProblem, QuickFilters, SelectField, Submit } from './parts/forms';
import { Chip } from './parts/lateness';
import { Facts, Note, Panel } from './parts/panel';
import { DataTable, Pager, withQuery } from './parts/tables';

const PATH = '/quyet-dinh';
const NEW = `${PATH}/moi`;
const PROVINCE: UserRole[] = ['administrator', 'provincial_staff'];
const PAGE = 20;

const KINDS: Record<DecisionKind, string> = {
  recognition: 'Công nhận sản phẩm (3, 4 sao)',
  approval: 'Phê duyệt kết quả, gửi Bộ',
};

const query = z.object({ kind: z.enum(DECISION_KINDS).optional(), cursor: z.string().max(400).optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

const mayDecide = ({ caller }: { caller: Call['caller'] }): boolean => PROVINCE.includes(caller.role);

async function register(call: Call): Promise<View> {
  const { deps, actor, query: asked } = call;
  const { kind, cursor } = asked;
  const of = kind === undefined ? {} : { kind };
  const { items, nextCursor } = await listDecisions(deps, actor, { ...of, limit: PAGE, ...(cursor ? { cursor } : {}) });
  const waiting = mayDecide(call)
    ? await Promise.all(DECISION_KINDS.map(async (one) => (await awaitingDecision(deps, actor, one)).length))
    : [];
  const missing = items.filter((one) => one.kind === 'recognition' && one.certificates < one.products).length;
  return {
    title: 'Quyết định',
    lead: waiting.some((count) => count > 0) ? (
      <>
        {DECISION_KINDS.map((one, index) =>
          waiting[index] ? (
            <span key={one}>
              <a href={withQuery(NEW, { kind: one })}>{number(waiting[index])} hồ sơ</a> chờ quyết định “{KINDS[one]}”.{' '}
            </span>
          ) : null,
        )}
      </>
    ) : (
      'Sổ các quyết định công nhận và phê duyệt kết quả, mới nhất trước.'
    ),
    tools: mayDecide(call) && (
      <a class="btn btn--main" href={NEW}>
        Ghi một quyết định
      </a>
    ),
    body: (
      <Panel
        title="Sổ quyết định"
        id="so"
        aside={missing > 0 ? `${number(missing)} quyết định trong trang chưa cấp đủ giấy chứng nhận` : ''}
        bare
      >
        <QuickFilters
          items={[
            { title: 'Tất cả', href: PATH, current: kind === undefined },
            ...DECISION_KINDS.map((one) => ({ title: KINDS[one], href: withQuery(PATH, { kind: one }), current: one === kind })),
          ]}
        />
        {items.length === 0 ? (
          <p class="panel__b muted">Chưa có quyết định nào trong sổ.</p>
        ) : (
          <DataTable
            caption="Sổ quyết định"
            keyOf={(one) => one.id}
            rows={items}
            columns={[
              {
                title: 'Số',
                cell: (one) => (
                  <>
                    <a class="pn" href={`${PATH}/${one.id}`}>
                      {one.number}
                    </a>
                    <small class="sub">{KINDS[one.kind]}</small>
                  </>
                ),
              },
              { title: 'Ngày ký', sorted: 'descending', cell: (one) => <span class="nw">{day(one.signedOn)}</span> },
              { title: 'Cấp quyết định', cell: (one) => one.authority },
              { title: 'Sản phẩm', numeric: true, cell: (one) => number(one.products) },
              {
                title: 'Giấy chứng nhận đã cấp',
                numeric: true,
                cell: (one) => (one.kind === 'approval' ? <span class="muted">không có</span> : number(one.certificates)),
              },
            ]}
          />
        )}
        <Pager
          shown={items.length}
          first={cursor ? withQuery(PATH, of) : null}
          next={nextCursor && withQuery(PATH, { ...of, cursor: nextCursor })}
        />
      </Panel>
    ),
  };
}

/** The form: the dossiers that await this kind of decision, each with its star, then number and day. */
async function start(call: Call): Promise<View> {
  const { deps, actor, refused } = call;
  const { kind = 'recognition' } = call.query;
  const list = await awaitingDecision(deps, actor, kind);
  return {
    title: 'Ghi một quyết định',
    lead: 'Chọn sản phẩm, xem trước; một sản phẩm không nhận được thì không ghi gì.',
    crumbs: <a href={PATH}>Quyết định</a>,
    current: PATH,
    body: (
      <div class="stack">
        <QuickFilters
          items={DECISION_KINDS.map((one) => ({ title: KINDS[one], href: withQuery(NEW, { kind: one }), current: one === kind }))}
        />
        {list.length === 0 ? (
          <Note>Không có hồ sơ nào đang chờ quyết định này.</Note>
        ) : (
          <Form call={call} action={withQuery(`${NEW}/xem-truoc`, { kind })}>
            <FormProblem refused={refused} known={knownIn(refused)} />
            <Panel title="Sản phẩm" id="san-pham" aside={`${number(list.length)} hồ sơ đang chờ`} bare>
              <DataTable
                caption="Hồ sơ đang chờ quyết định"
                keyOf={({ row }) => row.id}
                rows={list}
                columns={[
                  {
                    title: 'Sản phẩm',
                    cell: ({ row }) => (
                      <label class="ck">
                        <input
                          type="checkbox"
                          name="cycle"
                          value={row.id}
                          checked={refused ? refused.fields.all('cycle').includes(row.id) : true}
                        />
                        <span>
                          <span class="pn">{row.product.name}</span>
                          <small class="sub">
                            {row.product.producer.name}, {deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode}
                          </small>
                        </span>
                      </label>
                    ),
                  },
                  { title: 'Hội đồng đề nghị', cell: ({ star }) => (star === null ? <span class="muted">chưa có</span> : `${star} sao`) },
                  ...(kind === 'approval'
                    ? []
                    : [
                        {
                          title: 'Công nhận',
                          cell: ({ row, star }: (typeof list)[number]) => (
                            <SelectField
                              name={`star ${row.id}`}
                              label={<span class="vh">Hạng của {row.product.name}</span>}
                              value={star === null ? '' : String(star)}
                              options={['3', '4'].map((value) => ({ value, title: `${value} sao` }))}
                              refused={refused}
                              problemOf={[`cycle ${row.id}`]}
                            />
                          ),
                        },
                      ]),
                  {
                    title: 'Lý do (khi khác đề nghị)',
                    cell: ({ row }) => (
                      <Field
                        name={`reason ${row.id}`}
                        label={<span class="vh">Lý do với {row.product.name}</span>}
                        optional
                        refused={refused}
                        {...(kind === 'approval' ? { problemOf: [`cycle ${row.id}`] } : {})}
                      />
                    ),
                  },
                ]}
              />
            </Panel>
            <Panel title="Quyết định" id="quyet-dinh">
              <div class="form">
                <div class="two">
                  <Field name="number" label="Số quyết định" hint="Ví dụ 900/QĐ-UBND" refused={refused} />
                  <DayField name="signedOn" label="Ngày ký" value={day(deps.today())} refused={refused} />
                </div>
                <Field
                  name="authority"
                  label="Cấp quyết định"
                  optional
                  hint="Để trống thì lấy theo quy định của từng hạng."
                  maxLength={200}
                  refused={refused}
                />
                <div class="form__a">
                  <Submit>Xem trước</Submit>
                  <span class="hint">Chưa ghi gì.</span>
                </div>
              </div>
            </Panel>
          </Form>
        )}
      </div>
    ),
  };
}

function knownIn(refused: Refused | undefined): string[] {
  const cycles = refused?.fields.all('cycle') ?? [];
  return ['number', 'signedOn', 'authority', ...cycles.flatMap((id) => [`star ${id}`, `reason ${id}`, `cycle ${id}`])];
}

/** The decision that the fields make. Throws the problem of each field that is wrong. */
function decisionIn(kind: DecisionKind, fields: FormFields): NewDecision {
  const authority = fields.given('authority');
  const products = fields.all('cycle').map((cycle) => {
    const [star, reason] = [fields.given(`star ${cycle}`), fields.given(`reason ${cycle}`)];
    return { cycle, ...(star && kind === 'recognition' ? { star: Number(star) } : {}), ...(reason ? { reason } : {}) };
  });
  if (products.length === 0)
    throw invalidInput([{ field: 'Sản phẩm', message: { vi: 'hãy chọn ít nhất một', en: 'choose at least one' } }]);
  const given = {
    kind,
    number: fields.text('number'),
    signedOn: typedDay(fields.text('signedOn')),
    ...(authority ? { authority } : {}),
    products,
  };
  const parsed = newDecision.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(byProduct(problemsOfIssues(parsed.error.issues), fields.all('cycle')));
}

/** Problems under the names that the form's fields have: `products.2.star` is the star of the third product; what is said of all is said once. */
function byProduct(problems: readonly FieldProblem[], cycles: readonly string[]): FieldProblem[] {
  const named = problems.map(({ field, message }) => {
    const [, index = '', name = ''] = /^products\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const cycle = cycles[Number(index || -1)];
    const ofAll = ['number', 'signedOn', 'authority'].includes(name);
    const own = name === 'star' || name === 'reason' ? name : 'cycle';
    return { field: cycle === undefined ? field : ofAll ? name : `${own} ${cycle}`, message: { ...message, vi: spoken(message.vi) } };
  });
  return named.filter(
    (one, index) => named.findIndex(({ field, message }) => field === one.field && message.vi === one.message.vi) === index,
  );
}

/** Hands a refusal on with its problems beside the form's own fields. */
async function inForm<Answer>(cycles: readonly string[], work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpProblem && error.kind === 'invalid-input') throw invalidInput(byProduct(error.problems, cycles));
    throw error;
  }
}

interface HiddenProps {
  fields: FormFields;
}

/** What was filled in, sent on unseen. */
function Hidden({ fields }: HiddenProps): VNode {
  return (
    <>
      {fields
        .names()
        .filter((name) => !name.startsWith('_'))
        .flatMap((name) => fields.all(name).map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />))}
    </>
  );
}

async function previewDecision(call: Call, fields: FormFields): Promise<View> {
  const { kind = 'recognition' } = call.query;
  const input = decisionIn(kind, fields);
  const list = await foresee(call.deps, call.actor, input);
  const problems = problemsOf(list);
  if (problems.length > 0) throw invalidInput(byProduct(problems, fields.all('cycle')));
  const { products } = dryRunOf(list);
  return {
    title: 'Xem trước quyết định',
    lead: `${number(products.length)} sản phẩm đều nhận được quyết định. Chưa ghi gì.`,
    crumbs: <a href={PATH}>Quyết định</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={`${KINDS[kind]}: ${input.number}`} id="tom-tat">
          <p>Ký ngày {day(input.signedOn)}.</p>
          <Form call={call} action={withQuery(PATH, { kind })} class="form gap-s">
            <Hidden fields={fields} />
            <div class="form__a no-print">
              <Submit>Ghi vào sổ</Submit>
              <a class="btn" href={withQuery(NEW, { kind })}>
                Chọn lại
              </a>
            </div>
          </Form>
        </Panel>
        <Panel title="Từng sản phẩm" id="tung" bare>
          <DataTable
            caption="Từng sản phẩm sẽ nhận gì"
            keyOf={(one) => one.cycle}
            rows={products}
            columns={[
              { title: 'Sản phẩm', cell: (one) => <a href={`/ho-so/${one.cycle}`}>{one.productName ?? one.cycle}</a> },
              { title: 'Kết quả', cell: (one) => (one.star === null ? 'phê duyệt, gửi Bộ' : `công nhận ${one.star} sao`) },
            ]}
          />
        </Panel>
      </div>
    ),
  };
}

const onceMore = (count: number): string =>
  count === 0 ? '' : ` ${number(count)} sản phẩm chưa nhận được lúc này; hãy xem từng hồ sơ và gửi lại.`;

type OneCall = PageCall<z.output<typeof decisionParams>, unknown>;

async function one(call: OneCall): Promise<View> {
  const { deps, actor, params } = call;
  const decision = await viewOfDecision(deps, actor, await readDecision(deps, actor, params.id));
  const { id, kind, products } = decision;
  const missing = products.filter(({ certificate }) => certificate === null).length;
  const decides = mayDecide(call);
  return {
    title: `Quyết định ${decision.number}`,
    lead: leadOf(kind, products.length, missing),
    crumbs: <a href={PATH}>Quyết định</a>,
    current: PATH,
    signatures: true,
    tools: decides && (
      <>
        <a class="btn" href={`${PATH}/${id}/du-thao`}>
          Tải văn bản (.docx)
        </a>{' '}
        {kind === 'recognition' && (
          <a class="btn" href={`${PATH}/${id}/giay-chung-nhan`}>
            Tải giấy chứng nhận (PDF)
          </a>
        )}
      </>
    ),
    body: (
      <div class="stack">
        <Panel title={KINDS[kind]} id="tom-tat">
          <Facts
            pairs={[
              ['Ngày ký', day(decision.signedOn)],
              ['Cấp quyết định', decision.authority],
              ['Tỉnh', deps.units.byCode(decision.provinceCode)?.fullName ?? decision.provinceCode],
            ]}
          />
        </Panel>
        <Panel title="Sản phẩm" id="san-pham" aside={`${number(products.length)} sản phẩm`} bare>
          <DataTable
            caption="Sản phẩm của quyết định"
            keyOf={(product) => product.cycle}
            rows={products}
            columns={[
              {
                title: 'Sản phẩm',
                cell: (product) => (
                  <>
                    <a class="pn" href={`/ho-so/${product.cycle}`}>
                      {product.productName}
                    </a>
                    <small class="sub">{[product.producerName, product.communeName].filter(Boolean).join(', ')}</small>
                  </>
                ),
              },
              { title: 'Hạng', cell: (product) => (product.star === null ? 'theo Bộ' : `${product.star} sao`) },
              {
                title: 'Đang ở',
                cell: (product) => (
                  <>
                    {product.decided ? <Chip look="ok">Đã nhận quyết định</Chip> : <Chip look="soon">Chưa nhận</Chip>}
                    {product.step && <small class="sub">{STEPS[product.step as Step].title.vi}</small>}
                  </>
                ),
              },
              {
                title: 'Giấy chứng nhận',
                cell: ({ certificate }) =>
                  certificate ? (
                    <>
                      {certificate.number ?? certificate.code}
                      <small class="sub">
                        cấp {day(certificate.issuedOn)}, đến {day(certificate.validUntil)}
                      </small>
                    </>
                  ) : (
                    <span class="muted">{kind === 'approval' ? 'không có' : 'chưa cấp'}</span>
                  ),
              },
            ]}
          />
        </Panel>
        {decides && kind === 'recognition' && missing > 0 && <IssueForm call={call} missing={missing} />}
      </div>
    ),
  };
}

function leadOf(kind: DecisionKind, products: number, missing: number): string {
  if (kind === 'approval') return `${number(products)} sản phẩm được phê duyệt kết quả, gửi Bộ; chưa cấp giấy chứng nhận.`;
  return missing === 0
    ? `Đã cấp đủ ${number(products)} giấy chứng nhận.`
    : `${number(missing)} trong ${number(products)} sản phẩm chưa được cấp giấy chứng nhận.`;
}

const ISSUE_FIELDS = ['on', 'pattern', 'from', 'digits', 'issuedBy'];

function IssueForm({ call, missing }: { call: OneCall; missing: number }): VNode {
  const { deps, refused, params } = call;
  return (
    <Panel title="Cấp giấy chứng nhận" id="cap" class="no-print">
      <Form call={call} action={`${PATH}/${params.id}/cap/xem-truoc`}>
        <FormProblem refused={refused} known={ISSUE_FIELDS} />
        <div class="two">
          <DayField name="on" label="Ngày cấp" value={day(deps.today())} refused={refused} hint="Thời hạn tính từ ngày này." />
          <Field name="issuedBy" label="Cơ quan cấp" optional maxLength={200} refused={refused} hint="Để trống thì theo quyết định." />
        </div>
        <div class="two">
          <Field
            name="pattern"
            label="Mẫu số giấy"
            optional
            maxLength={60}
            refused={refused}
            hint="Viết {n} ở chỗ đánh số, ví dụ {n}/GCN-OCOP. Để trống thì không đánh số."
          />
          <Field name="from" label="Số đầu tiên" optional inputMode="numeric" value="1" refused={refused} />
        </div>
        <div class="form__a">
          <Submit>Xem trước {number(missing)} giấy chứng nhận</Submit>
          <span class="hint">Chưa cấp gì.</span>
        </div>
      </Form>
    </Panel>
  );
}

/** What is to be issued, as the fields say. Throws the problem of each field that is wrong. */
function certificatesIn(fields: FormFields): NewCertificates {
  const [on, issuedBy, pattern] = [fields.given('on'), fields.given('issuedBy'), fields.given('pattern')];
  const from = fields.text('from');
  const given = {
    ...(on ? { on: typedDay(on) } : {}),
    ...(issuedBy ? { issuedBy } : {}),
    ...(pattern ? { numbering: { pattern, from: /^\d{1,9}$/.test(from) ? Number(from) : from } } : {}),
  };
  const parsed = newCertificates.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = problemsOfIssues(parsed.error.issues);
  throw invalidInput(
    problems.map(({ field, message }) => ({
      field: field.replace(/^numbering\./, ''),
      message: { ...message, vi: spoken(message.vi) },
    })),
  );
}

/** The problems of one product are told under its name. */
function byName(list: readonly ToIssue[]): FieldProblem[] {
  return list.flatMap(({ row, number: own, problems }) =>
    problems.map(({ field, message }) =>
      field === 'on'
        ? { field, message }
        : { field: `${row.product.name}${own === undefined ? '' : `, số ${own}`}`, message: { ...message, vi: spoken(message.vi) } },
    ),
  );
}

async function toIssue({ deps, actor, params: { id } }: OneCall, fields: FormFields) {
  const input = certificatesIn(fields);
  const decision = await readDecision(deps, actor, id);
  const list = await foreseeIssue(deps, actor, decision, input);
  const problems = byName(list);
  if (problems.length > 0) throw invalidInput(problems);
  return { input, decision, list };
}

async function previewIssue(call: OneCall, fields: FormFields): Promise<View> {
  const { decision, input, list } = await toIssue(call, fields);
  const rows = list.filter(({ done }) => !done);
  return {
    title: 'Xem trước giấy chứng nhận',
    lead: `${number(rows.length)} giấy chứng nhận theo Quyết định ${decision.number}. Chưa cấp gì.`,
    crumbs: <a href={`${PATH}/${decision.id}`}>Quyết định {decision.number}</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={`Cấp ngày ${day(input.on ?? call.deps.today())}`} id="cap">
          <p>Cấp rồi thì không sửa được số và ngày; giấy chứng nhận có hiệu lực ngay.</p>
          <Form call={call} action={`${PATH}/${decision.id}/cap`} class="form gap-s">
            <Hidden fields={fields} />
            <div class="form__a no-print">
              <Submit>Cấp {number(rows.length)} giấy chứng nhận</Submit>
              <a class="btn" href={`${PATH}/${decision.id}`}>
                Sửa lại
              </a>
            </div>
          </Form>
        </Panel>
        <Panel title="Từng sản phẩm" id="tung" bare>
          <DataTable
            caption="Giấy chứng nhận sẽ cấp"
            keyOf={(item) => item.cycleId}
            rows={rows}
            columns={[
              { title: 'Sản phẩm', cell: (item) => item.row.product.name },
              { title: 'Số giấy', cell: (item) => item.number ?? <span class="muted">không đánh số</span> },
            ]}
          />
        </Panel>
      </div>
    ),
  };
}

const common = { who: PROVINCE, query };
const ofOne = { who: PROVINCE, params: decisionParams, name: () => 'cap', show: async (call: OneCall) => await one(call) };

export const DECISION_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show: register }),
  page({ ...common, path: NEW, show: start }),
  form({
    ...common,
    path: `${NEW}/xem-truoc`,
    show: start,
    submit: async (call) => await previewDecision(call, call.fields),
  }),
  form({
    ...common,
    path: PATH,
    show: start,
    async submit({ deps, actor, query: { kind = 'recognition' }, fields }) {
      const input = decisionIn(kind, fields);
      const { id, refused } = await inForm(
        fields.all('cycle'),
        async () => await enterDecision(deps, actor, input, await foresee(deps, actor, input)),
      );
      return { redirect: `${PATH}/${id}`, notice: `Đã ghi Quyết định ${input.number} vào sổ.${onceMore(refused.size)}` };
    },
  }),
  page({ path: `${PATH}/{id}`, who: EVERYBODY, params: decisionParams, show: one }),
  page({
    path: `${PATH}/{id}/du-thao`,
    who: PROVINCE,
    params: decisionParams,
    show: async ({ deps, actor, params: { id } }) => await decisionFile(deps, actor, id),
  }),
  page({
    path: `${PATH}/{id}/giay-chung-nhan`,
    who: PROVINCE,
    params: decisionParams,
    show: async ({ deps, actor, params: { id } }) => await certificatesPdfFile(deps, actor, id),
  }),
  form({ ...ofOne, path: `${PATH}/{id}/cap/xem-truoc`, submit: async (call) => await previewIssue(call, call.fields) }),
  form({
    ...ofOne,
    path: `${PATH}/{id}/cap`,
    async submit(call) {
      const { decision, input, list } = await toIssue(call, call.fields);
      const refused = await issueCertificates(call.deps, call.actor, { decision, input, list });
      const issued = list.filter(({ done }) => !done).length - refused.size;
      return { redirect: `${PATH}/${decision.id}`, notice: `Đã cấp ${number(issued)} giấy chứng nhận.${onceMore(refused.size)}` };
    },
  }),
];
