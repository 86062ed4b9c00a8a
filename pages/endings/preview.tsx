/** What a decision would do to each certificate, before it is entered. */
import { tryEnding } from '../../api/endings/routes';
import type { FormFields } from '../form-fields';
import { day, number } from '../formats';
import type { View } from '../page';
import { Submit } from '../parts/forms';
import { Confirm } from '../parts/one-for-many';
import { Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { endingIn } from './new-ending';
import { type Call, formAddress, KINDS, OutcomeTold, PATH } from './shared';

export async function preview(call: Call, fields: FormFields): Promise<View> {
  const { kind = 'revocation' } = call.query;
  const input = endingIn(kind, fields);
  const { items, counts } = await tryEnding(call.deps, call.actor, input);
  const { end = 0, note = 0, refused = 0, unchanged = 0 } = counts;
  const done = end + note;
  return {
    title: 'Xem trước quyết định thu hồi',
    lead: [
      `${number(end)} giấy chứng nhận sẽ bị thu hồi`,
      note > 0 ? `${number(note)} giấy đã hết hạn được ghi nhận` : '',
      unchanged > 0 ? `${number(unchanged)} giấy đã ghi từ trước` : '',
      refused > 0 ? `${number(refused)} giấy không thu hồi được` : '',
    ]
      .filter(Boolean)
      .join(', ')
      .concat('. Chưa ghi gì.'),
    crumbs: <a href={formAddress(call)}>Ra quyết định thu hồi</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={`${KINDS[kind].title}: ${input.decisionNumber}`} id="tom-tat" aside={`ký ngày ${day(input.on)}`}>
          <p>Lý do: {input.reason}</p>
          <p>
            Thu hồi rồi không lấy lại được: chu trình của sản phẩm kết thúc, trang tra cứu công khai ghi giấy đã bị thu hồi theo quyết định
            này.
          </p>
          {refused > 0 && (
            <div class="gap-s">
              <Note look="soon">
                {done > 0
                  ? `${number(refused)} giấy không thu hồi được sẽ bị bỏ qua; lý do ở bảng dưới.`
                  : 'Không giấy nào thu hồi được; lý do ở bảng dưới.'}
              </Note>
            </div>
          )}
          {done + unchanged > 0 && (
            <Confirm call={call} action={withQuery(PATH, { kind })} fields={fields}>
              {refused > 0 && <input type="hidden" name="mode" value="good" />}
              <Submit>{refused > 0 ? `Ghi quyết định, bỏ qua ${number(refused)} giấy` : 'Ghi quyết định'}</Submit>
            </Confirm>
          )}
        </Panel>
        <Panel title="Từng giấy chứng nhận" id="tung" aside={`${number(items.length)} giấy`} bare>
          <DataTable
            caption="Từng giấy chứng nhận sẽ thế nào"
            keyOf={({ code }) => code}
            rows={items}
            columns={[
              {
                title: 'Sản phẩm',
                cell: ({ cycleId, productName, code }) =>
                  cycleId === null ? (
                    code
                  ) : (
                    <>
                      <a href={`/ho-so/${cycleId}`}>{productName ?? code}</a>
                      <small class="sub">{code}</small>
                    </>
                  ),
              },
              {
                title: 'Kết quả',
                cell: ({ outcome, reason }) => <OutcomeTold outcome={outcome} reason={reason} />,
              },
            ]}
          />
        </Panel>
      </div>
    ),
  };
}
