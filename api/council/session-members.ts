/** Open sessions follow the council's members: those of the day on which the session is held. */
import type { HeldSeat } from '../../domain/council/council';
import { followingSeats, type SeatsChange } from '../../domain/council/membership';
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { asLocalDate } from './dates';
import { recordChanges } from './events';
import { onTheList, scoringSeats } from './session-records';

const withSheets = { sheets: true, dossiers: true } satisfies Prisma.CouncilSessionInclude;
type OpenSession = Prisma.CouncilSessionGetPayload<{ include: typeof withSheets }>;

export interface SessionChange extends SeatsChange {
  session: Pick<OpenSession, 'id' | 'councilId' | 'heldOn' | 'procedure'>;
  /** Sheets that count no more, with the seat that handed them in: one for each dossier of the list. */
  setAside: { member: string; cycleId: string }[];
}

/** What new seats of a council change in its open sessions. Others wait for these sessions until the transaction ends. */
export async function openSessionChanges(
  tx: Prisma.TransactionClient,
  councilId: string,
  seats: readonly HeldSeat[],
): Promise<SessionChange[]> {
  await tx.$queryRaw`select id from council_session where council_id = ${councilId} and status = 'open' order by id for update`;
  const sessions = await tx.councilSession.findMany({
    where: { councilId, status: 'open' },
    include: withSheets,
    orderBy: [{ heldOn: 'asc' }, { id: 'asc' }],
  });
  return sessions.flatMap((session) => sessionChange(session, seats, asLocalDate(session.heldOn)) ?? []);
}

/** What seats of a council change in one open session that is held on that day; null: nothing. */
export function sessionChange(session: OpenSession, seats: readonly HeldSeat[], heldOn: LocalDate): SessionChange | null {
  const change = followingSeats(scoringSeats(session), seats, heldOn);
  if (!change) return null;
  const listed = new Set(onTheList(session).map(({ cycleId }) => cycleId));
  const gone = new Set(change.leave.map(({ code }) => code));
  const fallen = session.sheets.filter(({ memberCode, cycleId }) => gone.has(memberCode) && listed.has(cycleId));
  const once = new Map(fallen.map(({ memberCode, cycleId }) => [`${memberCode} ${cycleId}`, { member: memberCode, cycleId }]));
  return { session, ...change, setAside: [...once.values()] };
}

/** Gives a session its new members and records it. */
export async function applySessionChange(
  deps: ApiDeps,
  tx: Prisma.TransactionClient,
  actor: Actor,
  { session, seats, leave, join, setAside }: SessionChange,
  { on, sourceDocument }: { on?: LocalDate; sourceDocument?: string },
): Promise<void> {
  const members = JSON.parse(JSON.stringify(seats)) as Prisma.InputJsonArray;
  await tx.councilSession.update({ where: { id: session.id }, data: { members } });
  const payload = {
    leave: leave.map(({ code }) => code),
    join: join.map(({ code, personId, role }) => ({ code, personId, role })),
    sheetsSetAside: setAside.length,
  };
  const about = { councilId: session.councilId, sessionId: session.id, ...(on === undefined ? {} : { on }) };
  await recordChanges(deps, tx, actor, [{ name: 'change-session-members', ...about, payload, sourceDocument }]);
}
