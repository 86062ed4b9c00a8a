/** The life of a certificate: its end, its re-evaluation window, the last season that can still save it, and when whom is reminded. */
import type { z } from 'zod';
import {
  type LastSafeSeason,
  lastSafeSeason,
  reevaluationWindow,
  transitionalExtension,
  type Validity,
  validityFrom,
} from '../../domain/certificates';
import { agenda } from '../../domain/cycle/agenda';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Procedure } from '../../domain/regimes';
import type { CycleRules } from '../../domain/rules';
import type { Rules } from '../../plans/load';
import type { Pinned } from '../../plans/pin';
import { certificateInForce } from './dossier-at';
import { pinAsked, planAsked, regimeSteps } from './rules-asked';
import type { ValidityAnswer, validityQuery } from './schemas';
import { OWN_SOURCE, periodWords, type Step } from './words';

/**
 * The dates of a certificate issued on a day, under the regime in force on `asOf` (the day of issue when that is later): what a certificate that comes
 * under watch that day is held to.
 * @param today the day taken for `asOf` when the question names none
 * @throws HttpProblem for an unknown plan or a day before the first regime
 */
export function calculateValidity(rules: Rules, question: z.output<typeof validityQuery>, today: LocalDate): ValidityAnswer {
  const { issuedOn } = question;
  const plan = planAsked(rules, question.plan);
  const watched = question.asOf ?? today;
  const on = watched < issuedOn ? issuedOn : watched;
  const pinned = pinAsked(rules, { planId: plan.id, kind: 'reevaluation', submittedOn: on, assessedOn: on }, 'asOf');
  const { procedure, calendar } = pinned.rules;
  const validity = validityFrom(issuedOn, procedure.validity);
  const window = reevaluationWindow(validity.validUntil, procedure.reevaluationWindow);
  const season = lastSafeSeason(validity.validUntil, procedure, calendar);
  const extendedUntil = transitionalExtension(validity.validUntil, procedure.extension);
  return {
    issuedOn,
    plan: plan.id,
    regime: pinned.rules.regimeId,
    ...validity,
    window,
    lastSafeSeason: season,
    extension: extendedUntil === null ? null : { validUntil: extendedUntil, source: procedure.extension?.source ?? '' },
    nudges: nudgesOf(issuedOn, validity.validUntil, pinned.rules, rules),
    steps: [
      ...regimeSteps(rules, pinned),
      ends(issuedOn, validity, procedure),
      ...windowSteps(window, pinned),
      ...seasonSteps(season, procedure),
      ...extensionSteps(extendedUntil, procedure),
    ],
  };
}

/** The reminders that the cycle's own agenda holds on the day of issue, in order of their days. */
function nudgesOf(issuedOn: LocalDate, validUntil: LocalDate, pinned: CycleRules, { nudges, plans }: Rules): ValidityAnswer['nudges'] {
  const titled = [...nudges, ...plans.flatMap((plan) => plan.nudges)];
  return agenda(certificateInForce(issuedOn, validUntil, pinned)).flatMap(({ nudge }) => {
    if (!nudge) return [];
    const { id, to } = nudge.rule;
    const title = titled.find((one) => one.id === id)?.title ?? { vi: id, en: id };
    return [{ day: nudge.day, rule: id, to, about: nudge.subject, title }];
  });
}

function ends(issuedOn: LocalDate, { validUntil, lastValidDay }: Validity, { validity }: Procedure): Step {
  const { months } = validity.value;
  return {
    vi: `Cấp ngày ${formatVietnamese(issuedOn)}, có giá trị ${months} tháng: đến ngày ${formatVietnamese(validUntil)}; ngày cuối còn hiệu lực ${formatVietnamese(lastValidDay)}`,
    en: `Issued on ${issuedOn}, valid for ${months} months: until ${validUntil}; the last day on which it holds is ${lastValidDay}`,
    source: validity.source,
  };
}

function windowSteps(window: ValidityAnswer['window'], { rules }: Pinned): Step[] {
  const rule = rules.procedure.reevaluationWindow;
  if (!window || !rule) {
    return [
      {
        vi: 'Quy định này không đặt khoảng thời gian nộp hồ sơ đánh giá lại',
        en: 'This regime sets no window for re-evaluation dossiers',
        source: rules.regimeId,
      },
    ];
  }
  const { opensDaysBefore, closesDaysBefore } = rule.value;
  const words = periodWords(window.opensOn, window.closesOn);
  return [
    {
      vi: `Nộp hồ sơ đánh giá lại trước khi hết hạn ${opensDaysBefore} đến ${closesDaysBefore} ngày: ${words.vi}`,
      en: `Re-evaluation dossier ${opensDaysBefore} to ${closesDaysBefore} days before the end: ${words.en}`,
      source: rule.source,
    },
  ];
}

function seasonSteps(season: LastSafeSeason | null, { rounds, reevaluationLimit }: Procedure): Step[] {
  if (!season) return [];
  const steps: Step[] = [];
  if (season.round)
    steps.push({
      vi: `Đợt cuối kết luận kịp khi còn hiệu lực: ${season.round.id}; đề nghị chậm nhất ${formatVietnamese(season.round.proposeBy)}, kết luận chậm nhất ${formatVietnamese(season.round.concludedBy)}`,
      en: `The last round concluded while it holds: ${season.round.id}; proposed by ${season.round.proposeBy}, concluded by ${season.round.concludedBy}`,
      source: rounds?.source ?? OWN_SOURCE,
    });
  if (season.limit)
    steps.push({
      vi: `Đánh giá lại trong ${season.limit.days} ngày: xã đề nghị chậm nhất ${formatVietnamese(season.limit.proposeBy)}`,
      en: `Re-evaluated within ${season.limit.days} days: proposed by the commune by ${season.limit.proposeBy}`,
      source: reevaluationLimit?.source ?? OWN_SOURCE,
    });
  const last: Step = {
    vi: `Ngày cuối để chủ thể nộp hồ sơ mà vẫn kịp: ${formatVietnamese(season.fileBy)}`,
    en: `Last day on which the producer can still file in time: ${season.fileBy}`,
    source: 'Suy ra từ các thời hạn trên, trừ lùi ngày làm việc của xã',
  };
  return [...steps, last];
}

function extensionSteps(extendedUntil: LocalDate | null, { extension }: Procedure): Step[] {
  if (!extension) return [];
  const { onlyExpiringBefore, maxDays } = extension.value;
  const limit = formatVietnamese(onlyExpiringBefore);
  const step =
    extendedUntil === null
      ? {
          vi: `Hết hạn từ ngày ${limit} trở đi: không được kéo dài theo điều khoản chuyển tiếp`,
          en: `It ends on or after ${onlyExpiringBefore}: the transitional rule does not extend it`,
        }
      : {
          vi: `Hết hạn trước ngày ${limit}: được kéo dài tối đa ${maxDays} ngày, đến ${formatVietnamese(extendedUntil)}`,
          en: `It ends before ${onlyExpiringBefore}: extended by at most ${maxDays} days, to ${extendedUntil}`,
        };
  return [{ ...step, source: extension.source }];
}
