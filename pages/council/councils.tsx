/** Councils with their sessions; a council with its members; establishing one and opening a session. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { KEEPERS, READERS } from '../../api/council/access';
import {
  type CouncilView,
  establishCouncil,
  establishInput,
  idParams,
  listCouncils,
  readCouncil,
  viewOf,
} from '../../api/council/councils';
import { waitingDossiers } from '../../api/council/dossiers';
import { roundHeldOn } from '../../api/council/rounds';
import { listSessions, openInput, openSession } from '../../api/council/sessions';
import { SEAT_ROLES, SEAT_TITLES } from '../../domain/council/council';
import { day, due, number, typedDay } from '../formats';
import type { FormFields } from '../form-fields';
import { form, page, type PageCall, type Refused, type View } from '../page';
import { DayField, Field, Form, SelectField, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Facts, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence } from '../words';
import { Refusal } from './parts';
import { checked, COUNCILS, given, givenDay, PROCEDURE_TITLES, roundTitle, sessionPath } from './words';

const ESTABLISHERS = ['administrator', 'provincial_staff'] as const;

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
  const held = council.members.filter(({ until }) => until === null || today < until);
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
          <Members members={held} />
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

function Members({ members }: { members: CouncilView['members'] }): VNode {
  return (
    <Panel title="Thành viên" id="thanh-vien" aside={`${number(members.filter(({ scores }) => scores).length)} người chấm điểm`} bare>
      <DataTable
        caption="Thành viên Hội đồng"
        keyOf={({ code }) => code}
        rows={members}
        columns={[
          {
            title: 'Họ tên',
            cell: ({ name, position, code }) => (
              <>
                {name}
                <small>{[code, position].filter(Boolean).join(' · ')}</small>
              </>
            ),
          },
          { title: 'Trong Hội đồng', cell: ({ role }) => SEAT_TITLES[role].vi },
          { title: 'Chấm điểm', cell: ({ scores }) => (scores ? 'có' : <span class="muted">không</span>) },
          { title: 'Từ ngày', cell: ({ from }) => day(from) },
        ]}
      />
    </Panel>
  );
}

/** Rows of the form; more are asked for in the address. */
const ROWS = 12;
const newQuery = z.object({ dong: z.coerce.number().int().min(1).max(60).optional() });
type NewCall = PageCall<unknown, z.output<typeof newQuery>>;

const FIELDS = ['name', 'province', 'decisionNumber', 'decisionOn', 'termFrom', 'termTo', 'rules'];

async function establishForm(call: NewCall): Promise<View> {
  const { deps, actor, refused, query } = call;
  const typed = refused?.fields.names().filter((name) => /^m\d+-name$/.test(name)).length;
  const rows = typed ?? query.dong ?? ROWS;
  return await Promise.resolve({
    title: 'Thành lập Hội đồng',
    lead: 'Theo quyết định của Chủ tịch UBND tỉnh (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b).',
    crumbs: <a href={COUNCILS}>Hội đồng</a>,
    current: COUNCILS,
    body: (
      <Form call={call} action={`${COUNCILS}/moi`}>
        <Refusal refused={refused} nameOf={(field) => (FIELDS.includes(field) ? null : memberName(field, refused))} />
        <Panel title="Quyết định và nhiệm kỳ" id="qd">
          <div class="form">
            <div class="two">
              <Field name="decisionNumber" label="Số quyết định" maxLength={100} refused={refused} />
              <DayField name="decisionOn" label="Ngày quyết định" refused={refused} />
            </div>
            <div class="two">
              <DayField name="termFrom" label="Nhiệm kỳ từ ngày" refused={refused} />
              <DayField name="termTo" label="đến ngày" refused={refused} />
            </div>
            <SelectField
              name="rules"
              label="Quy chế hoạt động"
              options={deps.rules.councils.map(({ id, title }) => ({ value: id, title: title.vi }))}
              refused={refused}
            />
            {actor.provinceCode === null && (
              <SelectField
                name="province"
                label="Tỉnh, thành phố"
                none="Chọn"
                options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
                refused={refused}
              />
            )}
            <Field
              name="name"
              label="Tên Hội đồng"
              optional
              maxLength={300}
              hint="Để trống: Hội đồng đánh giá, phân hạng sản phẩm OCOP của tỉnh."
              refused={refused}
            />
          </div>
        </Panel>
        <Panel title="Thành viên" id="tv" aside="Dòng không ghi họ tên được bỏ qua">
          {Array.from({ length: rows }, (_, index) => (
            <MemberRow key={index} index={index} refused={refused} />
          ))}
          {rows <= ROWS && (
            <p class="small">
              Nhiều hơn {number(ROWS)} người: <a href={`${COUNCILS}/moi?dong=30`}>mở biểu mẫu 30 dòng</a> trước khi nhập.
            </p>
          )}
        </Panel>
        <Submit>Thành lập</Submit>
      </Form>
    ),
  });
}

function MemberRow({ index, refused }: { index: number; refused: Refused | undefined }): VNode {
  const which = `thành viên ${index + 1}`;
  return (
    <div class="seat" role="group" aria-label={which}>
      <Field name={`m${index}-name`} label={`${index + 1}. Họ tên`} optional={index > 0} maxLength={200} refused={refused} />
      <SelectField
        name={`m${index}-role`}
        label="Trong Hội đồng"
        value={index === 0 ? 'chair' : 'member'}
        options={SEAT_ROLES.map((value) => ({ value, title: SEAT_TITLES[value].vi }))}
        refused={refused}
      />
      <Field name={`m${index}-position`} label="Chức vụ, đơn vị" optional maxLength={200} refused={refused} />
    </div>
  );
}

/** Rows of the form in which a name was typed. */
function typedRows(fields: FormFields): number[] {
  return fields.names().flatMap((name) => {
    const [, index] = /^m(\d{1,2})-name$/.exec(name) ?? [];
    return index === undefined || fields.given(name) === undefined ? [] : [Number(index)];
  });
}

function memberName(field: string, refused: Refused | undefined): string | undefined {
  if (field === 'members') return 'Thành viên';
  const [, index] = /^members\.(\d+)/.exec(field) ?? [];
  const row = index === undefined || !refused ? undefined : typedRows(refused.fields)[Number(index)];
  return row === undefined ? undefined : `Thành viên ở dòng ${row + 1}`;
}

export const COUNCIL_LIST_PAGES = [
  page({ path: COUNCILS, who: READERS, show: list }),
  page({ path: `${COUNCILS}/moi`, who: ESTABLISHERS, query: newQuery, show: establishForm }),
  form({
    path: `${COUNCILS}/moi`,
    who: ESTABLISHERS,
    query: newQuery,
    show: establishForm,
    async submit({ deps, actor, fields, key }) {
      const body = checked(establishInput, {
        ...given(fields, 'name', 'province'),
        decisionNumber: fields.text('decisionNumber'),
        decisionOn: typedDay(fields.text('decisionOn')),
        termFrom: typedDay(fields.text('termFrom')),
        termTo: typedDay(fields.text('termTo')),
        rules: fields.text('rules'),
        members: typedRows(fields).map((row) => ({
          person: { name: fields.text(`m${row}-name`) },
          role: fields.text(`m${row}-role`),
          ...(fields.given(`m${row}-position`) ? { position: fields.text(`m${row}-position`) } : {}),
        })),
      });
      const { id } = await establishCouncil(deps, actor, body, key);
      return { redirect: `${COUNCILS}/${id}`, notice: 'Đã thành lập Hội đồng. Quản trị viên cấp tài khoản cho từng thành viên.' };
    },
  }),
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
