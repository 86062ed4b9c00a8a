/** Councils with their sessions; a council with its members; opening a session. */
import type { z } from 'zod';
import type { VNode } from 'preact';
import { ESTABLISHERS, KEEPERS, READERS } from '../../api/council/access';
import { idParams, listCouncils, readCouncil, viewOf } from '../../api/council/councils';
import { waitingDossiers } from '../../api/council/listing';
import { roundHeldOn } from '../../api/council/rounds';
import { listSessions, openInput, openSession } from '../../api/council/sessions';
import { day, due, number } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { DayField, Field, Form, SelectField, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Facts, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence } from '../words';
import { Members } from './members';
import { Refusal } from './parts';
import { checked, COUNCILS, given, givenDay, PROCEDURE_TITLES, roundTitle, sessionPath } from './words';

type Session = Awaited<ReturnType<typeof listSessions>>[number];
type ListCall = PageCall<unknown, unknown>;

async function list({ deps, actor }: ListCall): Promise<View> {
  const councils = await listCouncils(deps, actor);
  const sessions = await Promise.all(councils.map(async ({ id }) => await listSessions(deps, actor, id)));
  const open = sessions.flat().filter(({ status }) => status === 'open').length;
  return {
    title: 'Hội đồng',
    lead: councils.length === 0 ? 'Chưa có Hội đồng nào.' : open === 0 ? 'Không có phiên nào đang mở.' : `${number(open)} phiên đang mở.`,
    tools: ESTABLISHERS.some((role) => role === actor.role) && (
      <a class="btn" href={`${COUNCILS}/moi`}>
        Thành lập Hội đồng
      </a>
    ),
    body: (
      <div class="stack">
        {councils.map((council, index) => (
          <Panel
            key={council.id}
            title={<a href={`${COUNCILS}/${council.id}`}>{inSentence(council.name)}</a>}
            id={`hd-${index}`}
            aside={`Quyết định ${council.decisionNumber} · nhiệm kỳ ${day(council.termFrom)} – ${day(council.termTo)}`}
            bare
          >
            <Sessions sessions={sessions[index] ?? []} of={council.name} />
          </Panel>
        ))}
      </div>
    ),
  };
}

function Sessions({ sessions, of }: { sessions: readonly Session[]; of: string }): VNode {
  if (sessions.length === 0) return <p class="panel__b muted">Chưa có phiên nào.</p>;
  return (
    <DataTable
      caption={`Các phiên của ${of}`}
      keyOf={({ id }) => id}
      rows={sessions}
      columns={[
        {
          title: 'Phiên',
          cell: ({ id, heldOn, procedure }) => (
            <a class="pn" href={sessionPath(id)}>
              {procedure === 'meeting' ? 'Phiên họp' : 'Lấy ý kiến'} {day(heldOn)}
            </a>
          ),
        },
        {
          title: 'Tình trạng',
          cell: ({ status }) => (status === 'open' ? <Chip look="soon">Đang mở</Chip> : <Chip look="ok">Đã kết thúc</Chip>),
        },
        { title: 'Hình thức', cell: ({ procedure }) => PROCEDURE_TITLES[procedure as keyof typeof PROCEDURE_TITLES] },
        { title: 'Đợt', cell: ({ round }) => (round === null ? <span class="muted">ngoài các đợt</span> : roundTitle(round)) },
        { title: 'Hồ sơ', numeric: true, cell: ({ dossiers }) => number(dossiers) },
      ]}
    />
  );
}

type CouncilCall = PageCall<z.output<typeof idParams>, unknown>;

async function one(call: CouncilCall): Promise<View> {
  const { deps, actor, refused } = call;
  const council = viewOf(await readCouncil(deps.db, actor, call.params.id));
  const keeps = KEEPERS.some((role) => role === actor.role);
  const [sessions, waiting] = await Promise.all([
    listSessions(deps, actor, council.id),
    keeps ? waitingDossiers(deps, actor, council.id) : undefined,
  ]);
  const today = deps.today();
  const round = roundHeldOn(deps, today);
  return {
    title: inSentence(council.name),
    lead:
      waiting === undefined
        ? undefined
        : waiting.length === 0
          ? 'Không có hồ sơ nào chờ Hội đồng.'
          : `${number(waiting.length)} hồ sơ chờ đưa vào một phiên.`,
    crumbs: <a href={COUNCILS}>Hội đồng</a>,
    current: COUNCILS,
    body: (
      <div class="grid">
        <div class="c8 stack">
          <Panel title="Các phiên" id="phien" bare>
            <Sessions sessions={sessions} of={council.name} />
          </Panel>
          <Members council={council} today={today} changes={ESTABLISHERS.some((role) => role === actor.role)} />
        </div>
        <div class="c4 stack">
          {keeps && (
            <Panel title="Mở phiên" id="mo-phien">
              <Form call={call} action={`${COUNCILS}/${council.id}/phien`}>
                <Refusal refused={refused} nameOf={(field) => (['heldOn', 'place'].includes(field) ? null : undefined)} />
                <SelectField
                  name="procedure"
                  label="Hình thức"
                  value="meeting"
                  options={Object.entries(PROCEDURE_TITLES).map(([value, title]) => ({ value, title }))}
                  hint="Lấy ý kiến bằng văn bản chỉ cho đánh giá lại (Điều 7 khoản 6 điểm d)."
                  refused={refused}
                />
                <DayField
                  name="heldOn"
                  label="Ngày họp, hoặc hạn gửi ý kiến"
                  hint={round && `Hiện là ${roundTitle(round.id)}, kết luận ${due(round.conclusion)}.`}
                  refused={refused}
                />
                <Field name="place" label="Địa điểm" optional maxLength={300} refused={refused} />
                <Submit>Mở phiên</Submit>
              </Form>
            </Panel>
          )}
          <Panel title="Quyết định" id="quyet-dinh">
            <Facts
              pairs={[
                ['Quyết định', `${council.decisionNumber}, ${day(council.decisionOn)}`],
                ['Nhiệm kỳ', `${day(council.termFrom)} – ${day(council.termTo)}`],
                ['Quy chế', deps.rules.councils.find(({ id }) => id === council.rules)?.title.vi ?? council.rules],
              ]}
            />
          </Panel>
        </div>
      </div>
    ),
  };
}

export const COUNCIL_LIST_PAGES = [
  page({ path: COUNCILS, who: READERS, show: list }),
  page({ path: `${COUNCILS}/{id}`, who: READERS, params: idParams, show: one }),
  form({
    path: `${COUNCILS}/{id}/phien`,
    who: KEEPERS,
    params: idParams,
    show: one,
    async submit({ deps, actor, params, fields, key }) {
      const body = checked(openInput, {
        procedure: fields.text('procedure'),
        heldOn: '',
        ...givenDay(fields, 'heldOn'),
        ...given(fields, 'place'),
      });
      const { id } = await openSession(deps, actor, params.id, { body, key });
      return { redirect: sessionPath(id), notice: 'Đã mở phiên.' };
    },
  }),
];
