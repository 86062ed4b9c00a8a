/**
 * What follows from a star: who recognises the product, who it is passed on to, or what a person must choose between. Who recognises and who passes
 * on is the regime's (`Procedure`); what a missed minimum costs is the council's rule.
 */
import type { CouncilRules } from '../council-rules';
import type { Level, NationalFallback, Procedure, Star } from '../regimes';
import type { Text } from '../sources';
import { bandOf, type Mean, reaches } from './totals';

/** Whose turn it is: a level recognises the star or is next to assess the product. */
export type Outcome = {
  choice: 'recognise' | 'pass-on' | 'not-recognised' | 'exclude' | 'rescore' | NationalFallback;
  /** The star that this outcome gives or carries further; null when it gives none. */
  star: Star | null;
  route: Level | 'not-recognised' | 'disqualified' | 'rescore';
  text: Text;
  source: string;
};

export const LEVEL_NAMES: Record<Level, Text> = {
  district: { vi: 'cấp huyện', en: 'the district' },
  province: { vi: 'cấp tỉnh', en: 'the province' },
  national: { vi: 'cấp trung ương', en: 'the national level' },
};

/** A council's result: where it was scored, the exact mean, its band, and the star left after the minimums (never above the band). */
export interface Result {
  level: Level;
  mean: Mean;
  band: Star;
  star: Star;
}

/** Every lawful outcome of a result. One: it follows. Several: a person chooses. */
export function outcomesOf(result: Result, procedure: Procedure, onMissed: CouncilRules['onMissedMinimum']): Outcome[] {
  const withStarKept = outcomesOfStar(result, procedure);
  const recognised = withStarKept.every((outcome) => outcome.route !== 'not-recognised');
  if (result.star === result.band || !recognised || onMissed.value === 'one-star-lower') return withStarKept;
  const failed = notRecognisedForMinimum(onMissed.source);
  return onMissed.value === 'not-recognised' ? [failed] : [...withStarKept, failed];
}

function outcomesOfStar({ level, mean, star }: Result, procedure: Procedure): Outcome[] {
  const recogniser = procedure.recognises.value.find((entry) => entry.star === star);
  if (level === 'national' && recogniser?.level !== 'national' && procedure.nationalBelowBar !== null) {
    const { value, source } = procedure.nationalBelowBar;
    return value.map((fallback) => (fallback === 'own-evaluation' ? ownEvaluation(source) : nationalResultUsed(star, recogniser, source)));
  }
  if (recogniser === undefined) return [notRecognised(star, procedure.recognises.source)];
  const forward = procedure.forwards.value.find((entry) => entry.from === level && passesOn(mean, star, entry.atLeast, procedure));
  if (forward !== undefined) return [passedOn(star, forward.to, procedure.forwards.source)];
  // A higher level found a star that a lower one recognises (three-tier regime, 3 stars at the province): no text says which of the two decides.
  const levels = LEVELS.indexOf(recogniser.level) < LEVELS.indexOf(level) ? [recogniser.level, level] : [recogniser.level];
  return levels.map((by) => recognise(star, by, procedure.recognises.source));
}

const LEVELS: readonly Level[] = ['district', 'province', 'national'];

/** The mean reaches the bar, and no missed minimum holds the product below the star that stands at the bar. */
function passesOn(mean: Mean, star: Star, bar: number, procedure: Procedure): boolean {
  return reaches(mean, bar) && star >= bandOf({ sum: bar, count: 1 }, procedure.bands.value);
}

function recognise(star: Star, by: Level, source: string): Outcome {
  return {
    choice: 'recognise',
    star,
    route: by,
    text: {
      vi: `Hạng ${star} sao: ${LEVEL_NAMES[by].vi} quyết định công nhận và cấp giấy chứng nhận`,
      en: `${star} stars: ${LEVEL_NAMES[by].en} decides on recognition and issues the certificate`,
    },
    source,
  };
}

function passedOn(star: Star, to: Level, source: string): Outcome {
  return {
    choice: 'pass-on',
    star,
    route: to,
    text: {
      vi: `Tiềm năng ${star} sao: chuyển hồ sơ lên ${LEVEL_NAMES[to].vi} đánh giá; chưa cấp giấy chứng nhận`,
      en: `Potential ${star} stars: passed on to ${LEVEL_NAMES[to].en} for assessment; no certificate yet`,
    },
    source,
  };
}

function notRecognised(star: Star, source: string): Outcome {
  return {
    choice: 'not-recognised',
    star,
    route: 'not-recognised',
    text: {
      vi: `Hạng ${star} sao: không ban hành quyết định công nhận, không cấp giấy chứng nhận`,
      en: `Rank of ${star}: no decision of recognition, no certificate`,
    },
    source,
  };
}

function notRecognisedForMinimum(source: string): Outcome {
  return {
    choice: 'not-recognised',
    star: null,
    route: 'not-recognised',
    text: {
      vi: 'Không đạt yêu cầu tối thiểu của hạng sao theo điểm: không công nhận',
      en: 'A minimum of the star that the points reach is missed: not recognised',
    },
    source,
  };
}

function nationalResultUsed(star: Star, recogniser: Procedure['recognises']['value'][number] | undefined, source: string): Outcome {
  if (recogniser === undefined) return { ...notRecognised(star, source), choice: 'use-national-result' };
  return {
    choice: 'use-national-result',
    star,
    route: recogniser.level,
    text: {
      vi: `Căn cứ kết quả của Hội đồng cấp trung ương, ${LEVEL_NAMES[recogniser.level].vi} công nhận ${star} sao`,
      en: `On the national council's result, ${LEVEL_NAMES[recogniser.level].en} recognises ${star} stars`,
    },
    source,
  };
}

function ownEvaluation(source: string): Outcome {
  return {
    choice: 'own-evaluation',
    star: null,
    route: 'province',
    text: {
      vi: 'Cấp tỉnh tự tổ chức đánh giá, phân hạng theo thẩm quyền',
      en: 'The province runs its own evaluation',
    },
    source,
  };
}

/** What the council chooses between when a member's sheet says that the dossier is excluded but no exclusion is recorded. */
export function exclusionOutcomes(): Outcome[] {
  return [
    {
      choice: 'exclude',
      star: null,
      route: 'disqualified',
      text: { vi: 'Hội đồng thống nhất loại hồ sơ và ghi lý do', en: 'The council agrees to exclude the dossier and records the reason' },
      source: EXCLUSION_SOURCE,
    },
    {
      choice: 'rescore',
      star: null,
      route: 'rescore',
      text: {
        vi: 'Hội đồng không loại hồ sơ; thành viên chấm lại đủ tiêu chí',
        en: 'The dossier stays in; the member scores every criterion',
      },
      source: EXCLUSION_SOURCE,
    },
  ];
}

export const EXCLUSION_SOURCE = 'Quyết định 26/2026/QĐ-TTg, Phụ lục II (“Hồ sơ bị loại khi …”)';
