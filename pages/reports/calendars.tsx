/** Private calendar addresses of an office. */
import type { VNode } from 'preact';
import { listFeeds } from '../../api/calendars/feeds';
import { moment, number } from '../formats';
import { Field, Form, FormProblem, Submit } from '../parts/forms';
import { Note, Panel } from '../parts/panel';
import { type Call, type NewAddress, PATH, refusedIn } from './shared';

interface FeedLine {
  id: string;
  name: string;
  office: string;
  createdAt: string;
}

/** The addresses in use. */
export async function feedsOf({ deps, actor }: Call): Promise<FeedLine[]> {
  const feeds = await listFeeds(deps, actor);
  const used = feeds.filter(({ revokedAt }) => revokedAt === null);
  const offices = await deps.db.office.findMany({ where: { code: { in: used.map(({ office }) => office) } } });
  return used.map(({ id, name, office, createdAt }) => ({
    id,
    name,
    office: offices.find(({ code }) => code === office)?.name ?? office,
    createdAt,
  }));
}

export function Calendars({ call, feeds, made }: { call: Call; feeds: readonly FeedLine[]; made: NewAddress | undefined }): VNode {
  const refused = refusedIn(call, 'lich');
  return (
    <Panel title="Lịch các hạn của đơn vị" id="lich" aside={`${number(feeds.length)} địa chỉ`}>
      <div class="stack">
        {made && (
          <Note look="soon" alert>
            <p>
              <b>{made.name}</b>: <code class="secret">{made.url}</code>
            </p>
            <p>Chỉ hiện một lần: hãy chép ngay vào chương trình lịch. Ai có địa chỉ này đều đọc được lịch.</p>
          </Note>
        )}
        {feeds.length > 0 && (
          <ul class="plain">
            {feeds.map(({ id, name, office, createdAt }) => (
              <li key={id}>
                {name}
                <small class="sub">
                  {office}, tạo lúc {moment(Date.parse(createdAt))}
                </small>
                <Form call={call} action={`${PATH}/lich/${id}/thu-hoi`} class="inline">
                  <button class="link" type="submit" aria-label={`Thu hồi địa chỉ ${name}`}>
                    Thu hồi
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        )}
        <Form call={call} action={`${PATH}/lich`}>
          <FormProblem refused={refused} known={['name', 'office']} />
          <Field
            name="name"
            label="Tên lịch"
            scope="lich"
            optional
            maxLength={100}
            hint="Địa chỉ để chương trình lịch tự đọc các hạn; thu hồi được bất cứ lúc nào."
            refused={refused}
          />
          {call.actor.role === 'administrator' && (
            <Field name="office" label="Mã đơn vị" scope="lich" maxLength={5} inputMode="numeric" refused={refused} />
          )}
          <Submit main={false}>Tạo địa chỉ lịch</Submit>
        </Form>
      </div>
    </Panel>
  );
}
