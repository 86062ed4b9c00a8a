/** What happened in a session, newest first. */
import type { VNode } from 'preact';
import { type CouncilEventView, sessionEvents } from '../../api/council/history';
import type { SessionView } from '../../api/council/session-view';
import type { ApiDeps } from '../../api/deps';
import type { Actor } from '../../domain/cycle/state';
import { isLocalDate, localDateAt } from '../../domain/dates';
import { day, moment, number } from '../formats';
import { Panel } from '../parts/panel';
import { roleTitle } from '../words';
import { EVENT_TITLES } from './words';

interface TimelineProps {
  events: readonly CouncilEventView[];
  names: ReadonlyMap<string, string>;
}

/** The session's whole history, with names of people, members (by code) and products (by cycle). */
export async function timelineOf(deps: ApiDeps, actor: Actor, session: SessionView): Promise<TimelineProps> {
  const events: CouncilEventView[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, nextCursor } = await sessionEvents(deps, actor, session.id, { cursor, limit: 200 });
    events.push(...items);
    cursor = nextCursor;
  }
  const cycles = [...new Set(events.flatMap(({ cycleId }) => cycleId ?? []))];
  const [people, products] = await Promise.all([
    deps.db.person.findMany({ where: { id: { in: [...new Set(events.map(({ actor: id }) => id))] } }, select: { id: true, name: true } }),
    deps.db.cycle.findMany({ where: { id: { in: cycles } }, select: { id: true, product: { select: { name: true } } } }),
  ]);
  return {
    events: events.reverse(),
    names: new Map([
      ...people.map(({ id, name }) => [id, name] as const),
      ...products.map(({ id, product }) => [id, product.name] as const),
      ...session.members.map(({ code, name }) => [`seat ${code}`, name] as const),
    ]),
  };
}

/** Events shown one by one; the counts are of all. */
const SHOWN = 60;

export function Timeline({ events, names }: TimelineProps): VNode {
  return (
    <Panel title="Diễn biến" id="dien-bien" aside={`Mới nhất trước · ${number(events.length)} sự kiện`}>
      <ol class="tl">
        {events.slice(0, SHOWN).map((event, index) => (
          <li key={index}>
            <time dateTime={event.recordedAt}>{when(event)}</time>
            <b>
              {EVENT_TITLES[event.name as keyof typeof EVENT_TITLES] ?? event.name}
              {event.cycleId !== null && `: ${names.get(event.cycleId) ?? event.cycleId}`}
            </b>
            <p>{[whoActed(event, names), ...facts(event, names)].join(' · ')}</p>
            {event.reason !== null && <p class="said">{event.reason}</p>}
          </li>
        ))}
      </ol>
      {events.length > SHOWN && <p class="muted small">và {number(events.length - SHOWN)} sự kiện trước đó.</p>}
    </Panel>
  );
}

/** The legal day; when it was recorded later, both. */
function when({ on, recordedAt }: CouncilEventView): string {
  const recorded = Date.parse(recordedAt);
  return localDateAt(recorded) === on ? moment(recorded) : `${day(on)}, ghi lúc ${moment(recorded)}`;
}

const whoActed = ({ actor, role }: CouncilEventView, names: TimelineProps['names']): string =>
  [names.get(actor), roleTitle(role)].filter(Boolean).join(', ');

function facts({ payload, sourceDocument }: CouncilEventView, names: TimelineProps['names']): string[] {
  const { to, from, scoringRound, source, interest, leave, join, sheetsSetAside } = payload;
  const said: string[] = [];
  if (typeof from === 'string' && typeof to === 'string' && isLocalDate(from) && isLocalDate(to)) said.push(`${day(from)} → ${day(to)}`);
  else if (typeof to === 'string') said.push(`cho ${names.get(`seat ${to}`) ?? to}`);
  if (typeof interest === 'boolean') said.push(interest ? 'có lợi ích liên quan' : 'không có lợi ích liên quan');
  if (typeof scoringRound === 'number' && scoringRound > 1) said.push(`lần chấm ${scoringRound}`);
  if (Array.isArray(leave) && leave.length > 0) said.push(`thôi: ${leave.map(String).join(', ')}`);
  if (Array.isArray(join) && join.length > 0) said.push(`mới: ${join.map((one) => joined(one, names)).join(', ')}`);
  if (typeof sheetsSetAside === 'number' && sheetsSetAside > 0) said.push(`${number(sheetsSetAside)} phiếu được giữ, không còn tính`);
  if (source === 'workbook') said.push('bằng sổ tính');
  if (sourceDocument !== null) said.push(`theo ${sourceDocument}`);
  return said;
}

/** Who joined, by name where the seat still stands. */
function joined(one: unknown, names: TimelineProps['names']): string {
  const { code } = one as { code: string };
  const name = names.get(`seat ${code}`);
  return name === undefined ? code : `${name} (${code})`;
}
