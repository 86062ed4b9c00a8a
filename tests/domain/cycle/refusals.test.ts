/**
 * Every way in which the procedure says no, word by word in both languages: refusals.json is the text that officials read. A changed wording is changed
 * there as well, on purpose.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '../../../domain/cycle/state';
import { decide, type Refusal } from '../../../domain/cycle/decide';
import { rulesOf } from '../rules-of';
import { actor, FULL_REPORT, nineOn, registration, verdict, Walk } from './walk';

const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
const R1 = rulesOf('qd-148-2023', 'lai-chau-2024');
const unreasoned = { noteId: '' };
const provincial = { actor: actor('provincial_staff') };
const commune = { actor: actor('commune_staff') };

const idea = (): Walk => new Walk(registration(R3));
const dossier = (): Walk => idea().does('accept-idea', {}, '2026-08-10');
const atCommune = (): Walk => dossier().does('submit-dossier', {}, '2026-09-07');
const intake = (): Walk => atCommune().does('issue-commune-report', FULL_REPORT, '2026-09-25');
const council = (): Walk => intake().does('accept-package', {}, '2026-10-05').does('record-advisory-report', {}, '2026-11-05');
const scored = (sum: number, more = {}): Walk => council().does('record-council-result', { verdict: verdict(sum, 3, more) }, '2026-12-01');
const recognised = (): Walk => scored(255).does('decide', { decisionNumber: '1/QĐ', result: 'recognise', star: 4 }, '2026-12-05');
const forwarded = (): Walk => scored(276).does('decide', { decisionNumber: '1/QĐ', result: 'approve-and-forward' }, '2026-12-05');
const district = (): Walk =>
  new Walk(registration(R1, { on: '2024-05-06' }))
    .does('accept-idea', {}, '2024-05-10')
    .does('submit-dossier', {}, '2024-08-01')
    .does('issue-commune-report', FULL_REPORT, '2024-08-15');
const certificate = (validUntil: string): Certificate => {
  return { code: 'C', number: null, star: 4, issuedOn: '2024-05-01', validUntil, decisionNumber: null, issuedBy: null };
};
const watched = (validUntil: string, rules = R3, on = '2026-11-23'): Walk =>
  new Walk(registration(rules, { on, certificate: certificate(validUntil) }));
const again = (): Walk =>
  new Walk(
    registration(R3, { kind: 'reevaluation', on: '2026-06-20', predecessor: { cycleId: 'X.1', validUntil: '2026-12-31', star: 4 } }),
  );
const unknown = (): Refusal => {
  const asked = { action: 'bribe', payload: {}, actor: actor('administrator'), on: '2026-08-03' };
  const decision = decide(idea().state, asked, nineOn('2026-08-03'));
  if (decision.ok) throw new Error('an unknown action was done');
  return decision.refusal;
};
const filed = { cycleId: 'X.2', kind: 'reevaluation', event: 'dossier-filed' } as const;
const remedies = { kind: 'periodic', finding: 'remediation' } as const;
const violation = { kind: 'ad-hoc', finding: 'violation' } as const;

const REFUSALS: Record<string, () => Refusal> = {
  'an unknown action': unknown,
  'an action of another step': () => idea().refuses('submit-dossier', {}, '2026-08-04'),
  'an action while paused': () => idea().does('pause', {}, '2026-08-04').refuses('accept-idea', {}, '2026-08-05'),
  'resuming what is not paused': () => idea().refuses('resume', {}, '2026-08-04'),
  'an action of another role': () => idea().refuses('accept-idea', {}, '2026-08-04', { actor: actor('manager') }),
  'another province': () =>
    idea().refuses('accept-idea', {}, '2026-08-04', { actor: { ...actor('provincial_staff'), office: '01', provinceCode: '01' } }),
  'another commune': () => idea().refuses('accept-idea', {}, '2026-08-04', { actor: { ...actor('commune_staff'), communeCode: '00004' } }),
  'the system’s own action by an administrator': () =>
    watched('2029-05-01').refuses('record-successor', filed, '2026-11-24', { actor: actor('administrator') }),
  'a day that does not exist': () => idea().refuses('accept-idea', {}, '2026-08-04', { on: '2026-02-30' }),
  'a day to come': () => idea().refuses('accept-idea', {}, '2026-08-04', { on: '2026-08-05' }),
  'a day before the preceding event': () => dossier().refuses('submit-dossier', {}, '2026-08-11', { on: '2026-08-09' }),
  'no reason': () => idea().refuses('decline-idea', {}, '2026-08-04', unreasoned),
  'a pause without a real end': () => idea().refuses('pause', { until: 'soon' }, '2026-08-04'),
  'a pause that ends at once': () => idea().refuses('pause', { until: '2026-08-04' }, '2026-08-04'),
  'a commune’s officer for the province': () => idea().refuses('assign-officer', { side: 'province', officerId: 'p' }, '2026-08-04'),
  'rules that are not there': () => idea().refuses('adopt-rules', {}, '2026-08-04', provincial),
  'a re-evaluation too early': () => again().refuses('submit-dossier', {}, '2026-07-03'),
  'a re-evaluation too late, without a reason': () => again().refuses('submit-dossier', {}, '2026-09-03', unreasoned),
  'a supplement without a real day': () => atCommune().refuses('request-supplement', { dueOn: '2026-9-9' }, '2026-09-08'),
  'a supplement due at once': () => atCommune().refuses('request-supplement', { dueOn: '2026-09-08' }, '2026-09-08'),
  'a report with items and samples missing': () =>
    atCommune().refuses('issue-commune-report', { assessedItems: ['local_origin', 'idea_origin'], samples: 4 }, '2026-09-08'),
  'an extension to no real day': () => atCommune().refuses('extend-deadline', { date: 'later' }, '2026-09-08'),
  'an extension backwards': () => atCommune().refuses('extend-deadline', { date: '2026-09-28' }, '2026-09-08'),
  'an extension without its document': () =>
    atCommune().refuses('extend-deadline', { date: '2026-09-29' }, '2026-09-08', { sourceDocument: '' }),
  'an extension of nothing': () =>
    forwarded()
      .does('record-national-result', { verdict: verdict(264, 3) }, '2027-03-15')
      .refuses('extend-deadline', { date: '2027-12-01' }, '2027-03-16'),
  'an extension of the window': () => watched('2027-05-01').refuses('extend-deadline', { date: '2027-06-01' }, '2026-11-24'),
  'an extension of a certificate without a dossier': () =>
    watched('2027-03-01').refuses('extend-deadline', { date: '2027-04-01' }, '2026-11-24'),
  'an extension of a certificate beyond 180 days': () =>
    watched('2027-05-01').does('record-successor', filed, '2026-11-24').refuses('extend-deadline', { date: '2027-10-29' }, '2026-11-25'),
  'an extension of a certificate where no rule knows it': () =>
    watched('2027-05-01', R1, '2024-06-01').refuses('extend-deadline', { date: '2027-06-01' }, '2024-06-02'),
  'taking back what was not extended': () => atCommune().refuses('extend-deadline', { date: null }, '2026-09-08'),
  'taking back what a certificate lives on': () =>
    watched('2027-05-01')
      .does('record-successor', filed, '2026-11-24')
      .does('extend-deadline', { date: '2027-10-28' }, '2026-11-26')
      .refuses('extend-deadline', { date: null }, '2027-06-01'),
  'a district’s three stars without a decision': () =>
    district().refuses('record-district-result', { verdict: verdict(180, 3, { route: 'district' }) }, '2024-10-20'),
  'a sum that cannot be': () => council().refuses('record-council-result', { verdict: verdict(301, 3) }, '2026-12-01'),
  'a band and a star above the points': () =>
    council().refuses('record-council-result', { verdict: verdict(207, 3, { band: 4, star: 4 }) }, '2026-12-01'),
  'a decision without number and star': () => scored(255).refuses('decide', { decisionNumber: ' ', result: 'recognise' }, '2026-12-05'),
  'a star above the proposal': () => scored(209).refuses('decide', { decisionNumber: '1', result: 'recognise', star: 4 }, '2026-12-05'),
  'a star that is not recognised': () => scored(209).refuses('decide', { decisionNumber: '1', result: 'recognise', star: 2 }, '2026-12-05'),
  'a provincial certificate for 90 points': () =>
    scored(276).refuses('decide', { decisionNumber: '1', result: 'recognise', star: 4 }, '2026-12-05'),
  'a star below the proposal without a reason': () =>
    scored(255).refuses('decide', { decisionNumber: '1', result: 'recognise', star: 3 }, '2026-12-05', unreasoned),
  'forwarding too few points': () => scored(269).refuses('decide', { decisionNumber: '1', result: 'approve-and-forward' }, '2026-12-05'),
  'an own evaluation before a national result': () =>
    scored(209).refuses('decide', { decisionNumber: '1', result: 'own-evaluation' }, '2026-12-05'),
  'not recognising against the proposal without a reason': () =>
    scored(255).refuses('decide', { decisionNumber: '1', result: 'not-recognised' }, '2026-12-05', unreasoned),
  'a national recognition without its decision': () =>
    forwarded().refuses('record-national-result', { verdict: verdict(276, 3) }, '2027-03-15'),
  'forwarding a second time': () =>
    forwarded()
      .does('record-national-result', { verdict: verdict(264, 3, { route: 'national' }) }, '2027-03-15')
      .refuses('decide', { decisionNumber: '2', result: 'approve-and-forward' }, '2027-03-16'),
  'a certificate that ends when it begins': () =>
    recognised().refuses('issue-certificate', { code: 'C', validUntil: '2026-12-10' }, '2026-12-10'),
  'remedies without a day': () => watched('2029-05-01').refuses('record-inspection', remedies, '2026-11-24'),
  'remedies at once': () => watched('2029-05-01').refuses('record-inspection', { ...remedies, remedyBy: '2026-11-24' }, '2026-11-24'),
  'a violation without a ground': () => watched('2029-05-01').refuses('record-inspection', violation, '2026-11-24', provincial),
  'a violation found by a commune': () =>
    watched('2029-05-01').refuses('record-inspection', { ...violation, ground: 'MARK_MISUSE' }, '2026-11-24', commune),
  'a revocation without ground and number': () =>
    watched('2029-05-01').refuses('revoke-certificate', { ground: 'BAD_LUCK', decisionNumber: ' ' }, '2026-11-24'),
  'a withdrawn decision without number': () => watched('2029-05-01').refuses('withdraw-decision', { decisionNumber: ' ' }, '2026-11-24'),
};

const EXPECTED = JSON.parse(readFileSync(join(__dirname, 'refusals.json'), 'utf8')) as Record<string, string[]>;

/** A refusal as its lines: kind and message, then each problem with its field. */
function lines({ kind, message, problems }: Refusal): string[] {
  return [`${kind}: ${message.vi} / ${message.en}`, ...problems.map((one) => `${one.field}: ${one.message.vi} / ${one.message.en}`)];
}

test.each(Object.keys(REFUSALS))('what is said about %s', (name) => {
  expect(REFUSALS[name] && lines(REFUSALS[name]())).toEqual(EXPECTED[name]);
});

test('no text is kept for a refusal that is not tried', () => {
  expect(Object.keys(EXPECTED)).toEqual(Object.keys(REFUSALS));
});
