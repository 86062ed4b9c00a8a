/** Puts the report together from the records, and holds it against what else is known: the captured mails, and the cycles one by one. */
import { readFile } from 'node:fs/promises';
import { readCycles, stateOf } from '../../api/cycles/read';
import type { ApiDeps } from '../../api/deps';
import { titleOfRule } from '../../api/nudges/titles';
import { areaOf, certificatesIn } from '../../api/targets/certificates';
import { OUTCOME_TITLES, STAGE_TITLES } from '../../domain/cycle/stages';
import type { CycleState } from '../../domain/cycle/state';
import { isoWeekday, type LocalDate } from '../../domain/dates';
import { NO_ADDRESS } from '../../domain/nudges/reasons';
import type { Plan } from '../../domain/plans';
import { isWorkingDay, workingDayOnOrAfter } from '../../domain/working-days';
import { ENTERED_BY, type ListReport } from '../inputs';
import type { Profile } from '../profiles';
import type { Change } from '../rules';
import type { Refused } from '../world';
import { cannotMeet, type Dossier, lapseOf } from './feasible';
import { deadlinesIn, eventsOf, type MailRow, mailsOf, type NudgeRow, nudgesOf } from './records';
import type { Check, CycleLine, MailDay, OnDayOff, Reader, Report, RuleLine, UnreachableOffice } from './report';
import { stageLines } from './stages';
import { grouped } from './group';
import { targetLines } from './targets';

export interface About {
  plan: Plan;
  profile: Profile;
  seed: string;
  from: LocalDate;
  to: LocalDate;
  changes: readonly Change[];
  placed: boolean;
  lists: Record<string, ListReport>;
  refusedActs: readonly Refused[];
}

const MOST_PEAKS = 10;
const byId = (a: { cycleId: string }, b: { cycleId: string }): number => (a.cycleId < b.cycleId ? -1 : 1);

/** @param captured paths of the captured mails */
export async function collectReport(deps: ApiDeps, about: About, captured: readonly string[]): Promise<Report> {
  const { db } = deps;
  const { plan, profile, from, to } = about;
  const events = await eventsOf(db);
  const deadlines = await deadlinesIn(db);
  const mails = await mailsOf(db);
  const nudges = await nudgesOf(db);
  const dossiers = await dossiersOf(deps, events, deadlines);
  const states = dossiers.map(({ state }) => state);
  const stages = stageLines(events, deadlines, to);
  const cycles = dossiers.map(lineOf);
  const days = mailDays(mails);
  const rules = ruleLines(deps, nudges);
  return {
    schema: 1,
    plan: { id: plan.id, version: plan.version, title: plan.title, provinceCode: plan.issuer.provinceCode },
    changes: about.changes,
    placed: about.placed,
    behaviour: { id: profile.id, title: profile.title, description: profile.description },
    seed: about.seed,
    from,
    to,
    contacts: about.lists['contacts'] ? 'given' : 'invented',
    lists: about.lists,
    totals: {
      cycles: cycles.length,
      products: new Set(states.map((state) => state.productCode)).size,
      communes: new Set(states.map((state) => state.communeCode)).size,
      events: events.length,
      certificates: states.filter((state) => state.certificate).length,
    },
    ends: endsOf(cycles),
    cycles,
    mails: { total: mails.length, days, peaks: peaksOf(days), readers: readersOf(mails) },
    nudges: { total: sum(nudges.map((one) => one.count)), rules, silences: silencesOf(nudges) },
    stages,
    cannotMeet: dossiers.flatMap((one) => cannotMeet(one, from)),
    lapses: lapsesOf(dossiers),
    unreachable: await unreachableOffices(deps, nudges, states),
    onDaysOff: daysOff(deps, nudges),
    targets: targetLines(plan, await certificatesIn(deps, ENTERED_BY, areaOf(plan))),
    refusedActs: [...about.refusedActs].sort((a, b) => (a.on === b.on ? byId(a, b) : a.on < b.on ? -1 : 1)),
    checks: await checksOf(deps, { captured, mails, days, rules, cycles, stages, events: events.length }),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

async function dossiersOf(
  deps: ApiDeps,
  events: Awaited<ReturnType<typeof eventsOf>>,
  deadlines: Awaited<ReturnType<typeof deadlinesIn>>,
): Promise<Dossier[]> {
  const eventsBy = grouped(events, (one) => one.cycleId);
  const deadlinesBy = grouped(deadlines, (one) => one.cycleId);
  const ids = [...eventsBy.keys()];
  const found: Dossier[] = [];
  for (let at = 0; at < ids.length; at += 200) {
    for (const row of await readCycles(deps, ids.slice(at, at + 200))) {
      const commune = deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode;
      found.push({
        named: { cycleId: row.id, product: row.product.name, producer: row.product.producer.name, commune },
        state: await stateOf(deps, row),
        events: eventsBy.get(row.id) ?? [],
        deadlines: deadlinesBy.get(row.id) ?? [],
      });
    }
  }
  return found;
}

function lineOf({ named, state, events }: Dossier): CycleLine {
  const { kind, stage, step, outcome, certificate } = state;
  return {
    ...named,
    kind,
    registeredOn: events[0]?.legalOn ?? '',
    stage,
    step,
    outcome,
    star: certificate?.star ?? null,
    validUntil: certificate?.validUntil ?? null,
    lastOn: events.at(-1)?.recordedOn ?? '',
  };
}

/** Every cycle is in exactly one of these. */
function endsOf(cycles: readonly CycleLine[]): Report['ends'] {
  const groups = grouped(cycles, (one) => one.outcome ?? one.stage);
  return [...groups]
    .map(([key, own]) => ({
      key,
      title: own[0]?.outcome ? OUTCOME_TITLES[own[0].outcome] : STAGE_TITLES[own[0]?.stage ?? 'closed'],
      count: own.length,
    }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function mailDays(mails: readonly MailRow[]): MailDay[] {
  return [...grouped(mails, (one) => one.day)]
    .map(([day, own]) => ({ day, mails: own.length, nudges: sum(own.map((one) => one.nudges)) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

function peaksOf(days: readonly MailDay[]): MailDay[] {
  return days.toSorted((a, b) => b.mails - a.mails || b.nudges - a.nudges || (a.day < b.day ? -1 : 1)).slice(0, MOST_PEAKS);
}

function readersOf(mails: readonly MailRow[]): Reader[] {
  return [...grouped(mails, (one) => one.inbox).values()]
    .map((own): Reader => {
      const busiest = own.toSorted((a, b) => b.nudges - a.nudges || (a.day < b.day ? -1 : 1))[0];
      return {
        office: busiest?.office ?? '',
        name: busiest?.person ?? '',
        email: busiest?.recipient ?? '',
        mails: own.length,
        nudges: sum(own.map((one) => one.nudges)),
        busiestDay: busiest?.day ?? '',
        busiestNudges: busiest?.nudges ?? 0,
      };
    })
    .sort((a, b) => b.mails - a.mails || (a.email < b.email ? -1 : 1));
}

function ruleLines({ rules }: ApiDeps, nudges: readonly NudgeRow[]): RuleLine[] {
  return [...grouped(nudges, (one) => one.ruleId)].map(([rule, own]) => {
    const of = (...statuses: string[]): number => sum(own.filter((one) => statuses.includes(one.status)).map((one) => one.count));
    return {
      rule,
      title: titleOfRule(rules, rule),
      planned: sum(own.map((one) => one.count)),
      sent: of('sent'),
      merged: of('merged'),
      suppressed: of('suppressed'),
      failed: of('failed'),
      passedOver: of('passed_over'),
      waiting: of('planned', 'late'),
      late: sum(own.filter((one) => one.late).map((one) => one.count)),
    };
  });
}

function silencesOf(nudges: readonly NudgeRow[]): Report['nudges']['silences'] {
  const told = nudges.filter((one) => one.reasonVi !== null);
  return [...grouped(told, (one) => one.reasonVi ?? '')]
    .map(([vi, own]) => ({ reason: { vi, en: own[0]?.reasonEn ?? vi }, count: sum(own.map((one) => one.count)) }))
    .sort((a, b) => b.count - a.count || (a.reason.vi < b.reason.vi ? -1 : 1));
}

function lapsesOf(dossiers: readonly Dossier[]): Report['lapses'] {
  const later = grouped(dossiers, ({ state }) => state.predecessor?.cycleId ?? '');
  return dossiers
    .flatMap(
      (one) =>
        lapseOf(
          one,
          (later.get(one.named.cycleId) ?? []).map(({ state }) => state),
        ) ?? [],
    )
    .sort((a, b) => (a.validUntil === b.validUntil ? byId(a, b) : a.validUntil < b.validUntil ? -1 : 1));
}

/** Offices with dossiers where nobody can be reached. */
async function unreachableOffices(
  { db, units }: ApiDeps,
  nudges: readonly NudgeRow[],
  states: readonly CycleState[],
): Promise<UnreachableOffice[]> {
  const offices = await db.office.findMany({ include: { people: { where: { active: true } } } });
  const reachable = new Set(offices.filter(({ email, people }) => email ?? people.some((one) => one.email)).map((one) => one.code));
  const codes = new Set(states.flatMap((state) => [state.communeCode, state.provinceCode]));
  return [...codes]
    .filter((code) => !reachable.has(code))
    .sort()
    .map((code) => {
      const communal = units.byCode(code)?.provinceCode !== null;
      const own = nudges.filter((one) =>
        communal ? one.communeCode === code && one.recipient.startsWith('commune') : !one.recipient.startsWith('commune'),
      );
      return {
        code,
        office: units.byCode(code)?.fullName ?? code,
        cycles: states.filter((state) => state.communeCode === code || state.provinceCode === code).length,
        nudgesLost: sum(own.filter((one) => one.reasonVi === NO_ADDRESS.vi).map((one) => one.count)),
      };
    });
}

const WEEKEND = ['Thứ Bảy', 'Chủ nhật'];

/** Nudges whose day is no working day: their mails wait for the next one. */
function daysOff({ calendar, rules }: ApiDeps, nudges: readonly NudgeRow[]): OnDayOff[] {
  const names = new Map(rules.calendar.map((one) => [one.date, one.name]));
  const kept = nudges.filter((one) => one.status !== 'passed_over' && !isWorkingDay(calendar, one.plannedFor));
  return [...grouped(kept, (one) => one.plannedFor)]
    .map(([day, own]) => ({
      day,
      name: names.get(day) ?? WEEKEND[isoWeekday(day) - 6] ?? '',
      nudges: sum(own.map((one) => one.count)),
      sentOn: workingDayOnOrAfter(calendar, day),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

interface Said {
  captured: readonly string[];
  mails: readonly MailRow[];
  days: readonly MailDay[];
  rules: readonly RuleLine[];
  cycles: readonly CycleLine[];
  stages: Report['stages'];
  events: number;
}

async function checksOf({ db }: ApiDeps, { captured, mails, days, rules, cycles, stages, events }: Said): Promise<Check[]> {
  const check = (id: string, vi: string, en: string, said: number, found: number): Check => ({
    id,
    title: { vi, en },
    said,
    found,
    ok: said === found,
  });
  const ids = new Set(mails.map((one) => one.messageId));
  const inFiles = await messageIdsIn(captured);
  const outcomes = await db.cycle.groupBy({ by: ['stage', 'outcome'], _count: true });
  const closed = sum(outcomes.filter((one) => one.stage === 'closed').map((one) => one._count));
  const sequences = sum((await db.cycle.findMany({ select: { sequence: true } })).map((one) => one.sequence));
  return [
    check(
      'mails-captured',
      'Thư trong báo cáo và thư giữ lại được',
      'Mails in the report and mails captured',
      sum(days.map((one) => one.mails)),
      captured.length,
    ),
    check(
      'mails-known',
      'Thư giữ lại có trong sổ gửi',
      'Captured mails that the records know',
      inFiles.length,
      inFiles.filter((id) => ids.has(id)).length,
    ),
    check(
      'one-mail-a-day',
      'Mỗi người nhận mỗi ngày một thư',
      'One mail per reader and day',
      mails.length,
      new Set(mails.map((one) => `${one.day} ${one.inbox}`)).size,
    ),
    check(
      'nudges-closed',
      'Nhắc việc: tổng các kết quả bằng số đã lập',
      'Nudges: the results add up to what was planned',
      sum(rules.map((one) => one.planned)),
      sum(rules.map((one) => one.sent + one.merged + one.suppressed + one.failed + one.passedOver + one.waiting)),
    ),
    check(
      'cycles-accounted',
      'Chu trình trong báo cáo và trong sổ',
      'Cycles in the report and in the records',
      cycles.length,
      sum(outcomes.map((one) => one._count)),
    ),
    check('cycles-ended', 'Chu trình đã kết thúc', 'Cycles that have ended', cycles.filter((one) => one.stage === 'closed').length, closed),
    check('no-event-missing', 'Sự kiện liền mạch, không thiếu số', 'No event is missing', events, sequences),
    check(
      'stages-closed',
      'Giai đoạn: tổng các kết quả bằng số lượt',
      'Stages: the results add up to the visits',
      sum(stages.map((one) => one.visits)),
      sum(stages.map((one) => one.inTime + one.late + one.withoutLimit + one.endedHere + one.waiting + one.stuck)),
    ),
  ];
}

/** Identities of captured mails, from their heads. */
export async function messageIdsIn(files: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) {
    const [head = ''] = (await readFile(file, 'utf8')).split(/\r?\n\r?\n/);
    ids.push(/^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? '');
  }
  return ids;
}
