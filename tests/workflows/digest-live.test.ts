/** Cycles and digests together on the real engine: what the cycle decides in the night is what the morning's mail says. */
import { createCycleActivities } from '../../activities/cycle-activities';
import { createDigestActivities, type RunReport } from '../../activities/digest';
import { openLogger } from '../../clients/logger';
import { type Mailer, openMailer } from '../../clients/mail';
import { openWebhook } from '../../clients/webhook';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { ensureDigestSchedules } from '../../worker/digest-schedules';
import { digestDeps } from '../../worker/digest-worker';
import { digestScheduleId, digestWorkflowId, DIGEST_TICK_WORKFLOW, DIGEST_WORKFLOW } from '../../workflows/digest-messages';
import { registration } from '../domain/cycle/walk';
import { RULES, rulesOf } from '../domain/rules-of';
import { useDatabase, useTemporal } from '../support/env';
import { clearNudges, commune, dossier, nudge } from '../support/nudge-records';
import { SKIP_EVERYTHING } from '../support/skipping';
import { startSmtp, type TestSmtp } from '../support/smtp';
import { startReceiver, type TestReceiver } from '../support/webhook-receiver';
import { LiveCycle } from './live';

jest.setTimeout(180_000);
const database = useDatabase();
const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
let smtp: TestSmtp;
let receiver: TestReceiver;
let mailer: Mailer;
const SECRET = 'a-secret-of-the-tests';

/** Cycles stand in their own time until they are moved; digests skip what they would wait for. */
let skipping = false;
const temporal = useTemporal(
  () => {
    const { db } = database;
    const lazily: Mailer = {
      send: async (mail) => await mailer.send(mail),
      deliver: async (mail) => await mailer.deliver(mail),
      close: () => undefined,
    };
    const webhook = {
      send: async (one: Parameters<ReturnType<typeof openWebhook>['send']>[0]) =>
        await openWebhook({ url: receiver.url, secret: SECRET }).send(one),
    };
    const parts = { db, mailer: lazily, webhook, log: openLogger('test', 'silent'), rules: RULES };
    return {
      ...createCycleActivities(db),
      ...createDigestActivities(digestDeps({ ...parts, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>', freshMs: 0 })),
    };
  },
  () => (skipping ? SKIP_EVERYTHING : undefined),
);
const deps = () => ({ client: temporal.client, db: database.db, taskQueue: temporal.taskQueue });

beforeAll(async () => {
  smtp = await startSmtp();
  receiver = await startReceiver(SECRET);
  mailer = openMailer(smtp.url, 'OCOP <ocop@ocop.test>', { patienceMs: 2000 });
});
afterAll(async () => {
  mailer.close();
  await Promise.all([smtp.stop(), receiver.stop()]);
});
beforeEach(async () => {
  smtp.clear();
  receiver.clear();
  await clearNudges(database.db);
  await commune(database.db, '14329', [{ id: 'an' }]);
});

let runs = 0;
async function digest(date: LocalDate, hour = 8): Promise<RunReport | null> {
  runs += 1;
  skipping = true;
  try {
    const clockOffsetMs = startOfDay(date) + hour * 3_600_000 - Date.now();
    return (await temporal.client.workflow.execute(DIGEST_WORKFLOW, {
      taskQueue: temporal.taskQueue,
      workflowId: `${digestWorkflowId('37', date)}/live-${runs}`,
      args: [{ provinceCode: '37', clockOffsetMs, day: date }],
    })) as RunReport | null;
  } finally {
    skipping = false;
  }
}

/** A dossier at the commune since 07/09/2026, with its 15 working days up to 28/09. */
async function atCommune(): Promise<LiveCycle> {
  const cycle = await LiveCycle.start(deps(), registration(R3));
  await cycle.does('accept-idea', {}, '2026-08-10');
  await cycle.does('submit-dossier', {}, '2026-09-07');
  await database.db.nudge.updateMany({ where: { status: 'planned' }, data: { status: 'suppressed' } });
  return cycle;
}

const ledger = async (cycle: LiveCycle) =>
  await database.db.nudge.findMany({ where: { cycleId: cycle.cycleId, subject: 'commune-assessment' }, orderBy: { id: 'asc' } });

test('an extension granted after the night’s nudge silences it, the ledger says why, and the new date earns its own', async () => {
  const cycle = await atCommune();
  await cycle.until('2026-09-21');
  expect(await ledger(cycle)).toMatchObject([{ ruleId: 'commune-assessment-5-days', status: 'planned' }]);
  await cycle.does('extend-deadline', { date: '2026-10-12', operator: 'on_or_before' }, '2026-09-21', {
    by: 'provincial_staff',
  });
  expect(await digest('2026-09-21')).toMatchObject({ planned: 0, mails: 0 });
  expect(smtp.taken()).toBe(0);
  expect(await ledger(cycle)).toMatchObject([{ status: 'suppressed', reasonVi: 'Việc đã xong hoặc thời hạn đã thay đổi' }]);
  await cycle.until('2026-10-05');
  expect(await digest('2026-10-05')).toMatchObject({ sent: 1, mails: 1 });
  expect((await smtp.mails())[0]?.text).toContain('chậm nhất 12/10/2026');
});

test('a paused dossier is silent and speaks again when it goes on', async () => {
  const cycle = await atCommune();
  await cycle.until('2026-09-21');
  await cycle.does('pause', {}, '2026-09-21');
  expect(await digest('2026-09-21')).toMatchObject({ planned: 0, mails: 0 });
  expect(await ledger(cycle)).toMatchObject([{ status: 'suppressed', reasonVi: 'Hồ sơ tạm dừng' }]);
});

test('done between the night and the morning: nobody who is done is nagged', async () => {
  const cycle = await atCommune();
  await cycle.until('2026-09-21');
  await cycle.does(
    'issue-commune-report',
    { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 },
    '2026-09-21',
  );
  await digest('2026-09-21');
  expect((await smtp.mails()).filter((mail) => mail.to === 'an@ocop.test')).toEqual([]);
});

test('with everything down across the whole reminder window the overdue notice still arrives, once, marked late', async () => {
  const cycle = await atCommune();
  // From 21/09 to 30/09 no digest ran and no reminder went out; the limit passed on 28/09.
  await cycle.until('2026-09-30');
  const report = await digest('2026-09-30', 9);
  expect(report).toMatchObject({ mails: 1, waiting: 0, late: report?.planned });
  const [mail, ...others] = await smtp.mails();
  expect(others).toEqual([]);
  expect(mail?.subject).toContain('1 hồ sơ quá hạn');
  expect(mail?.text).toContain('nhắc muộn');
  const overdue = (await ledger(cycle)).filter((row) => row.ruleId === 'commune-assessment-overdue');
  expect(overdue).toMatchObject([{ late: true }]);
  expect(await digest('2026-10-01')).toMatchObject({ mails: 0 });
});

test('the second channel hears of each digest, signed, in codes and counts only', async () => {
  const cycle = await dossier(database.db, { due: { kind: 'commune-assessment', on: '2026-10-14' } });
  await nudge(database.db, cycle);
  receiver.failNext(1);
  await digest('2026-10-12');
  expect(receiver.received()).toEqual([
    expect.objectContaining({
      genuine: true,
      body: {
        type: 'digest',
        id: '37/2026-10-12/14329',
        province: '37',
        office: '14329',
        day: '2026-10-12',
        overdue: 0,
        soon: 1,
        unassigned: 0,
        coming: 0,
        elsewhere: 0,
      },
    }),
  ]);
});

describe('the schedule of a province', () => {
  it('is at 08:00 Vietnamese time every day, and may be brought up to date any number of times', async () => {
    const schedules = { provinceCodes: ['37'], clockOffsetMs: 0, taskQueue: temporal.taskQueue };
    await ensureDigestSchedules(temporal.client, schedules);
    await ensureDigestSchedules(temporal.client, schedules);
    const handle = temporal.client.schedule.getHandle(digestScheduleId('37'));
    const { spec, policies, info } = await handle.describe();
    expect(info.nextActionTimes.slice(0, 3).map((at) => at.toISOString().slice(11, 16))).toEqual(['01:00', '01:00', '01:00']);
    expect(spec.timezone).toBe('Asia/Ho_Chi_Minh');
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 12 * 3_600_000 });
    await handle.delete();
  });

  it('starts the day’s digest once, and nothing outside the hours of mail', async () => {
    const tick = async (hour: number): Promise<unknown> =>
      await temporal.client.workflow.execute(DIGEST_TICK_WORKFLOW, {
        taskQueue: temporal.taskQueue,
        workflowId: `tick-${hour}-${(runs += 1)}`,
        args: [{ provinceCode: '12', clockOffsetMs: startOfDay('2026-12-08') + hour * 3_600_000 - Date.now() }],
      });
    const id = digestWorkflowId('12', '2026-12-08');
    expect(await tick(8)).toBe(id);
    expect(await tick(9)).toBe(`${id} was started before`);
    expect(await tick(7)).toContain('outside the hours');
    expect(await tick(20)).toContain('outside the hours');
    await temporal.client.workflow.getHandle(id).result();
  });
});
