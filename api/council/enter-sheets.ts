/** A member's own sheets entered into an open session, by form or workbook: all of them or, with the reasons, none. */
import type { SessionFacts } from '../../domain/council/session';
import { handoverProblems } from '../../domain/council/handover';
import { interestOf } from '../../domain/council/session';
import type { Actor } from '../../domain/cycle/state';
import type { Text } from '../../domain/sources';
import { type CriteriaSet, findSet } from '../../domain/stars/criteria';
import { type Problem, readSheets, type ScoreSheet, sheetTotal } from '../../domain/stars/sheets';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { recordChanges } from './events';
import { type DossierRow, dossierFacts, factsOf, onTheList, type SessionRow, type SheetRow } from './session-records';

/** A sheet as its member gives it. */
export interface GivenSheet {
  cycleId: string;
  options: Record<string, number>;
  disqualified?: { reason: string } | undefined;
  asksMeeting?: string | undefined;
}

/** What is wrong with a given sheet: which criterion (null: the sheet as a whole), what was given, what is allowed. */
export interface SheetProblem {
  sheet: number;
  criterion: string | null;
  given: number | null;
  allowed: (number | string)[];
  text: Text;
}

interface Entering {
  actor: Actor;
  member: string;
  source: 'form' | 'workbook';
  key: string;
}

/** Enters sheets; a sheet that says the same as the member's latest one is no new version. Answers problems, and then nothing was entered. */
export async function enterSheets(
  deps: ApiDeps,
  tx: Prisma.TransactionClient,
  session: SessionRow,
  given: readonly GivenSheet[],
  { actor, member, source, key }: Entering,
): Promise<{ problems: SheetProblem[]; entered: number; unchanged: number }> {
  const facts = factsOf(session);
  const problems = given.flatMap((sheet, index) =>
    sheetProblems(deps, session, facts, sheet, member).map((problem) => ({ ...problem, sheet: index })),
  );
  if (problems.length) return { problems, entered: 0, unchanged: 0 };
  const enteredAt = new Date(deps.clock.now());
  const rows = given.flatMap((sheet) => rowOf(deps, session, sheet, member) ?? []);
  await tx.scoreSheet.createMany({
    data: rows.map((row) => ({ ...row, personId: actor.id, source, actorId: actor.id, officeCode: actor.office, enteredAt, key })),
  });
  await tx.scoreSheetDraft.deleteMany({
    where: { sessionId: session.id, memberCode: member, cycleId: { in: given.map(({ cycleId }) => cycleId) } },
  });
  const about = { councilId: session.councilId, sessionId: session.id };
  await recordChanges(
    deps,
    tx,
    actor,
    rows.map(({ cycleId, scoringRound, version }) => ({
      name: 'enter-sheet' as const,
      ...about,
      cycleId,
      payload: { member, scoringRound, version, source },
    })),
  );
  return { problems: [], entered: rows.length, unchanged: given.length - rows.length };
}

type ProblemOfSheet = Omit<SheetProblem, 'sheet'>;

const whole = (vi: string, en: string): ProblemOfSheet[] => [{ criterion: null, given: null, allowed: [], text: { vi, en } }];

function sheetProblems(deps: ApiDeps, session: SessionRow, facts: SessionFacts, given: GivenSheet, member: string): ProblemOfSheet[] {
  const problems = scoringProblems(deps, session, facts, given, member);
  return problems.length > 0 ? problems : pointProblems(deps, session, given, member).map(({ kind: _kind, ...problem }) => problem);
}

/** Why the member may not score the dossier now; empty when they may. */
export function scoringProblems(
  deps: ApiDeps,
  session: SessionRow,
  { heldOn, rules, procedure }: SessionFacts,
  { cycleId, asksMeeting }: GivenSheet,
  member: string,
): ProblemOfSheet[] {
  const dossier = onTheList(session).find((one) => one.cycleId === cycleId);
  if (!dossier || !findSet(deps.rules.criteria, dossier.productSet))
    return whole(`hồ sơ ${cycleId} không có trong danh sách của phiên`, `dossier ${cycleId} is not on the list`);
  if (dossier.status === 'excluded') return whole('Hội đồng đã kết luận loại hồ sơ này', 'the council has excluded this dossier');
  const own = dossierFacts(session, dossier);
  const interest = interestOf(own, member);
  if (interest === 'unanswered')
    return whole('trả lời về lợi ích liên quan trước khi chấm', 'answer the question about interests before scoring');
  if (interest === 'interest') return whole('đã khai có lợi ích liên quan: không chấm hồ sơ này', 'an interest was declared: no scoring');
  const late = handoverProblems(cycleId, own.handedOverOn, { heldOn, rules, calendar: deps.calendar });
  if (late.length) return late.map(({ message }) => ({ criterion: null, given: null, allowed: [], text: message }));
  if (asksMeeting !== undefined && procedure === 'meeting')
    return whole('chỉ đề nghị họp khi lấy ý kiến bằng văn bản', 'a meeting is asked for in written opinions only');
  return [];
}

/** What is wrong with the points of a sheet for a dossier of the list, criterion by criterion. */
export function pointProblems(
  deps: ApiDeps,
  session: SessionRow,
  { cycleId, ...sheet }: GivenSheet,
  member: string,
): (ProblemOfSheet & Pick<Problem, 'kind'>)[] {
  const dossier = onTheList(session).find((one) => one.cycleId === cycleId);
  const set = dossier && findSet(deps.rules.criteria, dossier.productSet);
  if (!set) return [];
  const { problems } = readSheets(set, [asSheet(sheet, member)]);
  return problems.map(({ kind, criterion, given, allowed, text }) => ({ kind, criterion, given, allowed, text }));
}

function asSheet({ options, disqualified }: Pick<GivenSheet, 'options' | 'disqualified'>, member: string): ScoreSheet {
  return { member, options, ...(disqualified === undefined ? {} : { disqualified }) };
}

/** The next version of a member's sheet; undefined when it says the same as the latest one. */
function rowOf(deps: ApiDeps, session: SessionRow, given: GivenSheet, member: string) {
  const dossier = onTheList(session).find((one) => one.cycleId === given.cycleId) as DossierRow;
  const set = findSet(deps.rules.criteria, dossier.productSet) as CriteriaSet;
  const { scoringRound } = dossier;
  const earlier = session.sheets.findLast(
    (one) => one.cycleId === given.cycleId && one.memberCode === member && one.scoringRound === scoringRound,
  );
  if (earlier && saysTheSame(earlier, given, set)) return undefined;
  const [scored] = readSheets(set, [asSheet(given, member)]).scored;
  return {
    cycleId: given.cycleId,
    sessionId: session.id,
    level: session.council.level,
    memberCode: member,
    criteriaSet: set.set,
    scoringRound,
    version: (earlier?.version ?? 0) + 1,
    options: given.options,
    total: scored ? sheetTotal(scored) : 0,
    disqualified: given.disqualified?.reason ?? null,
    asksMeeting: given.asksMeeting ?? null,
  };
}

function saysTheSame({ options, disqualified, asksMeeting }: SheetRow, given: GivenSheet, { criteria }: CriteriaSet): boolean {
  const before = options as Record<string, number>;
  return (
    disqualified === (given.disqualified?.reason ?? null) &&
    asksMeeting === (given.asksMeeting ?? null) &&
    criteria.every(({ code }) => before[code] === given.options[code])
  );
}
