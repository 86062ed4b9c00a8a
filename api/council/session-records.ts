/** A session as it stands in the records, and the turn in which it is changed. */
import type { Seat } from '../../domain/council/council';
import type { Measure } from '../../domain/council/assessment';
import type { DossierFacts, EnteredSheet, SessionFacts, SessionProcedure } from '../../domain/council/session';
import type { CouncilRules } from '../../domain/council-rules';
import type { Actor, CycleState } from '../../domain/cycle/state';
import type { Level } from '../../domain/regimes';
import { findSet } from '../../domain/stars/criteria';
import type { Prisma } from '../../prisma/generated/client';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { HttpProblem, notFound } from '../http/problem';
import { seesCouncil } from './access';
import { asLocalDate } from './dates';
import { TRANSACTION } from './shared';

const whole = {
  council: { include: { members: true } },
  dossiers: { orderBy: { place: 'asc' } },
  delegations: { orderBy: { id: 'asc' } },
  interests: { orderBy: { id: 'asc' } },
  sheets: { orderBy: { id: 'asc' } },
  results: true,
} satisfies Prisma.CouncilSessionInclude;

export type SessionRow = Prisma.CouncilSessionGetPayload<{ include: typeof whole }>;
export type DossierRow = SessionRow['dossiers'][number];
export type SheetRow = SessionRow['sheets'][number];

/** A session that the actor may see. Throws "not found" for others, known or not. */
export async function readSession(db: Prisma.TransactionClient, actor: Actor, id: string): Promise<SessionRow> {
  const row = await db.councilSession.findUnique({ where: { id }, include: whole });
  if (!row || !seesCouncil(actor, row.council)) throw notFound({ vi: `Không có phiên ${id}`, en: `There is no session ${id}` });
  return row;
}

/** Changes an open session, one at a time. Throws the problem of a session that is closed. */
export async function inOpenSession<Result>(
  { db }: ApiDeps,
  actor: Actor,
  id: string,
  work: (tx: Prisma.TransactionClient, session: SessionRow) => Promise<Result>,
): Promise<Result> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from council_session where id = ${id} for update`;
    const session = await readSession(tx, actor, id);
    if (session.status === 'closed') throw sessionClosed(session);
    return await work(tx, session);
  }, TRANSACTION);
}

function sessionClosed({ closedOn }: SessionRow): HttpProblem {
  const day = closedOn === null ? '' : asLocalDate(closedOn);
  return new HttpProblem('not-allowed-now', {
    vi: `Phiên đã kết thúc ngày ${day}: không ai sửa được nữa`,
    en: `The session closed on ${day}: nobody changes it any more`,
  });
}

/** The seats that score, as they were when the session opened. */
export const scoringSeats = ({ members }: Pick<SessionRow, 'members'>): Seat[] => members as unknown as Seat[];

export const rulesOf = ({ rules }: Pick<SessionRow, 'rules'>): CouncilRules => rules as unknown as CouncilRules;

export const procedureOf = ({ procedure }: Pick<SessionRow, 'procedure'>): SessionProcedure => procedure as SessionProcedure;

/** What the rules of a session need to know of it. */
export function factsOf(session: SessionRow): SessionFacts {
  return {
    procedure: procedureOf(session),
    heldOn: asLocalDate(session.heldOn),
    seats: scoringSeats(session),
    rules: rulesOf(session),
    delegations: session.delegations.map(({ cycleId, toCode }) => ({ cycleId, to: toCode })),
  };
}

/** What the rules need to know of a dossier on its list. */
export function dossierFacts(session: SessionRow, { cycleId, scoringRound, handedOverOn, status, reason }: DossierRow): DossierFacts {
  return {
    cycleId,
    scoringRound,
    handedOverOn: handedOverOn && asLocalDate(handedOverOn),
    excluded: status === 'excluded' ? { reason: reason ?? '' } : null,
    answers: session.interests
      .filter((one) => one.cycleId === cycleId)
      .map(({ memberCode, interest }) => ({ member: memberCode, interest })),
    sheets: session.sheets.filter((one) => one.cycleId === cycleId).map(enteredSheet),
  };
}

export function enteredSheet({ memberCode, options, scoringRound, disqualified, asksMeeting }: SheetRow): EnteredSheet {
  return {
    member: memberCode,
    options: options as Record<string, number>,
    scoringRound,
    ...(disqualified === null ? {} : { disqualified: { reason: disqualified } }),
    ...(asksMeeting === null ? {} : { asksMeeting }),
  };
}

/** Dossiers that are on the list: not those taken off it. */
export const onTheList = ({ dossiers }: Pick<SessionRow, 'dossiers'>): DossierRow[] =>
  dossiers.filter(({ status }) => status !== 'removed');

/** A dossier of the list with its cycle and what it is assessed under. */
export interface Listed {
  dossier: DossierRow;
  cycle: CycleRow;
  state: CycleState;
  measure: Measure;
}

/**
 * The dossiers of the list with their cycles, in their order. A change of the session reads them in its own transaction: others wait for it with their
 * connections in hand.
 */
export async function listedDossiers(deps: ApiDeps, session: SessionRow, tx: Prisma.TransactionClient = deps.db): Promise<Listed[]> {
  const dossiers = onTheList(session);
  const cycles = await readCycles(
    { db: tx },
    dossiers.map(({ cycleId }) => cycleId),
  );
  const byId = new Map(cycles.map((cycle) => [cycle.id, cycle]));
  const listed: Listed[] = [];
  for (const dossier of dossiers) {
    const cycle = byId.get(dossier.cycleId);
    const set = findSet(deps.rules.criteria, dossier.productSet);
    if (!cycle || !set) throw new Error(`dossier ${dossier.cycleId} of session ${session.id} has no cycle or no criteria`);
    const state = await stateOf({ db: tx }, cycle);
    const measure = { level: session.council.level as Level, procedure: state.rules.procedure, set, calendar: deps.calendar };
    listed.push({ dossier, cycle, state, measure });
  }
  return listed;
}

/** The actor's seat among those that score; undefined for everybody else. */
export function seatOf(session: SessionRow, actor: Actor): Seat | undefined {
  return scoringSeats(session).find(({ personId }) => personId === actor.id);
}

/** As `seatOf`, for what only a scoring member does. Throws the refusal. */
export function requireSeat(session: SessionRow, actor: Actor): Seat {
  const seat = seatOf(session, actor);
  if (seat) return seat;
  throw new HttpProblem('not-allowed', {
    vi: 'Chỉ thành viên chấm điểm của phiên này mới được làm việc này; tài khoản phải gắn với đúng người (personId)',
    en: 'Only a scoring member of this session may do this; the account must be bound to that person (personId)',
  });
}

/** The key under which the session's results enter their cycles, once. */
export const resultKey = (sessionId: string): string => `result-${sessionId}`;
