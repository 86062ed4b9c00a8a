/** Minutes of a council's session ("Biên bản"): who took part, what was settled, every product's result. A draft for the secretary to finish and sign. */
import { formatVietnamese, type LocalDate } from '../domain/dates';
import { vietnameseDecimal } from '../domain/stars/totals';
import type { Block, Letter } from './letter';

export interface MinutesMember {
  code: string;
  name: string;
  role: string;
  position: string | null;
  /** On how many dossiers the member's sheet counts. */
  sheets: number;
}

export interface MinutesDossier {
  productName: string;
  productCode: string;
  producerName: string;
  commune: string;
  productSet: number;
  members: number;
  sum: number | null;
  mean: string | null;
  spread: number | null;
  band: number | null;
  star: number | null;
  route: string;
  missedMinimums: { criterion: string; title: string; level: number }[];
  /** Members who took no part because of an interest. */
  recused: string[];
  scoringRounds: number;
  presides: string | null;
  excluded: string | null;
}

export interface Minutes {
  issuer: { superior: string | null; office: string };
  place: string;
  written: boolean;
  heldOn: LocalDate;
  closedOn: LocalDate;
  venue: string | null;
  council: { name: string; decisionNumber: string; decisionOn: LocalDate };
  rules: { title: string; quorum: string };
  chair: string;
  members: MinutesMember[];
  dossiers: MinutesDossier[];
}

/** Where a result leads, as minutes say it. */
const ROUTES: Record<string, string> = {
  province: 'đề nghị Chủ tịch UBND tỉnh công nhận',
  district: 'thuộc thẩm quyền cấp huyện',
  national: 'đề nghị phê duyệt kết quả và chuyển cấp trung ương đánh giá',
  'not-recognised': 'không đạt, thông báo bằng văn bản',
  'human-decides': 'chưa đạt yêu cầu tối thiểu của hạng theo điểm, trình quyết định',
  disqualified: 'hồ sơ bị loại',
};

const ORDER = ['national', 'province', 'district', 'human-decides', 'not-recognised', 'disqualified'];

/** The minutes as a letter. */
export function councilMinutes(minutes: Minutes): Letter {
  const { council, written, heldOn, dossiers } = minutes;
  const round = written ? 'lấy ý kiến bằng văn bản' : 'họp';
  return {
    issuer: minutes.issuer,
    kind: 'BIÊN BẢN',
    about: written ? 'Lấy ý kiến bằng văn bản đánh giá lại sản phẩm OCOP' : 'Họp Hội đồng đánh giá, phân hạng sản phẩm OCOP',
    symbol: 'BB-HĐ',
    place: minutes.place,
    on: minutes.closedOn,
    addressees: [],
    body: [
      paragraph(
        `Căn cứ Quyết định số ${council.decisionNumber} ngày ${formatVietnamese(council.decisionOn)} về việc thành lập ${council.name};`,
      ),
      paragraph(`Căn cứ ${minutes.rules.title};`),
      paragraph(
        written
          ? `Hội đồng lấy ý kiến các thành viên bằng văn bản, hạn gửi ý kiến ngày ${formatVietnamese(heldOn)}, kết thúc ngày ${formatVietnamese(minutes.closedOn)}, với nội dung như sau:`
          : `Ngày ${formatVietnamese(heldOn)}${minutes.venue === null ? '' : `, tại ${minutes.venue}`}, Hội đồng ${round} với nội dung như sau:`,
      ),
      ...attendance(minutes),
      ...proceedings(minutes),
      ...results(minutes),
      paragraph('Biên bản được lập theo kết quả phiếu chấm của từng thành viên; phiếu chấm được lưu cùng hồ sơ của phiên./.'),
    ],
    receivers: ['Chủ tịch UBND tỉnh (báo cáo)', 'Các thành viên Hội đồng', `Lưu: VT, hồ sơ ${dossiers.length} sản phẩm`],
    signature: [{ lines: ['THƯ KÝ'] }, { lines: ['CHỦ TRÌ'], name: minutes.chair }],
    annexes: [resultAnnex(minutes)],
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const section = (text: string): Block => ({ kind: 'paragraph', text, bold: true });

function attendance({ members, chair, rules }: Minutes): Block[] {
  const present = members.filter(({ sheets }) => sheets > 0);
  return [
    section('I. THÀNH PHẦN'),
    paragraph(`Chủ trì: ${chair}.`),
    paragraph(`Số thành viên tham gia chấm điểm: ${present.length}/${members.length}. Quy định: ${rules.quorum}.`),
    {
      kind: 'table',
      columns: [
        { header: 'TT', width: 6 },
        { header: 'Họ và tên', width: 28 },
        { header: 'Chức danh trong Hội đồng', width: 24 },
        { header: 'Chức vụ, đơn vị', width: 30 },
        { header: 'Số phiếu', width: 12 },
      ],
      rows: members.map(({ code, name, role, position, sheets }) => [
        code,
        name,
        role,
        position ?? '',
        sheets > 0 ? String(sheets) : 'Vắng',
      ]),
    },
  ];
}

function proceedings({ dossiers }: Minutes): Block[] {
  const recused = dossiers.flatMap(({ productName, recused: people }) =>
    people.length > 0
      ? [`${productName}: ${people.join(', ')} có lợi ích liên quan, không tham gia chấm và không tính vào số thành viên của hồ sơ này.`]
      : [],
  );
  const presided = dossiers.flatMap(({ productName, presides }) =>
    presides === null ? [] : [`${productName}: ${presides} chủ trì theo ủy quyền.`],
  );
  const again = dossiers
    .filter(({ scoringRounds }) => scoringRounds > 1)
    .map(
      ({ productName, scoringRounds }) =>
        `${productName}: thảo luận và chấm lại (${scoringRounds} lần chấm); phiếu các lần trước được lưu, không tính điểm.`,
    );
  const excluded = dossiers.flatMap(({ productName, excluded: reason }) => (reason === null ? [] : [`${productName}: ${reason}.`]));
  return [
    section('II. DIỄN BIẾN'),
    ...listed('1. Lợi ích liên quan', recused, 'Không có thành viên nào khai có lợi ích liên quan.'),
    ...listed('2. Chủ trì', presided, 'Không có hồ sơ nào do người khác chủ trì.'),
    ...listed('3. Chấm lại', again, 'Không có hồ sơ nào phải chấm lại.'),
    ...listed('4. Hồ sơ bị loại', excluded, 'Không có hồ sơ nào bị loại.'),
  ];
}

function listed(title: string, items: string[], none: string): Block[] {
  return items.length > 0 ? [paragraph(`${title}:`), { kind: 'list', items }] : [paragraph(`${title}: ${none}`)];
}

function results({ dossiers }: Minutes): Block[] {
  const counts = ORDER.flatMap((route) => {
    const some = dossiers.filter((dossier) => dossier.route === route);
    return some.length === 0 ? [] : [`${some.length} sản phẩm ${ROUTES[route]}${starsOf(some)}.`];
  });
  const open = dossiers
    .filter(({ route }) => route === 'human-decides')
    .map(
      ({ productName, band, star, missedMinimums }) =>
        `${productName}: điểm thuộc hạng ${band} sao, chỉ đạt yêu cầu tối thiểu đến hạng ${star} sao (${missedMinimums.map(minimum).join('; ')}).`,
    );
  return [
    section('III. KẾT QUẢ'),
    paragraph(`Hội đồng đánh giá ${dossiers.length} hồ sơ (chi tiết tại Phụ lục):`),
    { kind: 'list', items: counts },
    ...(open.length > 0 ? listed('Sản phẩm chưa đạt yêu cầu tối thiểu của hạng theo điểm', open, '') : []),
  ];
}

const minimum = ({ criterion, title, level }: MinutesDossier['missedMinimums'][number]): string =>
  `tiêu chí ${criterion} “${title}” của hạng ${level} sao`;

function starsOf(dossiers: readonly MinutesDossier[]): string {
  const stars = [5, 4, 3, 2, 1].flatMap((star) => {
    const count = dossiers.filter((one) => one.star === star).length;
    return count === 0 ? [] : [`${count} sản phẩm ${star === 5 ? 'tiềm năng' : 'hạng'} ${star} sao`];
  });
  return stars.length === 0 ? '' : ` (${stars.join(', ')})`;
}

function resultAnnex({ dossiers, heldOn }: Minutes): Letter['annexes'][number] {
  return {
    title: 'KẾT QUẢ ĐÁNH GIÁ, PHÂN HẠNG',
    about: `Kèm theo Biên bản phiên ngày ${formatVietnamese(heldOn)}; điểm trung bình cắt bớt phần lẻ, không làm tròn`,
    landscape: true,
    columns: [
      { header: 'TT', width: 5 },
      { header: 'Sản phẩm', width: 17 },
      { header: 'Mã số', width: 12 },
      { header: 'Chủ thể', width: 16 },
      { header: 'Xã, phường', width: 9 },
      { header: 'Bộ', width: 5 },
      { header: 'Số phiếu', width: 7 },
      { header: 'Tổng điểm', width: 7 },
      { header: 'Điểm TB', width: 7 },
      { header: 'Chênh lệch', width: 8 },
      { header: 'Hạng sao', width: 7 },
      { header: 'Kết luận', width: 18 },
    ],
    rows: dossiers.map((one, index) => [
      String(index + 1),
      one.productName,
      one.productCode,
      one.producerName,
      one.commune,
      String(one.productSet),
      String(one.members),
      one.sum === null ? '' : String(one.sum),
      one.mean === null ? '' : vietnameseDecimal(one.mean),
      one.spread === null ? '' : String(one.spread),
      one.star === null ? '' : String(one.star),
      capital(ROUTES[one.route] ?? one.route),
    ]),
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
