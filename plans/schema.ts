/** Schemas of the rule files. They follow the types in domain/: `satisfies` fails to compile when the two part. Unknown keys are refused. */
import { z } from 'zod';
import type { CouncilRules } from '../domain/council-rules';
import { STEPS, type Step } from '../domain/cycle/stages';
import { isLocalDate } from '../domain/dates';
import type { DeadlineKind } from '../domain/deadlines';
import type { NudgeRecipient, NudgeRule } from '../domain/nudge-rules';
import type { Plan } from '../domain/plans';
import type { Regime } from '../domain/regimes';
import type { ReportNudgeRule } from '../domain/nudges/reports';
import type { Certainty, Quote, Text } from '../domain/sources';

/** A check of ours, with its reason in both languages; the loader reads `params`. */
export function because(vi: string, en: string): { params: Text } {
  return { params: { vi, en } };
}

const text = z.string().regex(/\S/);
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80);
const both = z.strictObject({ vi: text, en: text }) satisfies z.ZodType<Text>;
const date = z
  .string()
  .refine(isLocalDate, because('không phải là ngày có thật (viết YYYY-MM-DD)', 'not a day that exists (write YYYY-MM-DD)'));
/** A day that every year has: 29 February is refused. */
const monthDay = z
  .string()
  .refine(
    (day) => isLocalDate(`2027-${day}`),
    because('không phải là ngày năm nào cũng có (viết MM-DD)', 'not a day of every year (write MM-DD)'),
  );
const count = z.int().min(0);
const days = z.int().min(1).max(3650);

const certainty = z.enum(['primary', 'secondary', 'plan', 'inferred', 'unverified']) satisfies z.ZodType<Certainty>;
const sourced = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, source: text, certainty, note: z.exactOptional(text) });
const quoted = { line: z.int().min(1), quote: text } satisfies Record<keyof Quote, z.ZodType>;

const level = z.enum(['district', 'province', 'national']);
const kind = z.enum(['new', 'upgrade', 'reevaluation']);
const star = z.literal([1, 2, 3, 4, 5]);
const operator = z.enum(['before', 'on_or_before']);
const deadlineDate = z.strictObject({ date, operator });

const deadlineKinds = {
  'idea-registration': 'idea-registration',
  'dossier-submission': 'dossier-submission',
  'commune-assessment': 'commune-assessment',
  supplement: 'supplement',
  'district-scoring': 'district-scoring',
  'provincial-scoring': 'provincial-scoring',
  'national-scoring': 'national-scoring',
  'reevaluation-window-opens': 'reevaluation-window-opens',
  'reevaluation-window-closes': 'reevaluation-window-closes',
  'certificate-expiry': 'certificate-expiry',
  'last-safe-season': 'last-safe-season',
  'older-certificate-expiry': 'older-certificate-expiry',
  revocation: 'revocation',
  remediation: 'remediation',
  resumption: 'resumption',
} satisfies { [Kind in DeadlineKind]: Kind };

const step = z.custom<Step>(
  (value) => typeof value === 'string' && Object.hasOwn(STEPS, value),
  because(
    `không phải là bước của chu trình; các bước: ${Object.keys(STEPS).join(', ')}`,
    `not a step of the cycle; the steps are ${Object.keys(STEPS).join(', ')}`,
  ),
);

const recipient = z.enum([
  'commune_officer',
  'commune_leadership',
  'provincial_officer',
  'provincial_leadership',
  'council_secretary',
  'district_officer',
]) satisfies z.ZodType<NudgeRecipient>;
const offset = z.strictObject({ days: z.int().min(-3650).max(3650), unit: z.enum(['working', 'calendar']) });

export const nudgeSchema = z.strictObject({
  id,
  on: z.union([z.strictObject({ deadline: z.enum(deadlineKinds) }), z.strictObject({ step })]),
  offset,
  to: recipient,
  title: both,
  source: text,
}) satisfies z.ZodType<NudgeRule>;

export const reportNudgeSchema = z.strictObject({ id, offset, title: both, source: text }) satisfies z.ZodType<ReportNudgeRule>;

const procedure = z.strictObject({
  levels: sourced(z.array(level).min(1)),
  bands: sourced(z.array(z.strictObject({ star, from: z.number().min(0).max(100) })).min(1)),
  recognises: sourced(z.array(z.strictObject({ star, level, signer: text })).min(1)),
  forwards: sourced(z.array(z.strictObject({ from: level, to: level, atLeast: z.number().min(0).max(100) }))),
  commune: sourced(z.strictObject({ receivesDossier: z.boolean(), meeting: z.enum(['standard', 'when-needed', 'none']) })),
  communeLimit: sourced(z.strictObject({ workingDays: days })).nullable(),
  rounds: sourced(
    z.array(z.strictObject({ id, level: z.enum(['province', 'national']), proposedBefore: monthDay, concludedBefore: monthDay })).min(1),
  ).nullable(),
  samples: sourced(z.strictObject({ count, exceptSets: z.array(z.int().min(1)) })).nullable(),
  validity: sourced(z.strictObject({ months: z.int().min(1).max(600), lastDayInclusive: z.boolean() })),
  reevaluationWindow: sourced(
    z
      .strictObject({ opensDaysBefore: days, closesDaysBefore: days })
      .refine(
        (window) => window.opensDaysBefore > window.closesDaysBefore,
        because(
          'phải mở trước khi đóng (opensDaysBefore > closesDaysBefore)',
          'must open before it closes (opensDaysBefore > closesDaysBefore)',
        ),
      ),
  ).nullable(),
  reevaluationLimit: sourced(z.strictObject({ days })).nullable(),
  reevaluationMethod: sourced(z.enum(['full', 'written-opinions'])),
  expiryNotice: sourced(z.strictObject({ daysBefore: days })).nullable(),
  extension: sourced(z.strictObject({ onlyExpiringBefore: date, maxDays: days })).nullable(),
  revocationGrounds: sourced(z.array(z.string().regex(/^[A-Z]+(_[A-Z]+)*$/)).min(1)),
  revocationAuthority: sourced(z.array(z.strictObject({ stars: z.array(star).min(1), authority: text })).min(1)),
  revocationLimit: sourced(z.strictObject({ days })).nullable(),
  belowRecognition: sourced(z.strictObject({ writtenNotice: z.boolean() })).nullable(),
  nationalBelowBar: sourced(z.array(z.enum(['use-national-result', 'own-evaluation'])).min(1)).nullable(),
  supplementStopsClock: sourced(z.boolean()),
  counting: sourced(z.enum(['next-day', 'same-day'])),
}) satisfies z.ZodType<Regime['procedure']>;

export const regimeSchema = z.strictObject({
  id,
  code: z.string().regex(/^R\d+$/),
  title: both,
  inForce: sourced(z.strictObject({ from: date, until: date.nullable() })),
  points: sourced(z.strictObject({ A: count, B: count, C: count })),
  selection: sourced(z.strictObject({ submittedFrom: z.exactOptional(date), assessedFrom: z.exactOptional(date) })),
  transition: sourced(
    z.strictObject({ undecidedOn: date, finishBy: z.strictObject({ new: date, upgrade: date, reevaluation: date }) }),
  ).nullable(),
  procedure,
  facts: z.array(
    z.strictObject({
      id,
      title: both,
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string(), z.number()), z.null()]),
      source: text,
      certainty,
      note: z.exactOptional(text),
    }),
  ),
}) satisfies z.ZodType<Regime>;

const dated = { opensOn: date.nullable(), closes: deadlineDate.nullable() };
const office = z.strictObject({ name: text, ...quoted }).nullable();

export const planSchema = z.strictObject({
  id,
  version: z.int().min(1),
  title: both,
  issuer: z.strictObject({
    level: z.enum(['national', 'province', 'district', 'commune']),
    name: text,
    provinceCode: z.string().nullable(),
    communeCode: z.string().nullable(),
    note: z.exactOptional(text),
  }),
  document: z.strictObject({ number: text.nullable(), issuedOn: date.nullable(), note: z.exactOptional(text) }),
  text: text.nullable(),
  period: z.strictObject({ from: date, to: date }),
  regime: id,
  kinds: z.array(z.strictObject({ kind, ...quoted })).min(1),
  intakeOffice: office,
  reportOffice: office,
  gates: z.array(z.strictObject({ id, kinds: z.array(kind).min(1), title: both, evidence: z.boolean(), ...quoted })),
  windows: z.array(
    z.strictObject({
      id,
      stage: z.enum([
        'idea_registration',
        'product_completion',
        'commune_assessment',
        'district_scoring',
        'provincial_scoring',
        'national_scoring',
        'certification',
        'validity',
      ]),
      title: both,
      ...dated,
      kinds: z.exactOptional(z.array(kind).min(1)),
      ...quoted,
    }),
  ),
  activities: z.array(z.strictObject({ id, activity: id, title: both, ...dated, ...quoted })),
  targets: z.array(
    z.strictObject({
      id,
      title: both,
      unit: z.enum(['count', 'percent']),
      op: z.enum(['at-least', 'range', 'exactly', 'about']),
      min: z.number().min(0),
      max: z.number().min(0).nullable(),
      measure: z.enum(['stock', 'increment']),
      of: text.nullable(),
      metric: id.nullable(),
      note: z.exactOptional(text),
      ...quoted,
    }),
  ),
  reports: z.array(
    z.strictObject({
      id,
      title: both,
      from: text,
      to: text,
      cadence: z.enum(['monthly', 'quarterly', 'yearly', 'period-end', 'periodic', 'ad-hoc', 'on-event']),
      due: z.strictObject({ day: z.int().min(1).max(31), month: z.int().min(1).max(12).nullable(), operator }).nullable(),
      owner: z.exactOptional(recipient),
      ...quoted,
    }),
  ),
  roles: z.array(
    z.strictObject({
      id,
      office: text,
      level: z.enum(['national', 'province', 'district', 'commune', 'producer']),
      role: id,
      title: both,
      ...quoted,
    }),
  ),
  followUps: z.array(
    z.strictObject({
      id,
      on: z.enum([
        'idea-accepted',
        'recognised',
        'certificate-issued',
        'not-recognised',
        'expired',
        'violation',
        'season-end',
        'recognised-again',
        'in-force',
      ]),
      kind: z.enum(['support', 'logo', 'reward', 'field-check', 'officer', 'notice', 'sampling', 'other']),
      owner: text,
      title: both,
      task: z.exactOptional(
        z.strictObject({
          office: z.enum(['province', 'commune']),
          due: z.strictObject({ days: z.int().min(0).max(3650), unit: z.enum(['working', 'calendar']) }),
          dueSource: text,
        }),
      ),
      ...quoted,
    }),
  ),
  provisions: z.array(
    z.strictObject({
      id,
      topic: z.enum(['legal-basis', 'data-system', 'supervision', 'coordination', 'eligibility', 'cycle-step', 'food-safety', 'other']),
      title: both,
      ...quoted,
    }),
  ),
  belowFifty: z
    .strictObject({ returnsDossier: z.boolean(), resubmit: z.enum(['following-year', 'next-round']), title: both, ...quoted })
    .nullable(),
  nudges: z.array(nudgeSchema),
}) satisfies z.ZodType<Plan>;

export const councilSchema = z.strictObject({
  id,
  title: both,
  source: text,
  quorum: sourced(
    z.strictObject({
      members: z.strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) }),
      chairMustAttend: z.boolean(),
    }),
  ),
  maxSpread: sourced(z.number().min(0).max(100).nullable()),
  onSpread: sourced(z.literal('rescore')),
  mean: sourced(z.literal('arithmetic')),
  published: sourced(z.strictObject({ decimals: z.int().min(0).max(6), method: z.literal('truncate') })),
  minimumPolicy: sourced(z.enum(['every', 'majority', 'mean'])),
  onMissedMinimum: sourced(z.enum(['human-decides', 'one-star-lower', 'not-recognised'])),
  conflictOfInterest: sourced(z.literal('recuse')),
  handoverWorkingDays: sourced(z.int().min(0).max(60).nullable()),
}) satisfies z.ZodType<CouncilRules>;
