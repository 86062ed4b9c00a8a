/** A cycle as the API shows it. */
import { z } from 'zod';
import { type Attachment, FILE_KINDS } from '../../domain/cycle/attachments';
import { actionsFor } from '../../domain/cycle/decide';
import { dueDeadline } from '../../domain/cycle/due';
import { OUTCOME_TITLES, OUTCOMES, type Outcome, STAGE_TITLES, STAGES, type Stage, type Step, STEPS } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { daysLeft, lastSafeDay } from '../../domain/deadlines';
import type { LocalDate } from '../../domain/dates';
import type { CycleEvent as EventRow } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { bothLanguages, instant, localDate, sha256 } from '../http/schemas';
import { LATENESS, LATENESS_TITLES, latenessOf } from './lateness';
import { PARTIES } from './parties';
import { type CycleRow, stateOf } from './read';

const deadline = z
  .object({
    date: localDate,
    operator: z.enum(['before', 'on_or_before']),
    source: z.string(),
  })
  .meta({ id: 'Deadline' });

const due = deadline.extend({
  kind: z.string(),
  basis: z.string(),
  quote: z.string().nullable(),
  /** Calendar days left to the last safe day; negative when late. */
  lastSafeOn: localDate,
  daysLeft: z.int(),
  /** Every limit that was considered; the earliest binds. */
  candidates: z.array(deadline.extend({ basis: z.string(), quote: z.string().nullable() })),
});

export const cycleSummary = z
  .object({
    id: z.string(),
    productCode: z.string(),
    productName: z.string(),
    producerName: z.string(),
    kind: z.enum(['new', 'upgrade', 'reevaluation']),
    plan: z.string(),
    provinceCode: z.string(),
    communeCode: z.string(),
    communeName: z.string().nullable(),
    stage: z.enum(STAGES),
    stageTitle: bothLanguages,
    step: z.string(),
    stepTitle: bothLanguages,
    waitingFor: z.enum(PARTIES).nullable(),
    due: deadline.extend({ kind: z.string() }).nullable(),
    lateness: z.enum(LATENESS),
    latenessTitle: bothLanguages,
    needsAttention: z.boolean(),
    star: z.int().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
  })
  .meta({ id: 'CycleSummary' });

export const attachmentView = z.object({ sha256, kind: z.enum(FILE_KINDS), size: z.int() }).meta({ id: 'Attachment' });

export const eventView = z
  .object({
    sequence: z.int(),
    name: z.string(),
    on: localDate,
    recordedAt: instant,
    actor: z.object({ id: z.string(), role: z.string(), office: z.string() }),
    from: z.object({ stage: z.string(), step: z.string() }).nullable(),
    to: z.object({ stage: z.string(), step: z.string() }),
    outcome: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()),
    note: z.string().nullable(),
    sourceDocument: z.string().nullable(),
    documents: z.array(attachmentView),
    rulesVersion: z.string(),
  })
  .meta({ id: 'CycleEvent' });

export const cycleView = cycleSummary
  .extend({
    cycleNumber: z.int(),
    productSet: z.int().nullable(),
    regime: z.string(),
    rulesVersion: z.string(),
    due: due.nullable(),
    producer: z.object({
      name: z.string(),
      type: z.string().nullable(),
      phone: z.string().nullable().optional(),
      email: z.string().nullable().optional(),
    }),
    paused: z.object({ on: localDate, until: localDate.nullable() }).nullable(),
    officers: z.object({ commune: z.string().nullable(), province: z.string().nullable() }),
    certificate: z
      .object({
        code: z.string(),
        number: z.string().nullable(),
        star: z.int(),
        issuedOn: localDate,
        validUntil: localDate,
        extendedUntil: localDate.nullable(),
        decisionNumber: z.string().nullable(),
        issuedBy: z.string().nullable(),
      })
      .nullable(),
    predecessor: z
      .object({ cycleId: z.string().nullable(), validUntil: localDate, star: z.int(), holdsUntil: localDate.exactOptional() })
      .nullable(),
    successor: z.object({ cycleId: z.string(), kind: z.string() }).nullable(),
    stageEnteredAt: instant,
    stepEnteredAt: instant,
    availableActions: z.array(z.string()),
    attention: z.string().nullable(),
    latestEvents: z.array(eventView),
  })
  .meta({ id: 'Cycle' });

export type CycleSummary = z.input<typeof cycleSummary>;
export type CycleView = z.input<typeof cycleView>;
export type EventView = z.input<typeof eventView>;

/** The date of a column without a time. */
export const dateOf = (value: Date): LocalDate => value.toISOString().slice(0, 10);
export const dateOrNull = (value: Date | null): LocalDate | null => value && dateOf(value);

/** What a list needs of a cycle's row. */
export type SummaryRow = Pick<
  CycleRow,
  | 'id'
  | 'productCode'
  | 'kind'
  | 'planId'
  | 'provinceCode'
  | 'communeCode'
  | 'stage'
  | 'step'
  | 'waitingFor'
  | 'dueOn'
  | 'dueOperator'
  | 'dueSource'
  | 'dueKind'
  | 'lastSafeOn'
  | 'paused'
  | 'needsAttention'
  | 'star'
  | 'outcome'
> & { product: { name: string; producer: { name: string } } };

/** A cycle in a list. */
export function summaryOf({ units, calendar, today }: Pick<ApiDeps, 'units' | 'calendar' | 'today'>, row: SummaryRow): CycleSummary {
  const lastSafeOn = dateOrNull(row.lastSafeOn);
  const lateness = latenessOf({ paused: row.paused, lastSafeOn }, today(), calendar);
  const { dueOn, dueOperator, dueSource, dueKind } = row;
  return {
    id: row.id,
    productCode: row.productCode,
    productName: row.product.name,
    producerName: row.product.producer.name,
    kind: row.kind as CycleSummary['kind'],
    plan: row.planId,
    provinceCode: row.provinceCode,
    communeCode: row.communeCode,
    communeName: units.byCode(row.communeCode)?.fullName ?? null,
    stage: row.stage as Stage,
    stageTitle: STAGE_TITLES[row.stage as Stage],
    step: row.step,
    stepTitle: row.outcome === null ? STEPS[row.step as Step].title : OUTCOME_TITLES[row.outcome as Outcome],
    waitingFor: row.waitingFor as CycleSummary['waitingFor'],
    due:
      dueOn && dueOperator && dueSource && dueKind
        ? { date: dateOf(dueOn), operator: dueOperator as 'before', source: dueSource, kind: dueKind }
        : null,
    lateness,
    latenessTitle: LATENESS_TITLES[lateness],
    needsAttention: row.needsAttention !== null,
    star: row.star,
    outcome: row.outcome as CycleSummary['outcome'],
  };
}

const LATEST_EVENTS = 10;

/** A cycle in full, for this actor: what they may do now, and contacts for staff only. */
export async function viewOf(deps: ApiDeps, actor: Actor, row: CycleRow): Promise<CycleView> {
  const state = await stateOf(deps, row);
  const bound = dueDeadline(state);
  const events = await deps.db.cycleEvent.findMany({ where: { cycleId: row.id }, orderBy: { sequence: 'desc' }, take: LATEST_EVENTS });
  const { producer } = row.product;
  const { certificate, successor } = state;
  return {
    ...summaryOf(deps, row),
    cycleNumber: row.cycleNumber,
    productSet: row.productSet,
    regime: row.regimeId,
    rulesVersion: row.rulesVersion,
    due: bound
      ? {
          date: bound.date,
          operator: bound.operator,
          source: bound.source,
          kind: bound.kind,
          basis: bound.basis,
          quote: bound.quote ?? null,
          lastSafeOn: lastSafeDay(bound),
          daysLeft: daysLeft(bound, deps.today()),
          candidates: bound.candidates.map(({ date, operator, source, basis, quote = null }) => ({ date, operator, source, basis, quote })),
        }
      : null,
    producer: {
      name: producer.name,
      type: producer.type,
      ...(actor.role === 'manager' ? {} : { phone: producer.phone, email: producer.email }),
    },
    paused: state.paused,
    officers: { commune: state.officers.commune ?? null, province: state.officers.province ?? null },
    certificate: certificate ? { ...certificate, extendedUntil: certificate.extendedUntil ?? null } : null,
    predecessor: state.predecessor,
    successor: successor ? { cycleId: successor.cycleId, kind: successor.kind } : null,
    stageEnteredAt: row.stageEnteredAt.toISOString(),
    stepEnteredAt: row.stepEnteredAt.toISOString(),
    availableActions: actionsFor(state, actor),
    attention: row.needsAttention,
    latestEvents: await eventViews(deps, events),
  };
}

/** Events with the reasons that were written with them. */
export async function eventViews({ db }: Pick<ApiDeps, 'db'>, events: readonly EventRow[]): Promise<EventView[]> {
  const ids = events.flatMap(({ noteId }) => noteId ?? []);
  const notes = ids.length ? await db.note.findMany({ where: { id: { in: ids } } }) : [];
  const textOf = new Map(notes.map(({ id, text }) => [id, text]));
  return events.map((event) => ({
    sequence: event.sequence,
    name: event.name,
    on: dateOf(event.legalOn),
    recordedAt: event.recordedAt.toISOString(),
    actor: { id: event.actorId, role: event.actorRole, office: event.officeCode },
    from: event.fromStage !== null && event.fromStep !== null ? { stage: event.fromStage, step: event.fromStep } : null,
    to: { stage: event.toStage, step: event.toStep },
    outcome: event.outcome,
    payload: event.payload as Record<string, unknown>,
    note: event.noteId === null ? null : (textOf.get(event.noteId) ?? null),
    sourceDocument: event.sourceDocument,
    documents: (event.documents ?? []) as unknown as Attachment[],
    rulesVersion: event.rulesVersion,
  }));
}
