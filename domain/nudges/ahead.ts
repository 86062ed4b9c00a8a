/** What a cycle will remind of if nothing else happens: its own agenda walked forward. */
import { nextMoment } from '../cycle/agenda';
import type { PlannedNudge } from '../cycle/events';
import { takeMoment } from '../cycle/moments';
import type { CycleState } from '../cycle/state';
import { addDays, type LocalDate, startOfDay } from '../dates';

/** Far more moments than a dossier meets in a year; a walk that does not end is a fault. */
const MOST_MOMENTS = 500;

/** The nudges that fall due up to the end of a day, in their order; those that later ones replace are left out. */
export function nudgesAhead(state: CycleState, to: LocalDate): PlannedNudge[] {
  const end = startOfDay(addDays(to, 1));
  const found: PlannedNudge[] = [];
  let now = state;
  for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
    const next = nextMoment(now);
    const taken = next && next.at < end ? takeMoment(now, next.at) : undefined;
    if (!taken) return found;
    found.push(...taken.event.nudges.filter((one) => one.status !== 'passed-over' && one.plannedFor <= to));
    now = taken.state;
  }
  throw new RangeError(`cycle ${state.cycleId} has more than ${MOST_MOMENTS} moments before ${to}`);
}
