/** The periodic report as a draft: numbers from the records, what only people can judge left blank. */
import { type Stage, STAGE_TITLES } from '../../domain/cycle/stages';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { CertificateFact } from '../../domain/targets';
import { isReached, numbersOf } from '../../domain/targets';
import type { Block, Letter } from '../../documents/letter';
import { PARTY_TITLES } from '../cycles/parties';
import type { TargetRow } from '../targets/routes';
import type { CountedEvent, PeriodicFacts } from './periodic';
import { KIND_TITLES } from './rows';

export interface ReportPlace {
  /** The office that reports, and what stands above its name. */
  office: string;
  superior: string | null;
  /** Where it is: `Ninh Bình`. */
  place: string;
  /** `tỉnh Ninh Bình`, `xã Nam Hồng` */
  area: string;
  addressee: string;
  madeOn: LocalDate;
  communeName: (code: string) => string;
}

const EVENT_WORDS: Record<CountedEvent, string> = {
  'accept-idea': 'Ý tưởng sản phẩm được chấp nhận',
  'decline-idea': 'Ý tưởng không được chọn',
  'submit-dossier': 'Hồ sơ chủ thể nộp cho xã',
  'request-supplement': 'Hồ sơ được yêu cầu bổ sung',
  'issue-commune-report': 'Hồ sơ xã đã đánh giá và đề nghị cấp tỉnh',
  'accept-package': 'Hồ sơ cấp tỉnh tiếp nhận đủ',
  'return-package': 'Hồ sơ cấp tỉnh trả lại để hoàn thiện',
  'record-council-result': 'Hồ sơ có kết quả Hội đồng cấp tỉnh',
  decide: 'Hồ sơ có quyết định của cấp tỉnh',
  'record-national-result': 'Hồ sơ có kết quả trung ương',
  'issue-certificate': 'Sản phẩm được cấp giấy chứng nhận',
  'record-inspection': 'Sản phẩm được kiểm tra, giám sát',
  'recall-product': 'Sản phẩm bị yêu cầu thu hồi khỏi thị trường',
  'revoke-certificate': 'Giấy chứng nhận bị thu hồi',
  'withdraw-decision': 'Quyết định công nhận bị thu hồi',
  withdraw: 'Hồ sơ chủ thể rút',
};

const BEFORE_VALIDITY = (stage: Stage): boolean => stage !== 'validity' && stage !== 'closed';
const heading = (text: string): Block => ({ kind: 'paragraph', text, bold: true });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const list = (items: string[]): Block[] => (items.length > 0 ? [{ kind: 'list', items }] : []);
const BLANK = '…'.repeat(45);

/** The report; `targets` are those of the plan it is measured against, none without one. */
export function periodicLetter(facts: PeriodicFacts, targets: readonly TargetRow[], place: ReportPlace): Letter {
  const { period, asOf } = facts;
  const day = formatVietnamese(asOf);
  return {
    issuer: { superior: place.superior, office: place.office },
    kind: 'BÁO CÁO',
    about: `Tình hình thực hiện Chương trình OCOP ${period.title.vi} trên địa bàn ${place.area}`,
    symbol: 'BC-OCOP',
    place: place.place,
    on: null,
    addressees: [place.addressee],
    body: [
      paragraph(
        `Số liệu tổng hợp từ hồ sơ trên hệ thống từ ngày ${formatVietnamese(period.from)} đến hết ngày ${day}; lập ngày ${formatVietnamese(place.madeOn)}.`,
      ),
      heading('I. KẾT QUẢ THỰC HIỆN'),
      heading('1. Đăng ký tham gia'),
      paragraph(`Trong kỳ có ${facts.registered.length} sản phẩm đăng ký${byKind(facts)} (Phụ lục 1).`),
      heading('2. Xử lý hồ sơ trong kỳ'),
      ...happened(facts),
      paragraph(`Đến hết ngày ${day}, số hồ sơ đang ở từng giai đoạn:`),
      ...list(standing(facts)),
      paragraph(overdueSentence(facts, place.madeOn)),
      heading('3. Công nhận và giấy chứng nhận'),
      paragraph(
        `Trong kỳ có ${facts.recognised.length} sản phẩm được công nhận${byStar(facts.recognised)} (Phụ lục 2); ${facts.lapsed.length} sản phẩm hết thời hạn mà không được công nhận lại.`,
      ),
      paragraph(
        `Đến hết ngày ${day} có ${facts.inForce.length} sản phẩm còn giấy chứng nhận${byStar(facts.inForce)}, trong đó ${facts.ending.length} sản phẩm hết hạn trong 6 tháng tới (Phụ lục 3).`,
      ),
      ...targetBlocks(targets, day),
      heading(`${targets.length > 0 ? 'III' : 'II'}. KHÓ KHĂN, VƯỚNG MẮC`),
      paragraph(BLANK),
      heading(`${targets.length > 0 ? 'IV' : 'III'}. ĐỀ XUẤT, KIẾN NGHỊ`),
      paragraph(BLANK),
      paragraph('Trên đây là báo cáo tình hình thực hiện Chương trình OCOP./.'),
    ],
    receivers: ['Như trên', 'Lưu: VT'],
    signature: [{ lines: ['THỦ TRƯỞNG ĐƠN VỊ'] }],
    annexes: annexes(facts, place),
  };
}

function byKind({ registered }: PeriodicFacts): string {
  const parts = Object.entries(KIND_TITLES).flatMap(([kind, title]) => {
    const times = registered.filter((row) => row.kind === kind).length;
    return times > 0 ? [`${title.toLowerCase()}: ${times}`] : [];
  });
  return parts.length > 0 ? `, gồm ${parts.join(', ')}` : '';
}

function byStar(certificates: readonly CertificateFact[]): string {
  const parts = [5, 4, 3].flatMap((star) => {
    const times = certificates.filter((one) => one.star === star).length;
    return times > 0 ? [`${star} sao: ${times}`] : [];
  });
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function happened({ events }: PeriodicFacts): Block[] {
  const items = (Object.keys(EVENT_WORDS) as CountedEvent[])
    .filter((name) => events[name] > 0)
    .map((name) => `${EVENT_WORDS[name]}: ${events[name]}`);
  return items.length > 0 ? list(items) : [paragraph('Trong kỳ không có hồ sơ nào chuyển bước.')];
}

function standing({ stages }: PeriodicFacts): string[] {
  const items = stages.filter(({ stage }) => BEFORE_VALIDITY(stage)).map(({ stage, count }) => `${STAGE_TITLES[stage].vi}: ${count}`);
  return items.length > 0 ? items : ['Không có hồ sơ nào đang xử lý'];
}

function overdueSentence({ overdue }: PeriodicFacts, madeOn: LocalDate): string {
  const total = overdue.reduce((sum, { count }) => sum + count, 0);
  const parts = overdue.map(({ waitingFor, count }) => `${PARTY_TITLES[waitingFor as keyof typeof PARTY_TITLES].vi}: ${count}`);
  const day = formatVietnamese(madeOn);
  return total === 0
    ? `Tính đến ngày ${day} không có hồ sơ quá hạn.`
    : `Tính đến ngày ${day} có ${total} hồ sơ quá hạn, theo lượt xử lý: ${parts.join('; ')}.`;
}

function targetBlocks(targets: readonly TargetRow[], day: string): Block[] {
  if (targets.length === 0) return [];
  const rows = targets.map(({ target, counted }) => {
    if (!counted) return [target.title.vi, 'hồ sơ không ghi', '', `dòng ${target.line}`];
    const { numerator, denominator, share } = numbersOf(counted);
    const value = denominator === null ? String(numerator) : `${numerator}/${denominator}${share === null ? '' : ` (${shown(share)}%)`}`;
    const reached = isReached(target, counted);
    return [target.title.vi, value, reached === null ? '' : reached ? 'Đạt' : 'Chưa đạt', `dòng ${target.line}`];
  });
  const columns = [
    { header: 'Chỉ tiêu', width: 50 },
    { header: 'Thực hiện', width: 20 },
    { header: 'Kết quả', width: 14 },
    { header: 'Kế hoạch', width: 14 },
  ];
  return [heading('II. CHỈ TIÊU KẾ HOẠCH'), paragraph(`Tính đến hết ngày ${day}:`), { kind: 'table', columns, rows }];
}

const shown = (share: number): string => String(Math.floor(share * 10) / 10).replace('.', ',');

function annexes({ registered, recognised, ending }: PeriodicFacts, { communeName }: ReportPlace): Letter['annexes'] {
  const certificate = ({ product, producer, communeCode, star, issuedOn, holdsUntil }: CertificateFact, index: number): string[] => [
    String(index + 1),
    product,
    producer,
    communeName(communeCode),
    String(star),
    formatVietnamese(issuedOn),
    formatVietnamese(holdsUntil),
  ];
  const certificateColumns = [
    { header: 'TT', width: 8 },
    { header: 'Sản phẩm', width: 30 },
    { header: 'Chủ thể', width: 30 },
    { header: 'Xã, phường', width: 22 },
    { header: 'Hạng sao', width: 9 },
    { header: 'Ngày cấp', width: 17 },
    { header: 'Có giá trị đến', width: 17 },
  ];
  return [
    {
      title: 'Sản phẩm đăng ký trong kỳ',
      landscape: true,
      columns: [
        { header: 'TT', width: 8 },
        { header: 'Sản phẩm', width: 30 },
        { header: 'Chủ thể', width: 30 },
        { header: 'Xã, phường', width: 22 },
        { header: 'Hình thức', width: 14 },
        { header: 'Ngày đăng ký', width: 17 },
        { header: 'Nhu cầu hỗ trợ', width: 30 },
      ],
      rows: registered.map(({ product, producer, communeCode, kind, registeredOn, needs }, index) => [
        String(index + 1),
        product,
        producer,
        communeName(communeCode),
        KIND_TITLES[kind] ?? kind,
        formatVietnamese(registeredOn),
        needs ?? '',
      ]),
    },
    { title: 'Sản phẩm được công nhận trong kỳ', landscape: true, columns: certificateColumns, rows: recognised.map(certificate) },
    { title: 'Giấy chứng nhận hết hạn trong 6 tháng tới', landscape: true, columns: certificateColumns, rows: ending.map(certificate) },
  ];
}
