/** What a change of many dossiers is: one action with its body, the dossiers it is for, and how one of them stands before and after. */
import { z } from 'zod';
import { dueDeadline } from '../../domain/cycle/due';
import type { Stage, Step } from '../../domain/cycle/stages';
import type { CycleState } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { type DeadlineKind, lastSafeDay, type Operator } from '../../domain/deadlines';
import { dossierQuestions, SCOPES } from '../cycles/filter';
import { PAYLOADS } from '../cycles/payloads';
import { code, documentNumber, localDate, text } from '../http/schemas';

export const BULK_ACTIONS = ['extend-deadline', 'assign-officer', 'adopt-rules', 'pause', 'resume'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** More dossiers than a province has in a season. */
export const MOST_DOSSIERS = 2000;

const BODIES = {
  'extend-deadline': z.strictObject({ date: localDate, operator: z.enum(['before', 'on_or_before']).exactOptional() }),
  'assign-officer': PAYLOADS['assign-officer'],
  /** Without a plan each dossier adopts the newest version of its own. */
  'adopt-rules': z.strictObject({ plan: code.exactOptional() }),
  pause: PAYLOADS.pause,
  resume: PAYLOADS.resume,
} satisfies Record<BulkAction, z.ZodObject>;

const of = <A extends BulkAction, Body extends z.ZodObject>(action: A, body: Body) => z.strictObject({ action: z.literal(action), body });

export const change = z.discriminatedUnion('action', [
  of('extend-deadline', BODIES['extend-deadline']),
  of('assign-officer', BODIES['assign-officer']),
  of('adopt-rules', BODIES['adopt-rules']),
  of('pause', BODIES.pause),
  of('resume', BODIES.resume),
]);
export type Change = z.output<typeof change>;

/** The dossiers that a list shows under these questions, or those named. */
export const choice = z.strictObject({
  cycles: z
    .array(z.string().regex(/^[A-Za-z0-9-]{1,70}\.\d{1,4}$/))
    .min(1)
    .max(MOST_DOSSIERS)
    .exactOptional(),
  filter: z.strictObject({ ...dossierQuestions, scope: z.enum(SCOPES).default('season') }).exactOptional(),
});
export type Choice = z.output<typeof choice>;

export const proposal = z
  .strictObject({
    change,
    choose: choice,
    reason: text(4000),
    sourceDocument: documentNumber.exactOptional(),
    /** True: only tell what would change; nothing is kept. */
    dryRun: z.boolean().default(false),
  })
  .meta({ id: 'BulkProposal' });
export type Proposal = z.output<typeof proposal>;

/** How a dossier stands, as far as such changes touch it. What is done is checked against it, and what is taken back as well. */
export interface Standing {
  stage: Stage;
  step: Step;
  paused: { until: LocalDate | null } | null;
  due: { kind: DeadlineKind; date: LocalDate; operator: Operator; basis: string; source: string; lastSafeOn: LocalDate } | null;
  officers: { commune: string | null; province: string | null };
  rulesVersion: string;
  plan: string;
  planVersion: number;
  /** Extensions granted to this dossier alone. */
  granted: { kind: DeadlineKind; date: LocalDate; source: string }[];
  extendedUntil: LocalDate | null;
}

/** How a state stands. */
export function standingOf(state: CycleState): Standing {
  const { stage, step, paused, officers, rules, certificate } = state;
  const due = dueDeadline(state);
  return {
    stage,
    step,
    paused: paused && { until: paused.until },
    due: due
      ? { kind: due.kind, date: due.date, operator: due.operator, basis: due.basis, source: due.source, lastSafeOn: lastSafeDay(due) }
      : null,
    officers: { commune: officers.commune ?? null, province: officers.province ?? null },
    rulesVersion: rules.version,
    plan: rules.planId,
    planVersion: rules.planVersion,
    granted: state.granted.map(({ kind, date, source }) => ({ kind, date, source })),
    extendedUntil: certificate?.extendedUntil ?? null,
  };
}

/** Whether a dossier still stands as it did: nothing but reminders has happened in it. */
export function standsAs(now: Standing, then: Standing): boolean {
  return canonical(now) === canonical(then);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** A personal extension that the change leaves as it is. */
export function keepsExtension(before: Standing, after: Standing): boolean {
  return before.due?.basis === 'granted' && after.due?.basis === 'granted' && before.due.date === after.due.date;
}
