/** A follow-up task from its event to the officer's mail: opened in the statement of the event, reminded of in digests, silent when it is done. */
import { createDigestActivities, type DigestActivities } from '../../activities/digest';
import { recordTransition } from '../../activities/record-transition';
import { openLogger } from '../../clients/logger';
import { type Mailer, openMailer } from '../../clients/mail';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { digestDeps } from '../../worker/digest-worker';
import { registration, Walk } from '../domain/cycle/walk';
import { RULES, rulesOf } from '../domain/rules-of';
import { useDatabase } from '../support/env';
import { commune, province } from '../support/nudge-records';
import { startSmtp, type TestSmtp } from '../support/smtp';

const database = useDatabase();
let smtp: TestSmtp;
let mailer: Mailer;
beforeAll(async () => {
  smtp = await startSmtp();
  mailer = openMailer(smtp.url, 'OCOP <ocop@ocop.test>');
  await commune(database.db, '14329', [{ id: 'an' }]);
  await province(database.db, [{ id: 'binh' }]);
});
afterAll(async () => {
  mailer.close();
  await smtp.stop();
});

function activities(): DigestActivities {
  const parts = { db: database.db, mailer, log: openLogger('test', 'silent'), rules: RULES };
  return createDigestActivities(digestDeps({ ...parts, publicUrl: 'https://ocop.test', mailFrom: 'OCOP <ocop@ocop.test>', freshMs: 0 }));
}

/** The province's digest of a day; the mail to its officer, if there is one. */
async function digest(day: LocalDate): Promise<string | undefined> {
  smtp.clear();
  const of = { provinceCode: '37', day, at: startOfDay(day) + 8 * 3_600_000 };
  await activities().beginDigest(of);
  for (const inbox of await activities().collectDigest(of)) await activities().sendDigest({ ...of, inbox });
  await activities().finishDigest(of);
  return (await smtp.mails()).find(({ to }) => to === 'binh@ocop.test')?.text.replaceAll(/\s+/g, ' ');
}

test('a certificate that runs out in Ninh Bình leaves the province the notice to its producer, until it is recorded as done', async () => {
  const { db } = database;
  const certificate = {
    code: 'C',
    number: null,
    star: 3,
    issuedOn: '2023-10-09',
    validUntil: '2026-10-09',
    decisionNumber: '1',
    issuedBy: null,
  } as const;
  const walk = new Walk(registration(rulesOf('qd-26-2026', 'ninh-binh-2026'), { certificate, on: '2026-10-01' })).until('2026-10-11');
  const { productCode } = walk.start;
  await db.producer.create({ data: { id: 'm', name: 'HTX Gia Viễn', communeCode: '14329' } });
  await db.product.create({ data: { code: productCode, name: 'Mật ong rừng', producerId: 'm', provinceCode: '37', communeCode: '14329' } });
  const { rules: _rules, ...state } = walk.state;
  for (const event of walk.events) {
    const entry = { event, state: { ...state, sequence: event.sequence }, planId: 'ninh-binh-2026', regimeId: 'qd-26-2026', key: null };
    expect(await recordTransition(db, entry)).toBe(true);
    expect(await recordTransition(db, entry)).toBe(false);
  }
  expect(await db.task.findMany()).toMatchObject([
    { followUpId: 'expiry-notice', office: 'province', status: 'open', planId: 'ninh-binh-2026' },
  ]);

  const first = await digest('2026-10-12');
  expect(first).toContain('Mật ong rừng');
  expect(first).toContain('Việc theo kế hoạch: Thông báo sản phẩm đã hết thời hạn 36 tháng (hạn 23/10/2026)');
  expect(await digest('2026-10-13')).toBeUndefined();
  expect(await digest('2026-10-20')).toContain('sắp đến hạn: Thông báo sản phẩm đã hết thời hạn 36 tháng (hạn 23/10/2026)');

  await db.task.updateMany({ data: { status: 'done' } });
  expect(await digest('2026-10-26')).toBeUndefined();
  const rows = await db.nudge.findMany({ where: { subject: 'task:expiry-notice' }, orderBy: { id: 'asc' } });
  expect(rows.map(({ ruleId, status, reasonVi }) => [ruleId.split('/').at(-1), status, reasonVi])).toEqual([
    // In one mail with the plan’s own reminder of the end.
    ['new', 'merged', null],
    ['soon', 'sent', null],
    ['overdue', 'suppressed', 'Việc theo kế hoạch đã xong hoặc không còn cần'],
    ['overdue-leadership', 'suppressed', 'Việc theo kế hoạch đã xong hoặc không còn cần'],
  ]);
});
