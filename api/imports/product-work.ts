/** Registrations and certificates of a list, as cycles: what each row would do against the records, and doing it. */
import { selectRegime } from '../../domain/regime-selection';
import type { Actor } from '../../domain/cycle/state';
import { formatVietnamese } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import type { Procedure } from '../../domain/regimes';
import { spellingKey } from '../../domain/units/spelling';

import { productByCode, productByName } from '../cycles/products';
import { type Prepared, prepareRegistration } from '../cycles/prepare-registration';
import { startPrepared } from '../cycles/register';
import type { RegistrationInput } from '../cycles/registration-input';
import type { ApiDeps } from '../deps';
import type { Table, TableRow } from '../files/read-table';
import { type FieldProblem, unavailable } from '../http/problem';
import type { Columns } from './columns';
import type { PlanOfWork, RowResult, WorkRow } from './plan-of-work';
import {
  type CertificateRow,
  type ProductField,
  type ProductRow,
  readCertificate,
  readRegistration,
  type RegistrationRow,
  type RowContext,
} from './product-rows';
import type { ReadRow, RowNote, RowRefusal } from './row-problems';

type Row = RegistrationRow | CertificateRow;

/** What a list of products is imported with. */
export interface ProductList {
  actor: Actor;
  plan: Plan | undefined;
  /** Code of the province in which communes are looked for; the plan's own comes first. */
  province: string | undefined;
}

/** The work of a list of registrations. */
export function registrationWork(deps: ApiDeps, table: Table, columns: Columns<ProductField>, list: ProductList): PlanOfWork {
  return workOf('registrations', deps, { table, columns, list, read: readRegistration });
}

/** The work of a list of certificates in force: each comes under watch as a cycle that enters at validity. */
export function certificateWork(deps: ApiDeps, table: Table, columns: Columns<ProductField>, list: ProductList): PlanOfWork {
  return workOf('certificates', deps, { table, columns, list, read: readCertificate });
}

interface Given {
  table: Table;
  columns: Columns<ProductField>;
  list: ProductList;
  read: (row: TableRow, columns: Columns<ProductField>, context: RowContext) => ReadRow<Row>;
}

function workOf(kind: PlanOfWork['kind'], deps: ApiDeps, { table, columns, list, read }: Given): PlanOfWork {
  const context: RowContext = { deps, ...list, procedure: procedureToday(deps) };
  const firstRows = new Map<string, { row: number; read: Row }>();
  const read_ = table.rows.map((row) => read(row, columns, context));
  const rows = read_.flatMap((one): WorkRow[] => {
    if (!one.ok) return [];
    const key = sameProduct(one.read);
    const first = firstRows.get(key);
    if (!first) firstRows.set(key, { row: one.row, read: one.read });
    const about = { deps, list, columns, row: one.row, read: one.read };
    const preview = previewOf(one.read, deps);
    const { row, warnings } = one;
    if (first) return [{ row, preview, warnings, ...always(repeated(about, first)) }];
    return [{ row, preview, warnings, check: async () => await check(about), apply: async () => await apply(about) }];
  });
  const unread = read_.flatMap((one) => (one.ok ? [] : [one.refusals]));
  return { kind, planId: list.plan?.id ?? null, rows, refused: unread.flat(), refusedRows: unread.length, notes: table.notes };
}

interface About {
  deps: ApiDeps;
  list: ProductList;
  columns: Columns<ProductField>;
  row: number;
  read: Row;
}

const always = (result: RowResult): Pick<WorkRow, 'check' | 'apply'> => ({ check: async () => result, apply: async () => result });

function sameProduct({ place, product, producer }: ProductRow): string {
  return [place.communeCode, spellingKey(product), spellingKey(producer)].join('|');
}

const certificateOf = (row: Row): CertificateRow['certificate'] | undefined => ('certificate' in row ? row.certificate : undefined);

function previewOf(row: Row, { units }: ApiDeps): object {
  const { product, producer, place, productSet, phone } = row;
  const more = 'certificate' in row ? { certificate: row.certificate } : { kind: row.kind, registeredOn: row.registeredOn ?? null };
  const commune = units.byCode(place.communeCode)?.fullName ?? place.communeCode;
  return { product, producer, ...place, commune, productSet, phone: phone ?? null, ...more };
}

/** The procedure of the regime in force today: certificates under watch are held to it. */
function procedureToday(deps: ApiDeps): Procedure {
  const on = deps.today();
  return selectRegime(deps.rules.regimes, { submittedOn: on, assessedOn: on, kind: 'new' }).regime.procedure;
}

/** What a row wants for its product: a kind of registration, or one certificate under watch. */
function whatFor(row: Row): string {
  return 'kind' in row ? row.kind : `${row.certificate.decisionNumber} ${row.certificate.issuedOn}`;
}

/** A product that stands in the file before: the same again changes nothing, anything else for it is refused. */
function repeated(about: About, first: { row: number; read: Row }): RowResult {
  const same = whatFor(about.read) === whatFor(first.read);
  const reason = { vi: `Sản phẩm này đã có ở dòng ${first.row}.`, en: `This product is in row ${first.row} already.` };
  return same ? { outcome: 'unchanged', warnings: [noteOf(about, 'product', reason)] } : refusedFor(about, 'product', reason);
}

function noteOf({ row, columns }: About, field: ProductField, reason: RowNote['reason'], value: string | null = null): RowNote {
  return { row, column: columns.header[field] ?? null, value, reason };
}

function refusedFor(about: About, field: ProductField, reason: RowNote['reason'], value: string | null = null): RowResult {
  const refusal: RowRefusal = { ...noteOf(about, field, reason, value), about: about.read.product, allowed: [], candidates: [] };
  return { outcome: 'refused', refusals: [refusal] };
}

async function check(about: About): Promise<RowResult> {
  const prepared = await prepare(about);
  if (!('prepared' in prepared)) return prepared;
  return { outcome: 'created', details: { productCode: prepared.prepared.productCode ?? null } };
}

async function apply(about: About): Promise<RowResult> {
  const prepared = await prepare(about);
  if (!('prepared' in prepared)) return prepared;
  const { kind, cycleId } = await startPrepared(about.deps, prepared.prepared);
  if (kind === 'unavailable') throw unavailable();
  return { outcome: kind === 'started' ? 'created' : 'unchanged', details: { cycleId } };
}

/** Checks a row against the records: it may start, it stands already, or it is refused. */
async function prepare(about: About): Promise<{ prepared: Prepared } | RowResult> {
  const input = await inputOf(about);
  if ('outcome' in input) return input;
  const result = await prepareRegistration(about.deps, about.list.actor, input);
  switch (result.kind) {
    case 'prepared':
      return { prepared: result };
    case 'exists':
      return await standing(about, result.cycleId);
    case 'not-yours':
      return refusedFor(about, 'commune', result.detail);
    case 'unusable': {
      // A certificate of the same product, decision and day stands already; its cycle has ended.
      if (result.problems.every(({ field }) => field === 'certificate.code')) return { outcome: 'unchanged' };
      const units = result.candidates;
      const refusals = result.problems.map(
        (problem): RowRefusal => ({ ...problemOf(about, problem), about: about.read.product, allowed: [], candidates: units }),
      );
      return { outcome: 'refused', refusals };
    }
  }
}

/** The cells that a registration's fields come from. */
const FIELD_CELLS: Record<string, ProductField> = {
  productName: 'product',
  producer: 'producer',
  commune: 'commune',
  communeCode: 'communeCode',
  provinceCode: 'province',
  productSet: 'productSet',
  productCode: 'productCode',
  supportNeeds: 'needs',
  registeredOn: 'registeredOn',
  predecessor: 'kind',
  'predecessor.productCode': 'kind',
  'certificate.issuedOn': 'issuedOn',
  'certificate.validUntil': 'validUntil',
  'certificate.code': 'decisionNo',
};

function problemOf({ row, columns }: About, { field, message }: FieldProblem): RowNote {
  const cell = FIELD_CELLS[field];
  return { row, column: (cell && columns.header[cell]) ?? null, value: null, reason: message };
}

/** A row as the registration that the API knows; a later registration names the product that it is about. */
async function inputOf(about: About): Promise<RegistrationInput | RowResult> {
  const { read, list } = about;
  const { product, producer, place, productSet, productCode, phone } = read;
  const plan = list.plan ? { plan: list.plan.id } : {};
  const named = {
    productName: product,
    producer: { name: producer, ...(phone === undefined ? {} : { phone }) },
    ...place,
    ...(productSet === null ? {} : { productSet }),
  };
  const code = productCode === undefined ? {} : { productCode };
  if ('certificate' in read) return { ...named, ...code, ...plan, kind: 'new', certificate: read.certificate };
  const needs = read.needs === undefined ? {} : { supportNeeds: read.needs };
  const on = read.registeredOn === undefined ? {} : { registeredOn: read.registeredOn };
  if (read.kind === 'new') return { ...named, ...code, ...plan, ...needs, ...on, kind: 'new' };
  const known = await recognisedProduct(about);
  if (typeof known !== 'string') return known;
  return { kind: read.kind, ...plan, ...needs, ...on, predecessor: { productCode: known }, ...(productSet === null ? {} : { productSet }) };
}

/** The code of the product that a re-evaluation or upgrade is about: by its code where the row has one, else by its name. */
async function recognisedProduct(about: About): Promise<string | RowResult> {
  const { read, deps } = about;
  const { product, producer, place } = read;
  const known =
    read.productCode === undefined
      ? await productByName(deps.db, place.communeCode, product, producer)
      : await productByCode(deps.db, read.productCode);
  if (!known)
    return refusedFor(
      about,
      read.productCode === undefined ? 'product' : 'productCode',
      {
        vi: 'Chưa có sản phẩm này trong hồ sơ; hãy nhập giấy chứng nhận của sản phẩm trước.',
        en: 'This product is not in the records; import its certificate first.',
      },
      read.productCode ?? product,
    );
  if (known.communeCode === place.communeCode && spellingKey(known.name) === spellingKey(product)) return known.code;
  return refusedFor(
    about,
    'productCode',
    { vi: `Mã này là của sản phẩm khác: ${known.name}.`, en: `This code belongs to another product: ${known.name}.` },
    known.code,
  );
}

/** A product with an open cycle: the same thing sent again, or something that needs a person. */
async function standing(about: About, cycleId: string): Promise<RowResult> {
  const cycle = await about.deps.db.cycle.findUnique({
    where: { id: cycleId },
    select: { stage: true, certificateCode: true, validUntil: true },
  });
  const own = certificateOf(about.read);
  const details = { cycleId };
  if (!own) {
    const watched = cycle?.stage === 'validity' && 'kind' in about.read && about.read.kind === 'new';
    return { outcome: 'unchanged', details, ...(watched ? { warnings: [noteOf(about, 'kind', STILL_VALID)] } : {}) };
  }
  const certificate = cycle?.certificateCode && (await about.deps.db.certificate.findUnique({ where: { code: cycle.certificateCode } }));
  if (!certificate)
    return refusedFor(about, 'product', {
      vi: `Sản phẩm đang có chu trình chưa kết thúc (${cycleId}), chưa có giấy chứng nhận.`,
      en: `The product has an open cycle (${cycleId}) without a certificate.`,
    });
  const issuedOn = certificate.issuedOn.toISOString().slice(0, 10);
  if (certificate.decisionNumber === own.decisionNumber && issuedOn === own.issuedOn) return { outcome: 'unchanged', details };
  return refusedFor(about, 'decisionNo', {
    vi: `Sản phẩm đang có giấy chứng nhận khác còn hiệu lực (${cycleId}): quyết định ${certificate.decisionNumber ?? '?'} ngày ${formatVietnamese(issuedOn)}.`,
    en: `The product has another certificate in force (${cycleId}): decision ${certificate.decisionNumber ?? '?'} of ${issuedOn}.`,
  });
}

const STILL_VALID = {
  vi: 'Sản phẩm đang trong thời hạn chứng nhận; muốn đánh giá lại hoặc nâng hạng hãy ghi ở cột Hình thức.',
  en: 'The product’s certificate is in force; for a re-evaluation or upgrade say so in the column of the kind.',
};
