/** The council's own history: who changed what, for which office, when. Written in the transaction of the change; never holds a point of a sheet. */
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { asDate } from './dates';

export const COUNCIL_EVENTS = [
  'establish-council',
  'change-members',
  'change-session-members',
  'open-session',
  'postpone-session',
  'delegate-chair',
  'list-dossier',
  'remove-dossier',
  'hand-over-dossier',
  'declare-interest',
  'enter-sheet',
  'ask-rescore',
  'exclude-dossier',
  'close-session',
  'conclude-dossier',
] as const;

export interface Change {
  name: (typeof COUNCIL_EVENTS)[number];
  councilId: string;
  sessionId?: string;
  cycleId?: string;
  on?: LocalDate;
  payload?: Prisma.InputJsonObject;
  reason?: string | undefined;
  sourceDocument?: string | undefined;
}

/** Writes changes into the council's history. */
export async function recordChanges(
  { clock, today }: Pick<ApiDeps, 'clock' | 'today'>,
  tx: Prisma.TransactionClient,
  actor: Actor,
  changes: readonly Change[],
): Promise<void> {
  const recordedAt = new Date(clock.now());
  await tx.councilEvent.createMany({
    data: changes.map(({ name, councilId, sessionId, cycleId, on = today(), payload = {}, reason, sourceDocument }) => ({
      name,
      councilId,
      sessionId: sessionId ?? null,
      cycleId: cycleId ?? null,
      actorId: actor.id,
      actorRole: actor.role,
      officeCode: actor.office,
      legalOn: asDate(on),
      recordedAt,
      payload,
      reason: reason ?? null,
      sourceDocument: sourceDocument ?? null,
    })),
  });
}
