import type { Text } from '../../domain/sources';
import { accentlessKey } from '../../domain/units/spelling';
import { type FileProblem, fileProblem } from './problems';

/** For each meaning of a column the headers that name it; the first is the one shown to people. */
export type HeaderDictionary<Field extends string = string> = Readonly<Record<Field, readonly string[]>>;

/** Columns of any list of products. */
const PRODUCT_HEADERS = {
  product: ['Tên sản phẩm', 'Sản phẩm', 'product'],
  producer: ['Chủ thể', 'Tên chủ thể', 'producer'],
  commune: ['Xã/phường', 'Xã/phường hiện nay', 'Xã', 'commune'],
  communeCode: ['Mã xã', 'Mã xã/phường', 'commune_code'],
  productSet: ['Bộ sản phẩm', 'product_set'],
  kind: ['Hình thức', 'Hình thức đăng ký', 'kind'],
  productCode: ['Mã sản phẩm', 'product_code'],
  needs: ['Nhu cầu hỗ trợ', 'Đề xuất hỗ trợ', 'support_needs'],
  phone: ['Điện thoại', 'Số điện thoại', 'Điện thoại chủ thể', 'phone'],
} as const satisfies HeaderDictionary;

/** Columns of a list of registrations (`POST /api/imports/registrations`). */
export const REGISTRATION_HEADERS = {
  ...PRODUCT_HEADERS,
  registeredOn: ['Ngày đăng ký', 'registered_on'],
} as const satisfies HeaderDictionary;

/** Columns of a list of certificates in force (`POST /api/imports/certificates`). */
export const CERTIFICATE_HEADERS = {
  ...PRODUCT_HEADERS,
  stars: ['Số sao', 'Hạng sao', 'stars'],
  decisionNo: ['Số quyết định', 'decision_no'],
  issuedOn: ['Ngày cấp', 'Ngày quyết định', 'issued_on'],
  issuedBy: ['Cơ quan cấp', 'Cơ quan công nhận', 'issued_by'],
  validUntil: ['Ngày hết hạn', 'valid_until'],
} as const satisfies HeaderDictionary;

/** Columns of a list of the offices' contacts. */
export const CONTACT_HEADERS = {
  officeCode: ['Mã đơn vị', 'office_code'],
  name: ['Họ tên', 'Họ và tên', 'name'],
  email: ['Email', 'Thư điện tử'],
  role: ['Vai trò', 'role'],
  phone: ['Điện thoại', 'Số điện thoại', 'phone'],
  language: ['Ngôn ngữ', 'language'],
} as const satisfies HeaderDictionary;

/** Which column carries which meaning. */
export interface RecognisedHeaders<Field extends string> {
  columns: Partial<Record<Field, string>>;
  /** Headers that mean nothing here; their columns are not read. */
  ignored: string[];
  /** Two columns with one meaning. */
  problems: FileProblem[];
}

/** A header without accents, case, spaces and signs: `ten san pham`, `product code`. */
export function headerKey(header: string): string {
  return accentlessKey(header)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const KNOWN_HEADERS = new Set(
  [REGISTRATION_HEADERS, CERTIFICATE_HEADERS, CONTACT_HEADERS].flatMap((dictionary) => Object.values(dictionary).flat()).map(headerKey),
);

/** True for a header that has a meaning in any of the lists. */
export function isKnownHeader(header: string): boolean {
  return KNOWN_HEADERS.has(headerKey(header));
}

/** Matches the headers of a table to the meanings of a dictionary: any order, Vietnamese or English, accents and case ignored. */
export function recogniseHeaders<Field extends string>(
  headers: readonly string[],
  dictionary: HeaderDictionary<Field>,
): RecognisedHeaders<Field> {
  const fields = Object.keys(dictionary) as Field[];
  const meaning = (header: string) => fields.find((field) => dictionary[field].some((name) => headerKey(name) === headerKey(header)));
  const columns: Partial<Record<Field, string>> = {};
  const problems: FileProblem[] = [];
  for (const header of headers) {
    const field = meaning(header);
    if (field === undefined) continue;
    const earlier = columns[field];
    if (earlier === undefined) columns[field] = header;
    else problems.push(sameMeaning(earlier, header));
  }
  return { columns, ignored: headers.filter((header) => meaning(header) === undefined), problems };
}

function sameMeaning(first: string, second: string): FileProblem {
  const reason: Text = {
    vi: `Hai cột “${first}” và “${second}” cùng một nghĩa; hãy bỏ một cột.`,
    en: `The columns “${first}” and “${second}” mean the same; remove one of them.`,
  };
  return { ...fileProblem(reason), column: second };
}
