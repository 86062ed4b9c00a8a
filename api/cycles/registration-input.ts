/** What a registration says, as it comes over the API; imports build the same from their rows. */
import { z } from 'zod';
import type { RegistrationKind, Star } from '../../domain/regimes';
import { code, communeCode, documentNumber, localDate, provinceCode, text } from '../http/schemas';

const star = (least: 1 | 3) =>
  z
    .number()
    .int()
    .min(least)
    .max(5)
    .transform((value) => value as Star);

/** No dots: in a cycle's id the dot stands between product code and cycle number. */
export const productCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/);

const certificate = z.strictObject({
  /** Public code; made from the product's when missing. */
  code: code.optional(),
  number: documentNumber.optional(),
  stars: star(3),
  issuedOn: localDate,
  validUntil: localDate.optional(),
  decisionNumber: documentNumber,
  issuedBy: text(200),
});

const producer = z.strictObject({
  name: text(300),
  type: text(100).optional(),
  phone: text(40).optional(),
  email: z.email().max(200).optional(),
});

/** Body of POST /api/cycles. */
export const registrationInput = z
  .strictObject({
    productName: text(300).optional(),
    producer: producer.optional(),
    productSet: z.number().int().min(1).max(26).nullable().optional(),
    kind: z.enum(['new', 'reevaluation', 'upgrade'] satisfies RegistrationKind[]),
    plan: code.optional(),
    communeCode: communeCode.optional(),
    commune: text(200).optional(),
    provinceCode: provinceCode.optional(),
    productCode: productCode.optional(),
    registeredOn: localDate.optional(),
    predecessor: z.union([z.strictObject({ productCode }), z.strictObject({ validUntil: localDate, star: star(3) })]).optional(),
    certificate: certificate.optional(),
    /** What support the producer asks for. */
    supportNeeds: text(2000).optional(),
  })
  .meta({ id: 'Registration' });

export type RegistrationInput = z.output<typeof registrationInput>;
