/** What a letter about one product says: figures, names and dates as they are recorded, and which of its parts are true of the case. */
import { FIVE_STAR_PACKAGE, fill, type LetterFacts, stands } from '../../documents/letter-text';
import { reevaluationWindow } from '../../domain/certificates';
import type { CycleState, Verdict } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import { type DatedRound, roundJoinedOn, roundsOf } from '../../domain/rounds';
import { findSet } from '../../domain/stars/criteria';
import { truncatedMean, vietnameseDecimal } from '../../domain/stars/totals';
import { communeOf } from '../certificates/issuer';
import type { CycleRow } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type Ending, endingFacts, endingOf } from './ending';
import { type Writers, writersOf } from './parties';

export interface LetterCase {
  state: CycleState;
  row: CycleRow;
  /** What was written with the decision. */
  reason: string | null;
  /** Number of the advisory team's report. */
  advisoryReport: string | null;
  /** How its certificate was ended, if it was. */
  ending: Ending | null;
}

/** The parts of a case that are written with its events. */
export async function caseOf({ db }: ApiDeps, row: CycleRow, state: CycleState): Promise<LetterCase> {
  const events = await db.cycleEvent.findMany({
    where: { cycleId: row.id, name: { in: ['decide', 'record-advisory-report'] } },
    orderBy: { sequence: 'desc' },
  });
  const noteId = events.find(({ name }) => name === 'decide')?.noteId;
  const note = noteId ? await db.note.findUnique({ where: { id: noteId } }) : null;
  const advisory = events.find(({ name }) => name === 'record-advisory-report');
  const { reportNumber } = (advisory?.payload ?? {}) as { reportNumber?: string };
  const ending = await endingOf({ db }, row.id);
  return { state, row, reason: note?.text ?? null, advisoryReport: reportNumber ?? advisory?.sourceDocument ?? null, ending };
}

/** The mean as it is published: cut at two decimals, with a comma. */
export const written = ({ sum, members }: Verdict): string => vietnameseDecimal(truncatedMean({ sum, count: members }, 2));

/** Everything that letters about one product may say. */
export function factsOf(deps: ApiDeps, given: LetterCase): { facts: LetterFacts; writers: Writers } {
  const { state, row } = given;
  const writers = writersOf(deps, row.provinceCode, state.rules);
  const verdict = verdictTold(state);
  const ended = given.ending === null ? { values: {}, flags: {} } : endingFacts(deps, row, state, given.ending);
  const values: Record<string, string> = {
    ...namesOf(deps, row, writers),
    ...figuresOf(state, verdict, writers.province.name),
    ...datesOf(deps, state),
    again: state.kind === 'reevaluation' ? ' lại' : '',
    ...(given.reason === null ? {} : { reason: given.reason }),
    advisoryReport: given.advisoryReport === null ? '' : `Số ${given.advisoryReport}`,
    ...ended.values,
  };
  const flags = { ...flagsOf(deps, given, verdict, values), ...ended.flags };
  const missed = (verdict?.missedMinimums ?? []).map(({ criterion, star }) => {
    const title = findSet(deps.rules.criteria, state.productSet ?? 0)?.criteria.find(({ code }) => code === criterion)?.title;
    return `Tiêu chí ${criterion}${title === undefined ? '' : ` (${title})`}: chưa đạt mức tối thiểu của hạng ${star} sao`;
  });
  return { facts: { values, flags, lists: { missed }, tables: { package: packageTable(state, values, flags) } }, writers };
}

/** The council whose result the letter is about: the national one once it is in, unless the province then scored again. */
function verdictTold({ facts }: CycleState): Verdict | undefined {
  return facts.nationalFallback === 'own-evaluation' && facts.council ? facts.council : (facts.national ?? facts.council);
}

function namesOf(deps: ApiDeps, { product, communeCode }: CycleRow, { province, agency, regime }: Writers): Record<string, string> {
  const commune = communeOf(deps, communeCode);
  return {
    province: province.name,
    commune: commune.name,
    communeInSentence: commune.inSentence,
    product: product.name,
    producer: product.producer.name,
    agency,
    regime,
  };
}

function figuresOf({ facts, rules, predecessor }: CycleState, verdict: Verdict | undefined, province: string): Record<string, string> {
  const { decision } = facts;
  const signer = rules.procedure.recognises.value.find(({ star }) => star === decision?.star)?.signer ?? 'UBND cấp tỉnh';
  return {
    authority: signer.replace('cấp tỉnh', province),
    ...(verdict
      ? { mean: written(verdict), members: String(verdict.members), band: String(verdict.band), proposed: String(verdict.star) }
      : {}),
    ...(facts.council ? { provincialMean: written(facts.council) } : {}),
    ...(decision ? { decision: `${decision.number} ngày ${formatVietnamese(decision.on)}` } : {}),
    decisionNote: decision ? `Số ${decision.number}` : '',
    ...(decision?.star ? { star: String(decision.star) } : {}),
    ...(predecessor ? { oldStar: String(predecessor.star), oldUntil: formatVietnamese(predecessor.validUntil) } : {}),
  };
}

function datesOf(deps: ApiDeps, state: CycleState): Record<string, string> {
  const { certificate, facts, rules } = state;
  const window = certificate && reevaluationWindow(certificate.validUntil, rules.procedure.reevaluationWindow);
  const againYear = Number((facts.decision?.on ?? deps.today()).slice(0, 4)) + 1;
  const round = nextRound(state, deps.today(), againYear);
  const plan = deps.rules.plans.find(({ id }) => id === rules.planId);
  return {
    againYear: String(againYear),
    planSource: `${plan?.title.vi ?? rules.planId}, dòng ${rules.belowFifty?.line ?? '?'}`,
    ...(round ? { nextCutOff: formatVietnamese(round.cutOff.date) } : {}),
    ...(certificate
      ? { code: certificate.code, issuedOn: formatVietnamese(certificate.issuedOn), validUntil: formatVietnamese(certificate.validUntil) }
      : {}),
    window: window ? ` từ ngày ${formatVietnamese(window.opensOn)} đến hết ngày ${formatVietnamese(window.closesOn)}` : '',
  };
}

/** The first round that the product may join again: of the following year where the plan says so. */
function nextRound({ rules }: CycleState, today: LocalDate, againYear: number): DatedRound | undefined {
  const rounds = rules.procedure.rounds?.value ?? [];
  return rules.belowFifty?.resubmit === 'following-year'
    ? roundsOf(rounds, 'province', againYear, againYear)[0]
    : roundJoinedOn(rounds, 'province', today);
}

function flagsOf(deps: ApiDeps, given: LetterCase, verdict: Verdict | undefined, values: Record<string, string>): Record<string, boolean> {
  const { state, reason } = given;
  const { facts, rules, predecessor, step } = state;
  const { nationalBelowBar, samples } = rules.procedure;
  const lowest = Math.min(...rules.procedure.recognises.value.map(({ star }) => star));
  return {
    decided: facts.decision !== undefined,
    national: verdict !== undefined && verdict === facts.national,
    missed: (verdict?.missedMinimums.length ?? 0) > 0,
    disqualified: verdict?.route === 'disqualified',
    belowFifty: verdict !== undefined && verdict.band < lowest,
    reason: reason !== null,
    certificate: state.certificate !== null,
    oldCertificate: predecessor !== null && predecessor.validUntil >= deps.today(),
    returnsDossier: rules.belowFifty?.returnsDossier === true,
    followingYear: rules.belowFifty?.resubmit === 'following-year',
    nextRound: values['nextCutOff'] !== undefined,
    useNational: nationalBelowBar?.value.includes('use-national-result') === true,
    ownEvaluation: nationalBelowBar?.value.includes('own-evaluation') === true,
    fiveStars: facts.national?.star === 5,
    undecided: step === 'national_below_bar',
    usedNational: facts.nationalFallback === 'use-national-result' && facts.decision?.star != null,
    evaluatesItself: facts.nationalFallback === 'own-evaluation',
    samples: samples !== null && !samples.value.exceptSets.includes(state.productSet ?? 0),
  };
}

/** What goes to the ministry, to be ticked off (article 6.3). */
function packageTable({ kind, predecessor }: CycleState, values: Record<string, string>, flags: Record<string, boolean>) {
  const again = kind === 'reevaluation' && predecessor?.star === 5;
  const items = FIVE_STAR_PACKAGE[again ? 'again' : 'first'].items.filter((item) => stands(item.when, flags));
  return {
    columns: [
      { header: 'STT', width: 12 },
      { header: 'Thành phần hồ sơ', width: 95 },
      { header: 'Số, ký hiệu hoặc ghi chú', width: 43 },
      { header: 'Có', width: 15 },
    ],
    rows: items.map(({ text, note }, index) => [String(index + 1), text, fill(note, values), '☐']),
  };
}
