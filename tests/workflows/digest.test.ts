/** Digests on the real engine, database and mail server; the days of a season are skipped, not waited for. */
import { openMailer } from '../../clients/mail';
import { openLogger } from '../../clients/logger';
import { createDigestActivities } from '../../activities/digest';
import type { RunReport } from '../../activities/digest';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { digestWorkflowId, DIGEST_WORKFLOW } from '../../workflows/digest-messages';
import { digestDeps } from '../../worker/digest-worker';
import { RULES } from '../domain/rules-of';
import { useDatabase, useTemporal } from '../support/env';
import { clearNudges, commune, day, dossier, nudge, province } from '../support/nudge-records';
import { SKIP_EVERYTHING } from '../support/skipping';
import { startSmtp, type TestSmtp } from '../support/smtp';

jest.setTimeout(120_000);
const database = useDatabase();
let smtp: TestSmtp;
let smtpPort = 0;
let failing: ((call: string, input: { inbox?: string }) => void) | undefined;

function activities(): object {
  const mailer = {
    // One per call, so that a server that went away and came back is reached anew.
    deliver: async (mail: Parameters<ReturnType<typeof openMailer>['deliver']>[0]) => {
      const one = openMailer(`smtp://127.0.0.1:${smtpPort}`, 'OCOP <ocop@ocop.test>', { patienceMs: 1500 });
      try {
        return await one.deliver(mail);
      } finally {
        one.close();
      }
    },
    send: async () => undefined,
    close: () => undefined,
  };
  const { db } = database;
  const log = openLogger('test', 'silent');
  const deps = digestDeps({ db, mailer, log, rules: RULES, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>', freshMs: 0 });
  const real = createDigestActivities(deps);
  return {
    ...real,
    sendDigest: async (input: Parameters<typeof real.sendDigest>[0]) => {
      failing?.('sendDigest', input);
      return await real.sendDigest(input);
    },
  };
}

const temporal = useTemporal(activities, () => SKIP_EVERYTHING);

beforeEach(async () => {
  smtp = await startSmtp(smtpPort);
  smtpPort = Number(new URL(smtp.url).port);
  failing = undefined;
  await clearNudges(database.db);
});
afterEach(async () => await smtp.stop());

const HOUR = 3_600_000;

let runs = 0;

/** Runs the province's digest of a day to its end; at eight o'clock unless told. */
async function digest(date: LocalDate, hour = 8): Promise<RunReport | null> {
  runs += 1;
  const clockOffsetMs = startOfDay(date) + hour * HOUR - Date.now();
  return (await temporal.client.workflow.execute(DIGEST_WORKFLOW, {
    taskQueue: temporal.taskQueue,
    workflowId: `${digestWorkflowId('37', date)}/${runs}`,
    args: [{ provinceCode: '37', clockOffsetMs, day: date }],
  })) as RunReport | null;
}

const row = async (id: bigint) => await database.db.nudge.findUniqueOrThrow({ where: { id } });
const DUE = { kind: 'commune-assessment', on: '2026-10-14' };
const LATE = { kind: 'commune-assessment', on: '2026-10-09' };

describe('a digest', () => {
  it('is one mail per officer with everything that waits for them, the worst first, and totals that equal the records', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await province(db, [{ id: 'binh' }]);
    const late = await dossier(db, { due: LATE, product: 'Mắm tép Gia Viễn' });
    const soon = await dossier(db, { due: DUE, product: 'Nem chua Yên Mạc' });
    await dossier(db, { due: { kind: 'commune-assessment', on: '2026-10-29' }, product: 'Gốm Bồ Bát' });
    await dossier(db, { step: 'advisory_review', product: 'Của tỉnh' });
    const [first, second] = [await nudge(db, late, { ruleId: 'commune-assessment-overdue' }), await nudge(db, soon)];

    expect(await digest('2026-10-12')).toMatchObject({
      planned: 2,
      sent: 1,
      merged: 1,
      suppressed: 0,
      failed: 0,
      waiting: 0,
      mails: 1,
      repeats: 0,
    });
    const [mail, ...others] = await smtp.mails();
    expect(others).toEqual([]);
    expect(mail?.to).toBe('an@ocop.test');
    expect(mail?.subject).toBe('[OCOP 2026] UBND xã 14329: 1 hồ sơ quá hạn, 1 hồ sơ còn không quá 3 ngày làm việc');
    expect(mail?.text).toContain('UBND xã 14329 đang giữ 3 hồ sơ: 1 quá hạn, 1 còn không quá 3 ngày làm việc, 1 sắp tới.');
    expect(mail?.text).not.toContain('Của tỉnh');
    const order = ['Mắm tép Gia Viễn', 'Nem chua Yên Mạc', 'Gốm Bồ Bát'].map((name) => mail?.text.indexOf(name) ?? -1);
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(mail?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(mail?.calendar).toContain('DTSTART;VALUE=DATE:20261014');
    expect(mail?.calendar).not.toContain('20261009');
    expect([(await row(first)).status, (await row(second)).status]).toEqual(['sent', 'merged']);
  });

  it('does not go to those who have nothing to do, nor twice on a day', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await commune(db, '14330', [{ id: 'chi' }]);
    const one = await dossier(db, { due: DUE });
    await dossier(db, { communeCode: '14330', due: DUE });
    await nudge(db, one);
    await digest('2026-10-12');
    const later = await nudge(db, one, { ruleId: 'commune-assessment-1-day-leadership' });
    expect(await digest('2026-10-12', 10)).toMatchObject({ waiting: 1, mails: 1 });
    expect((await smtp.mails()).map((mail) => mail.to)).toEqual(['an@ocop.test']);
    await digest('2026-10-13');
    expect((await smtp.mails()).map((mail) => mail.to)).toEqual(['an@ocop.test', 'an@ocop.test']);
    expect(await row(later)).toMatchObject({ status: 'sent', late: true });
  });

  it('never calls a dossier overdue to somebody whose turn it is not', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await province(db, [{ id: 'binh' }]);
    const late = await dossier(db, { due: LATE, product: 'Mắm tép' });
    await nudge(db, late, { ruleId: 'commune-assessment-overdue-province', recipient: 'provincial_officer' });
    await digest('2026-10-12');
    const [mail] = await smtp.mails();
    expect(mail?.to).toBe('binh@ocop.test');
    expect(mail?.text).toContain('Chậm 1 ngày làm việc');
    expect(`${mail?.subject}${mail?.text.replaceAll(/^ {2}.*$/gm, '')}`).not.toMatch(/quá \d|quá hạn/i);
  });

  it.each(['2026-10-11', '2027-01-01'])(
    'is not sent on %s, a day off, and goes on the next working day without being late',
    async (off) => {
      const { db } = database;
      await commune(db, '14329', [{ id: 'an' }]);
      const one = await nudge(db, await dossier(db, { due: { ...DUE, on: '2027-02-01' } }), { plannedFor: off });
      expect(await digest(off)).toBeNull();
      expect(smtp.taken()).toBe(0);
      const next = off === '2026-10-11' ? '2026-10-12' : '2027-01-04';
      expect(await digest(next)).toMatchObject({ sent: 1, late: 0 });
      expect(await row(one)).toMatchObject({ status: 'sent', late: false });
    },
  );

  it('heeds a holiday that was announced meanwhile', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await nudge(db, await dossier(db, { due: { ...DUE, on: '2026-10-23' } }), { plannedFor: '2026-10-20' });
    await db.holiday.create({ data: { date: day('2026-10-20'), kind: 'holiday', name: 'Nghỉ bù', source: 'Thông báo' } });
    expect(await digest('2026-10-20')).toBeNull();
  });
});

describe('what no longer stands when the mail is written', () => {
  it('is suppressed with its reason: paused, ended, changed, nobody to write to', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await commune(db, '14331', []);
    const paused = await nudge(db, await dossier(db, { due: DUE, paused: true }));
    const changed = await nudge(db, await dossier(db, { due: DUE }), { subjectOn: '2026-10-01' });
    const done = await dossier(db, { due: DUE });
    await db.cycle.update({ where: { id: done }, data: { stage: 'closed', step: 'ended', waitingFor: null, outcome: 'withdrawn' } });
    const ended = await nudge(db, done);
    const nobody = await nudge(db, await dossier(db, { communeCode: '14331', due: DUE }));
    expect(await digest('2026-10-12')).toMatchObject({ planned: 4, suppressed: 4, sent: 0, mails: 0 });
    const reasons = await Promise.all([paused, changed, ended, nobody].map(async (id) => (await row(id)).reasonVi));
    expect(reasons).toEqual([
      'Hồ sơ tạm dừng',
      'Việc đã xong hoặc thời hạn đã thay đổi',
      'Chu trình đã kết thúc',
      'Không có địa chỉ thư hợp lệ',
    ]);
    expect(smtp.taken()).toBe(0);
  });
});

describe('trouble at one place delays nobody else', () => {
  it('an address refused for good is marked, the office’s own address takes over, and without one the nudge ends as failed', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await commune(db, '14330', [{ id: 'chi' }]);
    await commune(db, '14331', [{ id: 'dung' }], 'xa14331@ocop.test');
    smtp.set('an@ocop.test', 'refuse');
    smtp.set('dung@ocop.test', 'refuse');
    const [refused, fine, moved] = await Promise.all(
      ['14329', '14330', '14331'].map(async (communeCode) => await nudge(db, await dossier(db, { communeCode, due: DUE }))),
    );
    expect(await digest('2026-10-12')).toMatchObject({ planned: 3, sent: 2, failed: 1, mails: 2 });
    expect(await row(refused ?? 0n)).toMatchObject({ status: 'failed', reasonVi: expect.stringContaining('không nhận địa chỉ') });
    expect((await row(fine ?? 0n)).status).toBe('sent');
    expect((await row(moved ?? 0n)).status).toBe('sent');
    expect((await smtp.mails()).map((mail) => mail.to).toSorted()).toEqual(['chi@ocop.test', 'xa14331@ocop.test']);
    expect(await db.person.findUniqueOrThrow({ where: { id: 'an' } })).toMatchObject({ emailProblem: '550 5.1.1' });
    const next = await nudge(db, (await row(refused ?? 0n)).cycleId ?? '', {
      ruleId: 'commune-assessment-1-day-leadership',
      plannedFor: '2026-10-13',
    });
    await digest('2026-10-13');
    expect(await row(next)).toMatchObject({ status: 'suppressed', reasonVi: 'Không có địa chỉ thư hợp lệ' });
  });

  it('a mail put off, or a server that hangs at one address, waits through the day while the others have theirs', async () => {
    const { db } = database;
    for (const [code, id] of [
      ['14329', 'an'],
      ['14330', 'chi'],
      ['14331', 'dung'],
    ] as const) {
      await commune(db, code, [{ id }]);
      await nudge(db, await dossier(db, { communeCode: code, due: DUE }));
    }
    smtp.set('an@ocop.test', 'put-off');
    smtp.set('dung@ocop.test', 'hang');
    let others = 0;
    smtp.onMail((to) => {
      if (to === 'chi@ocop.test') others += 1;
      smtp.set('dung@ocop.test', 'take');
    });
    expect(await digest('2026-10-12')).toMatchObject({ planned: 3, sent: 2, waiting: 1, mails: 2 });
    expect(others).toBe(1);
    smtp.set('an@ocop.test', 'take');
    expect(await digest('2026-10-13')).toMatchObject({ planned: 1, sent: 1, late: 1, mails: 1 });
  });

  it('a mail put off for more than three days ends as failed, with the sentence', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    const one = await nudge(db, await dossier(db, { due: { ...DUE, on: '2026-11-30' } }));
    smtp.set('an@ocop.test', 'put-off');
    for (const date of ['2026-10-12', '2026-10-13', '2026-10-14']) expect(await digest(date)).toMatchObject({ waiting: 1 });
    expect(await digest('2026-10-15')).toMatchObject({ waiting: 0, failed: 1 });
    expect(await row(one)).toMatchObject({ status: 'failed', reasonVi: 'Máy chủ thư của người nhận tạm từ chối quá 3 ngày' });
  });

  it('a dossier that cannot be read is reported and the rest of the commune’s mail goes', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    const [poison, sound] = [await dossier(db, { due: DUE }), await dossier(db, { due: DUE, product: 'Nem chua' })];
    const [bad, good] = [await nudge(db, poison), await nudge(db, sound)];
    await db.cycle.update({ where: { id: poison }, data: { step: 'no_such_step' } });
    expect(await digest('2026-10-12')).toMatchObject({ planned: 2, sent: 1, failed: 1 });
    expect(await row(bad)).toMatchObject({ status: 'failed', reasonVi: expect.stringContaining('không lập được thư') });
    expect((await row(good)).status).toBe('sent');
    expect((await db.nudgeRun.findUniqueOrThrow({ where: { id: '37/2026-10-12' } })).troubles).toEqual([
      { about: poison, kind: 'unreadable' },
    ]);
  });

  it('an inbox whose mail cannot be made at all is given up after three tries and shown in the report', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await commune(db, '14330', [{ id: 'chi' }]);
    const bad = await nudge(db, await dossier(db, { due: DUE }));
    await nudge(db, await dossier(db, { communeCode: '14330', due: DUE }));
    failing = (_call, { inbox }) => {
      if (inbox === 'person:an') throw new TypeError('broken');
    };
    expect(await digest('2026-10-12')).toMatchObject({ planned: 2, sent: 1, failed: 1, mails: 1 });
    expect((await row(bad)).status).toBe('failed');
    expect((await db.nudgeRun.findUniqueOrThrow({ where: { id: '37/2026-10-12' } })).troubles).toEqual([
      { about: 'person:an', kind: 'TypeError' },
    ]);
  });

  it('with the mail server down for two days nothing is lost: each officer gets one mail on the third, marked late', async () => {
    const { db } = database;
    const rows: bigint[] = [];
    for (let index = 0; index < 12; index += 1) {
      const code = String(14400 + index);
      await commune(db, code, [{ id: `p${index}` }]);
      rows.push(await nudge(db, await dossier(db, { communeCode: code, due: { ...DUE, on: '2026-10-16' } })));
    }
    await smtp.stop();
    expect(await digest('2026-10-12')).toMatchObject({ planned: 12, waiting: 12, mails: 0 });
    const extra = await dossier(db, { communeCode: '14400', due: { ...DUE, on: '2026-10-16' } });
    rows.push(await nudge(db, extra, { plannedFor: '2026-10-13' }));
    expect(await digest('2026-10-13')).toMatchObject({ planned: 13, waiting: 13, mails: 0 });
    smtp = await startSmtp(smtpPort);
    expect(await digest('2026-10-14')).toMatchObject({ planned: 13, sent: 12, merged: 1, late: 13, waiting: 0, mails: 12 });
    expect(new Set((await smtp.mails()).map((mail) => mail.to)).size).toBe(12);
    expect((await smtp.mails())[0]?.text).toContain('nhắc muộn, lẽ ra ngày 12/10/2026');
  });
});

describe('unassigned dossiers', () => {
  it('reach every officer of the office, or the office itself where it has none, and say so', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }, { id: 'bao' }]);
    await commune(db, '14330', [], 'xa14330@ocop.test');
    const shared = await nudge(db, await dossier(db, { due: DUE }));
    await nudge(db, await dossier(db, { due: DUE, officer: 'bao', product: 'Có người phụ trách' }), {
      ruleId: 'commune-assessment-5-days',
    });
    await nudge(db, await dossier(db, { communeCode: '14330', due: { ...DUE, on: '2026-10-29' } }));
    expect(await digest('2026-10-12')).toMatchObject({ planned: 3, mails: 3, waiting: 0 });
    const mails = new Map((await smtp.mails()).map((mail) => [mail.to, mail.text]));
    expect([...mails.keys()].toSorted()).toEqual(['an@ocop.test', 'bao@ocop.test', 'xa14330@ocop.test']);
    expect(mails.get('an@ocop.test')).toContain('(chưa phân công)');
    expect(mails.get('an@ocop.test')).not.toContain('Có người phụ trách');
    expect(mails.get('bao@ocop.test')).toContain('đang giữ 2 hồ sơ');
    expect(mails.get('xa14330@ocop.test')).toContain('CHƯA PHÂN CÔNG (1)');
    expect(await database.db.nudgeDelivery.count({ where: { nudgeId: shared, accepted: true } })).toBe(2);
  });
});
