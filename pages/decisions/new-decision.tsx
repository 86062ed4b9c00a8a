/** One decision for many products: chosen, tried, entered. */
import { problemsOf } from '../../api/decisions/enter';
import { foresee } from '../../api/decisions/foresee';
import { DECISION_KINDS, type DecisionKind, newDecision, type NewDecision } from '../../api/decisions/input';
import { dryRunOf } from '../../api/decisions/view';
import { problemsOfIssues } from '../../api/http/issues';
import { type FieldProblem, HttpProblem, invalidInput } from '../../api/http/problem';
import { awaitingDecision } from '../../api/letters/awaiting';
import { spokenProblem } from '../dossier/action-words';
import type { FormFields } from '../form-fields';
import { day, number, typedDay } from '../formats';
import type { Refused, View } from '../page';
import { DayField, Field, Form, FormProblem, QuickFilters, SelectField, Submit } from '../parts/forms';
import { Confirm, TickedProduct } from '../parts/one-for-many';
import { Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { type Call, KINDS, NEW, PATH } from './shared';

/** The form: the dossiers that await this kind of decision, each with its star, then number and day. */
export async function start(call: Call): Promise<View> {
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
                      <TickedProduct
                        name="cycle"
                        value={row.id}
                        product={row.product.name}
                        sub={`${row.product.producer.name}, ${deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode}`}
                        refused={refused}
                      />
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
export function decisionIn(kind: DecisionKind, fields: FormFields): NewDecision {
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
    return spokenProblem({ field: cycle === undefined ? field : ofAll ? name : `${own} ${cycle}`, message });
  });
  return named.filter(
    (one, index) => named.findIndex(({ field, message }) => field === one.field && message.vi === one.message.vi) === index,
  );
}

/** Hands a refusal on with its problems beside the form's own fields. */
export async function inForm<Answer>(cycles: readonly string[], work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpProblem && error.kind === 'invalid-input') throw invalidInput(byProduct(error.problems, cycles));
    throw error;
  }
}

export async function previewDecision(call: Call, fields: FormFields): Promise<View> {
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
          <Confirm call={call} action={withQuery(PATH, { kind })} fields={fields}>
            <Submit>Ghi vào sổ</Submit>
          </Confirm>
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
