/** What changed since the working day before: dossiers that became late or nearly so, and what was recorded. */
import type { Actor } from '../../domain/cycle/state';
import { addDays, type LocalDate, startOfDay } from '../../domain/dates';
import { addWorkingDays, workingDayOnOrBefore } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { isCycleWithin } from '../auth/visibility';
import type { DossierFilter } from '../cycles/filter';
import { SOON_WORKING_DAYS } from '../cycles/lateness';
import type { ApiDeps } from '../deps';
import { type Count, type Counter, dossierCounter } from './counter';
import type { Counted } from './dossiers';

/** Events worth a manager's line; the names of the history. */
const EVENTS = [
  'register',
  'submit-dossier',
  'issue-commune-report',
  'return-package',
  'record-council-result',
  'decide',
  'issue-certificate',
  'extend-deadline',
  'assign-officer',
  'pause',
  'withdraw',
] as const;

export const CHANGES = ['became-overdue', 'became-due-soon', ...EVENTS] as const;
export type Change = (typeof CHANGES)[number];

type Where = Pick<DossierFilter, 'plan' | 'province' | 'commune'>;

interface Item {
  kind: Change;
  total: Counter;
}

export interface Changes {
  since: LocalDate;
  items: Item[];
}

/** What became overdue or nearly so since a day, among the season's dossiers; the second is left out where it did not happen. */
export function becameLate({ calendar }: Pick<ApiDeps, 'calendar'>, season: readonly Counted[], since: LocalDate, count: Count): Item[] {
  const became = (lateness: 'overdue' | 'due_soon', dueFrom: LocalDate): Counter =>
    count(
      season.filter((row) => row.lateness === lateness && row.dueOn !== null && row.dueOn >= dueFrom),
      { lateness, dueFrom },
    );
  const soon = became('due_soon', addWorkingDays(calendar, since, SOON_WORKING_DAYS + 1));
  return [
    { kind: 'became-overdue', total: became('overdue', since) },
    ...(soon.count === 0 ? [] : [{ kind: 'became-due-soon' as const, total: soon }]),
  ];
}

/** What was recorded since the working day before, with its lists; what did not happen is left out. */
export async function eventsSince(deps: ApiDeps, actor: Actor, where: Where): Promise<Changes> {
  const since = workingDayOnOrBefore(deps.calendar, addDays(deps.today(), -1));
  const found = await deps.db.$queryRaw<{ name: string; count: number }[]>(Prisma.sql`
    select e.name, count(distinct e.cycle_id)::int as count from cycle_event e
    where e.recorded_at >= ${new Date(startOfDay(since))} and e.name in (${Prisma.join([...EVENTS])})
      and ${isCycleWithin(Prisma.sql`e.cycle_id`, actor, where)}
    group by e.name`);
  const counts = new Map(found.map(({ name, count }) => [name, count]));
  return {
    since,
    items: EVENTS.flatMap((event) => {
      const count = counts.get(event) ?? 0;
      return count === 0 ? [] : [{ kind: event, total: dossierCounter(count, { ...where, scope: 'all', event, since }) }];
    }),
  };
}
