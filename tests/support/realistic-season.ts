/**
 * A province's season as it could stand on Monday 12/10/2026, for looking at pages: 212 dossiers on their way, 372 certificates in force by 20
 * decisions, 16 ended this year. Invented, but it adds up, and it is the same each time.
 */
import { type Step, STEPS } from '../../domain/cycle/stages';
import { addDays, addMonths, daysBetween, isoWeekday, type LocalDate } from '../../domain/dates';
import { workingCalendar } from '../../domain/holidays';
import { addWorkingDays, type WorkingCalendar, workingDayOnOrBefore } from '../../domain/working-days';
import type { Rules } from '../../plans/load';
import { cycleIdOf, type Happened, type RecordedDossier } from './manager-records';
import { DECISIONS, type Due, pathTo, type Place, PLACES, PRODUCERS, REEVALUATION, SOURCES, THINGS } from './season-places';

export const SEASON_DAY: LocalDate = '2026-10-12';

export const SEASON_PROVINCE = '37';

/** Everything to record: certificates and ended cycles first, then the dossiers on their way. */
export function realisticSeason(rules: Rules): RecordedDossier[] {
  const calendar = workingCalendar(rules.calendar);
  const communes = rules.units.filter((unit) => unit.provinceCode === SEASON_PROVINCE);
  let drawn = 0;
  const next = (below: number): number => {
    drawn = (drawn + 0x6d2b79f5) | 0;
    let mixed = Math.imul(drawn ^ (drawn >>> 15), 1 | drawn);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  // Half of the dossiers come from eleven communes, as in life.
  const commune = () => communes[next(2) === 0 ? next(11) * 7 : next(communes.length)] ?? communes[0];
  let numbered = 0;
  const product = (year: number): Pick<RecordedDossier, 'productCode' | 'name' | 'producer' | 'provinceCode' | 'communeCode'> => {
    numbered += 1;
    const unit = commune();
    const name = unit?.fullName.replace(/^(Xã|Phường) /, '') ?? '';
    return {
      productCode: `${SEASON_PROVINCE}-${unit?.code ?? ''}-${String(numbered).padStart(3, '0')}-${year}`,
      name: `${THINGS[numbered % THINGS.length] ?? ''} ${name}`,
      producer: `${PRODUCERS[numbered % PRODUCERS.length] ?? ''} ${name} ${numbered}`,
      provinceCode: SEASON_PROVINCE,
      communeCode: unit?.code ?? '',
    };
  };

  const certificates = DECISIONS.flatMap(([decision, issuedOn, issuedBy, count, filed]) =>
    Array.from({ length: count }, (_, index) =>
      certified(product(Number(issuedOn.slice(0, 4))), {
        decision,
        issuedOn,
        issuedBy,
        isFiled: index < filed,
        star: next(5) === 0 ? 4 : 3,
      }),
    ),
  );
  const filedAgain = certificates.filter((one) => one.events.at(-1)?.to === 'under_reevaluation');
  const missed = certificates.filter((one) => one.events.at(-1)?.to === 'window_missed');
  const season = PLACES.flatMap((place) =>
    Array.from({ length: place.count }, (_, index): RecordedDossier => {
      const isFiled = pathTo(place.step).length > 0;
      const predecessor = place.kind === 'reevaluation' ? missed.shift() : isFiled && index % 3 !== 0 ? filedAgain.shift() : undefined;
      return onItsWay(place, index, predecessor ?? product(2026), predecessor, { calendar, next });
    }),
  );
  const ended = Array.from({ length: 16 }, (_, index): RecordedDossier => {
    const outcome = index < 9 ? 'not_recognised' : index < 14 ? 'declined' : 'withdrawn';
    const registered: Happened = { name: 'register', on: addDays('2026-02-02', next(60)), to: 'awaiting_idea_review' };
    const name = outcome === 'declined' ? 'decline-idea' : outcome === 'withdrawn' ? 'withdraw' : 'decide';
    return {
      ...product(2026),
      kind: 'new',
      planId: 'ninh-binh-2026',
      outcome,
      events: [registered, { name, on: addDays('2026-06-12', next(90)), to: 'ended' }],
    };
  });
  return [...certificates, ...ended, ...season];
}

interface Certified {
  decision: string;
  issuedOn: LocalDate;
  issuedBy: string;
  isFiled: boolean;
  star: number;
}

function certified(product: Known, one: Certified): RecordedDossier {
  const { decision, issuedOn, issuedBy, isFiled, star } = one;
  const validUntil = addMonths(issuedOn, 36);
  const [opensOn, closesOn] = [addDays(validUntil, -180), addDays(validUntil, -120)];
  const events: Happened[] = [{ name: 'register', on: '2026-06-01', to: 'in_force' }];
  if (opensOn <= SEASON_DAY) events.push({ name: 'open-window', on: opensOn, to: 'reevaluation_window' });
  if (isFiled) events.push({ name: 'record-successor', on: addDays(opensOn, 12), to: 'under_reevaluation' });
  else if (closesOn < SEASON_DAY) events.push({ name: 'miss-window', on: addDays(closesOn, 1), to: 'window_missed' });
  const inWindow = events.at(-1)?.to === 'reevaluation_window';
  const source = 'Quyết định 26/2026/QĐ-TTg, Điều 4 khoản 3';
  return {
    ...product,
    kind: 'new',
    planId: 'ninh-binh-2026',
    events,
    due: inWindow
      ? { kind: 'reevaluation-window-closes', on: closesOn, source: REEVALUATION.source ?? '' }
      : { kind: 'certificate-expiry', on: validUntil, source },
    certificate: { issuedOn, validUntil, decision, issuedBy, star },
  };
}

interface Chance {
  calendar: WorkingCalendar;
  next: (below: number) => number;
}

/** The product alone: a later cycle does not inherit the certificate of the earlier one. */
function knownOf({ productCode, name, producer, provinceCode, communeCode }: Known): Known {
  return { productCode, name, provinceCode, communeCode, ...(producer === undefined ? {} : { producer }) };
}

type Known = Pick<RecordedDossier, 'productCode' | 'name' | 'producer' | 'provinceCode' | 'communeCode'>;

function onItsWay(
  place: Place,
  index: number,
  product: Known,
  predecessor: RecordedDossier | undefined,
  { calendar, next }: Chance,
): RecordedDossier {
  const { step, paused = false } = place;
  const kind = predecessor ? 'reevaluation' : next(6) === 0 && place.kind !== 'new' ? 'upgrade' : 'new';
  const dueOn = place.due?.[index];
  const path = pathTo(step);
  const received = receivedOn(step, dueOn, calendar, next);
  const began: Happened = predecessor
    ? { name: 'register', on: addDays(received, -7), to: 'awaiting_dossier' }
    : {
        name: 'register',
        on: addDays(received, -30 - next(20)),
        to: step === 'awaiting_idea_review' || kind === 'new' ? 'awaiting_idea_review' : 'awaiting_dossier',
      };
  const accepted: Happened[] =
    began.to === 'awaiting_idea_review' && step !== 'awaiting_idea_review'
      ? [{ name: 'accept-idea', on: addDays(began.on, 6), to: 'awaiting_dossier' }]
      : [];
  const days = spread(received, path.length, step === 'commune_supplement' ? addDays(received, 9) : addDays(SEASON_DAY, -next(4)), {
    calendar,
    next,
  });
  const walked = path.map(([name, to], at): Happened => ({ name, to, on: days[at] ?? received }));
  const events = [began, ...accepted, ...walked];
  const officer: Happened[] = next(5) === 0 ? [{ name: 'assign-officer', on: events.at(-1)?.on ?? received, to: step }] : [];
  const stop: Happened[] = paused ? [{ name: 'pause', on: addDays(SEASON_DAY, -12), to: step }] : [];
  const [dueKind = 'commune-assessment'] = dueKindsOf(step);
  const limitSetBy = events.findIndex(({ name }) => name === 'submit-dossier') + 1;
  const limit = addWorkingDays(calendar, received, 15);
  const unassigned = dueOn !== undefined && next(30) === 0;
  return {
    ...knownOf(product),
    kind,
    planId: 'ninh-binh-2026',
    cycleNumber: predecessor ? 2 : 1,
    ...(predecessor ? { predecessorId: cycleIdOf(predecessor) } : {}),
    events: [...events, ...officer, ...stop],
    ...(dueOn === undefined ? {} : { due: dueOf(dueKind, dueOn, predecessor !== undefined) }),
    communeLimits:
      limitSetBy > 0
        ? [{ on: STEPS[step].stage === 'commune_assessment' && dueOn && step === 'commune_review' ? dueOn : limit, setBy: limitSetBy }]
        : [],
    ...(unassigned ? {} : { communeOfficer: `xa-${product.communeCode}`, provinceOfficer: 'tinh-1' }),
    ...(step === 'provincial_intake' && index < 3 ? { attention: 'SMTP: 451 4.3.0 hộp thư của đơn vị tạm thời không nhận thư' } : {}),
    nudges: nudgesOf(step, dueOn, calendar),
  };
}

function dueOf(kind: string, on: LocalDate, reevaluation: boolean): Due {
  const byRound = on === '2026-10-29' || on === '2026-12-29' || on === '2026-09-29' || on === '2027-03-29';
  if (kind === 'dossier-submission' && reevaluation) return { ...REEVALUATION, on };
  if (byRound) return { kind, on: addDays(on, 1), operator: 'before', source: SOURCES['national-scoring'] ?? '' };
  return { kind, on, source: SOURCES[kind] ?? '' };
}

function dueKindsOf(step: Step): string[] {
  const { stage } = STEPS[step];
  if (stage === 'product_completion') return ['dossier-submission'];
  if (stage === 'commune_assessment') return [step === 'commune_supplement' ? 'supplement' : 'commune-assessment'];
  return [stage === 'national_scoring' ? 'national-scoring' : 'provincial-scoring'];
}

function receivedOn(step: Step, dueOn: LocalDate | undefined, calendar: WorkingCalendar, next: (below: number) => number): LocalDate {
  const { stage } = STEPS[step];
  if (stage === 'idea_registration' || stage === 'product_completion') {
    const overdue = dueOn !== undefined && dueOn < SEASON_DAY;
    return workingDayOnOrBefore(calendar, overdue ? addDays(dueOn, -58) : addDays(SEASON_DAY, -10 - next(100)));
  }
  if (stage !== 'commune_assessment') return workingDayOnOrBefore(calendar, addDays('2026-07-06', next(50)));
  if (dueOn === undefined) return workingDayOnOrBefore(calendar, addDays(SEASON_DAY, -25));
  const full = addWorkingDays(calendar, dueOn, -15);
  const latest = workingDayOnOrBefore(calendar, addDays(SEASON_DAY, -1 - next(4)));
  return full < latest ? full : latest;
}

/** Days on which the steps were done: the commune's report within its weeks, a few too late; the others evenly up to the last. */
function spread(from: LocalDate, count: number, last: LocalDate, { calendar, next }: Chance): LocalDate[] {
  const until = last < from ? from : last;
  const reported = addDays(from, next(7) === 0 ? 26 : 8 + next(12));
  const second = reported < until ? reported : until;
  const rest = daysBetween(second, until);
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return from;
    const day = count === 2 ? second : addDays(second, Math.floor((rest * (index - 1)) / (count - 2)));
    return isoWeekday(day) > 5 ? workingDayOnOrBefore(calendar, day) : day;
  });
}

function nudgesOf(step: Step, dueOn: LocalDate | undefined, calendar: WorkingCalendar): NonNullable<RecordedDossier['nudges']> {
  if (dueOn === undefined) return [];
  const rule = (name: string): string =>
    STEPS[step].stage === 'commune_assessment' ? `commune-assessment-${name}` : `dossier-submission-${name}`;
  const moments: [number, string, string][] = [
    [-5, rule('5-days'), 'commune_officer'],
    [-2, rule('2-days'), 'commune_officer'],
    [1, rule('overdue'), 'commune_officer'],
    [3, rule('overdue-leadership'), 'commune_leadership'],
    [5, rule('overdue-province'), 'provincial_officer'],
  ];
  return moments
    .map(([offset, name, recipient]) => ({ rule: name, recipient, on: addWorkingDays(calendar, dueOn, offset) }))
    .filter(({ on }) => on <= SEASON_DAY);
}
