/** Results sent in one call, for councils that hold no session here: their sheets are kept like those of a session. */
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { readSheets, sheetTotal } from '../../domain/stars/sheets';
import type { Scoring } from '../cycles/verdicts';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import { asDate } from './dates';
import { resultRow } from './results';

interface Sent {
  actor: Actor;
  cycleId: string;
  on: LocalDate;
  key: string;
}

/** Keeps sheets and verdict under the request's key, once: they hold when the cycle has an event with that key. */
export async function keepScoring({ db, clock }: ApiDeps, { actor, cycleId, on, key }: Sent, scoring: Scoring): Promise<void> {
  const { level, set, sheets, award, rulesId } = scoring;
  const recordedAt = new Date(clock.now());
  const totals = readSheets(set, sheets).scored.map(sheetTotal);
  await db.$transaction([
    db.scoreSheet.createMany({
      data: sheets.map(({ member, options, disqualified }, index) => ({
        cycleId,
        level,
        memberCode: member,
        criteriaSet: set.set,
        scoringRound: 1,
        version: 1,
        options: { ...options },
        total: totals[index] ?? 0,
        disqualified: disqualified?.reason ?? null,
        source: 'result',
        actorId: actor.id,
        officeCode: actor.office,
        enteredAt: recordedAt,
        key,
      })),
      skipDuplicates: true,
    }),
    db.councilResult.createMany({
      data: [{ ...resultRow(award, { level, rulesId, set }), cycleId, scoringRound: 1, computedOn: asDate(on), recordedAt, key }],
      skipDuplicates: true,
    }),
  ]);
}

/** Throws while the dossier is before an open session: its result comes from the members' sheets there, and from nowhere else. */
export async function requireNoSession({ db }: Pick<ApiDeps, 'db'>, cycleId: string): Promise<void> {
  const dossier = await db.sessionDossier.findUnique({ where: { openCycleId: cycleId } });
  if (!dossier) return;
  throw new HttpProblem(
    'not-allowed-now',
    {
      vi: 'Hồ sơ đang trong một phiên của Hội đồng: kết quả được ghi khi phiên kết thúc',
      en: `The dossier is before session ${dossier.sessionId}: its result is recorded when the session closes`,
    },
    { members: { sessionId: dossier.sessionId } },
  );
}
