/**
 * A season of nudges on the real engine with skipped time: every dossier lives its own course, every morning has its digest. Small in the suite; the
 * full one (600 dossiers in 60 communes) is `npm run season:nudges`.
 */
import { createCycleActivities } from '../../activities/cycle-activities';
import { createDigestActivities, type RunReport } from '../../activities/digest';
import { openLogger } from '../../clients/logger';
import { type Mailer, openMailer } from '../../clients/mail';
import type { ActionName } from '../../domain/cycle/actions';
import { nextMoment } from '../../domain/cycle/agenda';
import { addDays, type LocalDate, startOfDay } from '../../domain/dates';
import { isWorkingDay } from '../../domain/working-days';
import { digestDeps } from '../../worker/digest-worker';
import { digestWorkflowId, DIGEST_WORKFLOW } from '../../workflows/digest-messages';
import { actor, FULL_REPORT, nineOn, registration, Walk } from '../domain/cycle/walk';
import { CALENDAR, RULES, rulesOf } from '../domain/rules-of';
import { useDatabase, useTemporal } from '../support/env';
import { commune, province } from '../support/nudge-records';
import { SKIP_EVERYTHING } from '../support/skipping';
import { startSmtp, type TestSmtp } from '../support/smtp';
import { LiveCycle } from './live';

const DOSSIERS = Number(process.env.SEASON_DOSSIERS ?? 30);
const COMMUNES = Number(process.env.SEASON_COMMUNES ?? 3);
const FROM: LocalDate = '2026-08-31';
const TO: LocalDate = '2026-10-23';
const AT_ONCE = 8;

jest.setTimeout(60_000 + DOSSIERS * 12_000);
const database = useDatabase();
const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
let smtp: TestSmtp;
let mailer: Mailer;
let skipping = false;
const temporal = useTemporal(
  () => {
    const { db } = database;
    const lazily: Mailer = { send: async () => undefined, deliver: async (mail) => await mailer.deliver(mail), close: () => undefined };
    const parts = { db, mailer: lazily, log: openLogger('test', 'silent'), rules: RULES };
    const deps = digestDeps({ ...parts, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>', freshMs: 0 });
    return { ...createCycleActivities(db), ...createDigestActivities(deps) };
  },
  () => (skipping ? SKIP_EVERYTHING : undefined),
);

beforeAll(async () => {
  smtp = await startSmtp();
  mailer = openMailer(smtp.url, 'OCOP <ocop@ocop.test>');
});
afterAll(async () => {
  mailer.close();
  await smtp.stop();
});

type Act = readonly [LocalDate, ActionName, object];

/** How dossiers fare: in time, late at the commune, never filed, sent back for a supplement, paused for a while, given more time. */
const COURSES: readonly (readonly Act[])[] = [
  [
    ['2026-09-03', 'accept-idea', {}],
    ['2026-09-08', 'submit-dossier', {}],
    ['2026-09-22', 'issue-commune-report', FULL_REPORT],
    ['2026-10-01', 'accept-package', {}],
  ],
  [
    ['2026-09-03', 'accept-idea', {}],
    ['2026-09-07', 'submit-dossier', {}],
    ['2026-10-20', 'issue-commune-report', FULL_REPORT],
  ],
  [['2026-09-10', 'accept-idea', {}]],
  [
    ['2026-09-03', 'accept-idea', {}],
    ['2026-09-08', 'submit-dossier', {}],
    ['2026-09-14', 'request-supplement', { dueOn: '2026-09-21' }],
    ['2026-09-25', 'submit-supplement', {}],
  ],
  [
    ['2026-09-03', 'accept-idea', {}],
    ['2026-09-08', 'submit-dossier', {}],
    ['2026-09-16', 'pause', {}],
    ['2026-10-05', 'resume', {}],
  ],
  [
    ['2026-09-03', 'accept-idea', {}],
    ['2026-09-08', 'submit-dossier', {}],
    ['2026-09-24', 'extend-deadline', { date: '2026-10-15' }],
  ],
];

interface Player {
  live: LiveCycle;
  /** The same cycle in pure domain code: says when it must be moved, and what must be in the ledger. */
  walk: Walk;
  acts: Act[];
}

const codeOf = (index: number): string => String(20_000 + index);
const byAdministrator = { actor: actor('administrator') };

async function enter(index: number): Promise<Player> {
  const { db } = database;
  const communeCode = codeOf(index % COMMUNES);
  const productCode = `37-${communeCode}-${String(index).padStart(3, '0')}-2026`;
  await db.producer.create({ data: { id: `m-${productCode}`, name: `HTX ${index}`, communeCode } });
  await db.product.create({
    data: { code: productCode, name: `Sản phẩm ${index}`, producerId: `m-${productCode}`, provinceCode: '37', communeCode },
  });
  const start = registration(R3, { on: FROM, communeCode, productCode, cycleId: `${productCode}.1`, ...byAdministrator });
  const deps = { client: temporal.client, db, taskQueue: temporal.taskQueue };
  return {
    live: await LiveCycle.start(deps, start, productCode),
    walk: new Walk(start),
    acts: [...(COURSES[index % COURSES.length] ?? [])],
  };
}

/** Some at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The night: whoever has a moment goes on to the morning. */
async function night({ live, walk }: Player, day: LocalDate): Promise<void> {
  const next = nextMoment(walk.state);
  if (!next || next.at > nineOn(day)) return;
  walk.until(day);
  await live.until(day);
}

async function work({ live, walk, acts }: Player, day: LocalDate): Promise<void> {
  for (let [act] = acts; act && act[0] === day; [act] = acts) {
    acts.shift();
    walk.does(act[1], act[2] as never, day, byAdministrator);
    await live.does(act[1], act[2] as never, day, { by: 'administrator' });
  }
}

async function digest(day: LocalDate): Promise<RunReport | null> {
  skipping = true;
  try {
    const options = { taskQueue: temporal.taskQueue, workflowId: digestWorkflowId('37', day) };
    const clockOffsetMs = startOfDay(day) + 8 * 3_600_000 - Date.now();
    return (await temporal.client.workflow.execute(DIGEST_WORKFLOW, {
      ...options,
      args: [{ provinceCode: '37', clockOffsetMs, day }],
    })) as RunReport | null;
  } finally {
    skipping = false;
  }
}

/** What a mail says of the reader's dossiers, and what the records say at that moment. */
async function totalsAgree(day: LocalDate): Promise<number> {
  const mails = await smtp.mails();
  expect(new Set(mails.map((mail) => mail.to)).size).toBe(mails.length);
  for (const { to, text } of mails) {
    const communeCode = /^c-(\d+)@/.exec(to)?.[1];
    const where = communeCode ? { communeCode, waitingFor: 'commune' } : { waitingFor: 'province' };
    const held = await database.db.cycle.findMany({ where: { ...where, paused: false } });
    const overdue = held.filter((row) => row.lastSafeOn !== null && row.lastSafeOn < new Date(day)).length;
    const [, said = '0'] = /đang giữ (\d+) hồ sơ/.exec(text) ?? [];
    const [, saidOverdue = '0'] = /: (\d+) quá hạn/.exec(text) ?? [];
    expect({ day, to, held: Number(said), overdue: Number(saidOverdue) }).toEqual({ day, to, held: held.length, overdue });
  }
  smtp.clear();
  return mails.length;
}

test(`a season of ${DOSSIERS} dossiers in ${COMMUNES} communes`, async () => {
  const { db } = database;
  for (let index = 0; index < COMMUNES; index += 1) {
    const code = codeOf(index);
    await commune(db, code, [{ id: `c-${code}` }, { id: `l-${code}`, role: 'commune_leadership' }]);
  }
  await db.person.updateMany({ where: { role: 'commune_leadership' }, data: { email: null } });
  for (let index = 0; index < COMMUNES; index += 1)
    await db.person.update({ where: { id: `l-${codeOf(index)}` }, data: { email: `c-${codeOf(index)}@lanh-dao.test` } });
  await province(db, [{ id: 'binh' }, { id: 'giam-doc', role: 'provincial_leadership' }]);
  const players: Player[] = [];
  await each([...Array(DOSSIERS).keys()], async (index) => void players.push(await enter(index)));

  const months = new Map<string, Record<string, number>>();
  for (let day = FROM; day <= TO; day = addDays(day, 1)) {
    await each(players, async (player) => await night(player, day));
    const report = await digest(day);
    const mails = await totalsAgree(day);
    if (!isWorkingDay(CALENDAR, day)) expect({ day, report, mails }).toEqual({ day, report: null, mails: 0 });
    if (report) {
      const { planned, sent, merged, suppressed, failed, waiting } = report;
      expect({ day, planned }).toEqual({ day, planned: sent + merged + suppressed + failed + waiting });
      expect(report.mails).toBe(mails);
      const month = months.get(day.slice(0, 7)) ?? {
        'working days': 0,
        mails: 0,
        planned: 0,
        sent: 0,
        merged: 0,
        suppressed: 0,
        failed: 0,
        waiting: 0,
      };
      for (const [name, value] of Object.entries({ 'working days': 1, mails, planned, sent, merged, suppressed, failed, waiting }))
        month[name] = (month[name] ?? 0) + value;
      months.set(day.slice(0, 7), month);
    }
    await each(players, async (player) => await work(player, day));
  }

  // Each rule fired once for each dossier where the domain says it must, and nowhere else.
  const rows = await db.nudge.findMany();
  const inLedger = rows.map((row) => `${row.cycleId} ${row.ruleId} ${row.subjectOn.toISOString().slice(0, 10)}`).toSorted();
  const expected = players.flatMap(({ walk }) =>
    walk.events.flatMap((event) => event.nudges.map((one) => `${event.cycleId} ${one.ruleId} ${one.subjectOn}`)),
  );
  expect(inLedger).toEqual(expected.toSorted());
  expect(new Set(inLedger).size).toBe(inLedger.length);
  // Late is only what was late when the dossier came to the step, never because a digest was missed.
  const late = new Set(
    players.flatMap(({ walk }) =>
      walk.events.flatMap((event) => event.nudges.filter((one) => one.status === 'late').map((one) => `${event.cycleId} ${one.ruleId}`)),
    ),
  );
  expect(
    rows
      .filter((row) => row.late)
      .map((row) => `${row.cycleId} ${row.ruleId}`)
      .filter((key) => !late.has(key)),
  ).toEqual([]);
  const byStatus = Object.fromEntries(countOf(rows.map((row) => row.status)));
  const settled = [...months.values()].reduce((sum, month) => sum + (month['sent'] ?? 0) + (month['merged'] ?? 0), 0);
  expect((byStatus['sent'] ?? 0) + (byStatus['merged'] ?? 0)).toBe(settled);
  expect(byStatus['failed'] ?? 0).toBe(0);
  process.stdout.write(
    `\n${table(months)}\nledger: ${JSON.stringify(byStatus)}, ${new Set(rows.map((row) => row.ruleId)).size} rules fired\n`,
  );
});

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function table(months: ReadonlyMap<string, Record<string, number>>): string {
  const names = Object.keys([...months.values()][0] ?? {});
  const line = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(13)).join('');
  return [
    line(['month', ...names]),
    ...[...months].map(([month, counts]) => line([month, ...names.map((name) => counts[name] ?? 0)])),
  ].join('\n');
}
