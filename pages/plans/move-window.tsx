/** The form that moves one date of a plan. */
import type { VNode } from 'preact';
import type { Plan } from '../../domain/plans';
import { DayField, Field, Form, FormProblem, SelectField, Submit, TextField } from '../parts/forms';
import { type Call, dates, PATH } from './shared';

/** One date that a document moves: the plan's next version. */
export function MoveWindow({ call, plan }: { call: Call; plan: Plan }): VNode {
  const { refused } = call;
  return (
    <details class="panel fold-list no-print" open={refused !== undefined}>
      <summary>Điều chỉnh một mốc theo văn bản</summary>
      <div class="panel__b">
        <Form call={call} action={`${PATH}/${plan.id}/moc`}>
          <FormProblem refused={refused} known={['window', 'date', 'operator', 'quote', 'reason']} />
          <SelectField
            name="window"
            label="Mốc"
            options={plan.windows.map((one) => ({
              value: one.id,
              title: `${one.title.vi}: ${dates(one.opensOn, one.closes)}`,
            }))}
            refused={refused}
          />
          <div class="two">
            <SelectField
              name="operator"
              label="Cách ghi hạn"
              options={[
                { value: 'on_or_before', title: 'chậm nhất ngày' },
                { value: 'before', title: 'trước ngày' },
              ]}
              refused={refused}
            />
            <DayField name="date" label="Ngày mới" refused={refused} />
          </div>
          <TextField
            name="quote"
            label="Nguyên văn câu điều chỉnh"
            hint="Hiện làm căn cứ của thời hạn ở từng hồ sơ."
            rows={2}
            refused={refused}
          />
          <Field name="reason" label="Văn bản điều chỉnh" hint="Ví dụ: Công văn 77/UBND-NNMT ngày 10/9/2026" refused={refused} />
          <div class="form__a">
            <Submit>Lập phiên bản mới</Submit>
            <span class="hint">Hồ sơ đang chạy chưa đổi.</span>
          </div>
        </Form>
      </div>
    </details>
  );
}
