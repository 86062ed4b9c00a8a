/** One decision that ends many certificates: chosen by the inspections, by the recognising decision or by their codes. */
import type { VNode } from 'preact';
import { type Candidate, codesIn, endingCandidates, recognisingDecisions } from '../../api/endings/candidates';
import { endingInput, type EndingInput } from '../../api/endings/input';
import { problemsOfIssues } from '../../api/http/issues';
import { type FieldProblem, invalidInput } from '../../api/http/problem';
import { regimeOn } from '../../api/managers/season';
import { spokenProblem, valueTitle } from '../dossier/action-words';
import type { FormFields } from '../form-fields';
import { day, number, typedDay } from '../formats';
import type { View } from '../page';
import { DayField, Field, FilterBar, Form, FormProblem, type Option, QuickFilters, SelectField, Submit, TextField } from '../parts/forms';
import { TickedProduct } from '../parts/one-for-many';
import { Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { type Call, formAddress, type Kind, KINDS, NEW, PATH } from './shared';

export async function start(call: Call): Promise<View> {
  const { deps, actor, query: given } = call;
  const { kind = 'revocation', recognisedBy } = given;
  const codes = given.codes === undefined ? undefined : codesIn(given.codes);
  const [list, decisions, pending] = await Promise.all([
    endingCandidates(deps, actor, { recognisedBy, codes }),
    recognisingDecisions(deps, actor),
    endingCandidates(deps, actor, {}),
  ]);
  const missing = (codes ?? []).filter((one) => !list.some((found) => found.code === one));
  return {
    title: 'Ra quyết định thu hồi',
    lead: 'Chọn giấy chứng nhận, tải dự thảo để trình ký, rồi ghi số và ngày của quyết định; xem trước rồi mới ghi.',
    crumbs: <a href={PATH}>Thu hồi giấy chứng nhận</a>,
    current: PATH,
    body: (
      <div class="stack">
        <QuickFilters
          items={(Object.keys(KINDS) as Kind[]).map((one) => ({
            title: KINDS[one].title,
            href: formAddress({ query: { ...given, kind: one } }),
            current: one === kind,
          }))}
        />
        <Panel title="Lấy danh sách" id="lay" bare>
          <FilterBar action={NEW} button="Lấy danh sách">
            <input type="hidden" name="kind" value={kind} />
            <SelectField
              name="recognisedBy"
              label="Theo quyết định công nhận"
              long
              optional
              none={`Sau kiểm tra (${number(pending.length)} giấy)`}
              value={codes === undefined ? recognisedBy : undefined}
              options={decisions.map((one) => ({ value: one.number, title: `${one.number} (${number(one.inForce + one.expired)} giấy)` }))}
            />
            <Field name="codes" label="Hoặc theo mã tra cứu" placeholder="mã, mã, …" long optional value={given.codes} />
          </FilterBar>
        </Panel>
        {missing.length > 0 && (
          <Note look="soon">Không có, ngoài địa bàn hoặc đã kết thúc theo quyết định khác: {missing.join(', ')}.</Note>
        )}
        {list.length === 0 ? (
          <Note>
            {recognisedBy === undefined && codes === undefined
              ? 'Không có giấy chứng nhận nào đang chờ thu hồi sau kiểm tra.'
              : 'Không có giấy chứng nhận nào.'}
          </Note>
        ) : (
          <ChosenForm call={call} kind={kind} list={list} />
        )}
      </div>
    ),
  };
}

interface ChosenProps {
  call: Call;
  kind: Kind;
  list: readonly Candidate[];
}

const FIELDS = ['decisionNumber', 'on', 'reason', 'ground', 'certificates'];

function ChosenForm({ call, kind, list }: ChosenProps): VNode {
  const { deps, refused } = call;
  const grounds = groundOptions(call);
  const isRevocation = kind === 'revocation';
  return (
    <Form call={call} action={formAddress(call, '/xem-truoc')}>
      <FormProblem refused={refused} known={[...FIELDS.slice(0, -1), ...list.map(({ code }) => groundField(code))]} />
      <Panel title="Giấy chứng nhận" id="giay" aside={`${number(list.length)} giấy`} bare>
        <DataTable
          caption="Giấy chứng nhận có thể thu hồi"
          keyOf={({ code }) => code}
          rows={list}
          columns={[
            {
              title: 'Sản phẩm',
              cell: ({ code, productName, producerName, communeCode }) => (
                <TickedProduct
                  name="certificate"
                  value={code}
                  product={productName}
                  sub={`${producerName}, ${deps.units.byCode(communeCode)?.fullName ?? communeCode}`}
                  refused={refused}
                />
              ),
            },
            {
              title: 'Giấy chứng nhận',
              cell: (one) => (
                <>
                  {one.star} sao
                  <small class="sub">{[one.number ?? one.code, one.recognisedBy].filter(Boolean).join(' · ')}</small>
                </>
              ),
            },
            {
              title: 'Hiệu lực',
              cell: ({ status, endsOn }) =>
                status === 'expired' ? <span class="muted nw">hết hạn {day(endsOn)}</span> : <span class="nw">đến {day(endsOn)}</span>,
            },
            {
              title: 'Hạn quyết định',
              cell: ({ decideBy, concludedOn }) =>
                decideBy === null ? (
                  <span class="muted">không có</span>
                ) : (
                  <>
                    <span class="nw">chậm nhất {day(decideBy)}</span>
                    {concludedOn !== null && <small class="sub">kết luận {day(concludedOn)}</small>}
                  </>
                ),
            },
            ...(isRevocation
              ? [
                  {
                    title: 'Căn cứ riêng',
                    cell: (one: Candidate) => (
                      <SelectField
                        name={groundField(one.code)}
                        label={<span class="vh">Căn cứ thu hồi với {one.productName}</span>}
                        none="Theo căn cứ chung"
                        value={one.ground ?? undefined}
                        options={grounds}
                        refused={refused}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      <Panel title="Quyết định" id="quyet-dinh" aside={KINDS[kind].source}>
        <div class="form">
          {isRevocation && (
            <SelectField
              name="ground"
              label="Căn cứ chung"
              optional
              none="Mỗi giấy một căn cứ"
              options={grounds}
              hint="Dùng cho giấy không chọn căn cứ riêng."
              refused={refused}
            />
          )}
          <TextField name="reason" label="Lý do" hint="Ghi vào quyết định, thông báo và lịch sử của từng hồ sơ." refused={refused} />
          <div class="form__a">
            <button class="btn" type="submit" formAction={formAddress(call, '/du-thao')}>
              Tải dự thảo quyết định (.docx)
            </button>
            <span class="hint">Để trình ký; chưa ghi gì. Giấy 5 sao do Bộ trưởng quyết định thu hồi, không vào dự thảo của tỉnh.</span>
          </div>
          <div class="two">
            <Field name="decisionNumber" label="Số quyết định đã ký" maxLength={100} hint="Ví dụ 120/QĐ-UBND" refused={refused} />
            <DayField name="on" label="Ngày ký" value={day(deps.today())} refused={refused} />
          </div>
          <div class="form__a">
            <Submit>Xem trước</Submit>
            <span class="hint">Chưa ghi gì.</span>
          </div>
        </div>
      </Panel>
    </Form>
  );
}

const groundField = (certificate: string): string => `ground ${certificate}`;

/** The grounds of the regime in force. */
function groundOptions({ deps }: Call): Option[] {
  const { revocationGrounds } = regimeOn(deps.rules.regimes, deps.today()).procedure;
  return revocationGrounds.value.map((value) => ({ value, title: valueTitle('ground', value) }));
}

/** The certificates that are ticked, each with its own ground, and the ground for the others. Throws when none is. */
export function chosenIn(kind: Kind, fields: FormFields): Pick<EndingInput, 'certificates' | 'ground'> {
  const isRevocation = kind === 'revocation';
  const certificates = fields.all('certificate').map((code) => {
    const own = isRevocation ? fields.given(groundField(code)) : undefined;
    return { code, ...(own ? { ground: own } : {}) };
  });
  if (certificates.length === 0)
    throw invalidInput([{ field: 'Giấy chứng nhận', message: { vi: 'hãy chọn ít nhất một', en: 'choose at least one' } }]);
  const ground = isRevocation ? fields.given('ground') : undefined;
  return { certificates, ...(ground ? { ground } : {}) };
}

/** The decision that the fields make. Throws the problem of each field that is wrong. */
export function endingIn(kind: Kind, fields: FormFields): EndingInput {
  const chosen = chosenIn(kind, fields);
  const given = {
    kind,
    ...chosen,
    decisionNumber: fields.text('decisionNumber'),
    on: typedDay(fields.text('on')),
    reason: fields.text('reason'),
  };
  const parsed = endingInput.safeParse(given, { reportInput: true });
  const problems = parsed.success ? [] : problemsOfIssues(parsed.error.issues);
  const bare = kind === 'revocation' && chosen.ground === undefined && chosen.certificates?.some(({ ground }) => ground === undefined);
  const all = [...problems, ...(bare ? [NO_GROUND] : [])];
  if (parsed.success && all.length === 0) return parsed.data;
  throw invalidInput(all.map(spokenProblem));
}

const NO_GROUND: FieldProblem = {
  field: 'ground',
  message: {
    vi: 'còn giấy chưa có căn cứ riêng: chọn căn cứ chung',
    en: 'some certificates have no ground of their own: choose one for all',
  },
};
