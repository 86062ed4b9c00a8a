/** Rows of registrations and of certificates: the product, its producer and its commune; then what each list adds. */
import { holdsUntil, validityFrom } from '../../domain/certificates';
import type { Actor } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import type { Procedure, RegistrationKind } from '../../domain/regimes';
import { sees } from '../auth/visibility';
import { candidateOf, type Place, placeOf } from '../cycles/place';
import { productCode } from '../cycles/registration-input';
import type { ApiDeps } from '../deps';
import { parseKind, parseProductSet, parseStars, parseVietnameseDate } from '../files/cells';
import { CERTIFICATE_HEADERS, REGISTRATION_HEADERS } from '../files/headers';
import type { TableRow } from '../files/read-table';
import { type Columns, RowReader } from './columns';
import type { ReadRow } from './row-problems';

/** The list's columns, and the province where the file names it. */
const PROVINCE = ['Tỉnh', 'Tỉnh/thành phố', 'Mã tỉnh', 'province', 'province_code'] as const;
export const REGISTRATION_COLUMNS = { ...REGISTRATION_HEADERS, province: PROVINCE };
export const CERTIFICATE_COLUMNS = { ...CERTIFICATE_HEADERS, province: PROVINCE };
export type ProductField = keyof typeof REGISTRATION_COLUMNS | keyof typeof CERTIFICATE_COLUMNS;
type Reader = RowReader<ProductField>;

/** What rows are read against. */
export interface RowContext {
  deps: Pick<ApiDeps, 'rules' | 'units' | 'today'>;
  actor: Actor;
  /** Undefined: each commune's own, its province's or the national one. */
  plan: Plan | undefined;
  /** The province that the request names. */
  province: string | undefined;
  /** Procedure of the regime that certificates come under today. */
  procedure: Procedure;
}

export interface ProductRow {
  product: string;
  producer: string;
  place: Place;
  productSet: number | null;
  productCode: string | undefined;
  /** Of the producer. */
  phone: string | undefined;
}

export interface RegistrationRow extends ProductRow {
  kind: RegistrationKind;
  /** What support is asked for. */
  needs: string | undefined;
  /** The day of import where the row has none. */
  registeredOn: LocalDate | undefined;
}

export interface CertificateRow extends ProductRow {
  certificate: { stars: 3 | 4 | 5; decisionNumber: string; issuedOn: LocalDate; validUntil: LocalDate; issuedBy: string };
}

/** A row of a list of registrations; without a kind it is a first registration. */
export function readRegistration(row: TableRow, columns: Columns<ProductField>, context: RowContext): ReadRow<RegistrationRow> {
  const reader = new RowReader<ProductField>(row, columns, 'product');
  const product = readProduct(reader, context);
  const kind = reader.parsed('kind', parseKind) ?? 'new';
  const needs = reader.short('needs', 2000);
  const registeredOn = reader.parsed('registeredOn', parseVietnameseDate);
  return product && reader.refusals.length === 0 ? used(reader, { ...product, kind, needs, registeredOn }) : unused(reader);
}

/** A row of a list of certificates; an end date that is missing is computed, one that contradicts the day of issue is kept with a warning. */
export function readCertificate(row: TableRow, columns: Columns<ProductField>, context: RowContext): ReadRow<CertificateRow> {
  const reader = new RowReader<ProductField>(row, columns, 'product');
  const product = readProduct(reader, context);
  const stars = reader.needed('stars', parseStars, { vi: 'Chưa ghi hạng sao.', en: 'No stars are written.' });
  const decisionNumber = reader.text('decisionNo', 100, { vi: 'Chưa ghi số quyết định.', en: 'No decision number is written.' });
  const issuedBy = reader.text('issuedBy', 200, { vi: 'Chưa ghi cơ quan cấp.', en: 'The issuing body is not written.' });
  const issuedOn = reader.needed('issuedOn', parseVietnameseDate, {
    vi: 'Chưa ghi ngày cấp: không tính được thời hạn của giấy chứng nhận.',
    en: 'The day of issue is not written: the certificate’s end cannot be computed.',
  });
  const written = reader.parsed('validUntil', parseVietnameseDate);
  if (issuedOn === undefined) return unused(reader);
  const validUntil = endOf(reader, issuedOn, written, context);
  if (!product || stars === undefined || reader.refusals.length > 0) return unused(reader);
  return used(reader, { ...product, certificate: { stars, decisionNumber, issuedOn, validUntil, issuedBy } });
}

function used<Read>({ row, warnings }: Reader, read: Read): ReadRow<Read> {
  return { ok: true, row, read, warnings };
}

function unused({ row, refusals }: Reader): ReadRow<never> {
  return { ok: false, row, refusals };
}

function readProduct(reader: Reader, context: RowContext): ProductRow | undefined {
  const product = reader.text('product', 300, { vi: 'Chưa ghi tên sản phẩm.', en: 'The product’s name is not written.' });
  const producer = reader.text('producer', 300, { vi: 'Chưa ghi chủ thể.', en: 'The producer is not written.' });
  const productSet = reader.parsed('productSet', (value) => parseProductSet(value, context.deps.rules.criteria.sets)) ?? null;
  const place = readPlace(reader, context);
  const code = reader.short('productCode', 40);
  if (code !== undefined && !productCode.safeParse(code).success)
    reader.refuse('productCode', {
      vi: 'Mã sản phẩm gồm chữ cái không dấu, chữ số và dấu gạch ngang, 2 đến 40 ký tự.',
      en: 'A product code has 2 to 40 letters without diacritics, digits and dashes.',
    });
  const phone = reader.short('phone', 40);
  return place && { product, producer, place, productSet, productCode: code, phone };
}

/** The commune of a row, inside the province of the plan, the row or the request; and whether plan and actor reach it. */
function readPlace(reader: Reader, context: RowContext): Place | undefined {
  const { deps, actor, plan } = context;
  const provinceCode = readProvince(reader, context);
  if (provinceCode === null) return undefined;
  const { code, name, field } = communeCells(reader);
  const written = { ...(code ? { communeCode: code } : {}), ...(name ? { commune: name } : {}), ...(provinceCode ? { provinceCode } : {}) };
  const found = placeOf(deps, actor, { communeCode: undefined, commune: undefined, provinceCode: undefined, ...written });
  if ('problems' in found) {
    const nothing = code === '' && name === '';
    const reason = { vi: 'Chưa ghi xã, phường.', en: 'The commune is not written.' };
    const [first] = found.problems;
    reader.refuse(field, nothing || !first ? reason : first.message, { candidates: found.candidates });
    return undefined;
  }
  if (plan?.issuer.communeCode && plan.issuer.communeCode !== found.place.communeCode) {
    refuseUnit(reader, field, context, {
      vi: `Kế hoạch ${plan.id} là của riêng một xã khác.`,
      en: `The plan ${plan.id} is another commune’s own.`,
    });
    return undefined;
  }
  if (!sees(actor, found.place)) {
    refuseUnit(reader, field, context, {
      vi: 'Xã này không thuộc địa bàn của đơn vị bạn; bạn chỉ nhập được cho đơn vị mình.',
      en: 'This commune is outside your office’s area; you may import for your own only.',
    });
    return undefined;
  }
  checkNameAgainstCode(reader, found.place, context);
  return found.place;
}

/** What stands for the commune: a code may stand in the column of its name too. `field` is the column to blame. */
function communeCells(reader: Reader): { code: string; name: string; field: 'commune' | 'communeCode' } {
  const [code, name] = [reader.cell('communeCode'), reader.cell('commune')];
  if (code !== '') return { code, name, field: 'communeCode' };
  return /^\d{5}$/.test(name) ? { code: name, name: '', field: 'commune' } : { code, name, field: 'commune' };
}

function refuseUnit(reader: Reader, field: ProductField, { deps, actor }: RowContext, reason: { vi: string; en: string }): void {
  const own = actor.communeCode === null ? undefined : deps.units.byCode(actor.communeCode);
  reader.refuse(field, reason, { candidates: own ? [candidateOf(own)] : [] });
}

/** The province to look in; undefined when nobody names one, null when what is written is refused. */
function readProvince(reader: Reader, { deps, actor, plan, province }: RowContext): string | undefined | null {
  const written = reader.cell('province');
  const match = /^\d{2}$/.test(written) ? deps.units.byCode(written) : undefined;
  const named = match ? ({ kind: 'unit', unit: match } as const) : written === '' ? null : deps.units.matchProvince(written);
  if (named && named.kind !== 'unit') {
    const candidates = named.kind === 'candidates' ? named.candidates : named.nearest;
    reader.refuse('province', named.reason, { candidates: candidates.map(candidateOf) });
    return null;
  }
  const own = plan?.issuer.provinceCode ?? province ?? actor.provinceCode ?? undefined;
  if (named && own !== undefined && named.unit.code !== own) {
    const unit = deps.units.byCode(own);
    reader.refuse(
      'province',
      { vi: `Danh sách này là của ${unit?.fullName ?? own}.`, en: `This list is for ${unit?.fullName ?? own}.` },
      { candidates: unit ? [candidateOf(unit)] : [] },
    );
    return null;
  }
  return named?.unit.code ?? own;
}

/** Code and name of a commune that do not fit each other are for a person to settle. */
function checkNameAgainstCode(reader: Reader, place: Place, { deps }: RowContext): void {
  const name = reader.cell('commune');
  if (name === '' || name === place.communeCode || reader.cell('communeCode') === '') return;
  const match = deps.units.matchCommune(name, { provinceCode: place.provinceCode });
  if (match.kind === 'unit' && match.unit.code === place.communeCode) return;
  const unit = deps.units.byCode(place.communeCode);
  reader.refuse(
    'commune',
    {
      vi: `Mã ${place.communeCode} là ${unit?.fullName ?? ''}, không khớp tên xã trong ô này.`,
      en: `The code ${place.communeCode} is ${unit?.fullName ?? ''}, which is not the commune in this cell.`,
    },
    { candidates: [...(unit ? [candidateOf(unit)] : []), ...(match.kind === 'unit' ? [candidateOf(match.unit)] : [])] },
  );
}

function endOf(reader: Reader, issuedOn: LocalDate, written: LocalDate | undefined, { procedure, deps }: RowContext): LocalDate {
  const today = deps.today();
  if (issuedOn > today)
    reader.refuse('issuedOn', {
      vi: `Ngày cấp ở tương lai; hôm nay là ${formatVietnamese(today)}.`,
      en: `The day of issue is in the future; today is ${today}.`,
    });
  const { validUntil } = validityFrom(issuedOn, procedure.validity);
  const end = written ?? validUntil;
  if (end <= issuedOn)
    reader.refuse('validUntil', { vi: 'Ngày hết hạn phải sau ngày cấp.', en: 'The end must be after the day of issue.' });
  else if (holdsUntil(end, procedure) < today)
    reader.refuse(written === undefined ? 'issuedOn' : 'validUntil', {
      vi: `Giấy chứng nhận đã hết hạn ngày ${formatVietnamese(end)}; danh sách này chỉ nhận giấy chứng nhận còn hiệu lực.`,
      en: `The certificate ended on ${end}; this list takes certificates in force.`,
    });
  else if (end !== validUntil)
    reader.warn('validUntil', {
      vi: `${procedure.validity.value.months} tháng từ ngày cấp là ${formatVietnamese(validUntil)}; giữ ngày trong tệp.`,
      en: `${procedure.validity.value.months} months from the day of issue is ${validUntil}; the file’s date is kept.`,
    });
  return end;
}
