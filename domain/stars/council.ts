/** What a council's operating rules ask of a scoring session: only its members score, enough of them, and not too far apart. */
import type { CouncilRules } from '../council-rules';
import type { Problem, ScoreSheet } from './sheets';

/** The membership of one session, frozen when it opens. The advisory team is not part of it: only council members' sheets count. */
export interface CouncilSession {
  /** Members who may score this product; one with an interest in the producer is not among them. */
  members: readonly string[];
  /** Who presides: the chair, or whoever the chair's role was delegated to (Decision 26/2026, article 7.3b). */
  chair: string;
}

/** The difference between the highest and the lowest total of a session (at least one total), in points. */
export function spreadOf(totals: readonly number[]): number {
  return Math.max(...totals) - Math.min(...totals);
}

/** Whether the members are further apart than their rules allow and must discuss and score again. */
export function mustRescore(spread: number, rules: CouncilRules): boolean {
  return rules.maxSpread.value !== null && spread > rules.maxSpread.value;
}

/** How many of the members must score: the rules' share of the session, rounded up to whole people. */
export function quorumOf(session: CouncilSession, rules: CouncilRules): number {
  const { numerator, denominator } = rules.quorum.value.members;
  return Math.ceil((session.members.length * numerator) / denominator);
}

/** Sheets of people who are no members, a missing quorum, an absent chair. Whoever hands in a sheet is present. */
export function sessionProblems(session: CouncilSession, sheets: readonly ScoreSheet[], rules: CouncilRules): Problem[] {
  const scorers = [...new Set(sheets.map((sheet) => sheet.member))];
  const outsiders = scorers.filter((member) => !session.members.includes(member));
  return [
    ...outsiders.map((member) => notAMember(member, session)),
    ...quorumProblem(scorers.length - outsiders.length, session, rules),
    ...chairProblem(scorers, session, rules),
  ];
}

function notAMember(member: string, session: CouncilSession): Problem {
  return {
    kind: 'not-a-member',
    member,
    criterion: null,
    given: null,
    allowed: [...session.members],
    text: {
      vi: `${member} không phải thành viên Hội đồng của phiên này; chỉ phiếu của thành viên Hội đồng được tính`,
      en: `${member} is no member of the council in this session; only council members' sheets count`,
    },
  };
}

function quorumProblem(present: number, session: CouncilSession, rules: CouncilRules): Problem[] {
  const needed = quorumOf(session, rules);
  if (present >= needed) return [];
  const total = session.members.length;
  return [
    {
      kind: 'quorum',
      member: null,
      criterion: null,
      given: present,
      allowed: [needed],
      text: {
        vi: `Chưa đủ số thành viên: ${present}/${total} người chấm, cần ít nhất ${needed} (${rules.quorum.source})`,
        en: `No quorum: ${present} of ${total} members scored, at least ${needed} are needed (${rules.quorum.source})`,
      },
    },
  ];
}

function chairProblem(scorers: string[], session: CouncilSession, rules: CouncilRules): Problem[] {
  if (!rules.quorum.value.chairMustAttend || scorers.includes(session.chair)) return [];
  return [
    {
      kind: 'chair-absent',
      member: session.chair,
      criterion: null,
      given: null,
      allowed: [session.chair],
      text: {
        vi: `Chủ tịch Hội đồng (${session.chair}) chưa chấm; phiên họp phải có Chủ tịch (${rules.quorum.source})`,
        en: `The council's chair (${session.chair}) has not scored; the chair must take part (${rules.quorum.source})`,
      },
    },
  ];
}
