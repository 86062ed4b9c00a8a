import { pinRules } from '../../domain/rules';
import { workingCalendar } from '../../domain/holidays';
import { isLocalDate } from '../../domain/dates';
import { CALENDAR, plan, regime, RULES } from './rules-of';

const pinned = () =>
  pinRules({
    regime: regime('qd-26-2026'),
    plan: plan('ninh-binh-2026'),
    calendar: CALENDAR,
    nudges: RULES.nudges,
    finishBy: null,
    from: '2026-08-03',
  });

test('a cycle pins the days off from the December before its year on', () => {
  const calendar = {
    daysOff: ['2025-11-30', '2025-12-01', '2026-01-01'],
    workedSaturdays: ['2025-11-29', '2025-12-06'],
    announcedTo: '2026-12-31',
  };
  const rules = pinRules({
    regime: regime('qd-26-2026'),
    plan: plan('ninh-binh-2026'),
    calendar,
    nudges: [],
    finishBy: null,
    from: '2026-08-03',
  });
  expect(rules.calendar).toEqual({ daysOff: ['2025-12-01', '2026-01-01'], workedSaturdays: ['2025-12-06'], announcedTo: '2026-12-31' });
});

test('a cycle pins what deadlines and reminders need, no wording', () => {
  const rules = pinned();
  const { belowFifty, nudges, windows } = plan('ninh-binh-2026');
  expect(rules.version).toBe(`qd-26-2026+ninh-binh-2026@${plan('ninh-binh-2026').version}+${CALENDAR.announcedTo}`);
  expect(rules.nudges.map((rule) => rule.id)).toEqual([...RULES.nudges, ...nudges].map((rule) => rule.id));
  expect(rules.nudges.every((rule) => Object.keys(rule).join() === 'id,on,offset,to')).toBe(true);
  expect(rules.windows.map(({ stage, line }) => [stage, line])).toEqual(windows.map(({ stage, line }) => [stage, line]));
  expect(rules.belowFifty && [rules.belowFifty.returnsDossier, rules.belowFifty.line]).toEqual(
    belowFifty && [belowFifty.returnsDossier, belowFifty.line],
  );
});

test('the calendar of a table is in order, days off and worked Saturdays apart; a province’s own day wins', () => {
  const row = (date: string, kind: 'holiday' | 'working_day_in_lieu' | 'day_off_in_lieu') => {
    return { date, kind, name: 'n', notice: 't', certainty: 'confirmed' } as const;
  };
  const rows = [row('2026-09-02', 'holiday'), row('2026-08-22', 'working_day_in_lieu'), row('2026-08-31', 'day_off_in_lieu')];
  expect(workingCalendar(rows, [row('2026-08-31', 'working_day_in_lieu'), row('2026-08-01', 'holiday')])).toEqual({
    daysOff: ['2026-08-01', '2026-09-02'],
    workedSaturdays: ['2026-08-22', '2026-08-31'],
    announcedTo: '2026-12-31',
  });
  expect(workingCalendar(rows).daysOff).toEqual(['2026-08-31', '2026-09-02']);
});

test.each([
  ['2000-02-29', true],
  ['2100-02-29', false],
  ['2024-02-29', true],
  ['2026-04-31', false],
  ['2026-06-31', false],
  ['2026-09-31', false],
  ['2026-11-31', false],
  ['2026-00-10', false],
  ['2026-10-00', false],
])('whether %s is a day: %s', (date, real) => {
  expect(isLocalDate(date)).toBe(real);
});
