/** Reports that an office owes, through the digest's steps on the real database and mail server. */
import { createDigestActivities, type RunReport } from '../../activities/digest';
import { openLogger } from '../../clients/logger';
import { type Mailer, openMailer } from '../../clients/mail';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { digestDeps } from '../../worker/digest-worker';
import { RULES } from '../domain/rules-of';
import { useDatabase } from '../support/env';
import { clearNudges, commune, day, dossier, nudge } from '../support/nudge-records';
import { startSmtp, type TestSmtp } from '../support/smtp';

const database = useDatabase();
let smtp: TestSmtp;
let mailer: Mailer;

beforeEach(async () => {
  smtp = await startSmtp();
  mailer = openMailer(smtp.url, 'OCOP <ocop@ocop.test>', { patienceMs: 2000 });
  await clearNudges(database.db);
  await database.db.reportSubmission.deleteMany();
  const office = { code: '51', kind: 'province', name: 'Cơ quan OCOP Tỉnh Quảng Ngãi', provinceCode: '51' };
  await database.db.office.create({ data: office });
  await database.db.person.create({
    data: { id: 'tam', officeCode: '51', name: 'Tâm', role: 'provincial_officer', email: 'tam@ocop.test' },
  });
});
afterEach(async () => {
  mailer.close();
  await smtp.stop();
});

/** The province's digest of a day, as its workflow runs it. */
async function digest(date: LocalDate, provinceCode = '51'): Promise<RunReport | undefined> {
  const parts = { db: database.db, mailer, log: openLogger('test', 'silent'), rules: RULES, freshMs: 0 };
  const steps = createDigestActivities(digestDeps({ ...parts, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>' }));
  const today = { provinceCode, day: date, at: startOfDay(date) + 8 * 3_600_000 };
  if (!(await steps.beginDigest(today))) return undefined;
  for (const inbox of await steps.collectDigest(today)) await steps.sendDigest({ ...today, inbox });
  return await steps.finishDigest(today);
}

const ledger = async () =>
  (await database.db.nudge.findMany({ orderBy: { plannedFor: 'asc' } })).map(({ ruleId, subject, status, late }) => [
    ruleId,
    subject.split('/')[1],
    status,
    late,
  ]);

test('the month’s and the quarter’s report are one reminder, in the digest of the office that owes them and in the ledger', async () => {
  expect(await digest('2024-09-11')).toBeUndefined();
  expect(await digest('2024-09-12')).toMatchObject({ planned: 1, sent: 1, late: 0, mails: 1 });
  const [mail] = await smtp.mails();
  expect(mail?.to).toBe('tam@ocop.test');
  expect(mail?.subject).toBe('[OCOP 2024] Cơ quan OCOP tỉnh Quảng Ngãi: 1 báo cáo phải nộp');
  expect(mail?.text).toContain('Hôm nay không có hồ sơ nào đến lượt đơn vị; 1 báo cáo phải nộp.');
  expect(mail?.text).toContain('BÁO CÁO PHẢI NỘP (1)\n- Báo cáo tháng 9/2024, quý III/2024: Còn 5 ngày làm việc, chậm nhất 19/09/2024');
  expect(mail?.text).toContain('huyện Ngọc Hồi giai đoạn 2021-2025, dòng 219');
  expect(mail?.calendar).toContain('DTSTART;VALUE=DATE:20240919');
  expect(await ledger()).toEqual([['report-5-days', 'monthly+quarterly', 'sent', false]]);
  expect(await digest('2024-09-12')).toBeUndefined();
  expect(smtp.taken()).toBe(1);
});

test('days without digests are caught up once: the last reminder goes, marked late, the one before it was passed over', async () => {
  await digest('2024-09-10');
  await database.db.nudgeRun.create({
    data: { id: '51/2024-09-10', provinceCode: '51', day: day('2024-09-10'), startedAt: day('2024-09-10') },
  });
  expect(await digest('2024-09-23')).toMatchObject({ planned: 1, sent: 1, late: 1 });
  expect(await ledger()).toEqual([
    ['report-5-days', 'monthly+quarterly', 'passed_over', false],
    ['report-1-day', 'monthly+quarterly', 'passed_over', false],
    ['report-overdue', 'monthly+quarterly', 'sent', true],
  ]);
  expect((await smtp.mails())[0]?.text).toContain('(nhắc muộn, lẽ ra ngày 20/09/2024): Quá 2 ngày làm việc, chưa ghi nhận đã gửi');
});

test('a report that was handed in is not reminded of, nor what already waits about it', async () => {
  const { db } = database;
  smtp.set('tam@ocop.test', 'put-off');
  expect(await digest('2024-09-12')).toMatchObject({ planned: 1, waiting: 1, mails: 0 });
  const done = { officeCode: '51', subject: 'ngoc-hoi-2021-2025/monthly+quarterly', subjectOn: day('2024-09-20') };
  await db.reportSubmission.create({ data: { ...done, submittedOn: day('2024-09-13'), actorId: 'tam', recordedAt: day('2024-09-13') } });
  expect(await digest('2024-09-18')).toMatchObject({ planned: 1, suppressed: 1, mails: 0 });
  expect(await db.nudge.findMany()).toMatchObject([{ status: 'suppressed', reasonVi: 'Việc đã xong hoặc thời hạn đã thay đổi' }]);
});

test('without an address the reminder ends in the ledger with its sentence', async () => {
  await database.db.person.update({ where: { id: 'tam' }, data: { email: null } });
  expect(await digest('2024-09-12')).toMatchObject({ planned: 1, suppressed: 1, mails: 0 });
  expect(await database.db.nudge.findMany()).toMatchObject([{ officeCode: '51', cycleId: null, reasonVi: 'Không có địa chỉ thư hợp lệ' }]);
});

test('a person who asks for English gets English, the colleague beside them Vietnamese', async () => {
  const { db } = database;
  await db.person.update({ where: { id: 'tam' }, data: { language: 'en' } });
  await digest('2024-09-12');
  const [english] = await smtp.mails();
  expect(english?.subject).toBe('[OCOP 2024] Cơ quan OCOP tỉnh Quảng Ngãi: 1 report owed');
  expect(english?.text).toContain('- Report for month 9/2024, quarter III/2024: 5 working days left, by 19/09/2024');

  await commune(db, '14329', [{ id: 'an' }, { id: 'ben' }]);
  await db.person.update({ where: { id: 'ben' }, data: { language: 'en' } });
  await nudge(db, await dossier(db, { due: { kind: 'commune-assessment', on: '2026-10-14' } }));
  await digest('2026-10-12', '37');
  const mails = new Map((await smtp.mails()).map((mail) => [mail.to, mail]));
  expect(mails.get('an@ocop.test')?.text).toContain('Còn 2 ngày làm việc');
  expect(mails.get('ben@ocop.test')?.text).toContain('2 working days left');
  expect(mails.get('ben@ocop.test')?.calendar).toContain('SUMMARY:OCOP deadline');
});
