/** The dry run, with the proposal in hidden fields: nothing is kept until it is proposed. */
import type { Change } from '../../api/bulk/change';
import { tryProposal } from '../../api/bulk/proposals';
import { namesOf, viewsOfDryRun } from '../../api/bulk/views';
import type { FormFields } from '../form-fields';
import { day, number } from '../formats';
import type { View } from '../page';
import { Again, Form, Submit } from '../parts/forms';
import { Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { proposalIn } from './fields';
import { inTotal, ItemsTable } from './items';
import { type Call, START } from './shared';
import { changeWords, PATH } from './words';

const SHOWN_IN_DRY_RUN = 300;

/** The dry run, with the proposal in hidden fields: nothing is kept until it is proposed. */
export async function preview(call: Call, fields: FormFields): Promise<View> {
  const { deps, actor } = call;
  const wanted = await proposalIn(call, fields);
  const { items } = await tryProposal(deps, actor, wanted);
  const views = viewsOfDryRun(deps, items);
  const planned = views.some(({ status }) => status === 'planned');
  const names = await namesOf(deps, [
    ...views.flatMap(({ before }) => [before.officers.commune, before.officers.province]),
    officerIn(wanted.change),
  ]);
  const { action, body } = wanted.change;
  const again = Object.entries(call.query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    title: 'Xem trước thay đổi',
    lead: `${inTotal(views)}. Chưa thay đổi gì.`,
    crumbs: <a href={PATH}>Thay đổi nhiều hồ sơ</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={changeWords(action, body, names)} id="tom-tat">
          <p>{wanted.reason}</p>
          {wanted.sourceDocument && <p class="muted">Văn bản: {wanted.sourceDocument}</p>}
          <Form call={call} action={withQuery(START, Object.fromEntries(again) as Record<string, string>)} class="form gap-s">
            {fields
              .names()
              .filter((name) => !name.startsWith('_'))
              .flatMap((name) =>
                fields.all(name).map((value) => <input key={`${name}${value}`} type="hidden" name={name} value={value} />),
              )}
            <div class="form__a no-print">
              {planned && <Submit>Lập đề xuất, chờ duyệt</Submit>}
              <Again>Chọn lại</Again>
            </div>
          </Form>
        </Panel>
        <Panel title="Từng hồ sơ" id="tung-ho-so" aside={`tính theo ngày ${day(deps.today())}`} bare>
          <ItemsTable
            action={action}
            body={body}
            items={views.slice(0, SHOWN_IN_DRY_RUN)}
            names={names}
            caption="Từng hồ sơ sẽ thay đổi thế nào"
          />
          {views.length > SHOWN_IN_DRY_RUN && (
            <p class="panel__f">
              Hiện {number(SHOWN_IN_DRY_RUN)} trong {number(views.length)} hồ sơ; số liệu ở trên tính trên tất cả.
            </p>
          )}
        </Panel>
      </div>
    ),
  };
}

function officerIn(wanted: Change): string | null {
  return wanted.action === 'assign-officer' ? wanted.body.officerId : null;
}
