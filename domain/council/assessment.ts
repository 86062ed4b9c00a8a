/**
 * Where a dossier stands in its session, and the verdict when the session closes. The arithmetic is domain/stars; here is what the council must have done
 * before: taken part without an interest, in quorum, with someone presiding, not too far apart, of one mind about an exclusion.
 */
import { type Problem, problem } from '../cycle/action';
import type { Verdict } from '../cycle/state';
import { formatVietnamese, type LocalDate } from '../dates';
import type { Level, Procedure } from '../regimes';
import type { CouncilSession } from '../stars/council';
import type { CriteriaSet } from '../stars/criteria';
import { readSheets, sheetTotal } from '../stars/sheets';
import { bandOf, meanOf } from '../stars/totals';
import { type Award, award } from '../stars/verdict';
import type { WorkingCalendar } from '../working-days';
import { handoverProblems } from './handover';
import { countingSheets, type DossierFacts, presidesOver, seatsOver, type SessionFacts } from './session';

/** What a dossier is assessed under. */
export interface Measure {
  level: Level;
  procedure: Procedure;
  set: CriteriaSet;
  calendar: WorkingCalendar;
}

/** `sheets`: not enough of them yet; `rescore`, `exclusion`, `meeting`: what the council must settle; `ready`: may be concluded. */
export type Standing = 'handover' | 'sheets' | 'rescore' | 'exclusion' | 'meeting' | 'excluded' | 'ready';

export interface Assessment {
  standing: Standing;
  /** What keeps the dossier from being concluded; never a point of a sheet. */
  problems: Problem[];
  /** The verdict; to be shown only once the session is closed. */
  award: Award;
}

/** A dossier assessed from the sheets that count now. */
export function assess(session: SessionFacts, dossier: DossierFacts, measure: Measure): Assessment {
  const field = dossier.cycleId;
  const presides = presidesOver(session, dossier);
  const sheets = countingSheets(session, dossier);
  const members = seatsOver(session, dossier).map(({ code }) => code);
  const council: CouncilSession = { members, chair: presides ?? NOBODY };
  const verdict = award({
    ...measure,
    rules: session.rules,
    sheets,
    session: council,
    ...(dossier.excluded === null ? {} : { disqualified: dossier.excluded }),
  });
  const found = (standing: Standing, problems: Problem[]): Assessment => ({ standing, problems, award: verdict });

  if (dossier.excluded !== null) return found('excluded', []);
  const late = handoverProblems(field, dossier.handedOverOn, { heldOn: session.heldOn, rules: session.rules, calendar: measure.calendar });
  if (late.length > 0) return found('handover', late);
  const unfinished = session.rules.quorum.value.chairMustAttend && presides === null ? [nobodyPresides(field)] : [];
  const missing = verdict.problems
    .filter(({ kind }) => presides !== null || kind !== 'chair-absent')
    .map(({ text }): Problem => ({ field, message: text }));
  if (missing.length > 0 || unfinished.length > 0) return found('sheets', [...unfinished, ...missing]);
  if (session.procedure === 'written-opinions') {
    const wanted = meetingWanted(session, dossier, measure);
    if (wanted.length > 0) return found('meeting', wanted);
  }
  if (sheets.some(({ disqualified }) => disqualified !== undefined)) return found('exclusion', [exclusionOpen(field)]);
  if (verdict.route === 'rescore') return found('rescore', [tooFarApart(field, session)]);
  return found('ready', []);
}

const NOBODY = 'nobody';

/**
 * Why written opinions are not enough (article 7.6d: "chỉ tổ chức họp trực tiếp khi có nhiều ý kiến đánh giá khác nhau hoặc có nội dung phức tạp"): a
 * member asks for a meeting or for exclusion, members' own totals lie in different bands of stars, or they are further apart than the rules allow.
 */
export function meetingWanted(
  session: SessionFacts,
  dossier: DossierFacts,
  { set, procedure }: Pick<Measure, 'set' | 'procedure'>,
): Problem[] {
  const field = dossier.cycleId;
  const sheets = countingSheets(session, dossier);
  const asked = sheets.some(({ asksMeeting, disqualified }) => asksMeeting !== undefined || disqualified !== undefined);
  if (asked) return [differ(field, 'có thành viên đề nghị họp hoặc đề nghị loại hồ sơ', 'a member asks for a meeting or for exclusion')];
  const totals = readSheets(set, sheets).scored.map(sheetTotal);
  const bands = new Set(totals.map((total) => bandOf(meanOf([total]), procedure.bands.value)));
  const limit = session.rules.maxSpread.value;
  const tooFar = limit !== null && Math.max(...totals) - Math.min(...totals) > limit;
  return bands.size > 1 || tooFar ? [differ(field, 'ý kiến đánh giá của các thành viên khác nhau', 'the members’ opinions differ')] : [];
}

const differ = (field: string, vi: string, en: string): Problem =>
  problem(
    field,
    `${vi}: đưa hồ sơ sang phiên họp trực tiếp (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm d)`,
    `${en}: take the dossier to a meeting (Decision 26/2026, article 7.6d)`,
  );

const nobodyPresides = (field: string): Problem =>
  problem(
    field,
    'người chủ trì có lợi ích liên quan: ghi người được ủy quyền chủ trì hồ sơ này',
    'whoever presides has an interest: record who presides over this dossier instead',
  );

const exclusionOpen = (field: string): Problem =>
  problem(
    field,
    'có thành viên đề nghị loại hồ sơ: Hội đồng kết luận loại (exclude), hoặc chấm lại (rescore)',
    'a member proposes exclusion: the council excludes the dossier, or scores again',
  );

function tooFarApart(field: string, { rules }: SessionFacts): Problem {
  const { value, source } = rules.maxSpread;
  return problem(
    field,
    `điểm các thành viên chênh nhau quá ${value} điểm: Hội đồng thảo luận và chấm lại (${source})`,
    `the members are more than ${value} points apart: discuss and score again (${source})`,
  );
}

/** What keeps a session from closing on a day, besides its dossiers: nothing on the list, or the day of the meeting still to come. */
export function sessionClosingProblems(session: SessionFacts, dossiers: readonly DossierFacts[], on: LocalDate): Problem[] {
  if (dossiers.length === 0) return [problem('dossiers', 'phiên chưa có hồ sơ nào', 'there is no dossier on the list')];
  const everyoneAnswered = dossiers.every((dossier) => countingSheets(session, dossier).length === seatsOver(session, dossier).length);
  const early = on < session.heldOn && !(session.procedure === 'written-opinions' && everyoneAnswered);
  return early
    ? [
        problem(
          'on',
          `phiên diễn ra ngày ${formatVietnamese(session.heldOn)}, chưa thể kết thúc ngày ${formatVietnamese(on)}`,
          `the session is on ${session.heldOn}; it cannot close on ${on}`,
        ),
      ]
    : [];
}

/** An award as it enters the cycle: undefined while there is none to enter. An excluded dossier has no points, which is written as 0 with its route. */
export function verdictToEnter({
  sum,
  members,
  band,
  star,
  route,
  missedMinimums,
}: Pick<Award, 'sum' | 'members' | 'band' | 'star' | 'route'> & {
  missedMinimums: readonly Pick<Award['missedMinimums'][number], 'criterion' | 'level'>[];
}): Verdict | undefined {
  if (route === 'disqualified') return { sum: 0, members: Math.max(1, members), band: 1, star: 1, missedMinimums: [], route };
  if (sum === null || band === null || star === null || route === null || route === 'rescore') return undefined;
  return { sum, members, band, star, route, missedMinimums: missedMinimums.map(({ criterion, level }) => ({ criterion, star: level })) };
}
