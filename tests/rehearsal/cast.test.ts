import { type Act, nextAct, type Turn } from '../../rehearsal/cast';
import { chanceFrom } from '../../rehearsal/chance';
import { profileNames, readProfile as readFrom } from '../../rehearsal/profiles';
import { dueDeadline } from '../../domain/cycle/due';
import { lastSafeDay } from '../../domain/deadlines';
import { isWorkingDay } from '../../domain/working-days';
import { registration, verdict, Walk } from '../domain/cycle/walk';
import { RULES, rulesOf } from '../domain/rules-of';

const profiles = new Map(profileNames().map((name) => [name, readFrom(name)]));
const readProfile = (name: string) => profiles.get(name) ?? readFrom(name);
const NINH_BINH = RULES.plans.find((plan) => plan.id === 'ninh-binh-2026');
const start = registration(rulesOf('qd-26-2026', 'ninh-binh-2026'), { on: '2026-08-03' });
const inReview = () => new Walk(start).does('accept-idea', {}, '2026-08-05').does('submit-dossier', {}, '2026-08-10');

function turn(walk: Walk, more: Partial<Turn> = {}): Turn {
  return { state: walk.state, product: 'mật ong|hợp tác xã', visit: 1, today: walk.today, plan: NINH_BINH, ...more };
}

/** The acts of many products in one step. */
function acts(profile: string, walk: Walk, seed = '1'): (Act | undefined)[] {
  return Array.from({ length: 200 }, (_, index) => nextAct(readProfile(profile), seed, turn(walk, { product: `sản phẩm ${index}` })));
}

test('the shipped profiles can be read, each with its words', () => {
  expect(profileNames()).toEqual(['as-in-nghe-an', 'last-week-rush', 'punctual', 'silent']);
  for (const name of profileNames()) expect(readProfile(name).description.vi.length).toBeGreaterThan(20);
});

test('an unknown profile is answered with those there are', () => {
  expect(() => readProfile('lazy')).toThrow(/as-in-nghe-an, last-week-rush, punctual, silent/);
});

test('the same seed gives the same act, whoever was asked before; another seed gives others', () => {
  const walk = inReview();
  const [first, ...others] = acts('last-week-rush', walk);
  expect(acts('last-week-rush', walk)).toEqual([first, ...others]);
  expect(nextAct(readProfile('last-week-rush'), '1', turn(walk, { product: 'sản phẩm 0' }))).toEqual(first);
  expect(acts('last-week-rush', walk, '2')).not.toEqual([first, ...others]);
});

test('punctual communes answer on working days, after the plan’s window has opened, and never late', () => {
  const walk = inReview();
  const due = dueDeadline(walk.state);
  const days = acts('punctual', walk).map((act) => act?.on ?? '');
  expect(due).toBeDefined();
  for (const day of days) {
    expect(isWorkingDay(walk.state.rules.calendar, day)).toBe(true);
    expect(day <= (due ? lastSafeDay(due) : '')).toBe(true);
  }
  expect(new Set(days).size).toBeGreaterThan(5);
});

test('in the last-week rush some are late', () => {
  const walk = inReview();
  const due = dueDeadline(walk.state);
  const late = acts('last-week-rush', walk).filter((act) => act && due && act.on > lastSafeDay(due));
  expect(late.length).toBeGreaterThan(10);
  expect(late.length).toBeLessThan(60);
});

test('when the silent are asked nobody does anything', () => {
  expect(acts('silent', inReview()).every((act) => act === undefined)).toBe(true);
});

test('three years on most of those in Nghệ An do not ask for re-evaluation', () => {
  const walk = inReview();
  const state = { ...walk.state, stage: 'validity' as const, step: 'reevaluation_window' as const };
  const answers = Array.from({ length: 300 }, (_, index) =>
    nextAct(readProfile('as-in-nghe-an'), '1', { ...turn(walk), state, product: `sản phẩm ${index}` }),
  );
  const asked = answers.filter((act) => act?.does === 'register-reevaluation').length;
  expect(asked).toBeGreaterThan(15);
  expect(asked).toBeLessThan(70);
});

test('a certificate of a regime without a window is renewed in the days that the present decision gives', () => {
  const walk = inReview();
  const certificate = {
    code: 'c',
    number: null,
    star: 3 as const,
    issuedOn: '2024-12-05',
    validUntil: '2027-12-05',
    decisionNumber: null,
    issuedBy: null,
  };
  const rules = rulesOf('qd-148-2023', 'lai-chau-2024');
  const state = { ...walk.state, rules, certificate, stage: 'validity' as const, step: 'in_force' as const };
  const act = nextAct(readProfile('punctual'), '1', { ...turn(walk, { today: '2024-12-10' }), state });
  expect(act?.does).toBe('register-reevaluation');
  expect((act?.on ?? '') >= '2027-06-08' && (act?.on ?? '') <= '2027-08-07').toBe(true);
});

test('a supplement is asked for at the first visit only', () => {
  const walk = inReview();
  const again = Array.from({ length: 200 }, (_, index) =>
    nextAct(readProfile('last-week-rush'), '1', turn(walk, { product: `sản phẩm ${index}`, visit: 2 })),
  );
  expect(acts('last-week-rush', walk).some((act) => act?.does === 'request-supplement')).toBe(true);
  expect(again.some((act) => act?.does === 'request-supplement')).toBe(false);
});

test('the chair follows the council: recognised, forwarded from 90, refused below 50', () => {
  const decided = (sum: number): object | undefined => {
    const walk = inReview();
    const state = { ...walk.state, step: 'awaiting_decision' as const, facts: { ...walk.state.facts, council: verdict(sum, 1) } };
    return nextAct(readProfile('punctual'), '1', { ...turn(walk), state })?.body;
  };
  expect(decided(72)).toMatchObject({ result: 'recognise', star: 4 });
  expect(decided(93)).toMatchObject({ result: 'approve-and-forward' });
  expect(decided(42)).toMatchObject({ result: 'not-recognised' });
});

test('chances are spread evenly and picked by weight', () => {
  const picked = Array.from(
    { length: 2_000 },
    (_, index) => chanceFrom('7', `n${index}`).pick('one', [{ weight: 3 }, { weight: 1 }])?.weight,
  );
  const heavy = picked.filter((weight) => weight === 3).length;
  expect(heavy / 2_000).toBeGreaterThan(0.7);
  expect(heavy / 2_000).toBeLessThan(0.8);
});
