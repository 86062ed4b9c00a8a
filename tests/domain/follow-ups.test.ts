/** What a plan attaches to an event of a cycle becomes a task with an office, a date and reminders. */
import { taskReminderTitle } from '../../domain/follow-ups';
import type { CycleEvent } from '../../domain/cycle/events';
import { plan, RULES, rulesOf } from './rules-of';
import { FULL_REPORT, registration, verdict, Walk } from './cycle/walk';

const NINH_BINH = rulesOf('qd-26-2026', 'ninh-binh-2026');
const LAO_CAI = rulesOf('qd-26-2026', 'lao-cai-2026');
const tasksOf = (events: readonly CycleEvent[]): string[] =>
  events.flatMap(({ name, tasks }) => tasks.map((task) => `${name}: ${task.followUpId} ${task.office} ${task.dueOn}`));

const toCouncil = (rules: typeof NINH_BINH): Walk =>
  new Walk(registration(rules))
    .does('accept-idea', {}, '2026-08-10')
    .does('submit-dossier', {}, '2026-09-07')
    .does('issue-commune-report', FULL_REPORT, '2026-09-25')
    .does('accept-package', {}, '2026-10-05')
    .does('record-advisory-report', {}, '2026-11-05');

test('Ninh Bình: an accepted idea asks the province for an officer and for the support needs', () => {
  const walk = new Walk(registration(NINH_BINH)).does('accept-idea', {}, '2026-08-10');
  // Five and twenty working days on; 01/09 and 02/09 are days off.
  expect(tasksOf(walk.events)).toEqual(['accept-idea: officer province 2026-08-17', 'accept-idea: support-needs province 2026-09-09']);
  expect(walk.events.at(-1)?.nudges.filter((one) => one.subject === 'task:officer')).toMatchObject([
    { ruleId: 'ninh-binh-2026/officer/new', recipient: 'provincial_officer', plannedFor: '2026-08-10', subjectOn: '2026-08-17' },
    { ruleId: 'ninh-binh-2026/officer/soon', recipient: 'provincial_officer', plannedFor: '2026-08-12' },
    { ruleId: 'ninh-binh-2026/officer/overdue', recipient: 'provincial_officer', plannedFor: '2026-08-18' },
    { ruleId: 'ninh-binh-2026/officer/overdue-leadership', recipient: 'provincial_leadership', plannedFor: '2026-08-18' },
  ]);
});

test('Lào Cai: recognition opens support under Resolution 21/2025/NQ-HĐND and the logo, on the day of the decision', () => {
  const walk = toCouncil(LAO_CAI)
    .does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01')
    .does('decide', { decisionNumber: '9', result: 'recognise', star: 3 }, '2026-12-10');
  expect(tasksOf(walk.events)).toEqual([
    // Tết 2027 is not announced yet: days off there are not known.
    'decide: field-check province 2027-03-10',
    'decide: logo province 2027-01-11',
    'decide: support-policy province 2027-01-11',
    'decide: digital-promotion province 2027-02-08',
  ]);
  // Once: what happens later in the same step opens nothing again.
  walk.does('assign-officer', { side: 'commune', officerId: 'o-1' }, '2026-12-11');
  expect(tasksOf(walk.does('issue-certificate', { code: 'C', validUntil: '2029-12-15' }, '2026-12-15').events)).toHaveLength(4);
});

test('below 50 the commune is asked to coach the producer', () => {
  const walk = toCouncil(NINH_BINH)
    .does('record-council-result', { verdict: verdict(149, 3) }, '2026-12-01')
    .does('decide', { decisionNumber: '1', result: 'not-recognised' }, '2026-12-05')
    .does('publish-result', {}, '2026-12-07');
  expect(tasksOf(walk.events.slice(-2))).toEqual(['publish-result: coach-below-50 commune 2027-01-06']);
});

test('the end of the 36 months asks for the notice; a violation opens what the plan says', () => {
  const certificate = { code: 'C', number: null, star: 3, issuedOn: '2024-02-04', validUntil: '2027-02-04' } as const;
  const issued = { ...certificate, decisionNumber: null, issuedBy: null };
  const expired = new Walk(registration(NINH_BINH, { certificate: issued })).until('2027-02-06');
  expect(tasksOf(expired.events.slice(-1))).toEqual(['expire: expiry-notice province 2027-02-19']);
  const violated = new Walk(registration(LAO_CAI, { certificate: issued })).does(
    'record-inspection',
    { kind: 'ad-hoc', finding: 'violation', ground: 'PRODUCTION_CEASED' },
    '2026-09-01',
  );
  expect(tasksOf(violated.events)).toEqual(['record-inspection: violations province 2026-09-16']);
});

describe('what a plan asks for while a certificate holds', () => {
  const certificate = { code: 'C', number: null, star: 3, issuedOn: '2025-12-15', validUntil: '2028-12-15' } as const;
  const issued = { ...certificate, decisionNumber: null, issuedBy: null };
  const inForce = (rules: typeof NINH_BINH, on = '2026-03-02', validUntil = '2028-12-15'): Walk =>
    new Walk(registration(rules, { certificate: { ...issued, validUntil }, on }));

  test('becomes a task a month before each year in force is over, the last time by the certificate’s end', () => {
    const walk = inForce(LAO_CAI).until('2029-01-31');
    expect(walk.state.outcome).toBe('expired');
    expect(tasksOf(walk.events).filter((one) => one.includes('-check'))).toEqual([
      'year-in-force: market-check province 2027-03-04',
      'year-in-force: food-check province 2027-03-04',
      'year-in-force: market-check province 2028-03-03',
      'year-in-force: food-check province 2028-03-03',
    ]);
    const years = walk.events.filter(({ name }) => name === 'year-in-force');
    expect(years.map(({ on, actor }) => [on, actor.role])).toEqual([
      ['2027-02-02', 'system'],
      ['2028-02-02', 'system'],
    ]);
    expect(years[0]?.nudges.filter((one) => one.subject === 'task:food-check')).toMatchObject([
      { ruleId: 'lao-cai-2026/food-check/new', recipient: 'provincial_officer', plannedFor: '2027-02-02', subjectOn: '2027-03-04' },
      { ruleId: 'lao-cai-2026/food-check/soon' },
      { ruleId: 'lao-cai-2026/food-check/overdue', plannedFor: '2027-03-05' },
      { ruleId: 'lao-cai-2026/food-check/overdue-leadership', recipient: 'provincial_leadership', plannedFor: '2027-03-05' },
    ]);
  });

  test('is due by the certificate’s end where that comes first, and does not come where less than eleven months are left', () => {
    const ends = (validUntil: string) => tasksOf(inForce(LAO_CAI, '2026-03-02', validUntil).until('2029-01-01').events);
    expect(ends('2027-02-10').filter((one) => one.includes('food-check'))).toEqual(['year-in-force: food-check province 2027-02-10']);
    expect(ends('2027-02-02').filter((one) => one.includes('food-check'))).toEqual([]);
  });

  test('goes on through inspections and windows, once a year whatever the step', () => {
    const walk = inForce(NINH_BINH, '2026-03-02');
    const remedy = { kind: 'ad-hoc', finding: 'remediation', remedyBy: '2027-04-01' } as const;
    walk.does('record-inspection', remedy, '2027-02-01').does('record-inspection', { kind: 'ad-hoc', finding: 'compliant' }, '2027-03-20');
    walk.until('2028-10-01');
    expect(walk.events.filter(({ name }) => name === 'year-in-force').map(({ on, to }) => [on, to.step])).toEqual([
      ['2027-02-02', 'remediation'],
      ['2028-02-02', 'in_force'],
    ]);
  });

  test('a plan that asks for nothing costs no event', () => {
    const silent = { ...NINH_BINH, followUps: NINH_BINH.followUps.filter((one) => one.on !== 'in-force') };
    expect(
      inForce(silent)
        .until('2028-12-31')
        .events.map(({ name }) => name),
    ).not.toContain('year-in-force');
  });
});

test('the words of a reminder come from the plan', () => {
  expect(taskReminderTitle(RULES.plans, 'lao-cai-2026/logo/soon')?.vi).toBe(
    'Việc theo kế hoạch sắp đến hạn: Hỗ trợ bổ sung Logo OCOP trên bao bì',
  );
  expect(taskReminderTitle(RULES.plans, 'lao-cai-2026/logo/never')).toBeUndefined();
  expect(taskReminderTitle(RULES.plans, 'certificate-30-days')).toBeUndefined();
});

test('every task of a shipped plan names where its date comes from', () => {
  const tasks = RULES.plans.flatMap((one) => one.followUps.flatMap(({ task }) => task ?? []));
  expect(tasks.length).toBeGreaterThan(15);
  for (const { dueSource } of tasks) expect(dueSource).toMatch(/Mặc định của hệ thống|dòng \d+/);
  expect(plan('ninh-binh-2026').followUps.find((one) => one.id === 'officer')?.line).toBe(89);
});
