/** Where the dossiers of the realistic season stand, and the steps that brought each there. */
import type { Step } from '../../domain/cycle/stages';
import type { LocalDate } from '../../domain/dates';
import type { RecordedDossier } from './manager-records';

export type Due = NonNullable<RecordedDossier['due']>;

/** Decisions with their day, how many certificates, how many producers filed again. */
export const DECISIONS: [number: string, issuedOn: LocalDate, by: string, count: number, filed: number][] = [
  ['1012/QĐ-UBND', '2023-10-27', 'UBND huyện Nghĩa Hưng (cũ)', 9, 5],
  ['2158/QĐ-UBND', '2023-11-16', 'UBND tỉnh Hà Nam (cũ)', 14, 9],
  ['2684/QĐ-UBND', '2023-12-20', 'UBND tỉnh Nam Định (cũ)', 41, 15],
  ['1047/QĐ-UBND', '2023-12-28', 'UBND tỉnh Ninh Bình', 23, 10],
  ['68/QĐ-UBND', '2024-01-18', 'UBND huyện Hải Hậu (cũ)', 12, 6],
  ['97/QĐ-UBND', '2024-01-26', 'UBND huyện Giao Thủy (cũ)', 8, 6],
  ['214/QĐ-UBND', '2024-03-06', 'UBND huyện Kim Sơn (cũ)', 17, 14],
  ['655/QĐ-UBND', '2024-03-29', 'UBND tỉnh Nam Định (cũ)', 27, 23],
  ['402/QĐ-UBND', '2024-05-24', 'UBND huyện Lý Nhân (cũ)', 16, 0],
  ['1190/QĐ-UBND', '2024-06-28', 'UBND tỉnh Nam Định (cũ)', 20, 0],
  ['935/QĐ-UBND', '2024-08-20', 'UBND tỉnh Hà Nam (cũ)', 15, 0],
  ['2377/QĐ-UBND', '2024-10-31', 'UBND tỉnh Nam Định (cũ)', 17, 0],
  ['1288/QĐ-UBND', '2024-12-10', 'UBND tỉnh Ninh Bình', 24, 0],
  ['2790/QĐ-UBND', '2024-12-27', 'UBND tỉnh Nam Định (cũ)', 34, 0],
  ['311/QĐ-UBND', '2025-03-14', 'UBND tỉnh Hà Nam (cũ)', 12, 0],
  ['1021/QĐ-UBND', '2025-05-29', 'UBND tỉnh Nam Định (cũ)', 19, 0],
  ['1416/QĐ-UBND', '2025-06-26', 'UBND tỉnh Ninh Bình', 15, 0],
  ['1893/QĐ-UBND', '2025-11-28', 'UBND tỉnh Ninh Bình', 23, 0],
  ['2051/QĐ-UBND', '2025-12-25', 'UBND tỉnh Ninh Bình', 19, 0],
  ['1377/QĐ-UBND', '2026-06-26', 'UBND tỉnh Ninh Bình', 7, 0],
];

export const THINGS =
  'Gạo nếp thơm;Kẹo sìu châu;Bánh gai;Trà hoa vàng;Na dai;Sơn mài treo tường;Cao lá đinh lăng;Mắm tôm;Nấm sò tươi;Thêu ren;Tinh dầu sả;Lụa tơ tằm;Rượu quê;Lạc đỏ sấy;Cây cảnh thế;Chả cá;Rượu cần;Bánh chưng;Giò dê;Rau muống VietGAP;Đinh lăng sấy khô;Gạo Bắc thơm;Mắm tép;Bánh nhãn;Tinh bột nghệ;Ngao sạch hút chân không;Cá kho;Miến dong;Mật ong hoa rừng;Nem chua;Trứng vịt muối;Bánh đa;Mứt dứa;Khoai lang sấy dẻo;Chuối ngự;Nước mắm cá cơm;Cói mỹ nghệ'.split(
    ';',
  );

export const PRODUCERS = ['Hợp tác xã nông nghiệp', 'Hộ kinh doanh', 'Công ty TNHH', 'Tổ hợp tác'];

/** Where a dossier stands, with its last day in time or nothing. */
export interface Place {
  step: Step;
  count: number;
  /** How the deadline stands: days from today to the last safe day, one after another. */
  due?: readonly LocalDate[];
  paused?: boolean;
  kind?: 'reevaluation' | 'new';
}

export const REEVALUATION: Pick<Due, 'kind' | 'source'> = {
  kind: 'dossier-submission',
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm a',
};

export const SOURCES: Record<string, string> = {
  supplement: 'Ngày hẹn bổ sung hồ sơ',
  'dossier-submission': 'Quyết định 26/2026/QĐ-TTg, Điều 5',
  'commune-assessment': 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 2',
  'provincial-scoring': 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm g',
  'national-scoring': 'Quyết định 26/2026/QĐ-TTg, Điều 5',
};

const many = (count: number, day: LocalDate): LocalDate[] => Array.from({ length: count }, () => day);

/** The season's dossiers: 71 in completion, 78 at communes, 42 at the province, 3 at the ministry, 9 to be certified, 9 ideas. */
export const PLACES: Place[] = [
  { step: 'awaiting_idea_review', count: 9, kind: 'new' },
  {
    step: 'awaiting_dossier',
    count: 9,
    kind: 'reevaluation',
    due: [...many(3, '2026-08-22'), ...many(2, '2026-08-30'), ...many(4, '2026-09-20')],
  },
  { step: 'awaiting_dossier', count: 14, kind: 'new', due: many(14, '2026-10-29') },
  { step: 'awaiting_dossier', count: 44, kind: 'new', due: many(44, '2027-04-08') },
  { step: 'awaiting_dossier', count: 4, kind: 'new', paused: true },
  {
    step: 'commune_review',
    count: 13,
    due: '2026-09-14 2026-09-17 2026-09-23 2026-09-23 2026-09-29 2026-10-01 2026-10-02 2026-10-06 2026-10-06 2026-10-06 2026-10-08 2026-10-09 2026-09-14'.split(
      ' ',
    ),
  },
  { step: 'commune_supplement', count: 1, due: ['2026-09-15'] },
  {
    step: 'commune_review',
    count: 12,
    due: [...many(3, '2026-10-12'), ...many(3, '2026-10-13'), ...many(4, '2026-10-14'), ...many(2, '2026-10-15')],
  },
  {
    step: 'commune_review',
    count: 38,
    due: [...many(5, '2026-10-16'), ...many(4, '2026-10-20'), ...many(5, '2026-10-22'), ...many(24, '2026-10-29')],
  },
  { step: 'commune_supplement', count: 11, due: [...many(2, '2026-10-16'), ...many(3, '2026-10-21'), ...many(6, '2026-10-28')] },
  { step: 'commune_review', count: 3, paused: true },
  { step: 'council_scoring', count: 3, due: ['2026-09-28', '2026-10-10', '2026-10-04'] },
  { step: 'council_scoring', count: 2, due: ['2026-10-12', '2026-10-14'] },
  {
    step: 'advisory_review',
    count: 15,
    due: [...many(3, '2026-10-18'), ...many(3, '2026-10-22'), ...many(9, '2026-11-09')],
  },
  { step: 'provincial_intake', count: 12, due: many(12, '2026-12-29') },
  { step: 'provincial_supplement', count: 4, due: many(4, '2026-11-05') },
  { step: 'awaiting_decision', count: 4, due: many(4, '2026-11-02') },
  { step: 'advisory_review', count: 2, paused: true },
  { step: 'awaiting_national_result', count: 3, due: ['2026-09-29', '2026-09-29', '2027-03-29'] },
  { step: 'awaiting_certificate', count: 5 },
  { step: 'awaiting_publication', count: 4 },
];

/** The steps before each, from the day the dossier was received. */
const BEFORE: Partial<Record<Step, [name: string, to: Step][]>> = {
  commune_review: [['submit-dossier', 'commune_review']],
  commune_supplement: [
    ['submit-dossier', 'commune_review'],
    ['request-supplement', 'commune_supplement'],
  ],
};

const AT_THE_PROVINCE: [string, Step][] = [
  ['submit-dossier', 'commune_review'],
  ['issue-commune-report', 'provincial_intake'],
  ['accept-package', 'advisory_review'],
  ['record-advisory-report', 'council_scoring'],
  ['record-council-result', 'awaiting_decision'],
  ['decide', 'awaiting_certificate'],
  ['issue-certificate', 'awaiting_publication'],
];

export function pathTo(step: Step): [string, Step][] {
  const before = BEFORE[step];
  if (before) return before;
  if (step === 'provincial_supplement') return [...pathTo('advisory_review'), ['request-supplement', step]];
  if (step === 'awaiting_national_result') return [...pathTo('awaiting_decision').slice(0, -1), ['record-council-result', step]];
  const end = AT_THE_PROVINCE.findIndex(([, to]) => to === step);
  return end === -1 ? [] : AT_THE_PROVINCE.slice(0, end + 1);
}
