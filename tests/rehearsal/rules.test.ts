import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstDayOf, lastDayOf, parseChange, rehearsalRules } from '../../rehearsal/rules';

test('a date that is tried is written as a date or as people write it', () => {
  expect(parseChange('commune-assessment=15/10/2026')).toEqual({ window: 'commune-assessment', date: '2026-10-15' });
  expect(parseChange('commune-assessment=2026-10-15')).toEqual({ window: 'commune-assessment', date: '2026-10-15' });
});

test.each(['commune-assessment', 'commune-assessment=31/02/2026', '=2026-10-15'])('%s is refused with an example', (written) => {
  expect(() => parseChange(written)).toThrow(/ví dụ commune-assessment=2026-10-15/);
});

test('the plan’s window gets the new day and keeps its operator; other plans stay as they are', () => {
  const { plan, rules } = rehearsalRules('ninh-binh-2026', [{ window: 'commune-assessment', date: '2026-10-15' }]);
  const window = plan.windows.find((one) => one.id === 'commune-assessment');
  expect(window?.closes).toEqual({ date: '2026-10-15', operator: 'on_or_before' });
  expect(window?.opensOn).toBe('2026-09-01');
  expect(rules.plans.find((one) => one.id === 'ninh-binh-2026')).toEqual(plan);
  expect(rules.plans).toHaveLength(rehearsalRules('ninh-binh-2026', []).rules.plans.length);
});

test('a plan without windows gets one', () => {
  const { plan } = rehearsalRules('qd-26-2026', [{ window: 'provincial-scoring', date: '2026-12-01' }]);
  expect(plan.windows).toMatchObject([{ stage: 'provincial_scoring', closes: { date: '2026-12-01' } }]);
});

test('a date that no plan has is answered with those there are', () => {
  expect(() => rehearsalRules('ninh-binh-2026', [{ window: 'party', date: '2026-12-01' }])).toThrow(
    /idea-registration, commune-assessment, provincial-scoring/,
  );
});

test('an unknown plan is answered with those there are', () => {
  expect(() => rehearsalRules('nghe-an', [])).toThrow(/lai-chau-2024.*ninh-binh-2026.*qd-26-2026/);
});

test('a plan’s file is read, and its faults are told', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ocop-plan-')), 'thu-nghiem.json');
  const { plan } = rehearsalRules('ninh-binh-2026', []);
  writeFileSync(file, JSON.stringify({ ...plan, id: 'thu-nghiem', period: { from: '2026-13-01', to: '2026-12-31' } }));
  expect(() => rehearsalRules(file, [])).toThrow(/period/);
  expect(() => rehearsalRules('/nowhere/plan.json', [])).toThrow(/Không có tệp kế hoạch/);
});

test('a holiday table takes the place of the shipped one, and its faults are told', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ocop-days-')), 'calendar.json');
  const { calendar } = rehearsalRules('ninh-binh-2026', []).rules;
  const festival = { date: '2026-10-14', kind: 'holiday', name: 'Lễ hội', notice: '12/TB-UBND', certainty: 'confirmed' };
  writeFileSync(file, JSON.stringify([...calendar, festival]));
  expect(rehearsalRules('ninh-binh-2026', [], file).rules.calendar).toEqual([...calendar, festival]);
  writeFileSync(file, JSON.stringify([{ ...festival, kind: 'working_day_in_lieu' }]));
  expect(() => rehearsalRules('ninh-binh-2026', [], file)).toThrow(/2026-10-14 is a weekday anyway/);
  expect(() => rehearsalRules('ninh-binh-2026', [], '/nowhere/days.json')).toThrow(/Không có tệp lịch nghỉ/);
});

test('a rehearsal begins some weeks before the first date and lasts a season and 36 months', () => {
  const first = (id: string): string => {
    const { plan, rules } = rehearsalRules(id, []);
    return firstDayOf(plan, rules);
  };
  expect(first('ninh-binh-2026')).toBe('2026-07-01');
  expect(first('qd-26-2026')).toBe('2026-07-01');
  expect(first('lai-chau-2024').slice(0, 4)).toBe('2024');
  expect(lastDayOf('2026-07-01')).toBe('2030-09-01');
});
