/**
 * The operating rules of a council ("Quy chế hoạt động của Hội đồng"): the law leaves quorum, spread, mean, rounding and conflict of interest to
 * each council (Decision 26/2026, article 7.3 b-d), so they are data (plans/councils/*.json) and this is their shape.
 */
import type { Sourced, Text } from './sources';

/** Share of the members, as an exact fraction (3/4 = "ít nhất 75%", 5/7 = "ít nhất 5/7 thành viên"), and whether the chair must be among them. */
export interface Quorum {
  members: { numerator: number; denominator: number };
  chairMustAttend: boolean;
}

/** Who must have ticked a starred minimum for it to count as met: every member, more than half of them, or the mean of their points. */
export type MinimumPolicy = 'every' | 'majority' | 'mean';

/** What follows when the points reach a star but one of its starred minimums is missed. */
export type MissedMinimum = 'human-decides' | 'one-star-lower' | 'not-recognised';

export interface CouncilRules {
  /** For instance `tay-ninh`; the file's name. */
  id: string;
  title: Text;
  /** The document or page that the rules as a whole come from, readable by an official. */
  source: string;
  quorum: Sourced<Quorum>;
  /** Largest difference allowed between two members' totals, in points; null: no limit. */
  maxSpread: Sourced<number | null>;
  /** What the council does when the spread is exceeded: discuss, agree, score again. */
  onSpread: Sourced<'rescore'>;
  mean: Sourced<'arithmetic'>;
  /** How a mean is shown. Stars are taken from the exact mean, never from the published figure. */
  published: Sourced<{ decimals: number; method: 'truncate' }>;
  minimumPolicy: Sourced<MinimumPolicy>;
  onMissedMinimum: Sourced<MissedMinimum>;
  /** A member with an interest in the producer takes no part in that product. */
  conflictOfInterest: Sourced<'recuse'>;
  /** Working days before the meeting by which the members must have the dossier; null: no rule. */
  handoverWorkingDays: Sourced<number | null>;
}
