/**
 * A council member's scoring sheet (one per member, Decision 26/2026, Appendix II) read against its set. Every leaf criterion needs exactly one of
 * the offered options: no answer is an error, never a silent 0, because most criteria have no option worth 0.
 */
import type { Text } from '../sources';
import { alternativeCases, type CriteriaSet, type Criterion, offeredPoints } from './criteria';

export interface ScoreSheet {
  /** Code of the member who signs the sheet. */
  member: string;
  /** Points given, by criterion code. */
  options: Readonly<Record<string, number>>;
  /** The member holds that the dossier is excluded ("hồ sơ bị loại"); the sheet may then stop before its last criterion. */
  disqualified?: { reason: string };
}

/** A member's answers, one per criterion of the set, in the set's order. */
export interface ScoredSheet {
  member: string;
  answers: Answer[];
}

export interface Answer {
  criterion: Criterion;
  points: number;
}

export type ProblemKind =
  | 'no-sheets'
  | 'several-sheets'
  | 'not-a-member'
  | 'missing-answer'
  | 'not-offered'
  | 'unknown-criterion'
  | 'quorum'
  | 'chair-absent';

/** Why a session cannot be concluded: whose sheet, which criterion, what was given and what is allowed. */
export interface Problem {
  kind: ProblemKind;
  member: string | null;
  criterion: string | null;
  given: number | null;
  allowed: (number | string)[];
  text: Text;
}

/** All sheets read at once, with every problem of every sheet. A sheet with a problem has fewer answers than the set has criteria. */
export function readSheets(set: CriteriaSet, sheets: readonly ScoreSheet[]): { scored: ScoredSheet[]; problems: Problem[] } {
  if (sheets.length === 0) return { scored: [], problems: [noSheets()] };
  return {
    scored: sheets.map((sheet) => ({ member: sheet.member, answers: answersOf(set, sheet) })),
    problems: [...repeatedMembers(sheets), ...sheets.flatMap((sheet) => sheetProblems(set, sheet))],
  };
}

/** Points of a sheet: a whole number from the lowest to the highest selectable total of its set. */
export function sheetTotal(sheet: ScoredSheet): number {
  return sheet.answers.reduce((total, answer) => total + answer.points, 0);
}

function answersOf(set: CriteriaSet, sheet: ScoreSheet): Answer[] {
  return set.criteria.flatMap((criterion) => {
    const points = sheet.options[criterion.code];
    return points === undefined ? [] : [{ criterion, points }];
  });
}

function sheetProblems(set: CriteriaSet, sheet: ScoreSheet): Problem[] {
  const codes = set.criteria.map((criterion) => criterion.code);
  return [
    ...set.criteria.flatMap((criterion) => answerProblem(set, sheet, criterion)),
    ...Object.entries(sheet.options)
      .filter(([code]) => !codes.includes(code))
      .map(([code, given]) => unknownCriterion(set, sheet, code, given, codes)),
  ];
}

function answerProblem(set: CriteriaSet, sheet: ScoreSheet, criterion: Criterion): Problem[] {
  const given = sheet.options[criterion.code];
  const allowed = offeredPoints(criterion);
  if (given === undefined) return sheet.disqualified === undefined ? [missingAnswer(set, sheet, criterion, allowed)] : [];
  return allowed.includes(given) ? [] : [notOffered(set, sheet, criterion, given, allowed)];
}

function repeatedMembers(sheets: readonly ScoreSheet[]): Problem[] {
  const members = sheets.map((sheet) => sheet.member);
  const repeated = new Set(members.filter((member, position) => members.indexOf(member) !== position));
  return [...repeated].map((member) => {
    const given = members.filter((other) => other === member).length;
    return {
      kind: 'several-sheets',
      member,
      criterion: null,
      given,
      allowed: [1],
      text: {
        vi: `Thành viên ${member} có ${given} phiếu chấm; mỗi thành viên chỉ được một phiếu`,
        en: `Member ${member} has ${given} sheets; a member has one sheet`,
      },
    };
  });
}

function noSheets(): Problem {
  return {
    kind: 'no-sheets',
    member: null,
    criterion: null,
    given: 0,
    allowed: [],
    text: { vi: 'Chưa có phiếu chấm nào; cần ít nhất một phiếu', en: 'There is no scoring sheet; at least one is needed' },
  };
}

function missingAnswer(set: CriteriaSet, sheet: ScoreSheet, criterion: Criterion, allowed: number[]): Problem {
  const choice = choiceText(criterion);
  return {
    kind: 'missing-answer',
    member: sheet.member,
    criterion: criterion.code,
    given: null,
    allowed,
    text: {
      vi: `Phiếu của ${sheet.member}: chưa chấm tiêu chí ${criterion.code} “${criterion.title}” (bộ ${set.set}); chọn ${choice.vi}`,
      en: `Sheet of ${sheet.member}: criterion ${criterion.code} “${criterion.title}” (set ${set.set}) has no answer; choose ${choice.en}`,
    },
  };
}

function notOffered(set: CriteriaSet, sheet: ScoreSheet, criterion: Criterion, given: number, allowed: number[]): Problem {
  const choice = choiceText(criterion);
  const place = `${criterion.code} “${criterion.title}”`;
  return {
    kind: 'not-offered',
    member: sheet.member,
    criterion: criterion.code,
    given,
    allowed,
    text: {
      vi: `Phiếu của ${sheet.member}: tiêu chí ${place} (bộ ${set.set}) không có lựa chọn ${given} điểm; chọn ${choice.vi}`,
      en: `Sheet of ${sheet.member}: criterion ${place} (set ${set.set}) has no option of ${given} points; choose ${choice.en}`,
    },
  };
}

function unknownCriterion(set: CriteriaSet, sheet: ScoreSheet, code: string, given: number, codes: string[]): Problem {
  return {
    kind: 'unknown-criterion',
    member: sheet.member,
    criterion: code,
    given,
    allowed: codes,
    text: {
      vi: `Phiếu của ${sheet.member}: bộ ${set.set} không có tiêu chí ${code}`,
      en: `Sheet of ${sheet.member}: set ${set.set} has no criterion ${code}`,
    },
  };
}

/** The options in words: the cases apart where one of two is to be chosen, and what the transcript left in doubt. */
function choiceText(criterion: Criterion): Text {
  const cases = alternativeCases(criterion).map((points) => [...new Set(points)].join(', '));
  const doubt = criterion.note === undefined ? '' : ` [${criterion.note}]`;
  return {
    vi: `${cases.join(' điểm (trường hợp một) hoặc ')} điểm${cases.length > 1 ? ' (trường hợp hai)' : ''}${doubt}`,
    en: `${cases.join(' points (first case) or ')} points${cases.length > 1 ? ' (second case)' : ''}${doubt}`,
  };
}
