/** Records as cycles leave them, many at once, for what managers read: dossiers with their histories, certificates, reminders. */
import type { Database } from '../../clients/database';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { type LocalDate, startOfDay } from '../../domain/dates';

/** One event: its name, its day and the step it leads to. */
export interface Happened {
  name: string;
  on: LocalDate;
  to: Step;
  /** Hour of the day, 9 unless told. */
  hour?: number;
}

export interface RecordedDossier {
  productCode: string;
  cycleNumber?: number;
  name: string;
  producer?: string;
  provinceCode: string;
  communeCode: string;
  kind: 'new' | 'upgrade' | 'reevaluation';
  planId?: string;
  /** The history, `register` first. */
  events: Happened[];
  /** The limit of the present step. */
  due?: { kind: string; on: LocalDate; operator?: 'before' | 'on_or_before'; source?: string };
  /** The commune's limits, each set by an event by its place in the history. */
  communeLimits?: { on: LocalDate; operator?: 'before' | 'on_or_before'; setBy: number }[];
  communeOfficer?: string;
  provinceOfficer?: string;
  attention?: string;
  outcome?: string;
  predecessorId?: string;
  certificate?: {
    issuedOn: LocalDate;
    validUntil: LocalDate;
    extendedUntil?: LocalDate;
    decision: string | null;
    issuedBy: string;
    star?: number;
  };
  nudges?: { rule: string; recipient: string; on: LocalDate; status?: string }[];
}

const date = (day: LocalDate): Date => new Date(`${day}T00:00:00Z`);
const at = ({ on, hour = 9 }: Happened): Date => new Date(startOfDay(on) + hour * 3_600_000);

export const cycleIdOf = ({ productCode, cycleNumber = 1 }: Pick<RecordedDossier, 'productCode' | 'cycleNumber'>): string =>
  `${productCode}.${cycleNumber}`;

/** Writes dossiers with everything that stands beside them. Products and producers may be there from an earlier cycle. */
export async function recordDossiers(db: Database, dossiers: readonly RecordedDossier[]): Promise<void> {
  await db.producer.createMany({
    data: dossiers.map((one) => ({
      id: `m-${one.productCode}`,
      name: one.producer ?? `Hợp tác xã ${one.productCode}`,
      communeCode: one.communeCode,
    })),
    skipDuplicates: true,
  });
  await db.product.createMany({
    data: dossiers.map(({ productCode: code, name, provinceCode, communeCode }) => {
      return { code, name, producerId: `m-${code}`, provinceCode, communeCode };
    }),
    skipDuplicates: true,
  });
  await db.cycle.createMany({ data: dossiers.map(cycleRow) });
  await db.cycleEvent.createMany({ data: dossiers.flatMap(eventRows) });
  await db.deadline.createMany({ data: dossiers.flatMap(deadlineRows) });
  await db.certificate.createMany({ data: dossiers.flatMap(certificateRows) });
  await db.nudge.createMany({ data: dossiers.flatMap(nudgeRows), skipDuplicates: true });
}

function cycleRow(dossier: RecordedDossier) {
  const { events, due, certificate } = dossier;
  const last = events.at(-1);
  if (!last) throw new RangeError('a dossier has at least its registration');
  const { stage, waitingFor } = STEPS[last.to];
  const received = events.find(({ name }) => name === 'submit-dossier');
  const paused = isPaused(events);
  const sideOf = stage === 'idea_registration' || stage === 'product_completion' || stage === 'commune_assessment' ? 'commune' : 'province';
  const firstOf = (same: (one: Happened) => boolean): Happened => {
    const before = events.findLastIndex((one) => !same(one));
    return events[before + 1] ?? last;
  };
  return {
    id: cycleIdOf(dossier),
    productCode: dossier.productCode,
    cycleNumber: dossier.cycleNumber ?? 1,
    sequence: events.length,
    kind: dossier.kind,
    planId: dossier.planId ?? 'qd-26-2026',
    regimeId: 'qd-26-2026',
    rulesVersion: 'test',
    provinceCode: dossier.provinceCode,
    communeCode: dossier.communeCode,
    stage,
    step: last.to,
    waitingFor: paused ? sideOf : waitingFor,
    stageEnteredAt: at(firstOf((one) => STEPS[one.to].stage === stage)),
    stepEnteredAt: at(firstOf((one) => one.to === last.to)),
    ...(due
      ? {
          dueKind: due.kind,
          dueOn: date(due.on),
          dueOperator: due.operator ?? 'on_or_before',
          dueSource: due.source ?? 'Quyết định 26/2026/QĐ-TTg',
          lastSafeOn: lastSafe(due),
        }
      : {}),
    communeOfficerId: dossier.communeOfficer ?? null,
    provinceOfficerId: dossier.provinceOfficer ?? null,
    outcome: dossier.outcome ?? null,
    paused,
    needsAttention: dossier.attention ?? null,
    star: certificate?.star ?? null,
    certificateCode: certificate ? codeOf(dossier) : null,
    validUntil: certificate ? date(certificate.validUntil) : null,
    predecessorId: dossier.predecessorId ?? null,
    receivedOn: received ? date(received.on) : null,
    state: {},
    updatedAt: at(last),
  };
}

const lastSafe = ({ on, operator }: { on: LocalDate; operator?: string }): Date =>
  new Date(date(on).getTime() - (operator === 'before' ? 86_400_000 : 0));

const isPaused = (events: readonly Happened[]): boolean =>
  events.reduce((paused, { name }) => (name === 'pause' ? true : name === 'resume' ? false : paused), false);

function eventRows(dossier: RecordedDossier) {
  return dossier.events.map((event, index) => {
    const before = dossier.events[index - 1];
    return {
      cycleId: cycleIdOf(dossier),
      sequence: index + 1,
      name: event.name,
      actorId: 'test',
      actorRole: 'commune_staff',
      officeCode: dossier.communeCode,
      legalOn: date(event.on),
      recordedAt: at(event),
      fromStage: before ? STEPS[before.to].stage : null,
      fromStep: before?.to ?? null,
      toStage: STEPS[event.to].stage,
      toStep: event.to,
      outcome: event.to === 'ended' ? (dossier.outcome ?? null) : null,
      payload: {},
      rulesVersion: 'test',
    };
  });
}

function deadlineRows(dossier: RecordedDossier) {
  return (dossier.communeLimits ?? []).map(({ on, operator = 'on_or_before', setBy }) => ({
    cycleId: cycleIdOf(dossier),
    kind: 'commune-assessment',
    date: date(on),
    operator,
    basis: 'limit',
    source: 'test',
    candidates: [],
    setBySequence: setBy,
  }));
}

const codeOf = (dossier: RecordedDossier): string => `OCOP-${cycleIdOf(dossier)}`;

function certificateRows(dossier: RecordedDossier) {
  const { certificate, productCode, outcome } = dossier;
  if (!certificate) return [];
  const { issuedOn, validUntil, extendedUntil, decision, issuedBy, star = 3 } = certificate;
  return [
    {
      code: codeOf(dossier),
      cycleId: cycleIdOf(dossier),
      productCode,
      star,
      issuedOn: date(issuedOn),
      validUntil: date(validUntil),
      extendedUntil: extendedUntil === undefined ? null : date(extendedUntil),
      decisionNumber: decision,
      issuedBy,
      status: outcome ?? 'in_force',
    },
  ];
}

function nudgeRows(dossier: RecordedDossier) {
  return (dossier.nudges ?? []).map(({ rule, recipient, on, status = 'sent' }) => ({
    cycleId: cycleIdOf(dossier),
    ruleId: rule,
    recipient,
    subject: dossier.due?.kind ?? 'commune-assessment',
    subjectOn: date(dossier.due?.on ?? on),
    plannedFor: date(on),
    status,
    late: false,
    recordedAt: new Date(startOfDay(on) + 3_600_000),
    settledAt: status === 'planned' ? null : new Date(startOfDay(on) + 8 * 3_600_000),
  }));
}
