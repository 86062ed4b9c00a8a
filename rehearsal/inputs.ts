/** The lists of a rehearsal, read and entered by the same code as imports over the API, one row after the other so that every run numbers alike. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ApiDeps } from '../api/deps';
import type { Table } from '../api/files/read-table';
import { CONTACT_HEADERS, type HeaderDictionary } from '../api/files/headers';
import { HttpProblem } from '../api/http/problem';
import type { Columns } from '../api/imports/columns';
import { contactWork } from '../api/imports/contact-work';
import { officeOf } from '../api/imports/contact-rows';
import type { PlanOfWork } from '../api/imports/plan-of-work';
import { CERTIFICATE_COLUMNS, type ProductField, REGISTRATION_COLUMNS } from '../api/imports/product-rows';
import { certificateWork, type ProductList, registrationWork } from '../api/imports/product-work';
import type { RowRefusal } from '../api/imports/row-problems';
import { sha256Of } from '../api/imports/jobs';
import { tableOf } from '../api/imports/upload';
import type { Actor } from '../domain/cycle/state';
import type { Plan } from '../domain/plans';
import { StartProblem } from '../local/start-problem';

/** Who enters the lists. */
export const ENTERED_BY: Actor = { id: 'rehearsal', role: 'administrator', office: 'rehearsal', provinceCode: null, communeCode: null };

export interface ListReport {
  file: string;
  sha256: string;
  rows: number;
  created: number;
  unchanged: number;
  refused: { row: number; about: string; column: string | null; value: string | null; vi: string; en: string }[];
}

export interface ListOptions {
  plan: Plan;
  /** Code of the province of the lists; looked for when undefined. */
  province: string | undefined;
  /** Puts the products into communes of the plan's province, wherever they are. */
  place: boolean;
}

/** A file as the API would get it. */
function uploadOf(path: string): { bytes: Buffer; mediaType: string } {
  try {
    return { bytes: readFileSync(path), mediaType: '' };
  } catch {
    throw new StartProblem({ vi: `Không đọc được tệp ${path}.`, en: `The file ${path} cannot be read.` });
  }
}

/** A table of a file; what makes it unreadable becomes a StartProblem that names the file. */
function read<T>(path: string, work: (upload: { bytes: Buffer; mediaType: string }) => T): T {
  const upload = uploadOf(path);
  try {
    return work(upload);
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    const reasons = (language: 'vi' | 'en'): string =>
      error.problems.map(({ message }) => message[language]).join(' ') || error.detail[language];
    throw new StartProblem({ vi: `Tệp ${path}: ${reasons('vi')}`, en: `File ${path}: ${reasons('en')}` }, { cause: error });
  }
}

const PRODUCT = [['product'], ['producer'], ['commune', 'communeCode']] as const;
const CERTIFICATE = [...PRODUCT, ['stars'], ['decisionNo'], ['issuedOn'], ['issuedBy']] as const;

/** Enters the certificates in force. */
export async function enterCertificates(deps: ApiDeps, path: string, options: ListOptions): Promise<ListReport> {
  return await enterProducts(deps, path, options, { columns: CERTIFICATE_COLUMNS, required: CERTIFICATE, work: certificateWork });
}

/** Everybody registers when the rehearsal begins, whatever days the list has. */
const { registeredOn: _ownDay, ...UNDATED } = REGISTRATION_COLUMNS;

/** Enters the registrations. */
export async function enterRegistrations(deps: ApiDeps, path: string, options: ListOptions): Promise<ListReport> {
  return await enterProducts(deps, path, options, { columns: UNDATED, required: PRODUCT, work: registrationWork });
}

interface Kind {
  columns: typeof CERTIFICATE_COLUMNS | typeof UNDATED;
  required: readonly (readonly ProductField[])[];
  work: (deps: ApiDeps, table: Table, columns: Columns<ProductField>, list: ProductList) => PlanOfWork;
}

async function enterProducts(deps: ApiDeps, path: string, options: ListOptions, kind: Kind): Promise<ListReport> {
  const { bytes } = uploadOf(path);
  const dictionary: Record<string, readonly string[]> = kind.columns;
  const found = read(path, (upload) => tableOf<ProductField>(upload, {}, dictionary as HeaderDictionary<ProductField>, kind.required));
  const province = options.plan.issuer.provinceCode ?? options.province;
  const placed = options.place ? placedIn(deps, found, options) : found;
  const provinceOfRows = province ?? (placed.columns.header.province ? undefined : likelyProvince(deps, placed));
  const list: ProductList = { actor: ENTERED_BY, plan: options.plan, province: provinceOfRows };
  return await enter(kind.work(deps, placed.table, placed.columns, list), path, bytes);
}

/** Enters the offices' people. */
export async function enterContacts(deps: ApiDeps, path: string): Promise<ListReport> {
  const { bytes } = uploadOf(path);
  const { table, columns } = read(path, (upload) => tableOf(upload, {}, CONTACT_HEADERS, [['officeCode'], ['name']]));
  return await enter(await contactWork(deps, table, columns, ENTERED_BY), path, bytes);
}

async function enter(work: PlanOfWork, path: string, bytes: Buffer): Promise<ListReport> {
  const refused: RowRefusal[] = [...work.refused];
  const counts = { created: 0, unchanged: 0 };
  for (const row of work.rows) {
    const result = await row.apply();
    if (result.outcome === 'refused') refused.push(...result.refusals);
    else counts[result.outcome === 'created' ? 'created' : 'unchanged'] += 1;
  }
  const told = refused
    .sort((a, b) => a.row - b.row)
    .map(({ row, about, column, value, reason }) => ({ row, about, column, value, vi: reason.vi, en: reason.en }));
  return { file: basename(path), sha256: sha256Of(bytes), rows: work.rows.length + work.refusedRows, ...counts, refused: told };
}

interface Found {
  table: Table;
  columns: Columns<ProductField>;
}

const PLACED = 'Mã xã (diễn tập)';

/** The same products in communes of the plan's province: products of one commune stay together, spread over the province. */
function placedIn(deps: ApiDeps, { table, columns }: Found, { plan, province }: ListOptions): Found {
  const code = plan.issuer.provinceCode ?? province;
  if (code === null || code === undefined)
    throw new StartProblem({
      vi: '--place cần kế hoạch của một tỉnh, hoặc --province <mã tỉnh>.',
      en: '--place needs the plan of a province, or --province <code>.',
    });
  const own = plan.issuer.communeCode;
  const communes = own === null ? deps.units.communesOf(code).map((unit) => unit.code) : [own];
  const { commune, communeCode, province: _anywhere, ...others } = columns.header;
  const nameOf = (cells: Record<string, string>): string => (communeCode && cells[communeCode]) || (commune && cells[commune]) || '';
  const names = [...new Set(table.rows.map(({ cells }) => nameOf(cells)))];
  const step = Math.max(1, Math.floor(communes.length / names.length));
  const codeOf = (name: string): string => communes[(names.indexOf(name) * step) % communes.length] ?? '';
  const rows = table.rows.map((row) => ({ ...row, cells: { ...row.cells, [PLACED]: codeOf(nameOf(row.cells)) } }));
  return {
    table: { ...table, headers: [...table.headers, PLACED], rows },
    columns: { ...columns, header: { ...others, communeCode: PLACED } },
  };
}

/** The province in which most of the list's communes are, where no other comes near. */
function likelyProvince({ units, rules }: ApiDeps, { table, columns }: Found): string | undefined {
  const { commune } = columns.header;
  if (!commune) return undefined;
  const names = [...new Set(table.rows.map(({ cells }) => cells[commune]?.trim() ?? ''))].filter((name) => name !== '');
  const provinces = rules.units.filter((unit) => unit.provinceCode === null).map((unit) => unit.code);
  const hits = provinces
    .map((code) => ({ code, hits: names.filter((name) => units.matchCommune(name, { provinceCode: code }).kind === 'unit').length }))
    .sort((a, b) => b.hits - a.hits);
  const [best, second] = hits;
  return best && second && best.hits > second.hits ? best.code : undefined;
}

/** Reachable stand-ins for the offices of the rehearsal when no contacts are given: an officer and a leader each. */
export async function inventContacts({ db, units }: ApiDeps): Promise<void> {
  const places = await db.product.findMany({ distinct: ['communeCode'], select: { communeCode: true, provinceCode: true } });
  const codes = new Set(places.flatMap(({ communeCode, provinceCode }) => [communeCode, provinceCode]));
  for (const code of [...codes].sort()) {
    const office = officeOf(code, new Map(), units);
    if (!office) continue;
    await db.office.create({ data: office });
    const side = office.communeCode === null ? 'provincial' : 'commune';
    for (const [role, title] of [
      ['officer', 'Cán bộ OCOP'],
      ['leadership', 'Lãnh đạo'],
    ] as const) {
      const name = `${title} (giả định)`;
      await db.person.create({
        data: {
          id: `rehearsal-${role}-${code}`,
          officeCode: code,
          name,
          role: `${side}_${role}`,
          email: `${role}.${code}@rehearsal.example`,
        },
      });
    }
  }
}
