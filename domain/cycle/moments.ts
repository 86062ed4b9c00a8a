/**
 * What happens when a moment of the agenda comes: the law turns the cycle, or nudges fall due. One call deals with the earliest; call again until
 * nothing is due.
 */
import { transitionalExtension } from '../certificates';
import { type Instant, localDateAt } from '../dates';
import { close, enter } from './action';
import { agenda, type Moment, nudgeDay } from './agenda';
import { type Transition, transition } from './decide';
import { certificateEnds } from './due';
import type { MomentName, PlannedNudge } from './events';
import { type CycleState, SYSTEM } from './state';
import { settledStep } from './validity';

/** The transition of the earliest moment due at that instant; undefined when none is. */
export function takeMoment(state: CycleState, at: Instant): Transition | undefined {
  const due = agenda(state).filter((moment) => moment.at <= at);
  const [first] = due;
  if (!first) return undefined;
  return first.name === 'remind' ? remind(state, due, at) : turn(state, first, first.name, at);
}

/** All nudges that are due before the next turn, together: of several about the same thing for the same person only the last is sent. */
function remind(state: CycleState, due: readonly Moment[], at: Instant): Transition {
  const turn = due.findIndex((moment) => moment.name !== 'remind');
  const moments = turn === -1 ? due : due.slice(0, turn);
  const nudges = moments.flatMap((moment) => plannedNudge(moment, moments, at));
  const handled = moments.map((moment) => moment.key);
  return transition(state, state, { name: 'remind', at, nudges, handled, request: bySystem(at) });
}

function plannedNudge(moment: Moment, due: readonly Moment[], at: Instant): PlannedNudge[] {
  if (!moment.nudge) return [];
  const { rule, subject, subjectOn, day } = moment.nudge;
  const sameInbox = due.filter((one) => one.nudge?.subject === subject && one.nudge.rule.to === rule.to);
  const last = sameInbox.at(-1)?.key === moment.key;
  const today = localDateAt(at);
  const status = !last ? 'passed-over' : day < today ? 'late' : 'planned';
  return [{ ruleId: rule.id, recipient: rule.to, subject, subjectOn, plannedFor: day < today ? today : day, status }];
}

/** The law moves the cycle on the day it says; an outage does not change that day. */
function turn(state: CycleState, moment: Moment, name: Exclude<MomentName, 'remind'>, at: Instant): Transition {
  const because = { name, at, request: { ...bySystem(at), on: localDateAt(moment.at) } };
  // From that day on the next mark for filing is looked for: it may still be one of the same round.
  if (name === 'roll-season')
    return transition(state, { ...state, facts: { ...state.facts, acceptedOn: localDateAt(moment.at) } }, because);
  if (name === 'year-in-force') return transition(state, state, { ...because, handled: [moment.key] });
  if (name === 'prepare-renewal') {
    const prepared = { ...state, facts: { ...state.facts, renewal: { preparedOn: localDateAt(moment.at) } } };
    return transition(state, prepared, because);
  }
  if (name !== 'expire') return transition(state, enter(state, settledStep(state, moment.at), at), because);
  const extendedUntil = extensionOnExpiry(state);
  if (extendedUntil && state.certificate) {
    const extended = { ...state, certificate: { ...state.certificate, extendedUntil } };
    return transition(state, enter(extended, settledStep(extended, moment.at), at), { ...because, name: 'extend-transitionally' });
  }
  return transition(state, close(state, 'expired', at), { ...because, nudges: afterExpiry(state) });
}

/** The transitional rule, once, for certificates that it reaches by their date and whose producer wishes to go on: it keeps valid who awaits a result. */
function extensionOnExpiry(state: CycleState): string | null {
  const { certificate, rules } = state;
  if (!certificate || certificate.extendedUntil || state.facts.renewal?.declinedOn) return null;
  return transitionalExtension(certificate.validUntil, rules.procedure.extension);
}

/** Nudges that rules order for after the end, written while the cycle still runs. */
function afterExpiry(state: CycleState): PlannedNudge[] {
  const ends = certificateEnds(state);
  return state.rules.nudges.flatMap((rule): PlannedNudge[] => {
    if (ends === undefined || !('deadline' in rule.on) || rule.on.deadline !== 'certificate-expiry' || rule.offset.days <= 0) return [];
    return [
      {
        ruleId: rule.id,
        recipient: rule.to,
        subject: 'certificate-expiry',
        subjectOn: ends,
        plannedFor: nudgeDay(rule, ends, state),
        status: 'planned',
      },
    ];
  });
}

function bySystem(at: Instant): Parameters<typeof transition>[2]['request'] {
  return { payload: {}, actor: SYSTEM, on: localDateAt(at) };
}
