/** Digests: who gets one, what stands in it, and what no longer does. */
import { commune, day, dossier, nudge, province } from '../support/nudge-records';
import { DUE, LATE, useDigests } from './digests';

jest.setTimeout(120_000);
const digests = useDigests();
const { database, digest, row } = digests;

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
    const [mail, ...others] = await digests.smtp.mails();
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
    expect((await digests.smtp.mails()).map((mail) => mail.to)).toEqual(['an@ocop.test']);
    await digest('2026-10-13');
    expect((await digests.smtp.mails()).map((mail) => mail.to)).toEqual(['an@ocop.test', 'an@ocop.test']);
    expect(await row(later)).toMatchObject({ status: 'sent', late: true });
  });

  it('never calls a dossier overdue to somebody whose turn it is not', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await province(db, [{ id: 'binh' }]);
    const late = await dossier(db, { due: LATE, product: 'Mắm tép' });
    await nudge(db, late, { ruleId: 'commune-assessment-overdue-province', recipient: 'provincial_officer' });
    await digest('2026-10-12');
    const [mail] = await digests.smtp.mails();
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
      expect(digests.smtp.taken()).toBe(0);
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
    expect(digests.smtp.taken()).toBe(0);
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
    const mails = new Map((await digests.smtp.mails()).map((mail) => [mail.to, mail.text]));
    expect([...mails.keys()].toSorted()).toEqual(['an@ocop.test', 'bao@ocop.test', 'xa14330@ocop.test']);
    expect(mails.get('an@ocop.test')).toContain('(chưa phân công)');
    expect(mails.get('an@ocop.test')).not.toContain('Có người phụ trách');
    expect(mails.get('bao@ocop.test')).toContain('đang giữ 2 hồ sơ');
    expect(mails.get('xa14330@ocop.test')).toContain('CHƯA PHÂN CÔNG (1)');
    expect(await database.db.nudgeDelivery.count({ where: { nudgeId: shared, accepted: true } })).toBe(2);
  });
});
