/** A decision that ends many certificates at once, as it comes over the API. */
import { z } from 'zod';
import type { UserRole } from '../http/route';
import { code, documentNumber, localDate, text } from '../http/schemas';

/** Many as one decision has had (47 in Đồng Tháp), with room. */
export const MOST_CERTIFICATES = 500;

export const TAG = 'Thu hồi hàng loạt';

/** Enter decisions that end certificates. */
export const ENDERS = ['administrator', 'provincial_staff'] as const satisfies UserRole[];

const ground = z.string().regex(/^[A-Z_]{1,60}$/);

export const endingInput = z
  .strictObject({
    /** `revocation`: on a ground of article 8. `withdrawal`: the recognition itself, after a wrong evaluation (article 10.1b). */
    kind: z.enum(['revocation', 'withdrawal']),
    decisionNumber: documentNumber,
    on: localDate,
    reason: text(4000),
    /** Ground of a revocation; a certificate may have its own. */
    ground: ground.optional(),
    certificates: z
      .array(z.strictObject({ code, ground: ground.optional() }))
      .min(1)
      .max(MOST_CERTIFICATES)
      .optional(),
    /** Instead of a list: every certificate that this decision recognised and that is in force or has run out. */
    recognisedBy: documentNumber.optional(),
  })
  .meta({ id: 'EndingDecisionInput' });

export type EndingInput = z.output<typeof endingInput>;

/** `end`: its cycle is closed. `note`: it has run out already, the decision is put on record. `unchanged`: this decision did so before. */
export const FORESEEN = ['end', 'note', 'unchanged', 'refused'] as const;
export const OUTCOMES = ['ended', 'noted', 'unchanged', 'refused'] as const;
