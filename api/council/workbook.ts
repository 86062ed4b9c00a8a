/** A member's sheets as a workbook per product set: downloaded, filled in, uploaded, refused cell by cell. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ScoredProduct, scoreWorkbookXlsx } from '../../documents/score-sheet/workbook';
import { countingSheets, interestOf } from '../../domain/council/session';
import type { Actor } from '../../domain/cycle/state';
import { type CriteriaSet, findSet } from '../../domain/stars/criteria';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { wholeNumber } from '../http/schemas';
import { SCORERS } from './access';
import { idParams } from './councils';
import { enterSheets, type SheetProblem } from './enter-sheets';
import {
  dossierFacts,
  factsOf,
  inOpenSession,
  listedDossiers,
  onTheList,
  readSession,
  requireSeat,
  type SessionRow,
} from './session-records';
import { namesOf } from './session-view';
import { enteredView } from './sheets';
import { TAG } from './shared';
import { type CellProblem, type ReadSheet, type ReadWorkbook, readScoreWorkbook } from './workbook-cells';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface WorkbookFile {
  type: string;
  name: string;
  bytes: Buffer;
}

const download = route({
  method: 'get',
  path: '/api/sessions/{id}/workbook',
  tag: TAG,
  summary: { vi: 'Tải phiếu chấm của mình theo bộ sản phẩm (.xlsx)', en: 'Download one’s own sheets of a product set (.xlsx)' },
  description: {
    vi: 'Mỗi sản phẩm một trang, trừ sản phẩm mà mình có lợi ích liên quan; điểm đã nộp được ghi sẵn.',
    en: 'A worksheet per product, without those in which one has an interest; points handed in stand in it.',
  },
  who: SCORERS,
  params: idParams,
  query: z.strictObject({ set: wholeNumber(1, 26) }),
  answer: { status: 200, files: [XLSX], description: { vi: 'Sổ tính', en: 'The workbook' } },
  refusals: [409],
  handler: async ({ deps, actor, params, query }) => ({ file: await ownWorkbook(deps, actor, params.id, query.set) }),
});

/** A member’s own sheets of a product set (1-26) as a workbook. Throws when there is nothing of the set to score. */
export async function ownWorkbook(deps: ApiDeps, actor: Actor, id: string, number: number): Promise<WorkbookFile> {
  const session = await readSession(deps.db, actor, id);
  const { code, personId } = requireSeat(session, actor);
  const set = findSet(deps.rules.criteria, number);
  const products = set ? await productsFor(deps, session, set, code) : [];
  if (!set || products.length === 0) throw invalidInput([noProducts(session)]);
  const bytes = await scoreWorkbookXlsx({
    sessionId: session.id,
    member: { code, name: (await namesOf(deps, session)).get(personId) ?? '' },
    set,
    criteriaVersion: versionOf(set),
    written: session.procedure === 'written-opinions',
    products,
  });
  return { type: XLSX, name: `Phiếu chấm bộ ${set.set} - ${code}.xlsx`, bytes };
}

async function productsFor(deps: ApiDeps, session: SessionRow, set: CriteriaSet, member: string): Promise<ScoredProduct[]> {
  const facts = factsOf(session);
  const listed = await listedDossiers(deps, session);
  return listed.flatMap(({ dossier, cycle }) => {
    const own = dossierFacts(session, dossier);
    if (dossier.productSet !== set.set || dossier.status === 'excluded' || interestOf(own, member) === 'interest') return [];
    const earlier = countingSheets(facts, own).find((sheet) => sheet.member === member);
    return [
      {
        cycleId: cycle.id,
        productCode: cycle.productCode,
        productName: cycle.product.name,
        producerName: cycle.product.producer.name,
        commune: deps.units.byCode(cycle.communeCode)?.fullName ?? cycle.communeCode,
        scoringRound: dossier.scoringRound,
        ...(earlier === undefined ? {} : { options: earlier.options }),
      },
    ];
  });
}

function noProducts(session: SessionRow) {
  const sets = [...new Set(onTheList(session).map(({ productSet }) => productSet))].sort((a, b) => a - b).join(', ');
  return {
    field: 'set',
    message: { vi: `không có sản phẩm nào để chấm ở bộ này; các bộ: ${sets}`, en: `no product of this set to score; sets: ${sets}` },
  };
}

/** Names the criteria of a set exactly: other codes, options or minimums give another one. */
function versionOf(set: CriteriaSet): string {
  return createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 16);
}

const upload = route({
  method: 'post',
  path: '/api/sessions/{id}/workbook',
  tag: TAG,
  summary: { vi: 'Nộp phiếu chấm bằng sổ tính', en: 'Hand in sheets as a workbook' },
  description: {
    vi: 'Trang để trống được bỏ qua. Còn một ô sai thì không ghi gì; câu trả lời nêu trang, ô, giá trị, lý do và giá trị được phép (cells).',
    en: 'Empty worksheets are passed over. With one wrong cell nothing is entered; the answer names sheet, cell, value, reason and what is allowed (cells).',
  },
  who: SCORERS,
  params: idParams,
  uploads: [XLSX, 'application/octet-stream'],
  answer: {
    status: 200,
    schema: enteredView.extend({ empty: z.number().int() }).meta({ id: 'WorkbookEntered' }),
    description: { vi: 'Số phiếu đã ghi', en: 'How many were entered' },
  },
  handler: async ({ deps, actor, params, upload: { bytes }, key }) => ({
    body: await enterWorkbook(deps, actor, params.id, { bytes, key }),
  }),
});

/** Hands in the sheets of a workbook: all of them or, with the refused cells (`cells`), none. */
export async function enterWorkbook(deps: ApiDeps, actor: Actor, id: string, { bytes, key }: { bytes: Buffer; key: string }) {
  const done = await inOpenSession(deps, actor, id, async (tx, session) => {
    const { code: member } = requireSeat(session, actor);
    const set = (number: number) => {
      const criteria = onTheList(session).some(({ productSet }) => productSet === number) && findSet(deps.rules.criteria, number);
      return criteria ? { set: criteria, version: versionOf(criteria) } : undefined;
    };
    const read = readScoreWorkbook(bytes, { sessionId: id, member, set });
    const outdated = ofAnotherRound(session, read);
    const cells = [...read.problems, ...outdated];
    if (cells.length) return { cells, entered: 0, unchanged: 0, empty: read.empty };
    const { problems, ...counts } = await enterSheets(deps, tx, session, read.sheets, { actor, member, source: 'workbook', key });
    return { cells: problems.map((problem) => cellOf(read.sheets, problem)), ...counts, empty: read.empty };
  });
  const { cells, ...counts } = done;
  if (cells.length) throw refusedCells(cells);
  return counts;
}

function ofAnotherRound(session: SessionRow, { sheets }: ReadWorkbook): CellProblem[] {
  return sheets.flatMap(({ sheet, cycleId, scoringRound }) => {
    const now = onTheList(session).find((one) => one.cycleId === cycleId)?.scoringRound;
    if (now === undefined || now === scoringRound) return [];
    const reason = {
      vi: `phiếu của lần chấm ${scoringRound}; nay là lần ${now}: hãy tải lại`,
      en: `is of scoring ${scoringRound}; it is now scoring ${now}: download it again`,
    };
    return [{ sheet, cell: 'A1', value: String(scoringRound), reason, allowed: [now] }];
  });
}

/** A problem of a sheet, at the cell of its criterion. */
function cellOf(sheets: readonly ReadSheet[], { sheet, criterion, given, allowed, text }: SheetProblem): CellProblem {
  const page = sheets[sheet];
  const cell = criterion === null ? undefined : page?.cells.get(criterion);
  return { sheet: page?.sheet ?? '', cell: cell ?? 'A1', value: given === null ? null : String(given), reason: text, allowed };
}

function refusedCells(cells: readonly CellProblem[]): HttpProblem {
  const detail = { vi: `Có ${cells.length} ô cần sửa; chưa ghi phiếu nào`, en: `${cells.length} cells to correct; nothing was entered` };
  return new HttpProblem('invalid-input', detail, {
    problems: cells.map(({ sheet, cell, reason }) => ({ field: `${sheet}!${cell}`, message: reason })),
    members: { cells },
  });
}

export const WORKBOOK_ROUTES: Route[] = [download, upload];
