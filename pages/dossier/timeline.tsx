/** What happened, newest first: when, what, by whom, on which document. */
import type { VNode } from 'preact';
import type { ApiAction } from '../../api/cycles/payloads';
import type { EventView } from '../../api/cycles/representation';
import type { ApiDeps } from '../../api/deps';
import { eventTitle } from '../../api/managers/event-titles';
import { isActionName } from '../../domain/cycle/actions';
import { isLocalDate, localDateAt } from '../../domain/dates';
import { day, moment, number } from '../formats';
import { Panel } from '../parts/panel';
import { inSentence, roleTitle } from '../words';
import { labelOf, valueTitle } from './action-words';

/** Names of people and offices by their ids, as far as the records know them. */
export type Names = ReadonlyMap<string, string>;

/** Names of whoever acted or is named in events. */
export async function namesIn({ db }: ApiDeps, events: readonly EventView[], more: readonly (string | null)[]): Promise<Names> {
  const officers = events.flatMap(({ payload }) => (typeof payload['officerId'] === 'string' ? [payload['officerId']] : []));
  const people = [...new Set([...events.map(({ actor }) => actor.id), ...officers, ...more.flatMap((id) => id ?? [])])];
  const offices = [...new Set(events.map(({ actor }) => actor.office))];
  const [found, theirs] = await Promise.all([
    db.person.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    db.office.findMany({ where: { code: { in: offices } }, select: { code: true, name: true } }),
  ]);
  return new Map([
    ...found.map(({ id, name }) => [id, name] as const),
    ...theirs.map(({ code, name }) => [`office ${code}`, name] as const),
  ]);
}

export function Timeline({ events, names }: { events: readonly EventView[]; names: Names }): VNode {
  const shown = events.filter(({ name }) => name !== 'remind');
  return (
    <Panel title="Diễn biến" id="dien-bien" aside={`Mới nhất trước · ${number(shown.length)} sự kiện`}>
      <ol class="tl">
        {shown.map((event) => (
          <li key={event.sequence} class={event.actor.role === 'system' ? 'sys' : undefined}>
            <time dateTime={event.recordedAt}>{when(event)}</time>
            <b>{titleOf(event)}</b>
            <p>{[whoActed(event, names), ...factsOf(event, names)].join(' · ')}</p>
            {event.note && <p class="said">{event.note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** An extension without a day takes the last one back. */
const titleOf = ({ name, payload }: EventView): string =>
  name === 'extend-deadline' && payload['date'] === null ? 'Rút gia hạn' : eventTitle(name).vi;

/** The legal day; when it was recorded later, both. */
function when({ on, recordedAt }: EventView): string {
  const recorded = Date.parse(recordedAt);
  return localDateAt(recorded) === on ? moment(recorded) : `${day(on)}, ghi lúc ${moment(recorded)}`;
}

function whoActed({ actor }: EventView, names: Names): string {
  if (actor.role === 'system') return 'Hệ thống';
  return [names.get(actor.id), roleTitle(actor.role), inSentence(names.get(`office ${actor.office}`) ?? '')].filter(Boolean).join(', ');
}

/** What was entered, in the words of the form. */
function factsOf({ name, payload, sourceDocument, documents, outcome }: EventView, names: Names): string[] {
  const facts = isActionName(name)
    ? Object.entries(payload).flatMap(([field, value]) => factOf(name as ApiAction, field, value, names))
    : [];
  const document = sourceDocument === null ? [] : [`căn cứ ${sourceDocument}`];
  const files = documents.length === 0 ? [] : [`kèm ${documents.length} tệp`];
  return [...facts, ...document, ...files, ...(outcome === null ? [] : ['kết thúc chu trình'])];
}

/** Codes that say nothing to a reader, or stand elsewhere on the page. */
const NOT_TOLD = [
  'rules',
  'plan',
  'deadline',
  'code',
  'operator',
  'assessedItems',
  'sessionId',
  'subject',
  'moment',
  'predecessor',
  'certificate',
];

function factOf(action: ApiAction, field: string, value: unknown, names: Names): string[] {
  if (field === 'officerId' && value === null) return ['bỏ phân công'];
  if (NOT_TOLD.includes(field) || value === null || value === '' || value === false) return [];
  if (field === 'verdict') return verdictFacts(value as { sum: number; members: number; star: number });
  if (typeof value !== 'string' && typeof value !== 'number' && value !== true) return [];
  if (field === 'officerId') return [`cán bộ: ${names.get(String(value)) ?? 'chưa rõ'}`];
  const label = labelOf(action, field);
  // A field of no form has no label: it is the engine's own.
  if (label === field) return [];
  const short = label.replace(/ \(.*\)$/, '').toLowerCase();
  if (value === true) return [short];
  return [`${short}: ${typeof value === 'string' && isLocalDate(value) ? day(value) : valueTitle(field, String(value))}`];
}

function verdictFacts({ sum, members, star }: { sum: number; members: number; star: number }): string[] {
  return [`điểm trung bình ${number(sum / members, 2)} của ${members} thành viên`, `đề xuất ${star} sao`];
}
