/** Councils as they are read by those who have to do with them. */
import { z } from 'zod';
import { type HeldSeat, SEAT_ROLES } from '../../domain/council/council';
import type { Actor } from '../../domain/cycle/state';
import type { CouncilMember, Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { notFound } from '../http/problem';
import { route, type Route } from '../http/route';
import { localDate } from '../http/schemas';
import { READERS, seesCouncil } from './access';
import { asLocalDate } from './dates';
import { TAG } from './shared';

const withMembers = { members: { include: { person: { include: { office: true } } } } } satisfies Prisma.CouncilInclude;

export type CouncilRow = Prisma.CouncilGetPayload<{ include: typeof withMembers }>;

/** A council that the actor may see, with its seats. Throws "not found" for others, known or not. */
export async function readCouncil(db: Prisma.TransactionClient, actor: Actor, id: string): Promise<CouncilRow> {
  const row = await db.council.findUnique({ where: { id }, include: withMembers });
  if (!row || !seesCouncil(actor, row)) throw notFound({ vi: `Không có Hội đồng ${id}`, en: `There is no council ${id}` });
  return row;
}

/** The seats of a council as its rules read them, in the order of the decisions. */
export function seatsOf({ members }: { members: readonly CouncilMember[] }): HeldSeat[] {
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

export const councilView = z
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

export const idParams = z.object({ id: z.string().regex(/^[\w-]{1,80}$/) });

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

export const COUNCIL_ROUTES: Route[] = [list, read];
