/** What changed since the working day before: dossiers that became late or nearly so, and what was recorded. */
import type { Actor } from '../../domain/cycle/state';
import { addDays, type LocalDate, startOfDay } from '../../domain/dates';
import { addWorkingDays, workingDayOnOrBefore } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { isAskedFor } from '../cycles/filter';
import { SOON_WORKING_DAYS } from '../cycles/lateness';
import type { ApiDeps } from '../deps';
import { type Counter, dossierCounter } from './counter';
import { countDossiers } from './dossiers';

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

export interface Changes {
  since: LocalDate;
  items: { kind: Change; total: Counter }[];
}

interface Where {
  plan?: string | undefined;
  province?: string | undefined;
  commune?: string | undefined;
}

/** The changes with their lists; what did not happen is left out, but for what became overdue. */
export async function changesSince(deps: ApiDeps, actor: Actor, where: Where): Promise<Changes> {
  const { calendar } = deps;
  const since = workingDayOnOrBefore(calendar, addDays(deps.today(), -1));
  const overdue = { ...where, scope: 'season', lateness: 'overdue', dueFrom: since } as const;
  const dueSoon = {
    ...where,
    scope: 'season',
    lateness: 'due_soon',
    dueFrom: addWorkingDays(calendar, since, SOON_WORKING_DAYS + 1),
  } as const;
  const [late, soon, events] = await Promise.all([
    countDossiers(deps, actor, overdue),
    countDossiers(deps, actor, dueSoon),
    eventsSince(deps, actor, where, since),
  ]);
  return {
    since,
    items: [
      { kind: 'became-overdue', total: dossierCounter(late, overdue) },
      ...(soon === 0 ? [] : [{ kind: 'became-due-soon' as const, total: dossierCounter(soon, dueSoon) }]),
      ...EVENTS.flatMap((event) => {
        const count = events.find(({ name }) => name === event)?.count ?? 0;
        return count === 0 ? [] : [{ kind: event, total: dossierCounter(count, { ...where, scope: 'all', event, since }) }];
      }),
    ],
  };
}

async function eventsSince(deps: ApiDeps, actor: Actor, where: Where, since: LocalDate): Promise<{ name: string; count: number }[]> {
  return await deps.db.$queryRaw<{ name: string; count: number }[]>(Prisma.sql`
    select e.name, count(distinct e.cycle_id)::int as count from cycle_event e join cycle c on c.id = e.cycle_id
    where e.recorded_at >= ${new Date(startOfDay(since))} and e.name in (${Prisma.join([...EVENTS])})
      and ${isAskedFor(deps, actor, { ...where, scope: 'all' })}
    group by e.name`);
}
