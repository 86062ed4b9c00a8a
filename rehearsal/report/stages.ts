/** How the stages went, from the events and the deadlines that bound them. */
import { type Stage, type Step, STEPS } from '../../domain/cycle/stages';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { type DeadlineKind, lastSafeDay } from '../../domain/deadlines';
import type { DeadlineRow, EventRow } from './records';
import { grouped } from './group';
import type { StageLine, StageReason } from './report';

/** Stages up to the certificate, with the deadline they are measured by. */
const MEASURED: readonly (readonly [Stage, DeadlineKind | undefined])[] = [
  ['idea_registration', 'idea-registration'],
  ['product_completion', 'dossier-submission'],
  ['commune_assessment', 'commune-assessment'],
  ['district_scoring', 'district-scoring'],
  ['provincial_scoring', 'provincial-scoring'],
  ['national_scoring', 'national-scoring'],
  ['certification', undefined],
];

/** A dossier without a limit that nobody has moved for so long is stuck. */
const STUCK_AFTER_DAYS = 90;

/** One stay of a dossier in a stage. */
interface Visit {
  cycleId: string;
  stage: Stage;
  /** The events of the stay, the entering one first. */
  events: EventRow[];
  /** The event that ended it. */
  left: EventRow | undefined;
}

export function stageLines(events: readonly EventRow[], deadlines: readonly DeadlineRow[], end: LocalDate): StageLine[] {
  const visits = visitsOf(events);
  const byCycle = grouped(deadlines, (one) => one.cycleId);
  return MEASURED.flatMap(([stage, kind]) => {
    const line: StageLine = { stage, visits: 0, inTime: 0, late: 0, withoutLimit: 0, endedHere: 0, waiting: 0, stuck: 0, reasons: [] };
    for (const visit of visits.filter((one) => one.stage === stage))
      count(line, visit, limitOf(visit, kind, byCycle.get(visit.cycleId) ?? []), end);
    line.reasons.sort((a, b) => b.count - a.count || (`${a.result}${a.step}` < `${b.result}${b.step}` ? -1 : 1));
    return line.visits > 0 ? [line] : [];
  });
}

function visitsOf(events: readonly EventRow[]): Visit[] {
  const visits: Visit[] = [];
  for (const own of grouped(events, (one) => one.cycleId).values()) {
    let open: Visit | undefined;
    for (const event of own) {
      if (open && event.toStage === open.stage) {
        open.events.push(event);
        continue;
      }
      if (open) open.left = event;
      open = event.toStage === 'closed' ? undefined : { cycleId: event.cycleId, stage: event.toStage, events: [event], left: undefined };
      if (open) visits.push(open);
    }
  }
  return visits;
}

/** The last day of the limit that bound the stay when it ended, or binds it still. */
function limitOf({ events, left }: Visit, kind: DeadlineKind | undefined, deadlines: readonly DeadlineRow[]): LocalDate | undefined {
  const first = events[0]?.sequence ?? 0;
  const last = left?.sequence ?? Infinity;
  const binding = deadlines.findLast((one) => one.kind === kind && one.setBySequence >= first && one.setBySequence < last);
  return binding && lastSafeDay(binding);
}

function count(line: StageLine, { events, left }: Visit, limit: LocalDate | undefined, end: LocalDate): void {
  line.visits += 1;
  const stepOn = (day: LocalDate): Step => (events.findLast((one) => one.recordedOn <= day) ?? events[0])?.toStep ?? 'ended';
  if (left) {
    const given = left.outcome === 'withdrawn' || left.outcome === 'declined';
    if (given) line.endedHere += 1;
    else if (limit === undefined) line.withoutLimit += 1;
    else if (left.legalOn <= limit) line.inTime += 1;
    else {
      line.late += 1;
      note(line.reasons, 'late', stepOn(limit));
    }
    return;
  }
  const now = events.at(-1);
  const step = now?.toStep ?? 'ended';
  const entered = events.findLast((one, index) => one.toStep === step && events[index - 1]?.toStep !== step)?.recordedOn ?? end;
  const passed = limit === undefined ? daysBetween(entered, end) >= STUCK_AFTER_DAYS : limit < end;
  if (!passed) line.waiting += 1;
  else {
    line.stuck += 1;
    note(line.reasons, 'stuck', step);
  }
}

function note(reasons: StageReason[], result: StageReason['result'], step: Step): void {
  const known = reasons.find((one) => one.result === result && one.step === step);
  if (known) known.count += 1;
  else reasons.push({ result, step, waitingFor: STEPS[step].waitingFor, count: 1 });
}
