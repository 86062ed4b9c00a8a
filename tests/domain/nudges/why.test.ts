import { nudgesAhead } from '../../../domain/nudges/ahead';
import { type LedgerRow, whyNudged, type WhyFacts } from '../../../domain/nudges/why';
import { registration, Walk } from '../cycle/walk';
import { rulesOf } from '../rules-of';

const title = { vi: 'Nhắc trước hạn 2 ngày', en: '2 days before' };
const row = (more: Partial<LedgerRow>): LedgerRow => ({
  status: 'planned',
  plannedFor: '2026-10-12',
  settledOn: null,
  reason: null,
  title,
  ...more,
});
const facts = (rows: LedgerRow[], more: Partial<WhyFacts> = {}): WhyFacts => ({
  on: '2026-10-12',
  rows,
  dayOff: undefined,
  nextWorkingDay: '2026-10-12',
  closed: false,
  paused: false,
  next: { on: '2026-10-20', title },
  ...more,
});

describe('why an office was or was not reminded', () => {
  it.each([
    ['sent', [row({ status: 'merged', settledOn: '2026-10-12' })], {}, /^Đã nhắc trong thư tổng hợp ngày 12\/10\/2026/],
    [
      'day-off',
      [],
      { dayOff: { vi: 'Quốc khánh', en: 'National Day' }, nextWorkingDay: '2026-10-13' },
      /là ngày nghỉ \(Quốc khánh\).*13\/10\/2026/,
    ],
    [
      'suppressed',
      [row({ status: 'suppressed', settledOn: '2026-10-12', reason: { vi: 'Hồ sơ tạm dừng', en: 'Paused' } })],
      {},
      /: hồ sơ tạm dừng\.$/,
    ],
    [
      'failed',
      [row({ status: 'failed', settledOn: '2026-10-12', reason: { vi: 'Máy chủ từ chối', en: 'Refused' } })],
      {},
      /^Không gửi được/,
    ],
    ['sent-later', [row({ status: 'sent', settledOn: '2026-10-14' })], {}, /dự kiến ngày 12\/10\/2026 đến ngày 14\/10\/2026 mới gửi được/],
    ['waiting', [row({})], {}, /^Đang chờ gửi/],
    ['replaced', [row({ status: 'passed_over', settledOn: '2026-10-12' })], {}, /đã thay cho/],
    ['none', [row({ status: 'sent', settledOn: '2026-10-05', plannedFor: '2026-10-05' })], {}, /lần tiếp theo là ngày 20\/10\/2026/],
    ['none', [], { closed: true }, /chu trình đã kết thúc/],
    ['none', [], { paused: true }, /đang tạm dừng/],
    ['none', [], { next: undefined }, /chưa có lần tiếp theo/],
  ] as const)('%s: one sentence that rests on rows', (verdict, rows, more, sentence) => {
    const answer = whyNudged(facts([...rows], more));
    expect(answer.verdict).toBe(verdict);
    expect(answer.sentence.vi).toMatch(sentence);
    expect(answer.sentence.en).not.toBe('');
    if (!['none', 'day-off'].includes(verdict)) expect(answer.rows.length).toBeGreaterThan(0);
  });
});

test('what lies ahead is what then happens: each nudge of the preview falls due on its day, and no other', () => {
  const walk = new Walk(registration(rulesOf()));
  walk.does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
  const before = walk.events.length;
  const ahead = nudgesAhead(walk.state, '2026-12-31');
  expect(ahead.map((one) => one.ruleId)).toContain('commune-assessment-overdue-province');
  walk.until('2027-01-01');
  const happened = walk.events
    .slice(before)
    .flatMap((event) => event.nudges.filter((one) => one.status !== 'passed-over' && one.plannedFor <= '2026-12-31'));
  expect(ahead.map((one) => `${one.plannedFor} ${one.ruleId}`)).toEqual(happened.map((one) => `${one.plannedFor} ${one.ruleId}`));
});
