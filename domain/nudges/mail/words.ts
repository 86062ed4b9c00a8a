/** The phrases of a digest: one place for each, Vietnamese first. "Quá hạn" is said to whose turn it is and to nobody else. */
import { STEPS } from '../../cycle/stages';
import { formatVietnamese, isoWeekday, type LocalDate } from '../../dates';
import type { Text } from '../../sources';
import { type Bucket, type Digest, heldTotal, type Line, type ReportLine, SOON_WORKING_DAYS } from '../lines';
import type { Language } from './template';

export const BUCKET_TITLES: Record<Bucket, Text> = {
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  soon: { vi: `Còn không quá ${SOON_WORKING_DAYS} ngày làm việc`, en: `${SOON_WORKING_DAYS} working days or less` },
  unassigned: { vi: 'Chưa phân công', en: 'Not assigned' },
  coming: { vi: 'Sắp tới', en: 'Coming' },
  elsewhere: { vi: 'Đang chờ nơi khác, cần theo dõi hoặc đôn đốc', en: 'Waiting elsewhere, to be followed or urged' },
};

const IN_COUNTS: Record<Bucket, Text> = {
  overdue: { vi: 'quá hạn', en: 'overdue' },
  soon: { vi: `còn không quá ${SOON_WORKING_DAYS} ngày làm việc`, en: `due within ${SOON_WORKING_DAYS} working days` },
  unassigned: { vi: 'chưa phân công', en: 'not assigned' },
  coming: { vi: 'sắp tới', en: 'coming' },
  elsewhere: { vi: 'cần theo dõi', en: 'to be followed' },
};

const PARTIES: Record<string, Text> = {
  producer: { vi: 'chờ chủ thể', en: 'the producer’s turn' },
  commune: { vi: 'chờ xã', en: 'the commune’s turn' },
  district: { vi: 'chờ cấp huyện trước đây', en: 'the former district’s turn' },
  province: { vi: 'chờ tỉnh', en: 'the province’s turn' },
  ministry: { vi: 'chờ bộ', en: 'the ministry’s turn' },
};

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `12/10/2026` in both languages: Vietnamese offices read it so. */
export const dayText = (date: LocalDate): string => formatVietnamese(date);

export function weekdayText(date: LocalDate, language: Language): string {
  return `${(language === 'vi' ? WEEKDAYS : DAYS)[isoWeekday(date) - 1] ?? ''}, ${dayText(date)}`;
}

/** `1 quá hạn, 2 còn không quá 3 ngày làm việc, 4 sắp tới`, one part per bucket that holds something. */
export function countParts({ totals }: Digest, language: Language): { bucket: Bucket; text: string }[] {
  const own = (['overdue', 'soon', 'unassigned', 'coming'] as const).filter((bucket) => totals[bucket] > 0);
  return own.map((bucket) => ({ bucket, text: `${totals[bucket]} ${IN_COUNTS[bucket][language]}` }));
}

/** `2 báo cáo` */
const reportsCount = ({ reports }: Digest, language: Language): string =>
  language === 'vi' ? `${reports.length} báo cáo` : `${reports.length} ${reports.length === 1 ? 'report' : 'reports'}`;

/** The counts of a subject line: the two most pressing kinds of dossiers, and the reports owed. */
export function subjectCounts(digest: Digest, language: Language): string {
  const dossiers = language === 'vi' ? 'hồ sơ' : 'dossiers';
  const kinds = (['overdue', 'soon', 'unassigned', 'coming', 'elsewhere'] as const).filter((bucket) => digest.totals[bucket] > 0);
  const counts = kinds.slice(0, 2).map((bucket) => {
    const [count, kind] = [digest.totals[bucket], IN_COUNTS[bucket][language]];
    return language === 'vi' ? `${count} ${dossiers} ${kind}` : `${count} ${count === 1 ? 'dossier' : dossiers} ${kind}`;
  });
  const owed = language === 'vi' ? 'phải nộp' : 'owed';
  return [...counts, ...(digest.reports.length > 0 ? [`${reportsCount(digest, language)} ${owed}`] : [])].join(', ');
}

/** How a sentence about all dossiers begins. */
export function heldSentence(digest: Digest, office: string, language: Language): { before: string; strong: string; after: string } {
  const held = heldTotal(digest);
  const { elsewhere } = digest.totals;
  if (held === 0 && elsewhere === 0) {
    const strong = reportsCount(digest, language);
    return language === 'vi'
      ? { before: 'Hôm nay không có hồ sơ nào đến lượt đơn vị; ', strong, after: ' phải nộp.' }
      : { before: 'No dossier is your office’s turn today; ', strong, after: ' to be handed in.' };
  }
  if (language === 'vi')
    return held > 0
      ? { before: `${office} đang giữ `, strong: `${held} hồ sơ`, after: '' }
      : {
          before: 'Hôm nay không có hồ sơ nào đến lượt đơn vị; ',
          strong: `${elsewhere} hồ sơ`,
          after: ' ở nơi khác cần theo dõi hoặc đôn đốc.',
        };
  const dossiers = (count: number): string => `${count} ${count === 1 ? 'dossier' : 'dossiers'}`;
  return held > 0
    ? { before: `${office} holds `, strong: dossiers(held), after: '' }
    : { before: 'No dossier is your office’s turn today; ', strong: dossiers(elsewhere), after: ' elsewhere should be followed or urged.' };
}

const working = (days: number, language: Language): string =>
  language === 'vi' ? `${days} ngày làm việc` : `${days} working ${days === 1 ? 'day' : 'days'}`;

/** `Quá 2 ngày làm việc`, `Còn 3 ngày làm việc`, `Hết hạn hôm nay`; certificates count plain days; elsewhere `Chậm 5 ngày làm việc`; without a limit how long it has waited. */
export function timeText(line: Line, language: Language): string {
  const { bucket, workingDays, days, age, step } = line;
  const vi = language === 'vi';
  if (STEPS[step].stage === 'validity' && days !== null && days > 0)
    return vi ? `Còn ${days} ngày` : `${days} ${days === 1 ? 'day' : 'days'} left`;
  if (workingDays === null) return vi ? `Đã chờ ${working(age, language)}` : `Waiting for ${working(age, language)}`;
  if (workingDays > 0) return vi ? `Còn ${working(workingDays, language)}` : `${working(workingDays, language)} left`;
  if (workingDays === 0) return vi ? 'Hết hạn hôm nay' : 'Due today';
  const over = working(-workingDays, language);
  if (bucket === 'elsewhere') return vi ? `Chậm ${over}` : `${over} behind`;
  return vi ? `Quá ${over}` : `${over} overdue`;
}

/** Time left for a report, or how long it is over. */
export function reportTimeText({ workingDays }: ReportLine, language: Language): string {
  const vi = language === 'vi';
  if (workingDays > 0) return vi ? `Còn ${working(workingDays, language)}` : `${working(workingDays, language)} left`;
  if (workingDays === 0) return vi ? 'Hết hạn hôm nay' : 'Due today';
  const over = working(-workingDays, language);
  return vi ? `Quá ${over}, chưa ghi nhận đã gửi` : `${over} over, not marked as handed in`;
}

/** Heads the reports of a digest. */
export const REPORTS_TITLE: Text = { vi: 'Báo cáo phải nộp', en: 'Reports owed' };

/** `chậm nhất 08/10/2026`, or that no limit binds. */
export function limitText({ lastSafeOn }: { lastSafeOn: LocalDate | null }, language: Language): string {
  if (lastSafeOn === null) return language === 'vi' ? 'không có hạn' : 'no limit';
  return `${language === 'vi' ? 'chậm nhất' : 'by'} ${dayText(lastSafeOn)}`;
}

/** Who and what is awaited; for dossiers elsewhere also what is asked of the reader; and the plan's tasks about the product. */
export function aboutText(line: Line, language: Language, withCommune: boolean): string {
  const elsewhere = line.bucket === 'elsewhere';
  const party = elsewhere && line.waitingFor !== null ? (PARTIES[line.waitingFor]?.[language] ?? '') : '';
  const tasks = [...new Set(line.nudges.filter((one) => one.task).map((one) => one.title[language]))];
  const asked = elsewhere ? (line.nudges.find((one) => !one.task)?.title[language] ?? tasks.shift() ?? '') : '';
  const parts = [line.producer, withCommune ? line.commune : '', party, asked || lowerFirst(STEPS[line.step].title[language]), ...tasks];
  return parts.filter(Boolean).join(' · ');
}

export function unassignedText(language: Language): string {
  return language === 'vi' ? 'chưa phân công' : 'not assigned';
}

/** When a nudge comes later than it should: the day it was meant for. */
export function lateText({ nudges }: Pick<Line | ReportLine, 'nudges'>, language: Language): string | undefined {
  const first = nudges
    .filter((one) => one.late)
    .map((one) => one.plannedFor)
    .sort()[0];
  if (first === undefined) return undefined;
  return language === 'vi' ? `nhắc muộn, lẽ ra ngày ${dayText(first)}` : `late, meant for ${dayText(first)}`;
}

export function moreText(more: number, language: Language): string {
  if (language === 'vi') return `và ${more} hồ sơ khác`;
  return `and ${more} more ${more === 1 ? 'dossier' : 'dossiers'}`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
