import fc from 'fast-check';
import { addDays, type LocalDate } from '../../../domain/dates';
import { lastSafeDay } from '../../../domain/deadlines';
import { reportNamed, reportNudges, reportsDue } from '../../../domain/nudges/reports';
import { isWorkingDay, workingDayOnOrAfter } from '../../../domain/working-days';
import { CALENDAR, RULES } from '../rules-of';

const planOf = (id: string) => {
  const plan = RULES.plans.find((one) => one.id === id);
  if (!plan) throw new Error(id);
  return plan;
};
const NGOC_HOI = planOf('ngoc-hoi-2021-2025');
const on2024 = reportsDue(NGOC_HOI).filter(({ date }) => date.startsWith('2024'));
const nudges = (after: LocalDate, day: LocalDate) => reportNudges(NGOC_HOI, RULES.reportNudges, { after, day, calendar: CALENDAR });

describe('the reports of Ngọc Hồi', () => {
  it('fall due before the 20th of each month, before 10 December for the year', () => {
    expect(on2024.map(({ date }) => date)).toEqual([
      ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) => `2024-${month}-20`),
      '2024-12-10',
      '2024-12-20',
    ]);
    expect(on2024.every(({ operator }) => operator === 'before')).toBe(true);
    expect(on2024.map(lastSafeDay)[8]).toBe('2024-09-19');
  });

  it('are one where the month and the quarter fall together, and named so', () => {
    const subjects = on2024.map(({ date, subject }) => [date.slice(5, 7), subject.split('/')[1]]);
    expect(subjects.filter(([, duties]) => duties === 'monthly+quarterly').map(([month]) => month)).toEqual(['03', '06', '09', '12']);
    expect(on2024.map(({ title }) => title.vi)).toEqual(expect.arrayContaining(['Báo cáo tháng 9/2024, quý III/2024', 'Báo cáo năm 2024']));
    expect(reportNamed(RULES.plans, 'ngoc-hoi-2021-2025/monthly+quarterly', '2024-09-20')?.lines).toEqual([219]);
    expect(reportNamed(RULES.plans, 'ngoc-hoi-2021-2025/monthly', '2024-09-20')).toBeUndefined();
  });

  it('are owed within the plan’s period only', () => {
    const dates = reportsDue(NGOC_HOI).map(({ date }) => date);
    expect([dates[0], dates.at(-1)]).toEqual(['2021-01-20', '2025-12-20']);
    expect(dates).toHaveLength(5 * 13);
  });
});

it('what a plan wants done at its season’s end is owed once, by the office, on the plan’s day', () => {
  expect(reportsDue(planOf('lai-chau-2024'))).toEqual([
    {
      subject: 'lai-chau-2024/season-review',
      planId: 'lai-chau-2024',
      lines: [169],
      title: {
        vi: 'Việc cuối kỳ kế hoạch: Hội nghị tổng kết, đề ra nhiệm vụ năm 2025',
        en: 'At the end of the plan’s period: Year-end review and tasks for 2025',
      },
      source: { vi: expect.stringContaining('dòng 169'), en: expect.stringContaining('line 169') },
      date: '2024-12-31',
      operator: 'on_or_before',
      owner: 'provincial_officer',
    },
  ]);
  const span = { after: '2024-12-01', day: '2024-12-25', calendar: CALENDAR };
  expect(reportNudges(planOf('lai-chau-2024'), RULES.reportNudges, span)).toMatchObject([
    { ruleId: 'report-5-days', plannedFor: '2024-12-24' },
  ]);
});

it.each(RULES.plans.filter(({ id }) => ![NGOC_HOI.id, 'lai-chau-2024'].includes(id)).map(({ id }) => id))(
  'the plan %s names no date, so nothing is made up',
  (id) => {
    expect(reportsDue(planOf(id))).toEqual([]);
  },
);

describe('reminding of reports', () => {
  it('comes five working days and one before the last safe day, and once after it', () => {
    // Thursday 19 September 2024 is the last safe day.
    const all = nudges('2024-09-01', '2024-09-11').concat(nudges('2024-09-12', '2024-09-18'), nudges('2024-09-18', '2024-09-20'));
    expect(nudges('2024-09-01', '2024-09-11')).toEqual([]);
    expect(nudges('2024-09-11', '2024-09-12')).toMatchObject([{ ruleId: 'report-5-days', status: 'planned' }]);
    expect(all.map(({ ruleId, plannedFor }) => [ruleId, plannedFor])).toEqual([
      ['report-1-day', '2024-09-18'],
      ['report-overdue', '2024-09-20'],
    ]);
  });

  it('after days without a digest is caught up once: the last one stands, late, and those before it are passed over', () => {
    expect(nudges('2024-09-11', '2024-09-19').map(({ ruleId, status }) => [ruleId, status])).toEqual([
      ['report-5-days', 'passed-over'],
      ['report-1-day', 'late'],
    ]);
  });

  it('whatever the days on which digests ran, reminds of each report by each rule at most once and never before its day', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (gaps) => {
        let after: LocalDate = '2023-12-31';
        const seen = new Map<string, number>();
        for (const gap of gaps) {
          let day = addDays(after, gap);
          while (!isWorkingDay(CALENDAR, day)) day = addDays(day, 1);
          for (const { ruleId, due, plannedFor, status } of nudges(after, day)) {
            const key = `${due.date} ${ruleId}`;
            seen.set(key, (seen.get(key) ?? 0) + 1);
            expect(plannedFor > after && plannedFor <= day).toBe(true);
            expect(status === 'planned').toBe(workingDayOnOrAfter(CALENDAR, plannedFor) === day && status !== 'passed-over');
          }
          after = day;
        }
        expect([...seen.values()].every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
