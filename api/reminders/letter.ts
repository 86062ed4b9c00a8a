/** The official letter that presses communes for overdue dossiers (công văn đôn đốc), and its annex. Drafts: number, day, term and signature are blank. */
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import { inSentence } from '../../domain/units/units';
import type { Letter } from '../../documents/letter';
import type { Sheet } from '../../documents/workbook';
import { type OverdueDossier, sourcesOf, stepTitle } from './overdue';

export interface ReminderFacts {
  on: LocalDate;
  /** `Văn phòng Điều phối nông thôn mới tỉnh` */
  office: string;
  /** `Tỉnh Ninh Bình` */
  province: string;
  /** Titles of the plans that the dossiers run under. */
  plans: string[];
  /** `Xã Nam Hồng` by its code. */
  communeName: (code: string) => string;
  dossiers: readonly OverdueDossier[];
}

/** More communes than these are named by the annex only. */
const MOST_NAMED = 5;
const TURNS = { commune: 'UBND cấp xã', producer: 'Chủ thể (xã đôn đốc)' } as const;

export function reminderLetter(facts: ReminderFacts): Letter {
  const { on, dossiers, communeName, plans } = facts;
  const office = inSentence(facts.office);
  const province = inSentence(facts.province);
  const communes = [...new Set(dossiers.map(({ communeCode }) => communeCode))];
  const [own, producers] = [countOf(dossiers, 'commune'), countOf(dossiers, 'producer')];
  return {
    issuer: { superior: `Ủy ban nhân dân ${province}`, office },
    kind: null,
    about: 'đôn đốc xử lý hồ sơ sản phẩm OCOP quá hạn',
    symbol: 'OCOP',
    place: facts.province.replace(/^(Tỉnh|Thành phố) /, ''),
    on: null,
    addressees:
      communes.length <= MOST_NAMED
        ? communes.map((code) => `Ủy ban nhân dân ${inSentence(communeName(code))}`)
        : ['Ủy ban nhân dân các xã, phường có tên trong Phụ lục'],
    body: [
      {
        kind: 'paragraph',
        text: `Theo ${plans.join('; ')}, qua theo dõi tiến độ xử lý hồ sơ, tính đến ngày ${formatVietnamese(on)} còn ${dossiers.length} hồ sơ sản phẩm OCOP quá hạn tại ${communes.length} xã, phường (danh sách tại Phụ lục kèm theo), trong đó:`,
      },
      {
        kind: 'list',
        items: [
          ...(own > 0 ? [`${own} hồ sơ đến lượt Ủy ban nhân dân cấp xã xử lý`] : []),
          ...(producers > 0 ? [`${producers} hồ sơ chờ chủ thể hoàn thiện hoặc bổ sung, cần xã hướng dẫn, đôn đốc`] : []),
        ],
      },
      { kind: 'paragraph', text: 'Căn cứ của các thời hạn đã qua:' },
      {
        kind: 'list',
        items: sourcesOf(dossiers).map(({ source, quote, count }) => `${source}${quote ? `: “${quote}”` : ''} (${count} hồ sơ)`),
      },
      { kind: 'paragraph', text: `Để bảo đảm tiến độ, ${office} đề nghị Ủy ban nhân dân các xã, phường:` },
      {
        kind: 'list',
        items: [
          ...(own > 0 ? ['Khẩn trương xử lý các hồ sơ đến lượt mình'] : []),
          ...(producers > 0 ? ['Hướng dẫn, đôn đốc chủ thể hoàn thiện, bổ sung các hồ sơ còn lại'] : []),
          'Với hồ sơ không thể hoàn thành, nêu rõ lý do và đề nghị gia hạn hoặc tạm dừng',
          `Gửi kết quả về ${office} trước ngày ……/……/${on.slice(0, 4)} để tổng hợp`,
        ],
      },
      { kind: 'paragraph', text: 'Đề nghị Ủy ban nhân dân các xã, phường quan tâm, phối hợp thực hiện./.' },
    ],
    receivers: ['Như trên', `Ủy ban nhân dân ${province} (để báo cáo)`, 'Lưu: VT'],
    signature: [{ lines: ['THỦ TRƯỞNG ĐƠN VỊ'] }],
    annexes: [
      {
        title: 'Danh sách hồ sơ sản phẩm OCOP quá hạn',
        about: `Kèm theo Công văn số        /OCOP của ${office}; số liệu tính đến ngày ${formatVietnamese(on)}`,
        landscape: true,
        columns: COLUMNS.map(({ header, width }) => ({ header, width })),
        rows: rowsOf(facts).map((row) =>
          row.map((value, index) => (COLUMNS[index]?.type === 'date' ? formatVietnamese(String(value)) : String(value))),
        ),
      },
    ],
  };
}

const countOf = (dossiers: readonly OverdueDossier[], turn: OverdueDossier['waitingFor']): number =>
  dossiers.filter(({ waitingFor }) => waitingFor === turn).length;

const COLUMNS = [
  { header: 'TT', width: 8, type: 'number' },
  { header: 'Xã, phường', width: 20, type: 'text' },
  { header: 'Sản phẩm', width: 28, type: 'text' },
  { header: 'Chủ thể', width: 26, type: 'text' },
  { header: 'Việc đang chờ', width: 26, type: 'text' },
  { header: 'Đến lượt', width: 18, type: 'text' },
  { header: 'Chậm nhất', width: 17, type: 'date' },
  { header: 'Quá (ngày)', width: 12, type: 'number' },
  { header: 'Căn cứ của hạn', width: 34, type: 'text' },
] as const;

/** Grouped by commune: each commune's dossiers together, the latest first. */
function rowsOf({ dossiers, communeName }: ReminderFacts): (string | number)[][] {
  return dossiers.map((one, index) => [
    index + 1,
    communeName(one.communeCode),
    one.product,
    one.producer,
    stepTitle(one),
    TURNS[one.waitingFor],
    one.lastSafeOn,
    one.daysLate,
    one.source,
  ]);
}

/** The annex as a workbook: every dossier, and how many each commune has. */
export function reminderAnnex(facts: ReminderFacts): Sheet[] {
  const { dossiers, communeName, on } = facts;
  const title = `Phụ lục: hồ sơ sản phẩm OCOP quá hạn, tính đến ngày ${formatVietnamese(on)}`;
  const communes = [...new Set(dossiers.map(({ communeCode }) => communeCode))];
  const perCommune = communes.map((code, index) => {
    const own = dossiers.filter(({ communeCode }) => communeCode === code);
    return [
      index + 1,
      communeName(code),
      own.length,
      countOf(own, 'commune'),
      countOf(own, 'producer'),
      Math.max(...own.map(({ daysLate }) => daysLate)),
    ];
  });
  return [
    { name: 'Hồ sơ quá hạn', title, columns: [...COLUMNS], rows: rowsOf(facts) },
    {
      name: 'Theo xã, phường',
      title,
      columns: [
        { header: 'TT', width: 6, type: 'number' },
        { header: 'Xã, phường', width: 30, type: 'text' },
        { header: 'Hồ sơ quá hạn', width: 16, type: 'number' },
        { header: 'Đến lượt xã', width: 16, type: 'number' },
        { header: 'Chờ chủ thể', width: 16, type: 'number' },
        { header: 'Quá lâu nhất (ngày)', width: 20, type: 'number' },
      ],
      rows: perCommune,
      totals: [null, 'Tổng cộng', dossiers.length, countOf(dossiers, 'commune'), countOf(dossiers, 'producer'), null],
    },
  ];
}
