/** People who sit in a council: known ones by id, new ones by name and office. They get no nudges; a seat is no part in a dossier's procedure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { spellingKey } from '../../domain/units/spelling';
import type { Prisma } from '../../prisma/generated/client';
import type { FieldProblem } from '../http/problem';
import { code, text } from '../http/schemas';

export const personInput = z.strictObject({
  name: text(200),
  /** Code of the office the person belongs to; the province's own unless told. */
  office: code.optional(),
  email: z.email().max(200).optional(),
  phone: text(40).optional(),
});

export type PersonInput = z.output<typeof personInput>;

interface Place {
  provinceCode: string;
  /** Office of people whose own is not given. */
  officeCode: string;
}

/** The id of a person given by id or by name; a new one is entered. What is wrong comes back under the field. */
export async function personOf(
  tx: Prisma.TransactionClient,
  given: { personId?: string | undefined; person?: PersonInput | undefined },
  { provinceCode, officeCode }: Place,
  field: string,
): Promise<{ personId: string } | FieldProblem> {
  const wrong = (name: string, vi: string, en: string): FieldProblem => ({ field: `${field}.${name}`, message: { vi, en } });
  if ((given.personId === undefined) === (given.person === undefined))
    return wrong('personId', 'cần personId hoặc person (một trong hai)', 'personId or person is needed, one of the two');
  if (given.personId !== undefined) {
    const known = await tx.person.findUnique({ where: { id: given.personId }, include: { office: true } });
    if (!known?.active) return wrong('personId', 'không có người này', 'there is no such person');
    return known.office.provinceCode === provinceCode
      ? { personId: known.id }
      : wrong('personId', 'người này thuộc tỉnh khác', 'this person belongs to another province');
  }
  const { name = '', office = officeCode, email, phone } = given.person ?? {};
  const row = await tx.office.findUnique({ where: { code: office } });
  if (row?.provinceCode !== provinceCode)
    return wrong('person.office', 'không có đơn vị này trong tỉnh', 'there is no such office in the province');
  const people = await tx.person.findMany({ where: { officeCode: office, active: true }, orderBy: { id: 'asc' } });
  const standing =
    people.find((one) => email !== undefined && one.email?.toLowerCase() === email.toLowerCase()) ??
    people.find((one) => spellingKey(one.name) === spellingKey(name));
  if (standing) return { personId: standing.id };
  const id = `p-${createHash('sha256')
    .update(`${office} ${email?.toLowerCase() ?? spellingKey(name)}`)
    .digest('hex')
    .slice(0, 24)}`;
  const facts = { name, role: 'council_member', email: email?.toLowerCase() ?? null, phone: phone ?? null };
  await tx.person.upsert({ where: { id }, create: { id, officeCode: office, ...facts }, update: {} });
  return { personId: id };
}
