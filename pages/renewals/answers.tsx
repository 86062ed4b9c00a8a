/** What the producer answers: the later cycle, or that there is none. */
import type { VNode } from 'preact';
import { day } from '../formats';
import { Form, FormProblem, SelectField, Submit, TextField } from '../parts/forms';
import { withQuery } from '../parts/tables';
import { asked, type Call, CONFIRM, CONFIRMERS, DECLINE, formOf, type One, PATH } from './shared';

/** What may be done about one certificate, or what was done. */
export function Work({ call, renewal }: One): VNode {
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
