/**
 * The verdict on a scoring session: total, mean, band, starred minimums, and what follows. Computed once, recorded, and never recomputed for a
 * product that has been told its result.
 */
import type { CouncilRules } from '../council-rules';
import type { Level, Procedure, Star } from '../regimes';
import { type CouncilSession, mustRescore, sessionProblems, spreadOf } from './council';
import type { CriteriaSet } from './criteria';
import { highestStarMet, type UnmetMinimum, unmetMinimums } from './minimums';
import { exclusionOutcomes, type Outcome, outcomesOf, type Result } from './outcomes';
import * as explain from './reasoning';
import type { Step } from './reasoning';
import { type Problem, readSheets, type ScoredSheet, type ScoreSheet, sheetTotal } from './sheets';
import { bandOf, meanOf, truncatedMean } from './totals';

export interface AwardInput {
  /** Whose council scored. */
  level: Level;
  procedure: Procedure;
  set: CriteriaSet;
  rules: CouncilRules;
  sheets: readonly ScoreSheet[];
  /** Membership of the session; without it quorum and membership are not checked, and the steps say so. */
  session?: CouncilSession;
  /** The dossier is excluded ("hồ sơ bị loại"), a fact about the dossier and not a score of 0. */
  disqualified?: { reason: string };
}

export type Route = Outcome['route'] | 'human-decides';

export interface Award {
  /** Points of all sheets together; null when there is no result to show. */
  sum: number | null;
  /** Number of sheets. */
  members: number;
  /** The mean for display, cut to the council's decimals, with a decimal point. The band is taken from sum and members. */
  mean: string | null;
  /** What the exact mean alone reaches. */
  band: Star | null;
  /** The lower of the band and the highest star whose minimums are all met; a proposal while `route` is `human-decides`. */
  star: Star | null;
  /** Minimums up to the band that are not met: what keeps the star below the band. */
  missedMinimums: UnmetMinimum[];
  /** Highest less lowest sheet total, in points. */
  spread: number | null;
  /** Whose turn it is; null while `problems` must be mended first. */
  route: Route | null;
  /** What a person chooses between; empty unless `route` is `human-decides`. */
  alternatives: Outcome[];
  problems: Problem[];
  /** The reasoning, step by step, each with its source. */
  steps: Step[];
}

/**
 * The award for one product from its council's sheets. With problems there are no figures and no route; an excluded dossier has no figures; members
 * too far apart have figures but no star, and score again.
 */
export function award(input: AwardInput): Award {
  const { set, rules, sheets, session, disqualified } = input;
  const none = withoutFigures(sheets.length);
  if (disqualified !== undefined) return { ...none, route: 'disqualified', steps: [explain.excluded(disqualified.reason)] };

  const { scored, problems: sheetProblems } = readSheets(set, sheets);
  const problems = [...sheetProblems, ...(session === undefined ? [] : sessionProblems(session, sheets, rules))];
  if (problems.length > 0) return { ...none, problems };

  const exclusions = explain.exclusionsProposed(sheets);
  if (exclusions.length > 0) return { ...none, route: 'human-decides', alternatives: exclusionOutcomes(), steps: exclusions };

  return verdictOn(scored, input);
}

function verdictOn(scored: readonly ScoredSheet[], { level, procedure, set, rules, session }: AwardInput): Award {
  const totals = scored.map(sheetTotal);
  const mean = meanOf(totals);
  const spread = spreadOf(totals);
  const shown = truncatedMean(mean, rules.published.value.decimals);
  const band = bandOf(mean, procedure.bands.value);
  const unmet = unmetMinimums(set, scored, rules.minimumPolicy.value);
  const missedMinimums = unmet.filter((minimum) => minimum.level <= band);
  const figures = { sum: mean.sum, members: mean.count, mean: shown, band, missedMinimums, spread, problems: [] };
  const steps = [
    explain.quorum(session, scored.length, rules),
    explain.meanTaken(totals, shown, rules),
    explain.spreadFound(spread, rules),
    explain.bandReached(band, shown, procedure),
  ];
  if (mustRescore(spread, rules)) {
    return { ...figures, star: null, route: 'rescore', alternatives: [], steps: [...steps, explain.rescore(rules)] };
  }

  const result: Result = { level, mean, band, star: lower(band, highestStarMet(unmet)) };
  const outcomes = outcomesOf(result, procedure, rules.onMissedMinimum);
  const [only, ...others] = outcomes;
  const decided = others.length === 0 ? only : undefined;
  return {
    ...figures,
    star: decided === undefined ? result.star : decided.star,
    route: decided === undefined ? 'human-decides' : decided.route,
    alternatives: decided === undefined ? outcomes : [],
    steps: [...steps, ...explain.minimums(missedMinimums, result, set, rules), ...explain.conclusion(outcomes, procedure)],
  };
}

function withoutFigures(members: number): Award {
  return {
    sum: null,
    members,
    mean: null,
    band: null,
    star: null,
    missedMinimums: [],
    spread: null,
    route: null,
    alternatives: [],
    problems: [],
    steps: [],
  };
}

function lower(one: Star, other: Star): Star {
  return one < other ? one : other;
}
