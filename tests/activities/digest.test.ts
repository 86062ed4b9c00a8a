/** Single steps of a digest on the real database and mail server: what a cut-off, a changed wording or a hanging server leaves behind. */
import { createDigestActivities, type DigestActivities } from '../../activities/digest';
import { openLogger } from '../../clients/logger';
import { type Mailer, openMailer } from '../../clients/mail';
import { startOfDay } from '../../domain/dates';
import { shippedDigestTemplate } from '../../plans/mail-templates';
import { digestDeps } from '../../worker/digest-worker';
import { RULES } from '../domain/rules-of';
import { useDatabase } from '../support/env';
import { clearNudges, commune, dossier, nudge } from '../support/nudge-records';
import { startSmtp, type TestSmtp } from '../support/smtp';

const database = useDatabase();
const DAY = '2026-10-12';
const at = startOfDay(DAY) + 8 * 3_600_000;
const province = { provinceCode: '37', day: DAY, at };
const to = { ...province, inbox: 'person:an' };
const DUE = { kind: 'commune-assessment', on: '2026-10-14' };
let smtp: TestSmtp;
let mailer: Mailer;

beforeEach(async () => {
  smtp = await startSmtp();
  mailer = openMailer(smtp.url, 'OCOP <ocop@ocop.test>', { patienceMs: 500 });
  await clearNudges(database.db);
  await commune(database.db, '14329', [{ id: 'an' }]);
});
afterEach(async () => {
  mailer.close();
  await smtp.stop();
});

function activities(more: Partial<Mailer> = {}): DigestActivities {
  const parts = { db: database.db, mailer: { ...mailer, ...more }, log: openLogger('test', 'silent'), rules: RULES };
  return createDigestActivities(digestDeps({ ...parts, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>', freshMs: 0 }));
}

test('cut off between the server’s yes and the record, the mail goes again under the same id, is counted, and settles the ledger once', async () => {
  const { db } = database;
  const row = await nudge(db, await dossier(db, { due: DUE }));
  const dies: Partial<Mailer> = {
    deliver: async (mail) => {
      await mailer.deliver(mail);
      throw new Error('the process died here');
    },
  };
  await activities().beginDigest(province);
  await expect(activities(dies).sendDigest(to)).rejects.toThrow('died here');
  expect(await db.nudge.findUniqueOrThrow({ where: { id: row } })).toMatchObject({ status: 'planned' });
  expect(await activities().sendDigest(to)).toEqual({ kind: 'accepted' });
  const mails = await smtp.mails();
  expect(mails).toHaveLength(2);
  expect(mails[1]?.messageId).toBe(mails[0]?.messageId);
  expect(await activities().finishDigest(province)).toMatchObject({ planned: 1, sent: 1, mails: 1, repeats: 1 });
  expect(await activities().sendDigest(to)).toEqual({ kind: 'nothing' });
  expect(smtp.taken()).toBe(2);
});

test('a reminder about a step that was recorded later than it happened goes out, and tells the legal day', async () => {
  const { db } = database;
  await commune(db, '14331', [{ id: 'dung' }]);
  const id = await dossier(db, { communeCode: '14331', step: 'commune_supplement', enteredOn: '2026-09-28' });
  await db.cycle.update({ where: { id }, data: { stepEnteredAt: new Date(startOfDay('2026-09-25')) } });
  const row = await nudge(db, id, { ruleId: 'commune-supplement-10-days', subject: 'commune_supplement', subjectOn: '2026-09-28' });
  await activities().beginDigest(province);
  expect(await activities().sendDigest({ ...province, inbox: 'person:dung' })).toEqual({ kind: 'accepted' });
  expect(await db.nudge.findUniqueOrThrow({ where: { id: row } })).toMatchObject({ status: 'sent' });
  expect((await smtp.mails()).at(-1)?.text).toContain('Đã chờ 11 ngày làm việc');
});

test('a server that hangs holds nobody for longer than the patience, and the mail waits', async () => {
  const { db } = database;
  await nudge(db, await dossier(db, { due: DUE }));
  smtp.set('an@ocop.test', 'hang');
  await activities().beginDigest(province);
  expect(await activities().sendDigest(to)).toEqual({ kind: 'uncertain' });
  expect(await activities().finishDigest(province)).toMatchObject({ waiting: 1, mails: 0 });
});

test('a text that the server refuses ends as failed and leaves the address in use', async () => {
  const { db } = database;
  const row = await nudge(db, await dossier(db, { due: DUE }));
  smtp.set('an@ocop.test', 'refuse-text');
  await activities().beginDigest(province);
  expect(await activities().sendDigest(to)).toEqual({ kind: 'mail-refused' });
  expect(await db.nudge.findUniqueOrThrow({ where: { id: row } })).toMatchObject({
    status: 'failed',
    reasonVi: 'Máy chủ thư không nhận nội dung thư',
  });
  expect((await db.person.findUniqueOrThrow({ where: { id: 'an' } })).emailProblem).toBeNull();
});

test('an administrator’s wording is used from the next mail on; an unusable one is passed over', async () => {
  const { db } = database;
  await nudge(db, await dossier(db, { due: DUE }));
  const shipped = shippedDigestTemplate();
  const content = { ...shipped, vi: { ...shipped.vi, greeting: 'Trân trọng gửi {{office}}' } };
  await db.mailTemplate.create({ data: { id: 'digest', content, changedBy: 'a', changedAt: new Date(at) } });
  await activities().beginDigest(province);
  await activities().sendDigest(to);
  expect((await smtp.mails())[0]?.text).toContain('Trân trọng gửi UBND xã 14329');
});

test('two tries at once for one inbox settle its nudges once', async () => {
  const { db } = database;
  await commune(db, '14330', [{ id: 'bao' }, { id: 'chi' }]);
  const row = await nudge(db, await dossier(db, { communeCode: '14330', due: DUE }));
  await activities().beginDigest(province);
  const both = ['person:bao', 'person:chi'].map(async (inbox) => await activities().sendDigest({ ...province, inbox }));
  expect(await Promise.all(both)).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
  expect(await db.nudge.findUniqueOrThrow({ where: { id: row } })).toMatchObject({ status: 'sent', runId: '37/2026-10-12' });
});
