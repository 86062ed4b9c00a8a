/** Letters as Word drafts, made from the records: the office finishes, numbers and signs them. */
import { z } from 'zod';
import { LETTER_KINDS, LETTER_WORDINGS, letterOf, type LetterKind } from '../../documents/letter-text';
import { letterDocx } from '../../documents/letter';
import type { Actor, CycleState } from '../../domain/cycle/state';
import type { Star } from '../../domain/regimes';
import { sees } from '../auth/visibility';
import { type CycleRow, readCycle, readCycles, stateOf } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import { proposedStar } from '../decisions/foresee';
import { cycleId, DECISION_KINDS, type DecisionKind } from '../decisions/input';
import { decisionParams } from '../decisions/routes';
import { readDecision } from '../decisions/view';
import type { ApiDeps } from '../deps';
import { DOCX } from '../http/media-types';
import { HttpProblem, invalidInput, notFound } from '../http/problem';
import { type FileReply, route, type Route } from '../http/route';
import { bothLanguages, provinceCode } from '../http/schemas';
import { isFor } from './awaiting';
import { decisionDocx, type Listed } from './decision-drafts';
import { caseOf, factsOf } from './facts';
import { WRITTEN_WHEN } from './kinds';

const TAG = 'Văn bản';
const PROVINCE = ['administrator', 'provincial_staff'] as const;
const MOST_LISTED = 300;

const mayRead = (actor: Actor, kind: LetterKind): boolean => actor.role !== 'commune_staff' || LETTER_WORDINGS[kind].readByCommune;

/** What can be drafted for a dossier as it stands, and read by this actor. */
export function lettersFor(actor: Actor, state: CycleState): LetterKind[] {
  return LETTER_KINDS.filter((kind) => mayRead(actor, kind) && WRITTEN_WHEN[kind](state));
}

const letters = route({
  method: 'get',
  path: '/api/cycles/{id}/letters',
  tag: TAG,
  summary: { vi: 'Các văn bản có thể dự thảo cho hồ sơ này', en: 'Letters that can be drafted for this dossier' },
  who: [...PROVINCE, 'commune_staff'],
  params: z.object({ id: cycleId }),
  answer: {
    status: 200,
    schema: z.object({ items: z.array(z.object({ kind: z.enum(LETTER_KINDS), title: bothLanguages, source: z.string() })) }),
    description: { vi: 'Các văn bản', en: 'The letters' },
  },
  async handler({ deps, actor, params }) {
    const row = await readCycle(deps, actor, params.id);
    const kinds = lettersFor(actor, await stateOf(deps, row));
    return { body: { items: kinds.map((kind) => ({ kind, title: LETTER_WORDINGS[kind].title, source: LETTER_WORDINGS[kind].source })) } };
  },
});

/** The draft of one letter. Throws where it is not the actor's to read, or cannot be written at this step. */
export async function letterFile(deps: ApiDeps, actor: Actor, id: string, kind: LetterKind): Promise<FileReply> {
  const row = await readCycle(deps, actor, id);
  const wording = LETTER_WORDINGS[kind];
  if (!mayRead(actor, kind))
    throw new HttpProblem('not-allowed', {
      vi: `“${wording.title.vi}” là văn bản của tỉnh`,
      en: `“${wording.title.en}” is the province’s`,
    });
  const state = await stateOf(deps, row);
  if (!WRITTEN_WHEN[kind](state)) throw notYet(kind, lettersFor(actor, state));
  const { facts, writers } = factsOf(deps, await caseOf(deps, row, state));
  const { province, agency } = writers;
  const made = letterOf(wording, facts, { committee: province.committee, agency, place: province.place, on: null });
  return { file: { type: DOCX, name: `${wording.title.vi} ${row.product.name}.docx`, bytes: await letterDocx(made) } };
}

const letter = route({
  method: 'get',
  path: '/api/cycles/{id}/letters/{kind}',
  tag: TAG,
  summary: { vi: 'Dự thảo một văn bản của hồ sơ (.docx)', en: 'Draft of a letter about a dossier (.docx)' },
  description: {
    vi: 'Số văn bản và ngày ký để trống cho văn thư. Xã chỉ đọc các thông báo gửi cho mình.',
    en: 'Number and day stay blank for the registry. A commune reads the notices that go to it.',
  },
  who: [...PROVINCE, 'commune_staff'],
  params: z.object({ id: cycleId, kind: z.enum(LETTER_KINDS) }),
  answer: { status: 200, files: [DOCX], description: { vi: 'Văn bản', en: 'The letter' } },
  refusals: [409],
  handler: async ({ deps, actor, params: { id, kind } }) => await letterFile(deps, actor, id, kind),
});

function notYet(kind: LetterKind, available: LetterKind[]): HttpProblem {
  const { title } = LETTER_WORDINGS[kind];
  const list = available.map((one) => `“${LETTER_WORDINGS[one].title.vi}” (${one})`).join(', ') || 'chưa có văn bản nào';
  return new HttpProblem(
    'not-allowed-now',
    {
      vi: `Chưa thể dự thảo “${title.vi}” ở bước này; có thể: ${list}`,
      en: `“${title.en}” cannot be written at this step; possible: ${available.join(', ') || 'none'}`,
    },
    { members: { available } },
  );
}

const ofDossiers = route({
  method: 'get',
  path: '/api/decision-drafts',
  tag: TAG,
  summary: { vi: 'Dự thảo quyết định cho các hồ sơ đang chờ (.docx)', en: 'Draft decision for dossiers that await one (.docx)' },
  description: {
    vi: 'cycles là các chu trình cách nhau bởi dấu phẩy; không ghi thì lấy mọi hồ sơ của tỉnh đang chờ loại quyết định này.',
    en: 'cycles are ids separated by commas; without it, every dossier of the province that awaits this kind of decision.',
  },
  who: PROVINCE,
  query: z.strictObject({
    kind: z.enum(DECISION_KINDS),
    cycles: z.string().min(1).max(12_000).optional(),
    province: provinceCode.optional(),
  }),
  answer: { status: 200, files: [DOCX], description: { vi: 'Dự thảo quyết định', en: 'The draft' } },
  refusals: [404],
  async handler({ deps, actor, query: { kind, cycles, province } }) {
    const rows = cycles === undefined ? await waiting(deps, actor, province) : await named(deps, actor, cycles);
    const all: Listed[] = [];
    for (const row of rows) {
      const state = await stateOf(deps, row);
      all.push({ row, state, star: proposedStar(state) });
    }
    const list = all.filter((one) => isFor(kind, one));
    const unfit = all.filter((one) => !list.includes(one)).map(({ row }) => row.id);
    if (cycles !== undefined && unfit.length > 0) throw unfitFor(unfit);
    if (list.length === 0) throw notFound({ vi: 'Không có hồ sơ nào đang chờ quyết định này', en: 'No dossier awaits such a decision' });
    if (new Set(list.map(({ row }) => row.provinceCode)).size > 1)
      throw invalidInput([
        { field: 'province', message: { vi: 'cần mã tỉnh: mỗi tỉnh một quyết định', en: 'a province is needed: each decides for itself' } },
      ]);
    return await draft(deps, kind, list);
  },
});

function unfitFor(ids: string[]): HttpProblem {
  const message = { vi: `không chờ quyết định này: ${ids.join(', ')}`, en: `does not await such a decision: ${ids.join(', ')}` };
  return invalidInput([{ field: 'cycles', message }]);
}

async function waiting(deps: ApiDeps, actor: Actor, province: string | undefined): Promise<CycleRow[]> {
  const where = { step: 'awaiting_decision', ...(province === undefined ? {} : { provinceCode: province }) };
  const found = await deps.db.cycle.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  const rows = await readCycles(
    deps,
    found.map(({ id }) => id),
  );
  return rows.filter((row) => sees(actor, row));
}

async function named(deps: ApiDeps, actor: Actor, written: string): Promise<CycleRow[]> {
  const ids = [...new Set(written.split(',').map((id) => id.trim()))];
  const message = { vi: `nhiều nhất ${MOST_LISTED} chu trình`, en: `at most ${MOST_LISTED} cycles` };
  if (ids.length > MOST_LISTED) throw invalidInput([{ field: 'cycles', message }]);
  return await Promise.all(ids.map(async (id) => await readCycle(deps, actor, id)));
}

/** The text of a decision in the register. */
export async function decisionFile(deps: ApiDeps, actor: Actor, id: string): Promise<FileReply> {
  const decision = await readDecision(deps, actor, id);
  const stars = new Map(decision.products.map(({ cycleId: cycle, star }) => [cycle, star as Star | null]));
  const list: Listed[] = [];
  for (const row of await readCycles(deps, [...stars.keys()])) {
    const state = await stateOf(deps, row);
    list.push({ row, state, star: stars.get(row.id) ?? state.facts.council?.star ?? null });
  }
  return await draft(deps, decision.kind as DecisionKind, list, dateOf(decision.signedOn));
}

const ofRegister = route({
  method: 'get',
  path: '/api/decisions/{id}/draft',
  tag: TAG,
  summary: { vi: 'Văn bản của một quyết định trong sổ (.docx)', en: 'The text of a decision in the register (.docx)' },
  who: PROVINCE,
  params: decisionParams,
  answer: { status: 200, files: [DOCX], description: { vi: 'Quyết định', en: 'The decision' } },
  handler: async ({ deps, actor, params }) => await decisionFile(deps, actor, params.id),
});

async function draft(deps: ApiDeps, kind: DecisionKind, list: Listed[], on: string | null = null): Promise<FileReply> {
  const name = kind === 'recognition' ? 'Quyết định công nhận sản phẩm OCOP.docx' : 'Quyết định phê duyệt kết quả đánh giá.docx';
  return { file: { type: DOCX, name, bytes: await decisionDocx(deps, kind, list, on) } };
}

export const LETTER_ROUTES: Route[] = [letters, letter, ofDossiers, ofRegister];
