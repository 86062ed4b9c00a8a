/** Why an office got or did not get a reminder about a dossier on a day. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { isoWeekday, type LocalDate, localDateAt } from '../../domain/dates';
import { nudgesAhead } from '../../domain/nudges/ahead';
import { type LedgerRow, whyNudged } from '../../domain/nudges/why';
import type { Text } from '../../domain/sources';
import { addMonths } from '../../domain/dates';
import { isWorkingDay, workingDayOnOrAfter } from '../../domain/working-days';
import { type CycleRow, readCycle, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { EVERYBODY, route } from '../http/route';
import { bothLanguages, code, localDate } from '../http/schemas';
import { hears, titleOfRule } from './titles';

const rowView = z.object({
  status: z.string(),
  plannedFor: localDate,
  settledOn: localDate.nullable(),
  reason: bothLanguages.nullable(),
  title: bothLanguages,
});

const whyView = z
  .object({ cycleId: z.string(), office: z.string(), on: localDate, verdict: z.string(), sentence: bothLanguages, rows: z.array(rowView) })
  .meta({ id: 'WhyNudged' });

const MONTHS_AHEAD = 13;

export const why = route({
  method: 'get',
  path: '/api/nudges/why',
  tag: 'Nhắc việc',
  summary: {
    vi: 'Vì sao đơn vị được hoặc không được nhắc về hồ sơ trong một ngày',
    en: 'Why an office was or was not reminded of a dossier on a day',
  },
  who: EVERYBODY,
  query: z.strictObject({ cycle: code, office: code, on: localDate.optional() }),
  answer: {
    status: 200,
    schema: whyView,
    description: { vi: 'Một câu trả lời và các dòng sổ làm căn cứ', en: 'A sentence and the rows it rests on' },
  },
  refusals: [404],
  handler: async ({ deps, actor, query }) => ({ body: await whyOffice(deps, actor, query) }),
});

interface Question {
  cycle: string;
  office: string;
  on?: LocalDate | undefined;
}

/** The answer for an office about a dossier on a day, today unless told. Throws "not found" for a dossier that the actor may not see. */
export async function whyOffice(
  deps: ApiDeps,
  actor: Actor,
  { cycle: id, office, on = deps.today() }: Question,
): Promise<z.input<typeof whyView>> {
  const cycle = await readCycle(deps, actor, id);
  const answer = whyNudged({
    on,
    rows: await rowsFor(deps, cycle, office),
    dayOff: dayOffOf(deps, on),
    nextWorkingDay: workingDayOnOrAfter(deps.calendar, on),
    closed: cycle.stage === 'closed',
    paused: cycle.paused,
    next: await nextFor(deps, cycle, office),
  });
  return { cycleId: cycle.id, office, on, ...answer };
}

async function rowsFor({ db, rules }: ApiDeps, cycle: CycleRow, office: string): Promise<LedgerRow[]> {
  const rows = await db.nudge.findMany({ where: { cycleId: cycle.id }, orderBy: { id: 'asc' } });
  return rows
    .filter((row) => hears(office, row.recipient, cycle))
    .map((row) => ({
      status: row.status as LedgerRow['status'],
      plannedFor: row.plannedFor.toISOString().slice(0, 10),
      settledOn: row.settledAt && localDateAt(row.settledAt.getTime()),
      reason: row.reasonVi === null ? null : { vi: row.reasonVi, en: row.reasonEn ?? row.reasonVi },
      title: titleOfRule(rules, row.ruleId),
    }));
}

function dayOffOf({ calendar, rules }: ApiDeps, on: LocalDate): Text | undefined {
  if (isWorkingDay(calendar, on)) return undefined;
  const named = rules.calendar.find((row) => row.date === on && row.kind !== 'working_day_in_lieu');
  if (named) return { vi: named.name, en: named.name };
  return isoWeekday(on) === 6 ? { vi: 'thứ Bảy', en: 'Saturday' } : { vi: 'Chủ nhật', en: 'Sunday' };
}

async function nextFor(deps: ApiDeps, cycle: CycleRow, office: string): Promise<{ on: LocalDate; title: Text } | undefined> {
  if (cycle.stage === 'closed' || !isWhole(cycle.state)) return undefined;
  const ahead = nudgesAhead(await stateOf(deps, cycle), addMonths(deps.today(), MONTHS_AHEAD));
  const next = ahead.find((one) => hears(office, one.recipient, cycle) && one.plannedFor >= deps.today());
  return next && { on: workingDayOnOrAfter(deps.calendar, next.plannedFor), title: titleOfRule(deps.rules, next.ruleId) };
}

/** Whether the records hold the state of the cycle; rows written by other means may show where it stands and no more. */
const isWhole = (state: unknown): boolean => typeof state === 'object' && state !== null && 'step' in state;
