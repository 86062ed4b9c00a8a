/**
 * Plans and days off as the records have them now, over what the product ships: read at the start, after every change made here, and regularly, since
 * another process may have changed them. Running cycles keep what they have pinned until it is adopted.
 */
import { type HolidayRow, workingCalendar } from '../../domain/holidays';
import type { Plan } from '../../domain/plans';
import { planSchema } from '../../plans/schema';
import type { ApiDeps } from '../deps';

const KINDS: Record<string, HolidayRow['kind']> = { holiday: 'holiday', in_lieu: 'day_off_in_lieu', working: 'working_day_in_lieu' };

type Deps = Pick<ApiDeps, 'db' | 'rules' | 'calendar' | 'shippedDays' | 'log'>;

/** Reads both into the dependencies. */
export async function readReferences(deps: Deps): Promise<void> {
  await readHolidays(deps);
  await readPlans(deps);
}

/** Days that were entered win over those that ship; they do not change how far the calendar is announced. */
export async function readHolidays(deps: Deps): Promise<void> {
  const rows = await deps.db.holiday.findMany({ orderBy: { date: 'asc' } });
  const { announcedTo } = workingCalendar(deps.shippedDays);
  const table = new Map(deps.shippedDays.map((day) => [day.date, day]));
  for (const { date, kind, name, source } of rows) {
    const known = KINDS[kind];
    const day = date.toISOString().slice(0, 10);
    const certainty = table.get(day)?.certainty ?? (day <= announcedTo ? 'confirmed' : 'expected');
    if (known) table.set(day, { date: day, kind: known, name, notice: source, certainty });
  }
  deps.rules.calendar = [...table.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  deps.calendar = workingCalendar(deps.rules.calendar);
}

/** The newest version of every plan. One that cannot be read any more is left as it was. */
export async function readPlans(deps: Deps): Promise<void> {
  const newest = await deps.db.plan.groupBy({ by: ['id'], _max: { version: true } });
  const changed = newest.flatMap(({ id, _max: { version } }) =>
    version !== null && deps.rules.plans.every((plan) => plan.id !== id || plan.version < version) ? [{ id, version }] : [],
  );
  for (const id_version of changed) {
    const row = await deps.db.plan.findUnique({ where: { id_version } });
    const read = planSchema.safeParse(row?.content);
    if (read.success) deps.rules.plans = withPlan(deps.rules.plans, read.data);
    else deps.log.error(id_version, 'a version of a plan in the records cannot be read');
  }
}

function withPlan(plans: readonly Plan[], plan: Plan): Plan[] {
  return [...plans.filter(({ id }) => id !== plan.id), plan].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const READ_EVERY_MS = 10_000;

/** Reads them now and then regularly. Returns what stops it. */
export async function watchReferences(deps: Deps, everyMs = READ_EVERY_MS): Promise<() => Promise<void>> {
  await readReferences(deps);
  let work: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    work = readReferences(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'plans and days off could not be read'));
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await work;
  };
}
