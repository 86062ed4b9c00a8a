/**
 * Which regime a dossier is assessed under, from its dates alone (Decision 26/2026, article 12.2, and the decisions before it). The dates are in the
 * regimes' data: a new decision is a new file.
 */
import { formatVietnamese, type LocalDate } from './dates';
import { type Candidate, isLate } from './deadlines';
import type { Regime, RegistrationKind } from './regimes';
import type { Text } from './sources';

export interface DossierDates {
  /** Day on which the producer filed the dossier. */
  submittedOn: LocalDate;
  kind: RegistrationKind;
  /** Day on which it is assessed; today for a dossier not assessed yet. */
  assessedOn: LocalDate;
}

export interface RegimeSelection {
  regime: Regime;
  /** Day by which a dossier of an earlier regime must be finished, where it was still undecided when a later one began. */
  finishBy: Candidate | null;
  /** The reasoning, one step a line, each with its source. */
  steps: Text[];
}

/** No regime covers the dossier: it was filed before the first one came into force, or is said to be assessed before it was filed. */
export class NoRegimeError extends Error {
  override readonly name = 'NoRegimeError';

  constructor(readonly reason: Text) {
    super(`${reason.vi} (${reason.en})`);
  }
}

/**
 * The regime of a dossier: of those whose selection it meets, the latest. A dossier filed under an earlier regime keeps it when a later one chooses by
 * filing day, and then has to be finished by that one's transitional date. Throws NoRegimeError.
 */
export function selectRegime(regimes: readonly Regime[], dossier: DossierDates): RegimeSelection {
  const inOrder = [...regimes].sort((a, b) => (a.inForce.value.from < b.inForce.value.from ? -1 : 1));
  checkDates(inOrder, dossier);
  const regime = inOrder.findLast((one) => covers(one, dossier));
  if (!regime) throw noRegime(inOrder, dossier);
  const finishBy = transitionOf(inOrder, regime, dossier);
  return { regime, finishBy, steps: [...chosenBy(regime, dossier), ...(finishBy ? finishSteps(finishBy, dossier) : [])] };
}

function covers(regime: Regime, { submittedOn, assessedOn }: DossierDates): boolean {
  const { submittedFrom, assessedFrom } = regime.selection.value;
  return (submittedFrom === undefined || submittedOn >= submittedFrom) && (assessedFrom === undefined || assessedOn >= assessedFrom);
}

function checkDates(inOrder: readonly Regime[], dossier: DossierDates): void {
  const { submittedOn, assessedOn } = dossier;
  if (assessedOn < submittedOn)
    throw new NoRegimeError({
      vi: `Ngày đánh giá ${formatVietnamese(assessedOn)} trước ngày nộp hồ sơ ${formatVietnamese(submittedOn)}`,
      en: `Assessed on ${assessedOn}, before it was filed on ${submittedOn}`,
    });
  const [first] = inOrder;
  if (!first || submittedOn < first.inForce.value.from) throw noRegime(inOrder, dossier);
}

function noRegime([first]: readonly Regime[], { submittedOn }: DossierDates): NoRegimeError {
  const from = first?.inForce.value.from;
  return new NoRegimeError({
    vi: `Hồ sơ nộp ngày ${formatVietnamese(submittedOn)}: không quy định nào áp dụng${from ? `; quy định đầu tiên có hiệu lực từ ${formatVietnamese(from)}` : ''}`,
    en: `Filed on ${submittedOn}: no regime applies${from ? `; the first came into force on ${from}` : ''}`,
  });
}

/** The transitional date of the next regime that began while the dossier was still undecided. */
function transitionOf(inOrder: readonly Regime[], regime: Regime, dossier: DossierDates): Candidate | null {
  const later = inOrder.slice(inOrder.indexOf(regime) + 1);
  const transition = later.find((one) => one.transition && dossier.assessedOn >= one.transition.value.undecidedOn)?.transition;
  if (!transition) return null;
  return { date: transition.value.finishBy[dossier.kind], operator: 'on_or_before', basis: 'transition', source: transition.source };
}

function chosenBy(regime: Regime, { submittedOn, assessedOn }: DossierDates): Text[] {
  const { value, source } = regime.selection;
  const steps: Text[] = [];
  if (value.submittedFrom !== undefined)
    steps.push({
      vi: `Nộp ngày ${formatVietnamese(submittedOn)}, từ ${formatVietnamese(value.submittedFrom)} trở đi (${source})`,
      en: `Filed on ${submittedOn}, on or after ${value.submittedFrom} (${source})`,
    });
  if (value.assessedFrom !== undefined)
    steps.push({
      vi: `Đánh giá ngày ${formatVietnamese(assessedOn)}, từ ${formatVietnamese(value.assessedFrom)} trở đi (${source})`,
      en: `Assessed on ${assessedOn}, on or after ${value.assessedFrom} (${source})`,
    });
  return [...steps, { vi: `Áp dụng ${regime.title.vi}`, en: `Under ${regime.title.en}` }];
}

const KIND_NAMES: Record<RegistrationKind, Text> = {
  new: { vi: 'lần đầu', en: 'new' },
  upgrade: { vi: 'nâng hạng', en: 'upgrade' },
  reevaluation: { vi: 'đánh giá lại', en: 're-evaluation' },
};

function finishSteps(finishBy: Candidate, { kind, assessedOn }: DossierDates): Text[] {
  const name = KIND_NAMES[kind];
  const steps: Text[] = [
    {
      vi: `Chưa đánh giá xong khi quy định mới có hiệu lực: hồ sơ ${name.vi} phải hoàn thành chậm nhất ngày ${formatVietnamese(finishBy.date)} (${finishBy.source})`,
      en: `Undecided when the new rules began: a dossier of kind "${name.en}" must be finished by ${finishBy.date} (${finishBy.source})`,
    },
  ];
  if (isLate(finishBy, assessedOn))
    steps.push({
      vi: 'Đã quá ngày đó: văn bản không nói xử lý thế nào, người có thẩm quyền quyết định',
      en: 'That day has passed: the text does not say what follows, a person with authority decides',
    });
  return steps;
}
