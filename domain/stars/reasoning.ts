/** The steps of a verdict in words, each with the article or rule that it stands on: what a notice to the producer must be able to explain. */
import type { CouncilRules } from '../council-rules';
import type { Procedure, Star } from '../regimes';
import type { Text } from '../sources';
import { type CouncilSession, quorumOf } from './council';
import { type CriteriaSet, SHEETS_SOURCE } from './criteria';
import type { UnmetMinimum } from './minimums';
import { EXCLUSION_SOURCE, type Outcome, type Result } from './outcomes';
import type { ScoreSheet } from './sheets';
import { vietnameseDecimal } from './totals';

export interface Step extends Text {
  source: string;
}

/** The dossier is out, whatever its points. */
export function excluded(reason: string): Step {
  return {
    vi: `Hồ sơ bị loại: ${reason}. Đây không phải là điểm 0; không tính điểm và không xếp hạng`,
    en: `The dossier is excluded: ${reason}. This is not a score of 0; nothing is added up and no star is given`,
    source: EXCLUSION_SOURCE,
  };
}

/** One step per member who holds that the dossier is excluded while no exclusion is recorded. */
export function exclusionsProposed(sheets: readonly ScoreSheet[]): Step[] {
  return sheets.flatMap(({ member, disqualified }) =>
    disqualified === undefined
      ? []
      : [
          {
            vi: `Thành viên ${member} đề nghị loại hồ sơ: ${disqualified.reason}. Hội đồng phải kết luận trước khi tính điểm`,
            en: `Member ${member} proposes exclusion: ${disqualified.reason}. The council must settle this before points are added up`,
            source: EXCLUSION_SOURCE,
          },
        ],
  );
}

/** How many scored and how many had to. */
export function quorum(session: CouncilSession | undefined, sheets: number, rules: CouncilRules): Step {
  if (session === undefined) {
    return {
      vi: `${sheets} phiếu chấm; chưa kiểm tra số thành viên dự họp vì không có danh sách Hội đồng`,
      en: `${sheets} sheets; the quorum is not checked because the council's membership was not given`,
      source: rules.quorum.source,
    };
  }
  const total = session.members.length;
  const needed = quorumOf(session, rules);
  return {
    vi: `${sheets}/${total} thành viên chấm; cần ít nhất ${needed}`,
    en: `${sheets} of ${total} members scored; at least ${needed} are needed`,
    source: rules.quorum.source,
  };
}

/** How the mean came about and that its display is cut. */
export function meanTaken(totals: readonly number[], shown: string, rules: CouncilRules): Step {
  const sum = totals.join(' + ');
  return {
    vi: `Điểm trung bình: (${sum}) / ${totals.length} = ${vietnameseDecimal(shown)} (cắt bớt phần lẻ để hiển thị, không làm tròn)`,
    en: `Mean: (${sum}) / ${totals.length} = ${shown} (cut for display, not rounded)`,
    source: rules.mean.source,
  };
}

/** How far apart the members are and how far they may be. */
export function spreadFound(spread: number, rules: CouncilRules): Step {
  const { value, source } = rules.maxSpread;
  return {
    vi: `Chênh lệch giữa các thành viên: ${spread} điểm; ${value === null ? 'không có giới hạn' : `tối đa ${value} điểm`}`,
    en: `Difference between the members: ${spread} points; ${value === null ? 'no limit' : `at most ${value} points`}`,
    source,
  };
}

/** Why there is no star yet. */
export function rescore(rules: CouncilRules): Step {
  return {
    vi: 'Chênh lệch vượt quy định: Hội đồng thảo luận để thống nhất cho điểm lại; giữ các phiếu cũ',
    en: 'The difference is too large: the council discusses, agrees and scores again; the earlier sheets are kept',
    source: rules.onSpread.source,
  };
}

/** Which band the exact mean reaches. */
export function bandReached(band: Star, shown: string, procedure: Procedure): Step {
  return {
    vi: `${vietnameseDecimal(shown)} điểm thuộc khung ${band} sao`,
    en: `${shown} points are in the band of ${band} stars`,
    source: procedure.bands.source,
  };
}

/** Which minimums of the band are missed, what star is left, and what the council's rules say about it. Nothing for 1 and 2 stars. */
export function minimums(missed: readonly UnmetMinimum[], { band, star }: Result, set: CriteriaSet, rules: CouncilRules): Step[] {
  if (band < 3) return [];
  const source = `${SHEETS_SOURCE}, bộ ${set.set}; ${rules.minimumPolicy.source}`;
  if (missed.length === 0) {
    return [{ vi: `Đạt mọi yêu cầu tối thiểu đến hạng ${band} sao`, en: `Every minimum up to ${band} stars is met`, source }];
  }
  return [
    ...missed.map((minimum) => missedMinimum(minimum, source)),
    {
      vi: `Điểm ở khung ${band} sao nhưng chỉ đạt yêu cầu tối thiểu đến hạng ${star} sao. ${ON_MISSED[rules.onMissedMinimum.value].vi}`,
      en: `The points are in the band of ${band} stars, but the minimums are met only up to ${star}. ${ON_MISSED[rules.onMissedMinimum.value].en}`,
      source: rules.onMissedMinimum.source,
    },
  ];
}

function missedMinimum({ criterion, title, level, needed, got }: UnmetMinimum, source: string): Step {
  const given = got.map(({ member, points }) => `${member}: ${points}`).join(', ');
  return {
    vi: `Tiêu chí ${criterion} “${title}”: hạng ${level} sao cần ít nhất ${needed} điểm (${given})`,
    en: `Criterion ${criterion} “${title}”: ${level} stars need at least ${needed} points (${given})`,
    source,
  };
}

const ON_MISSED: Record<CouncilRules['onMissedMinimum']['value'], Text> = {
  'human-decides': {
    vi: 'Văn bản không quy định hệ quả: người có thẩm quyền quyết định',
    en: 'The text does not say what follows: the person in charge decides',
  },
  'one-star-lower': {
    vi: 'Quy chế Hội đồng: xếp hạng sao cao nhất còn đạt',
    en: "The council's rules: the highest star still met is given",
  },
  'not-recognised': { vi: 'Quy chế Hội đồng: không đạt', en: "The council's rules: not passed" },
};

/** The outcomes, and the duty to tell commune and producer in writing where the regime has one. */
export function conclusion(outcomes: readonly Outcome[], procedure: Procedure): Step[] {
  const steps = outcomes.map(({ text, source }) => ({ ...text, source }));
  const notice = procedure.belowRecognition;
  if (notice?.value.writtenNotice !== true || outcomes.some((outcome) => outcome.route !== 'not-recognised')) return steps;
  return [
    ...steps,
    {
      vi: 'Thông báo bằng văn bản cho UBND cấp xã và chủ thể OCOP',
      en: 'Written notice to the commune and the producer',
      source: notice.source,
    },
  ];
}
