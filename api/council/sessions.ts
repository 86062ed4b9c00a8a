/** Sessions of a council: opened for a day, postponed, their chair delegated, read. */
import { z } from 'zod';
import { sessionSeats } from '../../domain/council/membership';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Actor } from '../../domain/cycle/state';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { code, documentNumber, localDate, text } from '../http/schemas';
import { KEEPERS, READERS } from './access';
import { type CouncilRow, idParams, readCouncil, seatsOf } from './councils';
import { asDate, asLocalDate } from './dates';
import { recordChanges } from './events';
import { planFor, roundById, roundHeldOn, roundsAround } from './rounds';
import { factsOf, inOpenSession, onTheList, readSession, scoringSeats } from './session-records';
import { applySessionChange, sessionChange } from './session-members';
import { sessionAnswer, type SessionView, viewOfSession } from './session-view';
import { cycleIdSchema, TAG, TRANSACTION } from './shared';

export const openInput = z.strictObject({
  procedure: z.enum(['meeting', 'written-opinions']),
  heldOn: localDate.meta({ description: 'Ngày họp, hoặc hạn gửi ý kiến. / Day of the meeting, or the day opinions are due.' }),
  place: text(300).optional(),
  plan: code.optional(),
  round: z
    .string()
    .max(60)
    .nullable()
    .optional()
    .meta({ description: 'Đợt; mặc định theo ngày họp; null: ngoài các đợt. / Round; by the day unless told; null: outside the rounds.' }),
});

const open = route({
  method: 'post',
  path: '/api/councils/{id}/sessions',
  tag: TAG,
  summary: { vi: 'Mở phiên họp hoặc đợt lấy ý kiến bằng văn bản', en: 'Open a session, or a round of written opinions' },
  description: {
    vi: 'Thành viên là thành viên Hội đồng của ngày họp; Quy chế được giữ như ngày mở phiên.',
    en: 'Members are the council’s on the day of the session; operating rules are kept as they are when it opens.',
  },
  who: KEEPERS,
  params: idParams,
  body: openInput,
  answer: { ...sessionAnswer, status: 201 },
  handler: async ({ deps, actor, params, body, key }) => {
    const session = await openSession(deps, actor, params.id, { body, key });
    return { body: session, headers: { location: `/api/sessions/${session.id}` } };
  },
});

/** Opens a session. Throws what is wrong with its day, plan or round. */
export async function openSession(
  deps: ApiDeps,
  actor: Actor,
  councilId: string,
  { body, key }: { body: z.output<typeof openInput>; key: string },
): Promise<SessionView> {
  const id = `session-${key}`;
  await deps.db.$transaction(async (tx) => {
    // A change of members that is being entered comes first.
    await tx.$queryRaw`select id from council where id = ${councilId} for share`;
    const council = await readCouncil(tx, actor, councilId);
    if ((await tx.councilSession.count({ where: { id } })) > 0) return;
    const data = sessionOf(deps, council, body);
    await tx.councilSession.create({ data: { ...data, id, councilId: council.id } });
    const payload = { procedure: body.procedure, heldOn: body.heldOn, round: data.roundId, members: data.members };
    await recordChanges(deps, tx, actor, [{ name: 'open-session', councilId: council.id, sessionId: id, payload }]);
  }, TRANSACTION);
  const session = await readSession(deps.db, actor, id);
  return await viewOfSession(deps, session);
}

/** What is kept of a new session. Throws the problems of a day outside the term, of rules, plans or rounds that there are not. */
function sessionOf(deps: ApiDeps, council: CouncilRow, { procedure, heldOn, place, plan, round }: z.output<typeof openInput>) {
  const problems: FieldProblem[] = [];
  const [termFrom, termTo] = [asLocalDate(council.termFrom), asLocalDate(council.termTo)];
  if (heldOn < termFrom || heldOn > termTo) problems.push(outsideTerm(termFrom, termTo));
  const rules = deps.rules.councils.find(({ id }) => id === council.rulesId);
  const planId = planFor(deps, plan, council.provinceCode, heldOn);
  const dated =
    round === undefined ? (procedure === 'meeting' ? roundHeldOn(deps, heldOn) : undefined) : roundNamed(deps, round, heldOn, problems);
  if (problems.length) throw invalidInput(problems);
  if (!rules) throw new Error(`the rules ${council.rulesId} of council ${council.id} are not loaded`);
  const members = sessionSeats(seatsOf(council), heldOn);
  return {
    procedure,
    planId,
    roundId: dated?.id ?? null,
    heldOn: asDate(heldOn),
    place: place ?? null,
    status: 'open',
    members: asJson(members),
    rules: asJson(rules),
    openedAt: new Date(deps.clock.now()),
  };
}

const asJson = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;

function outsideTerm(from: LocalDate, to: LocalDate): FieldProblem {
  return {
    field: 'heldOn',
    message: {
      vi: `ngoài nhiệm kỳ của Hội đồng (${formatVietnamese(from)} – ${formatVietnamese(to)})`,
      en: `outside the council’s term (${from} to ${to})`,
    },
  };
}

function roundNamed(deps: ApiDeps, id: string | null, on: LocalDate, problems: FieldProblem[]) {
  const found = id === null ? undefined : roundById(deps, id, on);
  if (id !== null && !found) {
    const ids = roundsAround(deps, on).map((round) => round.id);
    problems.push({
      field: 'round',
      message: { vi: `không có đợt này; các đợt: ${ids.join(', ')}`, en: `there is no such round; rounds: ${ids.join(', ')}` },
    });
  }
  return found;
}

const list = route({
  method: 'get',
  path: '/api/councils/{id}/sessions',
  tag: TAG,
  summary: { vi: 'Các phiên của Hội đồng', en: 'List a council’s sessions' },
  who: READERS,
  params: idParams,
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          procedure: z.string(),
          heldOn: localDate,
          status: z.string(),
          round: z.string().nullable(),
          dossiers: z.number(),
        }),
      ),
    }),
    description: { vi: 'Mới trước', en: 'Newest first' },
  },
  handler: async ({ deps, actor, params }) => ({ body: { items: await listSessions(deps, actor, params.id) } }),
});

/** The sessions of a council, newest first. */
export async function listSessions(deps: ApiDeps, actor: Actor, councilId: string) {
  const council = await readCouncil(deps.db, actor, councilId);
  const rows = await deps.db.councilSession.findMany({
    where: { councilId: council.id },
    include: { dossiers: true },
    orderBy: [{ heldOn: 'desc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    procedure: row.procedure,
    heldOn: asLocalDate(row.heldOn),
    status: row.status,
    round: row.roundId,
    dossiers: onTheList(row).length,
  }));
}

const read = route({
  method: 'get',
  path: '/api/sessions/{id}',
  tag: TAG,
  summary: {
    vi: 'Một phiên: hồ sơ, ai đã nộp phiếu, kết quả sau khi kết thúc',
    en: 'A session: dossiers, who has handed in, results once it is closed',
  },
  who: READERS,
  params: idParams,
  answer: sessionAnswer,
  handler: async ({ deps, actor, params }) => ({ body: await viewOfSession(deps, await readSession(deps.db, actor, params.id)) }),
});

export const postponeInput = z.strictObject({ heldOn: localDate, reason: text(1000) });

const postpone = route({
  method: 'post',
  path: '/api/sessions/{id}/postpone',
  tag: TAG,
  summary: { vi: 'Đổi ngày họp hoặc hạn gửi ý kiến', en: 'Move the session to another day' },
  who: KEEPERS,
  params: idParams,
  body: postponeInput,
  answer: sessionAnswer,
  handler: async ({ deps, actor, params, body }) => ({ body: await postponeSession(deps, actor, params.id, body) }),
});

/** Moves an open session to another day of the term; its members become those of that day. */
export async function postponeSession(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { heldOn, reason }: z.output<typeof postponeInput>,
): Promise<SessionView> {
  await inOpenSession(deps, actor, id, async (tx, session) => {
    const { council } = session;
    const [termFrom, termTo] = [asLocalDate(council.termFrom), asLocalDate(council.termTo)];
    if (heldOn < termFrom || heldOn > termTo) throw invalidInput([outsideTerm(termFrom, termTo)]);
    const from = asLocalDate(session.heldOn);
    if (from === heldOn) return;
    await tx.councilSession.update({ where: { id }, data: { heldOn: asDate(heldOn) } });
    const change = { councilId: council.id, sessionId: id, payload: { from, to: heldOn }, reason };
    await recordChanges(deps, tx, actor, [{ name: 'postpone-session', ...change }]);
    const members = sessionChange(session, seatsOf(council), heldOn);
    if (members) await applySessionChange(deps, tx, actor, members, {});
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, id));
}

export const delegationInput = z.strictObject({
  to: code,
  cycleId: cycleIdSchema.optional(),
  documentNumber: documentNumber.optional(),
  reason: text(1000).optional(),
});

const delegate = route({
  method: 'post',
  path: '/api/sessions/{id}/delegation',
  tag: TAG,
  summary: { vi: 'Ghi người được ủy quyền chủ trì', en: 'Record who presides in the chair’s place' },
  description: {
    vi: 'Cho cả phiên, hoặc cho một hồ sơ mà người chủ trì có lợi ích liên quan (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b).',
    en: 'For the session, or for one dossier in which whoever presides has an interest (Decision 26/2026, article 7.3b).',
  },
  who: KEEPERS,
  params: idParams,
  body: delegationInput,
  answer: sessionAnswer,
  handler: async ({ deps, actor, params, body }) => ({ body: await delegateChair(deps, actor, params.id, body) }),
});

/** Records who presides over the session, or over one dossier of it. */
export async function delegateChair(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { to, cycleId, documentNumber: document, reason }: z.output<typeof delegationInput>,
): Promise<SessionView> {
  await inOpenSession(deps, actor, id, async (tx, session) => {
    const seats = scoringSeats(session).map((seat) => seat.code);
    const wrong = [
      ...(seats.includes(to) ? [] : [oneOf('to', seats)]),
      ...(cycleId === undefined || onTheList(session).some((one) => one.cycleId === cycleId)
        ? []
        : [
            oneOf(
              'cycleId',
              onTheList(session).map((one) => one.cycleId),
            ),
          ]),
    ];
    if (wrong.length) throw invalidInput(wrong);
    const standing = factsOf(session).delegations.findLast((one) => one.cycleId === (cycleId ?? null));
    if (standing?.to === to) return;
    const data = { sessionId: id, cycleId: cycleId ?? null, toCode: to, documentNumber: document ?? null, reason: reason ?? null };
    await tx.chairDelegation.create({ data: { ...data, recordedAt: new Date(deps.clock.now()) } });
    const about = { councilId: session.councilId, sessionId: id, ...(cycleId === undefined ? {} : { cycleId }) };
    await recordChanges(deps, tx, actor, [{ name: 'delegate-chair', ...about, payload: { to }, reason, sourceDocument: document }]);
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, id));
}

function oneOf(field: string, allowed: readonly string[]): FieldProblem {
  const all = allowed.join(', ');
  return { field, message: { vi: `phải là một trong: ${all}`, en: `must be one of: ${all}` } };
}

export const SESSION_ROUTES: Route[] = [open, list, read, postpone, delegate];
