/** One decision with its products, and the certificates that are issued by it. */
import type { VNode } from 'preact';
import type { z } from 'zod';
import { type DecisionKind, newCertificates, type NewCertificates } from '../../api/decisions/input';
import { foreseeIssue, type ToIssue } from '../../api/decisions/issue';
import type { decisionParams } from '../../api/decisions/routes';
import { readDecision, viewOfDecision } from '../../api/decisions/view';
import { problemsOfIssues } from '../../api/http/issues';
import { type FieldProblem, invalidInput } from '../../api/http/problem';
import { STEPS, type Step } from '../../domain/cycle/stages';
import { spokenProblem } from '../dossier/action-words';
import type { FormFields } from '../form-fields';
import { day, number, typedDay } from '../formats';
import type { PageCall, View } from '../page';
import { DayField, Field, Form, FormProblem, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Confirm } from '../parts/one-for-many';
import { Facts, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { PATH, KINDS, mayDecide } from './shared';

export type OneCall = PageCall<z.output<typeof decisionParams>, unknown>;

export async function one(call: OneCall): Promise<View> {
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
  throw invalidInput(problems.map(({ field, message }) => spokenProblem({ field: field.replace(/^numbering\./, ''), message })));
}

/** The problems of one product are told under its name. */
function byName(list: readonly ToIssue[]): FieldProblem[] {
  return list.flatMap(({ row, number: own, problems }) =>
    problems.map(({ field, message }) =>
      field === 'on'
        ? { field, message }
        : spokenProblem({ field: `${row.product.name}${own === undefined ? '' : `, số ${own}`}`, message }),
    ),
  );
}

export async function toIssue({ deps, actor, params: { id } }: OneCall, fields: FormFields) {
  const input = certificatesIn(fields);
  const decision = await readDecision(deps, actor, id);
  const list = await foreseeIssue(deps, actor, decision, input);
  const problems = byName(list);
  if (problems.length > 0) throw invalidInput(problems);
  return { input, decision, list };
}

export async function previewIssue(call: OneCall, fields: FormFields): Promise<View> {
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
          <Confirm call={call} action={`${PATH}/${decision.id}/cap`} fields={fields}>
            <Submit>Cấp {number(rows.length)} giấy chứng nhận</Submit>
          </Confirm>
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
