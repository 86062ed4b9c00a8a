import writeXlsxFile, { type CellObject } from 'write-excel-file/node';
import { type CriteriaSet, type Criterion, offeredPoints, type Part, STAR_LEVELS } from '../../domain/stars/criteria';
import { deterministicOfficeFile } from '../deterministic-zip';
import { documentText } from '../text';
import { EXCLUSION, FORMAT, INFO_SHEET, MEETING, POINTS_COLUMN, TITLE_ROW } from './layout';

/** A product on a member's workbook. */
export interface ScoredProduct {
  cycleId: string;
  productCode: string;
  productName: string;
  producerName: string;
  commune: string;
  scoringRound: number;
  /** What the member has handed in for this scoring. */
  options?: Readonly<Record<string, number>>;
}

export interface ScoreWorkbook {
  sessionId: string;
  /** Whom the workbook is for: nobody else's is taken. */
  member: { code: string; name: string };
  set: CriteriaSet;
  /** Names exactly the criteria that the lists were made of. */
  criteriaVersion: string;
  /** Whether a member may ask for a meeting: in written opinions. */
  written: boolean;
  products: readonly ScoredProduct[];
}

export const PART_TITLES: Record<Part, string> = {
  A: 'PHẦN A. SẢN PHẨM VÀ SỨC MẠNH CỘNG ĐỒNG',
  B: 'PHẦN B. KHẢ NĂNG TIẾP THỊ',
  C: 'PHẦN C. CHẤT LƯỢNG SẢN PHẨM',
};

/** The fill of cells that are open for input; every other cell is locked. */
const INPUT = '#FFF9E5';
const BORDER = { borderStyle: 'thin', borderColor: '#BFBFBF' } as const;
const WIDTHS = [13, 58, 9, 36, 10];
/** In points: rows are given their height, because only some programs make room for wrapped text by themselves. */
const LINE = 17;
const CHARACTERS_ON_A_LINE = 54;

type Row = CellObject[];

/**
 * A member's sheets on the products of one set: a worksheet per product with its header, a choice list for every criterion, everything else locked, and a hidden
 * sheet with what the workbook was made for. Same input, same bytes. The lock is against slips; whoever reads the workbook back checks every value.
 */
export async function scoreWorkbookXlsx(workbook: ScoreWorkbook): Promise<Buffer> {
  const { set, products } = workbook;
  const names = products.map(({ productCode }) => sheetNameOf(productCode));
  const pages = products.map((product) => productPage(workbook, product));
  const written = await writeXlsxFile(
    [
      ...pages.map((page, index) => ({
        sheet: names[index] ?? '',
        data: page.rows,
        columns: WIDTHS.map((width) => ({ width })),
        stickyRowsCount: TITLE_ROW,
      })),
      { sheet: INFO_SHEET, data: infoRows(workbook, names) },
    ],
    { fontFamily: 'Times New Roman', fontSize: 12 },
  ).toBuffer();
  const edits = Object.fromEntries(
    pages.map((page, index) => [
      `xl/worksheets/sheet${index + 1}.xml`,
      (xml: string) => asForm(xml, page.criterionRows, products.length, set),
    ]),
  );
  return deterministicOfficeFile(written, {
    ...edits,
    'xl/styles.xml': openInputCells,
    'xl/workbook.xml': (xml) =>
      xml.replace('<definedNames/>', '').replace(`name="${INFO_SHEET}"`, () => `name="${INFO_SHEET}" state="veryHidden"`),
  });
}

/** A product's worksheet is called by its code, which is at most 31 characters and never empty. */
const sheetNameOf = (productCode: string): string => productCode.slice(0, 31);

const text = (value: string, more: CellObject = {}): CellObject => ({
  value: documentText(value),
  type: String,
  format: '@',
  wrap: true,
  alignVertical: 'center',
  ...more,
});

/** Rows of a worksheet, and the row of each criterion. */
function productPage({ set, member, written }: ScoreWorkbook, product: ScoredProduct): { rows: Row[]; criterionRows: Map<string, number> } {
  const header: [string, string][] = [
    ['Sản phẩm', product.productName],
    ['Mã số', product.productCode],
    ['Chủ thể', product.producerName],
    ['Xã, phường', product.commune],
    ['Người chấm', `${member.name} (${member.code})`],
  ];
  const rows: Row[] = [
    [text(`PHIẾU ĐÁNH GIÁ – BỘ ${set.set}: ${set.name}`, { fontWeight: 'bold', fontSize: 14, columnSpan: 5, height: 40 })],
    ...header.map(([label, value]): Row => [text(label, { fontStyle: 'italic' }), text(value, { fontWeight: 'bold', columnSpan: 4 })]),
    [
      text('Chỉ nhập vào ô nền vàng; mỗi tiêu chí chọn một mức điểm. Để trống cả phiếu nếu chưa chấm sản phẩm này.', {
        columnSpan: 5,
        height: 32,
      }),
    ],
    ['Mã', 'Tiêu chí', 'Tối đa', 'Các mức điểm (dấu sao: tối thiểu của hạng sao)', 'Điểm'].map((title) =>
      text(title, { ...BORDER, fontWeight: 'bold', align: 'center', backgroundColor: '#E7EFE9', height: 2 * LINE }),
    ),
  ];
  const criterionRows = new Map<string, number>();
  let part: Part | undefined;
  let group: string | undefined;
  for (const criterion of set.criteria) {
    if (criterion.part !== part) rows.push(heading(PART_TITLES[criterion.part]));
    if (criterion.group !== undefined && criterion.group !== group) rows.push(heading(criterion.group));
    ({ part, group } = criterion);
    rows.push(criterionRow(criterion, product.options?.[criterion.code]));
    criterionRows.set(criterion.code, rows.length);
  }
  const [first, last] = [Math.min(...criterionRows.values()), Math.max(...criterionRows.values())];
  rows.push([
    text('', BORDER),
    text('TỔNG ĐIỂM', { ...BORDER, fontWeight: 'bold' }),
    { value: 100, type: Number, ...BORDER, align: 'center' },
    text('', BORDER),
    { value: `SUM(${POINTS_COLUMN}${first}:${POINTS_COLUMN}${last})`, type: 'Formula', ...BORDER, fontWeight: 'bold', align: 'center' },
  ]);
  rows.push(reasonRow(EXCLUSION, 'Đề nghị loại hồ sơ (ghi lý do; để trống nếu không)'));
  if (written) rows.push(reasonRow(MEETING, 'Đề nghị họp Hội đồng (ghi lý do; để trống nếu không)'));
  return { rows, criterionRows };
}

const heading = (title: string): Row => [text(title, { ...BORDER, fontWeight: 'bold', columnSpan: 5, backgroundColor: '#F3F3F3' })];

function criterionRow(criterion: Criterion, points: number | undefined): Row {
  const input: CellObject = { ...BORDER, backgroundColor: INPUT, align: 'center', alignVertical: 'center' };
  const height = LINE * Math.ceil(criterion.title.length / CHARACTERS_ON_A_LINE) + 2;
  return [
    text(criterion.code, { ...BORDER, height }),
    text(criterion.title, BORDER),
    { value: criterion.max, type: Number, ...BORDER, align: 'center', alignVertical: 'center' },
    text(choiceText(criterion), BORDER),
    points === undefined ? input : { ...input, value: points, type: Number },
  ];
}

const reasonRow = (code: string, label: string): Row => [
  text(code, { ...BORDER, height: 2 * LINE }),
  text(label, BORDER),
  text('', BORDER),
  { ...BORDER, backgroundColor: INPUT, wrap: true },
];

/** The points on offer, starred where they are the fewest that a star needs: `1; 2 (***); 3 (****)`. */
function choiceText(criterion: Criterion): string {
  return offeredPoints(criterion)
    .map((points) => {
      const stars = STAR_LEVELS.filter((level) => criterion.starMinimums?.[level] === points).map((level) => '*'.repeat(level));
      return stars.length > 0 ? `${points} (${stars.join(', ')})` : String(points);
    })
    .join('; ');
}

/** Rows of the hidden sheet: what the workbook was made for, then the products, then the points of each criterion. */
function infoRows({ sessionId, member, set, criteriaVersion, products }: ScoreWorkbook, names: readonly string[]): Row[] {
  const facts = [
    ['format', FORMAT],
    ['session', sessionId],
    ['member', member.code],
    ['set', String(set.set)],
    ['criteria', criteriaVersion],
    ...products.map(({ cycleId, scoringRound }, index) => ['product', names[index] ?? '', cycleId, String(scoringRound)]),
  ];
  const lists = set.criteria.map((criterion) => [
    ...['list', criterion.code].map((value) => text(value)),
    ...offeredPoints(criterion).map((value) => ({ value, type: Number })),
  ]);
  return [...facts.map((row) => row.map((value) => text(value))), ...lists];
}

const FACTS_BEFORE_PRODUCTS = 5;

/** A worksheet with its lists, locked but for the cells of input. */
function asForm(xml: string, criterionRows: ReadonlyMap<string, number>, products: number, { criteria }: CriteriaSet): string {
  const lists = criteria.map((criterion, index) => {
    const row = FACTS_BEFORE_PRODUCTS + products + 1 + index;
    const last = String.fromCharCode('C'.charCodeAt(0) + offeredPoints(criterion).length - 1);
    const cell = `${POINTS_COLUMN}${criterionRows.get(criterion.code)}`;
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cell}"><formula1>&apos;${INFO_SHEET}&apos;!$C$${row}:$${last}$${row}</formula1></dataValidation>`;
  });
  const validations = `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
  return xml
    .replace('<sheetViews>', () => '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
    .replace('</sheetData>', () => '</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/>')
    .replace(/(<pageMargins[^>]*>.*)?<\/worksheet>/, () => `${validations}${PAGE}</worksheet>`);
}

const PAGE =
  '<pageMargins left="0.6" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>';

/** Cells with the fill of input are the ones that stay open when a sheet is locked. */
function openInputCells(xml: string): string {
  const fills = [...(/<fills[^>]*>(.*?)<\/fills>/s.exec(xml)?.[1] ?? '').matchAll(/<fill>.*?<\/fill>|<fill\/>/gs)].map(([fill]) => fill);
  const open = fills.findIndex((fill) => fill.toUpperCase().includes(INPUT.slice(1)));
  return xml.replace(/(<cellXfs[^>]*>)(.*?)(<\/cellXfs>)/s, (_all, head: string, body: string, tail: string) => {
    const unlocked = body.replace(
      new RegExp(`<xf ([^>]*fillId="${open}"[^>]*?)(/>|>(.*?)</xf>)`, 'gs'),
      (_xf, attributes: string, _close, inner = '') => `<xf ${attributes} applyProtection="1">${inner}<protection locked="0"/></xf>`,
    );
    return head + unlocked + tail;
  });
}
