/** Establishing a council by decision for a term. */
import { z } from 'zod';
import { seatProblems, termProblems } from '../../domain/council/council';
import type { Actor } from '../../domain/cycle/state';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import { route } from '../http/route';
import { code, documentNumber, localDate, provinceCode, text } from '../http/schemas';
import { ESTABLISHERS } from './access';
import { type CouncilView, councilView, readCouncil, viewOf } from './councils';
import { asDate } from './dates';
import { recordChanges } from './events';
import { enterSeats, memberInput, seatsFor } from './seats';
import { TAG, TRANSACTION } from './shared';

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

export const establish = route({
  method: 'post',
  path: '/api/councils',
  tag: TAG,
  summary: { vi: 'Thành lập Hội đồng theo quyết định', en: 'Establish a council by decision' },
  description: {
    vi: 'Hội đồng cho một nhiệm kỳ, với các thành viên và Quy chế hoạt động (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b).',
    en: 'A council for a term, with its members and operating rules (Decision 26/2026, article 7.3b).',
  },
  who: ESTABLISHERS,
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
