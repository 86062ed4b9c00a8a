/** Whole cycles on the real engine: records, projection and agenda agree at every turn. */
import { createCycleActivities } from '../../activities/cycle-activities';
import { nextMoment } from '../../domain/cycle/agenda';
import type { Registration } from '../../domain/cycle/register';
import { rulesOf } from '../domain/rules-of';
import { FULL_REPORT, registration, verdict } from '../domain/cycle/walk';
import { useDatabase, useTemporal } from '../support/env';
import { LiveCycle } from './live';

jest.setTimeout(120_000);
const database = useDatabase();
const temporal = useTemporal(() => createCycleActivities(database.db));
const deps = () => ({ client: temporal.client, db: database.db, taskQueue: temporal.taskQueue });
const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');

const day = (date: Date | null | undefined): string | undefined => date?.toISOString().slice(0, 10);
const start = async (more: Partial<Registration> = {}, code?: string): Promise<LiveCycle> =>
  await LiveCycle.start(deps(), registration(R3, more), code);

/** Projection and search attributes say what the state says, and the engine's next moment is the agenda's. */
async function agrees(cycle: LiveCycle): Promise<void> {
  const [state, row] = [await cycle.state(), await cycle.row()];
  expect(row).toMatchObject({
    sequence: state.sequence,
    stage: state.stage,
    step: state.step,
    waitingFor: state.waitingFor,
    rulesVersion: state.rules.version,
  });
  const { OcopStage, OcopWaitingFor = null, OcopPlan, OcopCommune } = await cycle.searchAttributes();
  expect([OcopStage, OcopWaitingFor, OcopPlan, OcopCommune]).toEqual([
    state.stage,
    state.waitingFor,
    state.rules.planId,
    state.communeCode,
  ]);
  expect(row.receivedOn && day(row.receivedOn)).toBe(state.facts.receivedOn ?? null);
  const { rules: _rules, ...rest } = state;
  expect(row.state).toEqual(rest);
  const binding = await database.db.deadline.findMany({ where: { cycleId: cycle.cycleId, supersededAt: null } });
  expect(new Set(binding.map((one) => `${one.kind} ${one.operator} ${day(one.date)}`))).toEqual(
    new Set(state.deadlines.map((one) => `${one.kind} ${one.operator} ${one.date}`)),
  );
  if (state.stage !== 'closed') expect(nextMoment(state)?.at ?? Infinity).toBeGreaterThan(await cycle.now());
}

async function toCouncil(): Promise<LiveCycle> {
  const cycle = await start();
  await cycle.does('accept-idea', {}, '2026-08-10');
  await cycle.does('submit-dossier', {}, '2026-09-07');
  await cycle.does('issue-commune-report', FULL_REPORT, '2026-09-25');
  await cycle.does('accept-package', {}, '2026-10-05');
  await cycle.does('record-advisory-report', {}, '2026-11-05');
  return cycle;
}

test('a new product of two tiers goes to its certificate and 36 months later expires by itself', async () => {
  const cycle = await start();
  await agrees(cycle);
  await cycle.does('accept-idea', {}, '2026-08-10');
  await agrees(cycle);
  await cycle.does('submit-dossier', {}, '2026-09-07');
  await agrees(cycle);
  expect(day((await cycle.row()).dueOn)).toBe('2026-09-28');
  await cycle.does('issue-commune-report', FULL_REPORT, '2026-09-25');
  await cycle.does('accept-package', {}, '2026-10-05');
  await cycle.does('record-advisory-report', {}, '2026-11-05');
  await cycle.does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01');
  await agrees(cycle);
  await cycle.does('decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 3 }, '2026-12-10');
  await cycle.does('issue-certificate', { code: 'NB-0001', validUntil: '2029-12-15' }, '2026-12-15');
  await cycle.does('publish-result', {}, '2026-12-16');
  await agrees(cycle);
  await cycle.until('2029-07-01');
  await agrees(cycle);
  expect(await cycle.row()).toMatchObject({ step: 'reevaluation_window', waitingFor: 'producer', star: 3 });

  const end = await cycle.untilEnd('2030-01-05');
  expect(end).toMatchObject({ stage: 'closed', outcome: 'expired' });
  expect(await cycle.recorded()).toEqual(expect.arrayContaining(['register', 'accept-idea', 'open-window', 'miss-window', 'expire']));
  const expiry = await database.db.cycleEvent.findFirstOrThrow({ where: { cycleId: cycle.cycleId, name: 'expire' } });
  expect(day(expiry.legalOn)).toBe('2029-12-16');
  expect(await database.db.certificate.findUniqueOrThrow({ where: { code: 'NB-0001' } })).toMatchObject({ status: 'expired' });
  expect(await database.db.nudge.count({ where: { cycleId: cycle.cycleId, ruleId: 'certificate-121-days-last-call' } })).toBe(1);
});

test('three tiers, Lai Châu 2024: before 30/10/2024 at the district, before 30/11/2024 at the province', async () => {
  const rules = rulesOf('qd-148-2023', 'lai-chau-2024');
  const cycle = await LiveCycle.start(deps(), registration(rules, { on: '2024-05-06' }));
  await cycle.does('accept-idea', {}, '2024-05-10');
  await cycle.does('submit-dossier', {}, '2024-08-01');
  await cycle.does('issue-commune-report', FULL_REPORT, '2024-08-15');
  expect(await cycle.row()).toMatchObject({ stage: 'district_scoring', waitingFor: 'district', dueOperator: 'before' });
  expect(day((await cycle.row()).dueOn)).toBe('2024-10-30');
  await cycle.does('record-district-result', { verdict: verdict(225, 3) }, '2024-10-20');
  expect(day((await cycle.row()).dueOn)).toBe('2024-11-30');
  expect(day((await cycle.row()).lastSafeOn)).toBe('2024-11-29');
  await agrees(cycle);
  expect(await cycle.recorded()).toContain('record-district-result');
});

test('90 and more goes to the ministry without a certificate and comes back below 90 with both ways open', async () => {
  const cycle = await toCouncil();
  await cycle.does('record-council-result', { verdict: verdict(276, 3) }, '2026-12-01');
  await cycle.does('decide', { decisionNumber: '900/QĐ-UBND', result: 'approve-and-forward' }, '2026-12-10');
  expect(await cycle.row()).toMatchObject({ stage: 'national_scoring', waitingFor: 'ministry', certificateCode: null });
  await cycle.does('record-national-result', { verdict: verdict(264, 3, { route: 'province' }) }, '2027-03-15');
  await agrees(cycle);
  await cycle.does('decide', { decisionNumber: '55/QĐ-UBND', result: 'recognise', star: 4 }, '2027-04-02');
  expect(await cycle.row()).toMatchObject({ stage: 'certification', step: 'awaiting_certificate' });
  await agrees(cycle);
});

test('below 50 ends with the written notice, and an action after the end is refused by the records’ account', async () => {
  const cycle = await toCouncil();
  await cycle.does('record-council-result', { verdict: verdict(147, 3) }, '2026-12-01');
  await cycle.does('decide', { decisionNumber: '1/TB', result: 'not-recognised' }, '2026-12-05');
  const end = await cycle.does('publish-result', { noticeNumber: '17/TB' }, '2026-12-07');
  expect(end).toMatchObject({ stage: 'closed', outcome: 'not_recognised' });
  await agrees(cycle);
});

test('a supplement stops the commune’s clock, a refused action leaves nothing behind, a repeated key gets the first answer', async () => {
  const cycle = await start();
  await cycle.does('accept-idea', {}, '2026-08-10');
  const first = await cycle.does('submit-dossier', {}, '2026-09-07', { key: 'K-1' });
  expect(await cycle.does('submit-dossier', {}, '2026-09-07', { key: 'K-1' })).toEqual(first);
  const refusal = await cycle.refuses('accept-package', {}, '2026-09-08');
  expect(refusal).toMatchObject({ kind: 'not-now', step: 'commune_review' });
  expect(refusal.allowed).toContain('request-supplement');
  await cycle.does('request-supplement', { dueOn: '2026-09-21' }, '2026-09-14');
  await cycle.does('submit-supplement', {}, '2026-09-18');
  expect(day((await cycle.row()).dueOn)).toBe('2026-10-02');
  await agrees(cycle);
  expect((await cycle.recorded()).filter((name) => name !== 'remind')).toEqual([
    'register',
    'accept-idea',
    'submit-dossier',
    'request-supplement',
    'submit-supplement',
  ]);
  // The stage ended twice since: the engine forgot the key, the cycle did not.
  await cycle.does('issue-commune-report', FULL_REPORT, '2026-09-25');
  expect(await cycle.does('submit-dossier', {}, '2026-09-25', { key: 'K-1' })).toEqual(first);
});

test('a certificate imported in force is watched, and the upgrade of its product supersedes it', async () => {
  const issued = {
    code: 'NB-OLD',
    number: null,
    star: 3 as const,
    issuedOn: '2025-06-01',
    validUntil: '2028-06-01',
    decisionNumber: '9/QĐ',
    issuedBy: null,
  };
  const old = await start({ certificate: issued, on: '2026-08-03' });
  expect(await old.row()).toMatchObject({ stage: 'validity', step: 'in_force', certificateCode: 'NB-OLD' });
  const code = (await old.row()).productCode;
  const predecessor = { cycleId: old.cycleId, validUntil: '2028-06-01', star: 3 as const };
  const upgrade = await start({ kind: 'upgrade', cycleNumber: 2, predecessor, on: '2026-08-03' }, code);
  await upgrade.does('submit-dossier', {}, '2026-08-20');
  await upgrade.does('issue-commune-report', FULL_REPORT, '2026-09-01');
  await upgrade.does('accept-package', {}, '2026-09-05');
  await upgrade.does('record-advisory-report', {}, '2026-10-05');
  await upgrade.does('record-council-result', { verdict: verdict(225, 3) }, '2026-12-01');
  await upgrade.does('decide', { decisionNumber: '900/QĐ', result: 'recognise', star: 4 }, '2026-12-10');
  // The upgrade may fail or come too late: the old certificate stays where its dates put it, and its window would be reminded of.
  expect((await old.row()).step).toBe('in_force');
  await upgrade.does('issue-certificate', { code: 'NB-NEW', validUntil: '2029-12-15' }, '2026-12-15');
  await expect(temporal.client.workflow.getHandle(`ocop-cycle/${code}/1`).result()).resolves.toMatchObject({ outcome: 'superseded' });
  expect(await database.db.certificate.findMany({ where: { productCode: code }, orderBy: { code: 'asc' } })).toMatchObject([
    { code: 'NB-NEW', star: 4, status: 'in_force' },
    { code: 'NB-OLD', star: 3, status: 'superseded' },
  ]);
  expect(await old.recorded()).toEqual(expect.arrayContaining(['register', 'record-successor']));
});

test('eight actions at once across a stage’s end are each answered and recorded once', async () => {
  const cycle = await start();
  await cycle.does('accept-idea', {}, '2026-08-10');
  await cycle.does('submit-dossier', {}, '2026-09-07');
  const others = Array.from({ length: 7 }, (_, index) =>
    cycle.does('assign-officer', { side: 'commune', officerId: `o-${index}` }, '2026-09-07'),
  );
  await Promise.all([...others, cycle.does('issue-commune-report', FULL_REPORT, '2026-09-07')]);
  const names = await cycle.recorded();
  expect(names.filter((name) => name === 'assign-officer')).toHaveLength(7);
  expect((await cycle.row()).stage).toBe('provincial_scoring');
  await agrees(cycle);
});
