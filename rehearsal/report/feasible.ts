/** Dates that cannot be met, and certificates that lapse: from the law's own counting, not from anybody's behaviour. */
import { lastSafeSeason, reevaluationWindow } from '../../domain/certificates';
import { deadlinesOf } from '../../domain/cycle/due';
import { STEPS } from '../../domain/cycle/stages';
import type { CycleState } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { type Deadline, lastSafeDay } from '../../domain/deadlines';
import type { Text } from '../../domain/sources';
import type { DeadlineRow, EventRow } from './records';
import type { CannotMeet, Lapse, Named } from './report';

export interface Dossier {
  named: Named;
  state: CycleState;
  events: readonly EventRow[];
  deadlines: readonly DeadlineRow[];
}

/** Everything about one dossier that cannot be in time however quick people are. */
export function cannotMeet({ named, state, events, deadlines }: Dossier, from: LocalDate): CannotMeet[] {
  return [...fromTheStart(named, state, events, from), ...filedLate(named, events, deadlines), ...seasonsMissed(named, events, deadlines)];
}

/** On the first day: the commune's full time ends after the date by which it must propose; a certificate's last safe day has passed. */
function fromTheStart(named: Named, state: CycleState, events: readonly EventRow[], from: LocalDate): CannotMeet[] {
  if (events[0]?.recordedOn !== from) return [];
  const { procedure, calendar } = state.rules;
  const base = { ...named, kind: 'from-the-start' as const, on: from };
  if (events[0].toStage === 'validity') {
    const season = state.certificate && lastSafeSeason(state.certificate.validUntil, procedure, calendar);
    if (!season || season.fileBy >= from) return [];
    return [{ ...base, limit: season.fileBy, earliest: from, source: procedure.reevaluationWindow?.source ?? procedure.validity.source }];
  }
  if (state.kind === 'reevaluation') return [];
  const filedToday: CycleState = {
    ...state,
    stage: 'commune_assessment',
    step: 'commune_review',
    facts: { acceptedOn: from, receivedOn: from },
    stops: [],
    granted: [],
    paused: null,
  };
  const set = deadlinesOf(filedToday).find((one) => one.kind === 'commune-assessment');
  return set ? tooShort(set).map((one) => ({ ...base, ...one })) : [];
}

/** At filing: a round or the plan's window ends before the commune's working days do. */
function filedLate(named: Named, events: readonly EventRow[], deadlines: readonly DeadlineRow[]): CannotMeet[] {
  return events
    .filter((one) => one.name === 'submit-dossier')
    .flatMap((event) => {
      const set = deadlines.find((one) => one.kind === 'commune-assessment' && one.setBySequence === event.sequence);
      return set ? tooShort(set).map((one) => ({ ...named, kind: 'filed-late' as const, on: event.legalOn, ...one })) : [];
    });
}

/** A date that binds the commune earlier than the working days that the law gives it. */
function tooShort(set: Pick<Deadline, 'date' | 'operator' | 'source' | 'candidates'>): Pick<CannotMeet, 'limit' | 'earliest' | 'source'>[] {
  const full = set.candidates.find((one) => one.basis === 'limit');
  if (!full) return [];
  const [limit, earliest] = [lastSafeDay(set), lastSafeDay(full)];
  return earliest <= limit ? [] : [{ limit, earliest, source: set.source }];
}

/** The season went on without the dossier. */
function seasonsMissed(named: Named, events: readonly EventRow[], deadlines: readonly DeadlineRow[]): CannotMeet[] {
  return events
    .filter((one) => one.name === 'roll-season')
    .flatMap((event): CannotMeet[] => {
      const missed = deadlines.findLast((one) => one.kind === 'dossier-submission' && one.setBySequence < event.sequence);
      if (!missed) return [];
      return [{ ...named, kind: 'season-missed', on: event.legalOn, limit: lastSafeDay(missed), earliest: null, source: missed.source }];
    });
}

const NOBODY: Text = { vi: 'Không ai đăng ký đánh giá lại', en: 'Nobody asked for re-evaluation' };

/** A certificate that ended by its date, with the day by which a dossier should have been filed. */
export function lapseOf({ named, state }: Dossier, successors: readonly CycleState[]): Lapse | undefined {
  const { certificate, outcome, rules } = state;
  if (outcome !== 'expired' || !certificate) return undefined;
  const season = lastSafeSeason(certificate.validUntil, rules.procedure, rules.calendar);
  const window = reevaluationWindow(certificate.validUntil, rules.procedure.reevaluationWindow);
  return {
    ...named,
    star: certificate.star,
    validUntil: certificate.validUntil,
    shouldHaveFiledBy: season?.fileBy ?? null,
    windowOpens: window?.opensOn ?? null,
    windowCloses: window?.closesOn ?? null,
    round: season?.round?.id ?? null,
    why: whyLapsed(successors.at(-1)),
  };
}

function whyLapsed(successor: CycleState | undefined): Text {
  if (!successor) return NOBODY;
  if (successor.certificate) return { vi: 'Cấp lại sau khi đã hết hạn', en: 'Certified again after the end' };
  if (successor.stage === 'closed') return { vi: 'Đánh giá lại không thành', en: 'The re-evaluation came to nothing' };
  const { title } = STEPS[successor.step];
  return { vi: `Đánh giá lại dừng ở bước: ${title.vi}`, en: `The re-evaluation stands at: ${title.en}` };
}
