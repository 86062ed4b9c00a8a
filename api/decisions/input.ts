import { z } from 'zod';
import { star } from '../cycles/payloads';
import { documentNumber, localDate, text } from '../http/schemas';

const MOST_PRODUCTS = 300;

export const cycleId = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/);

/** `recognition`: 3 and 4 stars, certificates follow. `approval`: results of 90 and more are approved and go to the ministry, without a certificate. */
export const DECISION_KINDS = ['recognition', 'approval'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const newDecision = z
  .strictObject({
    kind: z.enum(DECISION_KINDS),
    number: documentNumber,
    /** The day of signature; not after today. */
    signedOn: localDate,
    /** Who decided, as the regime names them; taken from it when it is not given. */
    authority: text(200).optional(),
    products: z
      .array(
        z.strictObject({
          cycle: cycleId,
          /** The star recognised; the council's proposal when it is not given. None in an approval. */
          star: star.optional(),
          /** Why, where the rules leave the star to a person. */
          reason: text(4000).optional(),
        }),
      )
      .min(1)
      .max(MOST_PRODUCTS),
  })
  .meta({ id: 'NewDecision' });

export type NewDecision = z.output<typeof newDecision>;

export const newCertificates = z
  .strictObject({
    /** The day of issue, from which the months of validity run; today when it is not given. */
    on: localDate.optional(),
    issuedBy: text(200).optional(),
    /** Numbers as the office gave them. */
    numbers: z
      .array(z.strictObject({ cycle: cycleId, number: documentNumber }))
      .max(MOST_PRODUCTS)
      .optional(),
    /** Numbers allotted in the order of the list: `{n}` in the pattern counts up. */
    numbering: z
      .strictObject({
        pattern: text(60).refine((pattern) => pattern.split('{n}').length === 2, {
          params: { vi: 'phải có đúng một chỗ {n}', en: 'must hold {n} once' },
        }),
        from: z.number().int().min(1).max(999_999),
        /** Zeros before a short number up to so many digits. */
        digits: z.number().int().min(1).max(6).optional(),
      })
      .optional(),
  })
  .meta({ id: 'NewCertificates' });

export type NewCertificates = z.output<typeof newCertificates>;

export const dryRunQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() });
