/** Seats of a council as decisions give them: who takes which, entered once and closed by a later decision. */
import { z } from 'zod';
import { type HeldSeat, SEAT_ROLES, scoresByDefault } from '../../domain/council/council';
import type { Prisma } from '../../prisma/generated/client';
import { type FieldProblem, invalidInput } from '../http/problem';
import { text } from '../http/schemas';
import { asDate } from './dates';
import { personInput, personOf } from './people';

export const memberInput = z
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

type MemberInput = z.output<typeof memberInput>;

interface NewSeats {
  province: { provinceCode: string; officeCode: string };
  firstNumber: number;
  fromOn: string;
}

/** Seats for the people of a decision. Throws the problems of people that there are not. */
export async function seatsFor(tx: Prisma.TransactionClient, members: readonly MemberInput[], { province, firstNumber, fromOn }: NewSeats) {
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

/** Writes new seats under the decision that gives them. */
export async function enterSeats(
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
