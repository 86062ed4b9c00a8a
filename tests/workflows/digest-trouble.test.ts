/** Digests when an address, a mail server or a record fails. */
import { commune, dossier, nudge } from '../support/nudge-records';
import { DUE, useDigests } from './digests';

jest.setTimeout(120_000);
const digests = useDigests();
const { database, digest, row } = digests;

describe('trouble at one place delays nobody else', () => {
  it('an address refused for good is marked, the office’s own address takes over, and without one the nudge ends as failed', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    await commune(db, '14330', [{ id: 'chi' }]);
    await commune(db, '14331', [{ id: 'dung' }], 'xa14331@ocop.test');
    digests.smtp.set('an@ocop.test', 'refuse');
    digests.smtp.set('dung@ocop.test', 'refuse');
    const [refused, fine, moved] = await Promise.all(
      ['14329', '14330', '14331'].map(async (communeCode) => await nudge(db, await dossier(db, { communeCode, due: DUE }))),
    );
    expect(await digest('2026-10-12')).toMatchObject({ planned: 3, sent: 2, failed: 1, mails: 2 });
    expect(await row(refused ?? 0n)).toMatchObject({ status: 'failed', reasonVi: expect.stringContaining('không nhận địa chỉ') });
    expect((await row(fine ?? 0n)).status).toBe('sent');
    expect((await row(moved ?? 0n)).status).toBe('sent');
    expect((await digests.smtp.mails()).map((mail) => mail.to).toSorted()).toEqual(['chi@ocop.test', 'xa14331@ocop.test']);
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
    digests.smtp.set('an@ocop.test', 'put-off');
    digests.smtp.set('dung@ocop.test', 'hang');
    let others = 0;
    digests.smtp.onMail((to) => {
      if (to === 'chi@ocop.test') others += 1;
      digests.smtp.set('dung@ocop.test', 'take');
    });
    expect(await digest('2026-10-12')).toMatchObject({ planned: 3, sent: 2, waiting: 1, mails: 2 });
    expect(others).toBe(1);
    digests.smtp.set('an@ocop.test', 'take');
    expect(await digest('2026-10-13')).toMatchObject({ planned: 1, sent: 1, late: 1, mails: 1 });
  });

  it('a mail put off for more than three days ends as failed, with the sentence', async () => {
    const { db } = database;
    await commune(db, '14329', [{ id: 'an' }]);
    const one = await nudge(db, await dossier(db, { due: { ...DUE, on: '2026-11-30' } }));
    digests.smtp.set('an@ocop.test', 'put-off');
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
    digests.failWith(({ inbox }) => {
      if (inbox === 'person:an') throw new TypeError('broken');
    });
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
    await digests.smtp.stop();
    expect(await digest('2026-10-12')).toMatchObject({ planned: 12, waiting: 12, mails: 0 });
    const extra = await dossier(db, { communeCode: '14400', due: { ...DUE, on: '2026-10-16' } });
    rows.push(await nudge(db, extra, { plannedFor: '2026-10-13' }));
    expect(await digest('2026-10-13')).toMatchObject({ planned: 13, waiting: 13, mails: 0 });
    await digests.restartMail();
    expect(await digest('2026-10-14')).toMatchObject({ planned: 13, sent: 12, merged: 1, late: 13, waiting: 0, mails: 12 });
    expect(new Set((await digests.smtp.mails()).map((mail) => mail.to)).size).toBe(12);
    expect((await digests.smtp.mails())[0]?.text).toContain('nhắc muộn, lẽ ra ngày 12/10/2026');
  });
});
