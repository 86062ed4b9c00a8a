/** Why an office was or was not reminded of a dossier on a day: one sentence from the ledger's rows, or from the agenda where it has none. */
import { formatVietnamese, type LocalDate } from '../dates';
import type { Text } from '../sources';

/** A ledger row, as far as the answer needs it. `settledOn` is the day on which it was sent or otherwise ended. */
export interface LedgerRow {
  status: 'planned' | 'late' | 'sent' | 'merged' | 'suppressed' | 'failed' | 'passed_over';
  plannedFor: LocalDate;
  settledOn: LocalDate | null;
  reason: Text | null;
  title: Text;
}

export interface WhyFacts {
  on: LocalDate;
  /** Rows of the dossier for the office. */
  rows: readonly LedgerRow[];
  /** Name of the day off; undefined on a working day. */
  dayOff: Text | undefined;
  nextWorkingDay: LocalDate;
  closed: boolean;
  paused: boolean;
  /** The next nudge that the agenda holds for the office. */
  next: { on: LocalDate; title: Text } | undefined;
}

export type Verdict = 'sent' | 'day-off' | 'suppressed' | 'failed' | 'waiting' | 'sent-later' | 'replaced' | 'none';

export interface Why {
  verdict: Verdict;
  sentence: Text;
  /** The rows that the sentence rests on. */
  rows: LedgerRow[];
}

/** Rows that could have spoken on that day: planned for it or before, and not ended before it. */
export function rowsAbout(rows: readonly LedgerRow[], on: LocalDate): LedgerRow[] {
  return rows.filter((row) => row.plannedFor <= on && (row.settledOn === null || row.settledOn >= on));
}

/** The answer. */
export function whyNudged(facts: WhyFacts): Why {
  const { on, dayOff, nextWorkingDay } = facts;
  const about = rowsAbout(facts.rows, on);
  const some = (test: (row: LedgerRow) => boolean): LedgerRow[] => about.filter(test);
  const isSent = ({ status }: LedgerRow): boolean => status === 'sent' || status === 'merged';
  const day = formatVietnamese(on);
  const answer = (verdict: Verdict, rows: LedgerRow[], vi: string, en: string): Why => ({ verdict, rows, sentence: { vi, en } });
  const named = (rows: LedgerRow[]): Text => rows[0]?.title ?? { vi: '', en: '' };

  const sent = some((row) => isSent(row) && row.settledOn === on);
  if (sent.length > 0)
    return answer(
      'sent',
      sent,
      `Đã nhắc trong thư tổng hợp ngày ${day}: ${named(sent).vi}.`,
      `Reminded in the digest of ${on}: ${named(sent).en}.`,
    );
  if (dayOff)
    return answer(
      'day-off',
      about,
      `Ngày ${day} là ngày nghỉ (${dayOff.vi}) nên không có thư; ngày làm việc tiếp theo là ${formatVietnamese(nextWorkingDay)}.`,
      `${on} is a day off (${dayOff.en}), so no mail is sent; the next working day is ${nextWorkingDay}.`,
    );
  for (const verdict of ['suppressed', 'failed'] as const) {
    const rows = some((row) => row.status === verdict);
    const [row] = rows;
    if (row) {
      const [vi, en] = verdict === 'suppressed' ? ['Không gửi', 'Not sent'] : ['Không gửi được', 'Could not be sent'];
      return answer(
        verdict,
        rows,
        `${vi} “${row.title.vi}”: ${lowerFirst(row.reason?.vi ?? '')}.`,
        `${en}, “${row.title.en}”: ${lowerFirst(row.reason?.en ?? '')}.`,
      );
    }
  }
  const later = some((row) => isSent(row) && row.settledOn !== on);
  const [first] = later;
  if (first?.settledOn)
    return answer(
      'sent-later',
      later,
      `Lần nhắc dự kiến ngày ${formatVietnamese(first.plannedFor)} đến ngày ${formatVietnamese(first.settledOn)} mới gửi được.`,
      `The nudge planned for ${first.plannedFor} could only be sent on ${first.settledOn}.`,
    );
  const waiting = some((row) => row.settledOn === null);
  if (waiting.length > 0)
    return answer(
      'waiting',
      waiting,
      `Đang chờ gửi: ${named(waiting).vi}; sẽ đi cùng thư tổng hợp tới.`,
      `Waiting to be sent: ${named(waiting).en}; it goes with the next digest.`,
    );
  const replaced = some((row) => row.status === 'passed_over');
  if (replaced.length > 0)
    return answer(
      'replaced',
      replaced,
      'Lần nhắc sau của cùng việc này đã thay cho lần nhắc này.',
      'A later nudge about the same thing took its place.',
    );
  return answer('none', [], ...nonePlanned(facts));
}

function nonePlanned({ on, closed, paused, next }: WhyFacts): [string, string] {
  const day = formatVietnamese(on);
  if (closed)
    return [`Không có lần nhắc nào cho ngày ${day}: chu trình đã kết thúc.`, `No nudge was planned for ${on}: the cycle has ended.`];
  if (paused)
    return [`Không có lần nhắc nào cho ngày ${day}: hồ sơ đang tạm dừng.`, `No nudge was planned for ${on}: the dossier is paused.`];
  if (!next)
    return [
      `Không có lần nhắc nào được lên lịch cho ngày ${day} và chưa có lần tiếp theo.`,
      `No nudge was planned for ${on}, and none is coming.`,
    ];
  return [
    `Không có lần nhắc nào được lên lịch cho ngày ${day}; lần tiếp theo là ngày ${formatVietnamese(next.on)}: ${next.title.vi}.`,
    `No nudge was planned for ${on}; the next is on ${next.on}: ${next.title.en}.`,
  ];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
