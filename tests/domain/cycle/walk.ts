/** Walks one cycle through pure domain code, day by day, as the workflow would. */
import type { Request } from '../../../domain/cycle/action';
import { nextMoment } from '../../../domain/cycle/agenda';
import type { ActionName, PayloadOf } from '../../../domain/cycle/actions';
import { decide, type Refusal } from '../../../domain/cycle/decide';
import type { CycleEvent } from '../../../domain/cycle/events';
import { takeMoment } from '../../../domain/cycle/moments';
import { type Registration, register } from '../../../domain/cycle/register';
import type { Actor, CycleState, Role, Verdict } from '../../../domain/cycle/state';
import { type Instant, type LocalDate, localDateAt, startOfDay } from '../../../domain/dates';
import type { CycleRules } from '../../../domain/rules';

export const PROVINCE = '37';
export const COMMUNE = '14329';

export function actor(role: Role): Actor {
  const communeCode = role === 'commune_staff' ? COMMUNE : null;
  return { id: `person-${role}`, role, office: communeCode ?? PROVINCE, provinceCode: PROVINCE, communeCode };
}

/** Nine o'clock in the morning, local time. */
export const nineOn = (date: LocalDate): Instant => startOfDay(date) + 9 * 3_600_000;

export function registration(rules: CycleRules, more: Partial<Registration> = {}): Registration {
  return {
    cycleId: '37-14329-001-2026.1',
    productCode: '37-14329-001-2026',
    cycleNumber: 1,
    kind: 'new',
    productSet: 4,
    provinceCode: PROVINCE,
    communeCode: COMMUNE,
    predecessor: null,
    certificate: null,
    rules,
    actor: actor('commune_staff'),
    on: '2026-08-03',
    ...more,
  };
}

const PROVINCIAL: readonly ActionName[] = [
  'accept-package',
  'return-package',
  'record-advisory-report',
  'record-council-result',
  'record-district-result',
  'decide',
  'record-national-result',
  'issue-certificate',
  'publish-result',
  'recall-product',
  'revoke-certificate',
  'withdraw-decision',
  'extend-deadline',
];

type Extra = Partial<Omit<Request, 'payload' | 'action'>>;

export class Walk {
  state: CycleState;
  readonly events: CycleEvent[] = [];

  constructor(readonly start: Registration) {
    const first = register(start, nineOn(start.on));
    this.state = first.state;
    this.events.push(first.event);
  }

  /** Lets time pass until nine on that day; moments on the way are dealt with when they come. */
  until(date: LocalDate): this {
    for (;;) {
      const next = nextMoment(this.state);
      if (!next || next.at > nineOn(date)) return this;
      const taken = takeMoment(this.state, Math.max(next.at, this.events.at(-1)?.at ?? 0));
      if (!taken) throw new Error(`moment ${next.key} was due but nothing happened`);
      this.state = taken.state;
      this.events.push(taken.event);
    }
  }

  private request<A extends ActionName>(action: A, payload: PayloadOf<A>, on: LocalDate, extra: Extra): Request {
    const role: Role =
      action === 'record-successor' || action === 'record-predecessor'
        ? 'system'
        : PROVINCIAL.includes(action)
          ? 'provincial_staff'
          : 'commune_staff';
    return { action, payload, actor: actor(role), on, noteId: 'note-1', sourceDocument: '12/UBND', ...extra };
  }

  /** Does an action on a day; fails the test when it is refused. */
  does<A extends ActionName>(action: A, payload: PayloadOf<A>, on: LocalDate, extra: Extra = {}): this {
    this.until(on);
    const decision = decide(this.state, this.request(action, payload, on, extra), nineOn(on));
    if (!decision.ok) throw new Error(`${action} on ${on} was refused: ${JSON.stringify(decision.refusal)}`);
    this.state = decision.state;
    this.events.push(decision.event);
    return this;
  }

  /** Tries an action that must be refused; the state stays as it was. */
  refuses<A extends ActionName>(action: A, payload: PayloadOf<A>, on: LocalDate, extra: Extra = {}): Refusal {
    this.until(on);
    const decision = decide(this.state, this.request(action, payload, on, extra), nineOn(on));
    if (decision.ok) throw new Error(`${action} on ${on} was not refused`);
    return decision.refusal;
  }

  get today(): LocalDate {
    return localDateAt(this.events.at(-1)?.at ?? nineOn(this.start.on));
  }
}

/** A council's result as domain/stars would hand it over. */
export function verdict(sum: number, members: number, more: Partial<Verdict> = {}): Verdict {
  const mean = sum / members;
  const band = mean >= 90 ? 5 : mean >= 70 ? 4 : mean >= 50 ? 3 : mean >= 30 ? 2 : 1;
  const route = band === 5 ? 'national' : band >= 3 ? 'province' : 'not-recognised';
  return { sum, members, band, star: band, missedMinimums: [], route, ...more };
}

export const FULL_REPORT: PayloadOf<'issue-commune-report'> = {
  assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'],
  samples: 5,
};
