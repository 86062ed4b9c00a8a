/** Councils: established by a decision for a term, changed by decision, read by those who have to do with them. */
import { z } from 'zod';
import { type HeldSeat, SEAT_ROLES, seatProblems, seatsOn, scoresByDefault, termProblems } from '../../domain/council/council';
import type { Actor } from '../../domain/cycle/state';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput, notFound } from '../http/problem';
import { route, type Route } from '../http/route';
import { code, documentNumber, localDate, provinceCode, text } from '../http/schemas';
import { READERS, seesCouncil } from './access';
import { asDate, asLocalDate } from './dates';
import { recordChanges } from './events';
import { personInput, personOf } from './people';
import { TAG, TRANSACTION } from './shared';

const withMembers = { members: { include: { person: { include: { office: true } } } } } satisfies Prisma.CouncilInclude;

export type CouncilRow = Prisma.CouncilGetPayload<{ include: typeof withMembers }>;

/** A council that the actor may see, with its seats. Throws "not found" for others, known or not. */
export async function readCouncil(db: Prisma.TransactionClient, actor: Actor, id: string): Promise<CouncilRow> {
  const row = await db.council.findUnique({ where: { id }, include: withMembers });
  if (!row || !seesCouncil(actor, row)) throw notFound({ vi: `Không có Hội đồng ${id}`, en: `There is no council ${id}` });
  return row;
}

/** The seats of a council as its rules read them, in the order of the decisions. */
export function seatsOf({ members }: Pick<CouncilRow, 'members'>): HeldSeat[] {
  return members
    .map(({ code: seat, personId, role, scores, fromOn, untilOn }) => ({
      code: seat,
      personId,
      role: role as HeldSeat['role'],
      scores,
      fromOn: asLocalDate(fromOn),
      untilOn: untilOn && asLocalDate(untilOn),
    }))
    .sort((a, b) => numberOf(a.code) - numberOf(b.code));
}

const numberOf = (seat: string): number => Number(seat.slice(1));

const memberInput = z
  .strictObject({
    personId: z.string().min(1).max(100).optional(),
    person: personInput.optional(),
    role: z.enum(SEAT_ROLES),
    scores: z
      .boolean()
      .optional()
      .meta({ description: 'Mặc định: thư ký, tổ tư vấn không chấm. / By default secretaries and advisers do not score.' }),
    position: text(200).optional(),
  })
  .meta({ id: 'NewCouncilMember' });

const memberView = z
  .object({
    code: z.string(),
    personId: z.string(),
    name: z.string(),
    office: z.string(),
    role: z.enum(SEAT_ROLES),
    scores: z.boolean(),
    position: z.string().nullable(),
    decisionNumber: z.string(),
    from: localDate,
    until: localDate.nullable(),
  })
  .meta({ id: 'CouncilMember' });

const councilView = z
  .object({
    id: z.string(),
    name: z.string(),
    province: z.string(),
    decisionNumber: z.string(),
    decisionOn: localDate,
    termFrom: localDate,
    termTo: localDate,
    rules: z.string(),
    members: z.array(memberView),
  })
  .meta({ id: 'Council' });

export type CouncilView = z.output<typeof councilView>;

/** A council as its readers see it. */
export function viewOf(row: CouncilRow): CouncilView {
  const people = new Map(row.members.map((member) => [member.code, member]));
  return {
    id: row.id,
    name: row.name,
    province: row.provinceCode,
    decisionNumber: row.decisionNumber,
    decisionOn: asLocalDate(row.decisionOn),
    termFrom: asLocalDate(row.termFrom),
    termTo: asLocalDate(row.termTo),
    rules: row.rulesId,
    members: seatsOf(row).map(({ fromOn, untilOn, ...seat }) => {
      const member = people.get(seat.code);
      return {
        ...seat,
        name: member?.person.name ?? '',
        office: member?.person.office.name ?? '',
        position: member?.position ?? null,
        decisionNumber: member?.decisionNumber ?? '',
        from: fromOn,
        until: untilOn,
      };
    }),
  };
}

type MemberInput = z.output<typeof memberInput>;

interface NewSeats {
  province: { provinceCode: string; officeCode: string };
  firstNumber: number;
  fromOn: string;
}

/** Seats for the people of a decision. Throws the problems of people that there are not. */
async function seatsFor(tx: Prisma.TransactionClient, members: readonly MemberInput[], { province, firstNumber, fromOn }: NewSeats) {
  const seats: (HeldSeat & { position: string | null })[] = [];
  const problems: FieldProblem[] = [];
  for (const [index, { role, scores = scoresByDefault(role), position = null, ...who }] of members.entries()) {
    const found = await personOf(tx, who, province, `members.${index}`);
    if ('field' in found) problems.push(found);
    else seats.push({ code: `M${firstNumber + index}`, ...found, role, scores, position, fromOn, untilOn: null });
  }
  if (problems.length) throw invalidInput(problems);
  return seats;
}

export const establishInput = z.strictObject({
  name: text(300).optional(),
  province: provinceCode.optional().meta({ description: 'Chỉ quản trị viên cần ghi. / Only administrators need it.' }),
  decisionNumber: documentNumber,
  decisionOn: localDate,
  termFrom: localDate,
  termTo: localDate,
  rules: code.meta({ description: 'Quy chế hoạt động: mã tệp trong plans/councils. / Operating rules: a file of plans/councils.' }),
  members: z.array(memberInput).min(1).max(60),
});

const establish = route({
  method: 'post',
  path: '/api/councils',
  tag: TAG,
  summary: { vi: 'Thành lập Hội đồng theo quyết định', en: 'Establish a council by decision' },
  description: {
    vi: 'Hội đồng cho một nhiệm kỳ, với các thành viên và Quy chế hoạt động (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b).',
    en: 'A council for a term, with its members and operating rules (Decision 26/2026, article 7.3b).',
  },
  who: ['administrator', 'provincial_staff'],
  body: establishInput,
  answer: { status: 201, schema: councilView, description: { vi: 'Hội đồng', en: 'The council' } },
  handler: async ({ deps, actor, body, key }) => {
    const council = await establishCouncil(deps, actor, body, key);
    return { body: council, headers: { location: `/api/councils/${council.id}` } };
  },
});

/** Establishes a council. Throws what is wrong with the term, the rules or the members, and "already exists" for a decision entered before. */
export async function establishCouncil(
  deps: ApiDeps,
  actor: Actor,
  body: z.output<typeof establishInput>,
  key: string,
): Promise<CouncilView> {
  const place = provinceOf(actor, body.province);
  const rules = deps.rules.councils.find(({ id }) => id === body.rules);
  const problems = [...termProblems(body, deps.today()), ...(rules ? [] : [unknownRules(deps)])];
  if (problems.length) throw invalidInput(problems);
  const id = `council-${key}`;
  const row = await deps.db.$transaction(async (tx) => {
    const standing = await tx.council.findFirst({
      where: { OR: [{ id }, { provinceCode: place, decisionNumber: body.decisionNumber, decisionOn: asDate(body.decisionOn) }] },
    });
    if (standing && standing.id !== id)
      throw new HttpProblem(
        'already-exists',
        { vi: `Hội đồng theo quyết định này đã có: ${standing.id}`, en: `There is a council of this decision: ${standing.id}` },
        { members: { councilId: standing.id } },
      );
    if (!standing) await enter(deps, tx, actor, { ...body, id, provinceCode: place });
    return await readCouncil(tx, actor, id);
  }, TRANSACTION);
  return viewOf(row);
}

function provinceOf(actor: Actor, asked: string | undefined): string {
  const place = actor.role === 'administrator' ? (asked ?? actor.provinceCode) : actor.provinceCode;
  if (place !== null && (asked === undefined || asked === place)) return place;
  const message =
    place === null
      ? { vi: 'cần mã tỉnh (2 chữ số)', en: 'the province is needed (2 digits)' }
      : { vi: 'chỉ thành lập Hội đồng của tỉnh mình', en: 'only for your own province' };
  throw invalidInput([{ field: 'province', message }]);
}

function unknownRules({ rules }: ApiDeps): FieldProblem {
  const ids = rules.councils.map(({ id }) => id).join(', ');
  return { field: 'rules', message: { vi: `không có quy chế này; các quy chế: ${ids}`, en: `there are no such rules; rules: ${ids}` } };
}

type Establishment = z.output<typeof establishInput> & { id: string; provinceCode: string };

async function enter(deps: ApiDeps, tx: Prisma.TransactionClient, actor: Actor, given: Establishment): Promise<void> {
  const { id, provinceCode: place, decisionNumber, decisionOn, termFrom, termTo, rules } = given;
  const seats = await seatsFor(tx, given.members, {
    province: { provinceCode: place, officeCode: place },
    firstNumber: 1,
    fromOn: termFrom,
  });
  const problems = seatProblems(seats);
  if (problems.length) throw invalidInput(problems);
  const name = given.name ?? `Hội đồng đánh giá, phân hạng sản phẩm OCOP ${deps.units.byCode(place)?.fullName ?? place}`;
  await tx.council.create({
    data: {
      id,
      level: 'province',
      name,
      provinceCode: place,
      officeCode: actor.office,
      decisionNumber,
      decisionOn: asDate(decisionOn),
      termFrom: asDate(termFrom),
      termTo: asDate(termTo),
      rulesId: rules,
      recordedAt: new Date(deps.clock.now()),
    },
  });
  await enterSeats(tx, id, seats, decisionNumber);
  const payload = {
    rules,
    termFrom,
    termTo,
    members: seats.map(({ code: seat, personId, role, scores }) => ({ code: seat, personId, role, scores })),
  };
  await recordChanges(deps, tx, actor, [
    { name: 'establish-council', councilId: id, on: decisionOn, payload, sourceDocument: decisionNumber },
  ]);
}

async function enterSeats(
  tx: Prisma.TransactionClient,
  councilId: string,
  seats: readonly (HeldSeat & { position: string | null })[],
  decisionNumber: string,
): Promise<void> {
  await tx.councilMember.createMany({
    data: seats.map(({ fromOn, untilOn, ...seat }) => ({
      ...seat,
      councilId,
      decisionNumber,
      fromOn: asDate(fromOn),
      untilOn: untilOn && asDate(untilOn),
    })),
  });
}

export const idParams = z.object({ id: z.string().regex(/^[\w-]{1,80}$/) });

const change = route({
  method: 'post',
  path: '/api/councils/{id}/members',
  tag: TAG,
  summary: { vi: 'Thay đổi thành viên Hội đồng theo quyết định', en: 'Change a council’s members by decision' },
  description: {
    vi: 'Chỗ cũ được đóng, chỗ mới được mở; phiên đã mở giữ thành viên của ngày mở phiên.',
    en: 'Old seats are closed and new ones opened; sessions that are open keep the members they opened with.',
  },
  who: ['administrator', 'provincial_staff'],
  params: idParams,
  body: z.strictObject({
    decisionNumber: documentNumber,
    on: localDate.meta({ description: 'Ngày đầu tiên có hiệu lực. / The first day it holds.' }),
    leave: z.array(code).max(60).optional(),
    join: z.array(memberInput).max(60).optional(),
  }),
  answer: { status: 200, schema: councilView, description: { vi: 'Hội đồng sau thay đổi', en: 'The council after the change' } },
  async handler({ deps, actor, params: { id }, body: { decisionNumber, on, leave = [], join = [] } }) {
    const row = await deps.db.$transaction(async (tx) => {
      await tx.$queryRaw`select id from council where id = ${id} for update`;
      const council = await readCouncil(tx, actor, id);
      const before = seatsOf(council);
      const done = council.members.some((member) => member.decisionNumber === decisionNumber && asLocalDate(member.fromOn) === on);
      if (done) return council;
      const unknown = leave.filter((seat) => !seatsOn(before, on).some((held) => held.code === seat));
      if (unknown.length) throw invalidInput(unknown.map((seat) => noSuchSeat(seat, seatsOn(before, on))));
      const joining = await seatsFor(tx, join, {
        province: { provinceCode: council.provinceCode, officeCode: council.provinceCode },
        firstNumber: before.length + 1,
        fromOn: on,
      });
      const problems = seatProblems([...seatsOn(before, on).filter((seat) => !leave.includes(seat.code)), ...joining], 'join');
      if (problems.length) throw invalidInput(problems);
      await tx.councilMember.updateMany({ where: { councilId: id, code: { in: leave } }, data: { untilOn: asDate(on) } });
      await enterSeats(tx, id, joining, decisionNumber);
      const payload = { leave, join: joining.map(({ code: seat, personId, role, scores }) => ({ code: seat, personId, role, scores })) };
      await recordChanges(deps, tx, actor, [{ name: 'change-members', councilId: id, on, payload, sourceDocument: decisionNumber }]);
      return await readCouncil(tx, actor, id);
    }, TRANSACTION);
    return { body: viewOf(row) };
  },
});

function noSuchSeat(seat: string, held: readonly HeldSeat[]): FieldProblem {
  const codes = held.map((one) => one.code).join(', ');
  return { field: 'leave', message: { vi: `không có ${seat}; các thành viên: ${codes}`, en: `there is no ${seat}; members: ${codes}` } };
}

const list = route({
  method: 'get',
  path: '/api/councils',
  tag: TAG,
  summary: { vi: 'Các Hội đồng', en: 'List councils' },
  who: READERS,
  answer: { status: 200, schema: z.object({ items: z.array(councilView) }), description: { vi: 'Mới trước', en: 'Newest first' } },
  handler: async ({ deps, actor }) => ({ body: { items: await listCouncils(deps, actor) } }),
});

/** The councils that the actor may see, newest first. */
export async function listCouncils(deps: ApiDeps, actor: Actor): Promise<CouncilView[]> {
  const rows = await deps.db.council.findMany({ include: withMembers, orderBy: [{ termFrom: 'desc' }, { id: 'asc' }] });
  return rows.filter((row) => seesCouncil(actor, row)).map(viewOf);
}

const read = route({
  method: 'get',
  path: '/api/councils/{id}',
  tag: TAG,
  summary: { vi: 'Một Hội đồng', en: 'Read a council' },
  who: READERS,
  params: idParams,
  answer: { status: 200, schema: councilView, description: { vi: 'Hội đồng', en: 'The council' } },
  handler: async ({ deps, actor, params }) => ({ body: viewOf(await readCouncil(deps.db, actor, params.id)) }),
});

export const COUNCIL_ROUTES: Route[] = [establish, list, read, change];
