/**
 * What each action takes in its body, beside `on`, `reason`, `sourceDocument` and `documents`. Every schema is proven equal to the domain's payload; where the API
 * computes part of a payload (verdicts, certificates, rules), the body's schema is in BODIES and says what may be left out.
 */
import { z } from 'zod';
import { type ActionName, ACTIONS, type PayloadOf } from '../../domain/cycle/actions';
import { COMMUNE_ITEMS } from '../../domain/cycle/actions/issue-commune-report';
import type { Star } from '../../domain/regimes';
import { MOST_AT_ONCE } from '../documents/keep';
import { code, documentNumber, localDate, sha256, text } from '../http/schemas';

/** What a product's cycles report to one another is the system's; all other actions are done by people. */
const BETWEEN_CYCLES = ['record-successor', 'record-predecessor'] as const;
export type ApiAction = Exclude<ActionName, (typeof BETWEEN_CYCLES)[number]>;

export const API_ACTIONS = (Object.keys(ACTIONS) as ActionName[]).filter(
  (name): name is ApiAction => !BETWEEN_CYCLES.some((one) => one === name),
);

export const star = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]) satisfies z.ZodType<Star>;

const nothing = z.strictObject({});

/** Bodies that are the payload itself. */
export const PAYLOADS = {
  'accept-idea': nothing,
  'decline-idea': nothing,
  'submit-dossier': z.strictObject({ receiptNumber: documentNumber.exactOptional() }),
  'request-supplement': z.strictObject({ dueOn: localDate.exactOptional() }),
  'submit-supplement': nothing,
  'issue-commune-report': z.strictObject({
    reportNumber: documentNumber.exactOptional(),
    proposalNumber: documentNumber.exactOptional(),
    assessedItems: z.array(z.enum(COMMUNE_ITEMS)).max(20),
    samples: z.number().int().min(0).max(1000),
  }),
  'accept-package': nothing,
  'return-package': nothing,
  'record-advisory-report': z.strictObject({ reportNumber: documentNumber.exactOptional(), siteSurvey: z.boolean().exactOptional() }),
  decide: z.strictObject({
    decisionNumber: documentNumber,
    result: z.enum(['recognise', 'approve-and-forward', 'not-recognised', 'own-evaluation']),
    star: star.exactOptional(),
  }),
  'publish-result': z.strictObject({ noticeNumber: documentNumber.exactOptional() }),
  'record-inspection': z.strictObject({
    kind: z.enum(['periodic', 'ad-hoc']),
    finding: z.enum(['compliant', 'remediation', 'violation']),
    remedyBy: localDate.exactOptional(),
    ground: code.or(z.string().regex(/^[A-Z_]{1,60}$/)).exactOptional(),
  }),
  'recall-product': nothing,
  'decline-renewal': nothing,
  'revoke-certificate': z.strictObject({ ground: z.string().regex(/^[A-Z_]{1,60}$/), decisionNumber: documentNumber }),
  'withdraw-decision': z.strictObject({ decisionNumber: documentNumber }),
  'extend-deadline': z.strictObject({ date: localDate.nullable(), operator: z.enum(['before', 'on_or_before']).exactOptional() }),
  'assign-officer': z.strictObject({ side: z.enum(['commune', 'province']), officerId: z.string().min(1).max(100).nullable() }),
  pause: z.strictObject({ until: localDate.exactOptional() }),
  resume: nothing,
  withdraw: nothing,
} satisfies { [A in ApiAction]?: z.ZodType<PayloadOf<A>> };

const sheet = z.strictObject({
  member: code,
  options: z.record(z.string().max(20), z.number()).meta({ description: 'Điểm theo mã tiêu chí. / Points by criterion code.' }),
  disqualified: z.strictObject({ reason: text(500) }).exactOptional(),
});

/** A council's result: its sheets, or the sum of the members' totals with the minimums that were missed. The verdict is computed here, once. */
export const councilResult = z.strictObject({
  sheets: z.array(sheet).min(1).max(50).optional(),
  sum: z.number().int().min(0).max(5000).optional(),
  members: z.number().int().min(1).max(50).optional(),
  missedMinimums: z
    .array(z.strictObject({ criterion: z.string().min(1).max(20), star: z.union([z.literal(3), z.literal(4), z.literal(5)]) }))
    .max(100)
    .optional(),
  /** The dossier is excluded ("hồ sơ bị loại"). */
  disqualified: z.boolean().optional(),
  councilRules: code.optional(),
});

export type CouncilResult = z.output<typeof councilResult>;

const withDecision = councilResult.extend({ decisionNumber: documentNumber.optional() });

/** Bodies from which the API makes the payload. */
export const BODIES = {
  ...PAYLOADS,
  'record-district-result': withDecision,
  'record-council-result': councilResult.extend({ sessionId: z.string().min(1).max(100).optional() }),
  'record-national-result': withDecision,
  'issue-certificate': z.strictObject({
    code: code.optional(),
    number: documentNumber.optional(),
    validUntil: localDate.optional(),
    issuedBy: text(200).optional(),
  }),
  'adopt-rules': z.strictObject({ plan: code }),
} satisfies Record<ApiAction, z.ZodObject>;

/** What goes with every action. */
export const common = {
  on: localDate.optional().meta({ description: 'Ngày pháp lý của việc; mặc định hôm nay. / The legal day; today unless told.' }),
  reason: text(4000).optional(),
  sourceDocument: documentNumber.optional(),
  documents: z
    .array(sha256)
    .max(MOST_AT_ONCE)
    .optional()
    .meta({ description: 'Mã SHA-256 của các tệp đã gửi cho hồ sơ. / Sums of files sent for the dossier before.' }),
};
