/** What calculators are asked and what they answer, as the API's description shows it. */
import { z } from 'zod';
import { isLocalDate } from '../../domain/dates';
import { because } from '../../plans/schema';
import { bothLanguages } from '../http/schemas';

const EARLIEST = '2000-01-01';
const LATEST = '2100-12-31';

/** A calendar day that a calculator counts from. */
export const day = z
  .string()
  .refine(
    (text) => isLocalDate(text) && text >= EARLIEST && text <= LATEST,
    because(
      `phải là một ngày có thật, dạng YYYY-MM-DD, từ ${EARLIEST} đến ${LATEST}`,
      `must be a real day, YYYY-MM-DD, from ${EARLIEST} to ${LATEST}`,
    ),
  )
  .meta({ format: 'date', example: '2026-09-07' });

export const stepSchema = z.object({ vi: z.string(), en: z.string(), source: z.string() }).meta({ id: 'Step' });

const operator = z.enum(['before', 'on_or_before']);

const candidateSchema = z.object({
  basis: z.enum(['round', 'limit', 'plan', 'transition', 'granted']),
  date: z.string(),
  operator,
  source: z.string(),
  quote: z.string().optional(),
  lastSafeDay: z.string(),
});

export const DEADLINE_RULES = [
  'commune-assessment',
  'provincial-scoring',
  'national-scoring',
  'revocation',
  'reevaluation',
  'round',
] as const;

export const deadlineQuery = z.object({
  rule: z.enum(DEADLINE_RULES),
  plan: z.string().default('qd-26-2026'),
  kind: z.enum(['new', 'reevaluation', 'upgrade']).optional(),
  province: z.string().optional(),
  level: z.enum(['province', 'national']).default('province'),
  receivedOn: day.optional(),
  proposedOn: day.optional(),
  completeOn: day.optional(),
  forwardedOn: day.optional(),
  conclusionOn: day.optional(),
  submittedOn: day.optional(),
  asOf: day.optional(),
});

export const deadlineAnswer = z.object({
  rule: z.enum(DEADLINE_RULES),
  from: z.object({ field: z.string(), date: z.string() }),
  plan: z.string(),
  regime: z.string(),
  kind: z.enum(['new', 'reevaluation', 'upgrade']),
  province: z.string().nullable(),
  deadline: z.object({ date: z.string(), operator, source: z.string() }).nullable(),
  lastSafeDay: z.string().nullable(),
  round: z.object({ id: z.string(), proposeBefore: z.string(), concludedBefore: z.string() }).nullable(),
  candidates: z.array(candidateSchema),
  winner: candidateSchema.nullable(),
  forecast: z.boolean(),
  steps: z.array(stepSchema),
});
export type DeadlineAnswer = z.infer<typeof deadlineAnswer>;

export const MOST_DAYS = 1000;

export const workingDaysQuery = z.object({
  from: day,
  days: z
    .string()
    .regex(/^-?\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(-MOST_DAYS).max(MOST_DAYS))
    .meta({ override: { type: 'integer', minimum: -MOST_DAYS, maximum: MOST_DAYS }, description: 'Số ngày làm việc; âm là tính ngược' }),
  province: z.string().optional(),
  counting: z.enum(['next-day', 'same-day']).optional(),
});

const tableDay = z.object({ date: z.string(), name: z.string(), notice: z.string() });

export const workingDaysAnswer = z.object({
  from: z.string(),
  days: z.number(),
  result: z.string(),
  counting: z.enum(['next-day', 'same-day']),
  province: z.string().nullable(),
  skipped: z.array(tableDay),
  workedSaturdays: z.array(tableDay),
  forecast: z.boolean(),
  steps: z.array(stepSchema),
});
export type WorkingDaysAnswer = z.infer<typeof workingDaysAnswer>;

export const validityQuery = z.object({ issuedOn: day, plan: z.string().default('qd-26-2026'), asOf: day.optional() });

export const validityAnswer = z.object({
  issuedOn: z.string(),
  plan: z.string(),
  regime: z.string(),
  validUntil: z.string(),
  lastValidDay: z.string(),
  window: z.object({ opensOn: z.string(), closesOn: z.string() }).nullable(),
  lastSafeSeason: z
    .object({
      round: z.object({ id: z.string(), proposeBy: z.string(), concludedBy: z.string() }).nullable(),
      limit: z.object({ proposeBy: z.string(), days: z.number() }).nullable(),
      fileBy: z.string(),
    })
    .nullable(),
  extension: z.object({ validUntil: z.string(), source: z.string() }).nullable(),
  nudges: z.array(z.object({ day: z.string(), rule: z.string(), to: z.string(), about: z.string(), title: bothLanguages })),
  steps: z.array(stepSchema),
});
export type ValidityAnswer = z.infer<typeof validityAnswer>;

const MOST_SHEETS = 50;
const MOST_CRITERIA = 100;

export const awardBody = z.strictObject({
  productSet: z.int(),
  sheets: z
    .array(
      z.strictObject({
        member: z.string().min(1).max(100),
        options: z
          .record(z.string().max(20), z.number())
          .refine(
            (options) => Object.keys(options).length <= MOST_CRITERIA,
            because(`có nhiều hơn ${MOST_CRITERIA} tiêu chí`, `has more than ${MOST_CRITERIA} criteria`),
          ),
        disqualified: z.strictObject({ reason: z.string().min(1).max(2000) }).optional(),
      }),
    )
    .max(MOST_SHEETS),
  level: z.enum(['province', 'national']).default('province'),
  minimumPolicy: z.enum(['every', 'majority', 'mean']).optional(),
  councilRules: z.string().default('qd-26-2026'),
});
export type AwardBody = z.infer<typeof awardBody>;

const star = z.int().min(1).max(5);
const route = z.enum(['district', 'province', 'national', 'not-recognised', 'disqualified', 'rescore', 'human-decides']);

export const awardAnswer = z.object({
  sum: z.number().nullable(),
  members: z.number(),
  mean: z.string().nullable(),
  band: star.nullable(),
  star: star.nullable(),
  missedMinimums: z.array(
    z.object({
      criterion: z.string(),
      title: z.string(),
      level: z.int(),
      needed: z.number(),
      got: z.array(z.object({ member: z.string(), points: z.number() })),
    }),
  ),
  spread: z.number().nullable(),
  route: route.nullable(),
  alternatives: z.array(z.object({ choice: z.string(), star: star.nullable(), route, text: bothLanguages, source: z.string() })),
  problems: z.array(
    z.object({
      kind: z.string(),
      member: z.string().nullable(),
      criterion: z.string().nullable(),
      given: z.number().nullable(),
      allowed: z.array(z.union([z.number(), z.string()])),
      text: bothLanguages,
    }),
  ),
  councilRules: z.string(),
  steps: z.array(stepSchema),
});
export type AwardAnswer = z.infer<typeof awardAnswer>;
