/**
 * A province's season as it could stand on Monday 12/10/2026, for looking at pages: 212 dossiers on their way, 372 certificates in force by 20
 * decisions, 16 ended this year. Invented, but it adds up, and it is the same each time.
 */
import { type Step, STEPS } from '../../domain/cycle/stages';
import { addDays, addMonths, daysBetween, isoWeekday, type LocalDate } from '../../domain/dates';
import { addWorkingDays, type WorkingCalendar, workingDayOnOrBefore } from '../../domain/working-days';
import type { Rules } from '../../plans/load';
import { workingCalendar } from '../../domain/holidays';
import { cycleIdOf, type Happened, type RecordedDossier } from './manager-records';

export const SEASON_DAY: LocalDate = '2026-10-12';
export const SEASON_PROVINCE = '37';

/** Decisions with their day, how many certificates, how many producers filed again. */
const DECISIONS: [number: string, issuedOn: LocalDate, by: string, count: number, filed: number][] = [
  ['1012/QĐ-UBND', '2023-10-27', 'UBND huyện Nghĩa Hưng (cũ)', 9, 5],
  ['2158/QĐ-UBND', '2023-11-16', 'UBND tỉnh Hà Nam (cũ)', 14, 9],
  ['2684/QĐ-UBND', '2023-12-20', 'UBND tỉnh Nam Định (cũ)', 41, 15],
  ['1047/QĐ-UBND', '2023-12-28', 'UBND tỉnh Ninh Bình', 23, 10],
  ['68/QĐ-UBND', '2024-01-18', 'UBND huyện Hải Hậu (cũ)', 12, 6],
  ['97/QĐ-UBND', '2024-01-26', 'UBND huyện Giao Thủy (cũ)', 8, 6],
  ['214/QĐ-UBND', '2024-03-06', 'UBND huyện Kim Sơn (cũ)', 17, 14],
  ['655/QĐ-UBND', '2024-03-29', 'UBND tỉnh Nam Định (cũ)', 27, 23],
  ['402/QĐ-UBND', '2024-05-24', 'UBND huyện Lý Nhân (cũ)', 16, 0],
  ['1190/QĐ-UBND', '2024-06-28', 'UBND tỉnh Nam Định (cũ)', 20, 0],
  ['935/QĐ-UBND', '2024-08-20', 'UBND tỉnh Hà Nam (cũ)', 15, 0],
  ['2377/QĐ-UBND', '2024-10-31', 'UBND tỉnh Nam Định (cũ)', 17, 0],
  ['1288/QĐ-UBND', '2024-12-10', 'UBND tỉnh Ninh Bình', 24, 0],
  ['2790/QĐ-UBND', '2024-12-27', 'UBND tỉnh Nam Định (cũ)', 34, 0],
  ['311/QĐ-UBND', '2025-03-14', 'UBND tỉnh Hà Nam (cũ)', 12, 0],
  ['1021/QĐ-UBND', '2025-05-29', 'UBND tỉnh Nam Định (cũ)', 19, 0],
  ['1416/QĐ-UBND', '2025-06-26', 'UBND tỉnh Ninh Bình', 15, 0],
  ['1893/QĐ-UBND', '2025-11-28', 'UBND tỉnh Ninh Bình', 23, 0],
  ['2051/QĐ-UBND', '2025-12-25', 'UBND tỉnh Ninh Bình', 19, 0],
  ['1377/QĐ-UBND', '2026-06-26', 'UBND tỉnh Ninh Bình', 7, 0],
];

const THINGS =
  'Gạo nếp thơm;Kẹo sìu châu;Bánh gai;Trà hoa vàng;Na dai;Sơn mài treo tường;Cao lá đinh lăng;Mắm tôm;Nấm sò tươi;Thêu ren;Tinh dầu sả;Lụa tơ tằm;Rượu quê;Lạc đỏ sấy;Cây cảnh thế;Chả cá;Rượu cần;Bánh chưng;Giò dê;Rau muống VietGAP;Đinh lăng sấy khô;Gạo Bắc thơm;Mắm tép;Bánh nhãn;Tinh bột nghệ;Ngao sạch hút chân không;Cá kho;Miến dong;Mật ong hoa rừng;Nem chua;Trứng vịt muối;Bánh đa;Mứt dứa;Khoai lang sấy dẻo;Chuối ngự;Nước mắm cá cơm;Cói mỹ nghệ'.split(
    ';',
  );
const PRODUCERS = ['Hợp tác xã nông nghiệp', 'Hộ kinh doanh', 'Công ty TNHH', 'Tổ hợp tác'];

type Due = NonNullable<RecordedDossier['due']>;

/** Where a dossier stands, with its last day in time or nothing. */
interface Place {
  step: Step;
  count: number;
  /** How the deadline stands: days from today to the last safe day, one after another. */
  due?: readonly LocalDate[];
  paused?: boolean;
  kind?: 'reevaluation' | 'new';
}

const REEVALUATION: Pick<Due, 'kind' | 'source'> = {
  kind: 'dossier-submission',
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm a',
};
const SOURCES: Record<string, string> = {
  supplement: 'Ngày hẹn bổ sung hồ sơ',
  'dossier-submission': 'Quyết định 26/2026/QĐ-TTg, Điều 5',
  'commune-assessment': 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 2',
  'provincial-scoring': 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm g',
  'national-scoring': 'Quyết định 26/2026/QĐ-TTg, Điều 5',
};

const many = (count: number, day: LocalDate): LocalDate[] => Array.from({ length: count }, () => day);

/** The season's dossiers: 71 in completion, 78 at communes, 42 at the province, 3 at the ministry, 9 to be certified, 9 ideas. */
const PLACES: Place[] = [
  { step: 'awaiting_idea_review', count: 9, kind: 'new' },
  {
    step: 'awaiting_dossier',
    count: 9,
    kind: 'reevaluation',
    due: [...many(3, '2026-08-22'), ...many(2, '2026-08-30'), ...many(4, '2026-09-20')],
  },
  { step: 'awaiting_dossier', count: 14, kind: 'new', due: many(14, '2026-10-29') },
  { step: 'awaiting_dossier', count: 44, kind: 'new', due: many(44, '2027-04-08') },
  { step: 'awaiting_dossier', count: 4, kind: 'new', paused: true },
  {
    step: 'commune_review',
    count: 13,
    due: '2026-09-14 2026-09-17 2026-09-23 2026-09-23 2026-09-29 2026-10-01 2026-10-02 2026-10-06 2026-10-06 2026-10-06 2026-10-08 2026-10-09 2026-09-14'.split(
      ' ',
    ),
  },
  { step: 'commune_supplement', count: 1, due: ['2026-09-15'] },
  {
    step: 'commune_review',
    count: 12,
    due: [...many(3, '2026-10-12'), ...many(3, '2026-10-13'), ...many(4, '2026-10-14'), ...many(2, '2026-10-15')],
  },
  {
    step: 'commune_review',
    count: 38,
    due: [...many(5, '2026-10-16'), ...many(4, '2026-10-20'), ...many(5, '2026-10-22'), ...many(24, '2026-10-29')],
  },
  { step: 'commune_supplement', count: 11, due: [...many(2, '2026-10-16'), ...many(3, '2026-10-21'), ...many(6, '2026-10-28')] },
  { step: 'commune_review', count: 3, paused: true },
  { step: 'council_scoring', count: 3, due: ['2026-09-28', '2026-10-10', '2026-10-04'] },
  { step: 'council_scoring', count: 2, due: ['2026-10-12', '2026-10-14'] },
  {
    step: 'advisory_review',
    count: 15,
    due: [...many(3, '2026-10-18'), ...many(3, '2026-10-22'), ...many(9, '2026-11-09')],
  },
  { step: 'provincial_intake', count: 12, due: many(12, '2026-12-29') },
  { step: 'provincial_supplement', count: 4, due: many(4, '2026-11-05') },
  { step: 'awaiting_decision', count: 4, due: many(4, '2026-11-02') },
  { step: 'advisory_review', count: 2, paused: true },
  { step: 'awaiting_national_result', count: 3, due: ['2026-09-29', '2026-09-29', '2027-03-29'] },
  { step: 'awaiting_certificate', count: 5 },
  { step: 'awaiting_publication', count: 4 },
];

/** The steps before each, from the day the dossier was received. */
const BEFORE: Partial<Record<Step, [name: string, to: Step][]>> = {
  commune_review: [['submit-dossier', 'commune_review']],
  commune_supplement: [
    ['submit-dossier', 'commune_review'],
    ['request-supplement', 'commune_supplement'],
  ],
};
const AT_THE_PROVINCE: [string, Step][] = [
  ['submit-dossier', 'commune_review'],
  ['issue-commune-report', 'provincial_intake'],
  ['accept-package', 'advisory_review'],
  ['record-advisory-report', 'council_scoring'],
  ['record-council-result', 'awaiting_decision'],
  ['decide', 'awaiting_certificate'],
  ['issue-certificate', 'awaiting_publication'],
];

function pathTo(step: Step): [string, Step][] {
  const before = BEFORE[step];
  if (before) return before;
  if (step === 'provincial_supplement') return [...pathTo('advisory_review'), ['request-supplement', step]];
  if (step === 'awaiting_national_result') return [...pathTo('awaiting_decision').slice(0, -1), ['record-council-result', step]];
  const end = AT_THE_PROVINCE.findIndex(([, to]) => to === step);
  return end === -1 ? [] : AT_THE_PROVINCE.slice(0, end + 1);
}

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
