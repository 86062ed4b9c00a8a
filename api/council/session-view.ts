/** A session as its people see it: who has handed in, never the points; results once it is closed. */
import { z } from 'zod';
import { assess } from '../../domain/council/assessment';
import { SEAT_ROLES } from '../../domain/council/council';
import { lastHandoverDay } from '../../domain/council/handover';
import { countingSheets, interestOf, presidesOver } from '../../domain/council/session';
import { lastSafeDay } from '../../domain/deadlines';
import type { ApiDeps } from '../deps';
import { bothLanguages, localDate } from '../http/schemas';
import { asLocalDate } from './dates';
import { roundById } from './rounds';
import { dossierFacts, factsOf, type Listed, listedDossiers, resultKey, rulesOf, scoringSeats, type SessionRow } from './session-records';

const result = z
  .object({
    sum: z.number().int().nullable(),
    members: z.number().int(),
    mean: z.string().nullable().meta({ description: 'Cắt bớt phần lẻ, không làm tròn. / Cut, not rounded.' }),
    band: z.number().int().nullable(),
    star: z.number().int().nullable(),
    spread: z.number().int().nullable(),
    route: z.string(),
    missedMinimums: z.array(z.object({ criterion: z.string(), title: z.string(), level: z.number(), needed: z.number() })),
    steps: z.array(z.object({ vi: z.string(), en: z.string(), source: z.string() })),
    recorded: z.boolean().meta({ description: 'Kết quả đã vào chu trình. / The result has entered its cycle.' }),
  })
  .meta({ id: 'CouncilResult' });

const dossierView = z
  .object({
    cycleId: z.string(),
    place: z.number().int(),
    productCode: z.string(),
    productName: z.string(),
    producerName: z.string(),
    commune: z.string(),
    kind: z.string(),
    productSet: z.number().int(),
    setName: z.string(),
    status: z.enum(['listed', 'excluded', 'concluded']),
    reason: z.string().nullable(),
    scoringRound: z.number().int(),
    handedOverOn: localDate.nullable(),
    standing: z.enum(['handover', 'sheets', 'rescore', 'exclusion', 'meeting', 'excluded', 'ready']),
    /** What keeps it from being concluded. */
    openPoints: z.array(bothLanguages),
    presides: z.string().nullable(),
    members: z.array(z.object({ code: z.string(), interest: z.enum(['unanswered', 'none', 'interest']), handedIn: z.boolean() })),
    result: result.nullable(),
  })
  .meta({ id: 'SessionDossier' });

export const sessionView = z
  .object({
    id: z.string(),
    councilId: z.string(),
    procedure: z.enum(['meeting', 'written-opinions']),
    plan: z.string(),
    round: z.object({ id: z.string(), conclusion: z.object({ date: localDate, operator: z.string() }), inTime: z.boolean() }).nullable(),
    heldOn: localDate,
    place: z.string().nullable(),
    status: z.enum(['open', 'closed']),
    closedOn: localDate.nullable(),
    rules: z.object({ id: z.string(), title: bothLanguages }),
    /** Last day on which dossiers may be handed over for this day. */
    handOverBy: localDate.nullable(),
    members: z.array(z.object({ code: z.string(), personId: z.string(), name: z.string(), role: z.enum(SEAT_ROLES) })),
    dossiers: z.array(dossierView),
  })
  .meta({ id: 'CouncilSession' });

export type SessionView = z.output<typeof sessionView>;

export const sessionAnswer = { status: 200 as const, schema: sessionView, description: { vi: 'Phiên của Hội đồng', en: 'The session' } };

/** The session with its dossiers. Points and verdicts appear once it is closed. */
export async function viewOfSession(deps: ApiDeps, session: SessionRow): Promise<SessionView> {
  const facts = factsOf(session);
  const rules = rulesOf(session);
  const listed = await listedDossiers(deps, session);
  const names = await namesOf(deps, session);
  const recorded = await recordedIn(deps, session);
  return {
    id: session.id,
    councilId: session.councilId,
    procedure: facts.procedure,
    plan: session.planId,
    round: roundView(deps, session),
    heldOn: facts.heldOn,
    place: session.place,
    status: session.status as 'open' | 'closed',
    closedOn: session.closedOn && asLocalDate(session.closedOn),
    rules: { id: rules.id, title: rules.title },
    handOverBy: lastHandoverDay(facts.heldOn, rules, deps.calendar),
    members: facts.seats.map(({ code, personId, role }) => ({ code, personId, name: names.get(personId) ?? '', role })),
    dossiers: listed.map((one) => viewOfDossier(deps, session, one, recorded)),
  };
}

function viewOfDossier(deps: ApiDeps, session: SessionRow, { dossier, cycle, measure }: Listed, recorded: ReadonlySet<string>) {
  const facts = factsOf(session);
  const own = dossierFacts(session, dossier);
  const { standing, problems } = assess(facts, own, measure);
  const handedIn = new Set(countingSheets(facts, own).map(({ member }) => member));
  const found = session.status === 'closed' ? session.results.find(({ cycleId }) => cycleId === dossier.cycleId) : undefined;
  return {
    cycleId: dossier.cycleId,
    place: dossier.place,
    productCode: cycle.productCode,
    productName: cycle.product.name,
    producerName: cycle.product.producer.name,
    commune: deps.units.byCode(cycle.communeCode)?.fullName ?? cycle.communeCode,
    kind: cycle.kind,
    productSet: dossier.productSet,
    setName: measure.set.name,
    status: dossier.status as 'listed' | 'excluded' | 'concluded',
    reason: dossier.reason,
    scoringRound: dossier.scoringRound,
    handedOverOn: own.handedOverOn,
    standing,
    openPoints: session.status === 'closed' ? [] : problems.map(({ message }) => message),
    presides: presidesOver(facts, own),
    members: facts.seats.map(({ code }) => ({ code, interest: interestOf(own, code), handedIn: handedIn.has(code) })),
    result: found === undefined ? null : viewOfResult(found, recorded.has(dossier.cycleId)),
  };
}

function viewOfResult(row: SessionRow['results'][number], recorded: boolean): z.output<typeof result> {
  const { sum, members, mean, band, star, spread, route } = row;
  const missedMinimums = row.missedMinimums as unknown as z.output<typeof result>['missedMinimums'];
  const steps = row.steps as unknown as z.output<typeof result>['steps'];
  return { sum, members, mean, band, star, spread, route, missedMinimums, steps, recorded };
}

/** Names of the people who score, by person. */
export async function namesOf({ db }: Pick<ApiDeps, 'db'>, session: SessionRow): Promise<Map<string, string>> {
  const people = await db.person.findMany({ where: { id: { in: scoringSeats(session).map(({ personId }) => personId) } } });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Dossiers whose result has entered its cycle. */
export async function recordedIn({ db }: Pick<ApiDeps, 'db'>, session: SessionRow): Promise<Set<string>> {
  const cycleIds = session.results.map(({ cycleId }) => cycleId);
  const events = await db.cycleEvent.findMany({
    where: { cycleId: { in: cycleIds }, idempotencyKey: resultKey(session.id) },
    select: { cycleId: true },
  });
  return new Set(events.map(({ cycleId }) => cycleId));
}

function roundView(deps: ApiDeps, { roundId, heldOn }: SessionRow): SessionView['round'] {
  const day = asLocalDate(heldOn);
  const round = roundId === null ? undefined : roundById(deps, roundId, day);
  if (!round) return null;
  return { id: round.id, conclusion: round.conclusion, inTime: day <= lastSafeDay(round.conclusion) };
}
