/** Two cycles of one product on the real engine: an older certificate in force while the later cycle's result is pending nationally. */
import { createCycleActivities } from '../../activities/cycle-activities';
import type { Registration } from '../../domain/cycle/register';
import type { LocalDate } from '../../domain/dates';
import { rulesOf } from '../domain/rules-of';
import { FULL_REPORT, registration, verdict } from '../domain/cycle/walk';
import { useDatabase, useTemporal } from '../support/env';
import { eventually } from '../support/eventually';
import { LiveCycle } from './live';

jest.setTimeout(180_000);
const database = useDatabase();
const temporal = useTemporal(() => createCycleActivities(database.db));
const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');

const start = async (more: Partial<Registration>, code?: string): Promise<LiveCycle> =>
  await LiveCycle.start({ client: temporal.client, db: database.db, taskQueue: temporal.taskQueue }, registration(R3, more), code);

const END: LocalDate = '2027-06-01';

/** A certificate that ends on 01/06/2027 and its re-evaluation, which has gone to the ministry. */
async function pendingNationally(): Promise<{ older: LiveCycle; later: LiveCycle }> {
  const issued = { number: null, star: 4 as const, issuedOn: '2024-06-01', validUntil: END, decisionNumber: '9/QĐ', issuedBy: null };
  const older = await start({ certificate: { ...issued, code: `OLD-${Math.random()}` }, on: '2026-12-07' });
  const predecessor = { cycleId: older.cycleId, validUntil: END, star: 4 as const };
  const { productCode } = await older.row();
  const later = await start({ kind: 'reevaluation', cycleNumber: 2, predecessor, on: '2026-12-07' }, productCode);
  await later.does('submit-dossier', {}, '2026-12-08');
  await later.does('issue-commune-report', FULL_REPORT, '2026-12-21');
  await later.does('accept-package', {}, '2026-12-28');
  await later.does('record-advisory-report', {}, '2027-01-05');
  await later.does('record-council-result', { verdict: verdict(276, 3) }, '2027-01-12');
  await later.does('decide', { decisionNumber: '900/QĐ', result: 'approve-and-forward' }, '2027-01-18');
  return { older, later };
}

const remindersOf = async ({ cycleId }: LiveCycle) =>
  (await database.db.nudge.findMany({ where: { cycleId, subject: 'older-certificate-expiry' }, orderBy: { id: 'asc' } })).map(
    ({ ruleId, subjectOn, plannedFor, status }) =>
      `${ruleId} about ${subjectOn.toISOString().slice(0, 10)} on ${plannedFor.toISOString().slice(0, 10)}: ${status}`,
  );

test('the province is alerted before the older certificate ends, and nothing extends it: it expires while the result is pending', async () => {
  const { older, later } = await pendingNationally();
  await later.until('2027-05-20');
  expect((await remindersOf(later)).map((one) => one.split(':')[0])).toEqual([
    'older-certificate-120-days about 2027-06-01 on 2027-02-01',
    'older-certificate-60-days about 2027-06-01 on 2027-04-02',
    'older-certificate-60-days-leadership about 2027-06-01 on 2027-04-02',
    'older-certificate-30-days-commune about 2027-06-01 on 2027-04-29',
    'older-certificate-14-days-leadership about 2027-06-01 on 2027-05-18',
  ]);
  expect((await later.row()).step).toBe('awaiting_national_result');
  expect(await older.untilEnd('2027-06-02')).toMatchObject({ outcome: 'expired' });
});

test('a decision that keeps the older certificate valid moves the later cycle’s alert to the new day, and taking it back moves it again', async () => {
  const { older, later } = await pendingNationally();
  await later.until('2027-02-02');
  await older.does('extend-deadline', { date: '2027-10-29' }, '2027-02-02', { sourceDocument: '31/UBND-NNMT' });
  await eventually(async () => expect((await later.state()).predecessor).toMatchObject({ validUntil: END, holdsUntil: '2027-10-29' }));
  expect((await later.state()).deadlines.find(({ kind }) => kind === 'older-certificate-expiry')?.date).toBe('2027-10-29');
  await later.until('2027-07-15');
  expect(await remindersOf(later)).toEqual([
    'older-certificate-120-days about 2027-06-01 on 2027-02-01: suppressed',
    'older-certificate-120-days about 2027-10-29 on 2027-07-01: planned',
  ]);
  await older.does('extend-deadline', { date: null }, '2027-02-03');
  await eventually(async () => expect((await later.state()).predecessor?.holdsUntil).toBe(END));
  expect((await later.recorded()).filter((name) => name === 'record-predecessor')).toHaveLength(2);
});
