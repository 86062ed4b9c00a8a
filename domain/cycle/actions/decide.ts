import type { Star } from '../../regimes';
import { type ActionDefinition, enter, type Problem, problem, withoutGrant } from '../action';
import type { CycleState, Verdict } from '../state';
import type { Request } from '../action';

export interface Decide {
  decisionNumber: string;
  /**
   * `recognise`: decision and certificate by the province. `approve-and-forward`: the result of 90 and more is approved and the package goes to the
   * ministry, without a certificate. `not-recognised`. `own-evaluation`: after a national result below 90 the province scores again itself.
   */
  result: 'recognise' | 'approve-and-forward' | 'not-recognised' | 'own-evaluation';
  /** Star recognised, for `recognise`. */
  star?: Star;
}

/** The chair of the provincial People's Committee decides on the council's proposal, or on a national result below 90. */
export const decide: ActionDefinition<Decide> = {
  name: 'decide',
  title: { vi: 'Quyết định của Chủ tịch UBND cấp tỉnh', en: 'Decision of the provincial chair' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 4 khoản 1, Điều 7 khoản 3 điểm e và khoản 4 điểm g',
  allowed: { awaiting_decision: ['provincial_staff'], national_below_bar: ['provincial_staff'] },
  check(state, request) {
    const verdict = verdictDecided(state);
    const { result, decisionNumber } = request.payload;
    const problems: Problem[] = [];
    if (!verdict) return [problem('payload', 'chưa có kết quả Hội đồng', 'there is no council result')];
    if (!decisionNumber.trim())
      problems.push(problem('payload.decisionNumber', 'cần số quyết định hoặc văn bản', 'the number of the decision is needed'));
    switch (result) {
      case 'recognise':
        return [...problems, ...recognitionProblems(state, verdict, request)];
      case 'approve-and-forward':
        return [...problems, ...forwardingProblems(state, verdict)];
      case 'own-evaluation':
        return [...problems, ...ownEvaluationProblems(state)];
      case 'not-recognised':
        return [...problems, ...refusalProblems(verdict, request)];
    }
  },
  apply(state, request, at) {
    const { result, decisionNumber, star } = request.payload;
    const decision = { number: decisionNumber, on: request.on, star: result === 'recognise' ? (star ?? null) : null };
    const decided: CycleState = { ...state, facts: { ...state.facts, decision } };
    switch (result) {
      case 'recognise':
        return enter(state.step === 'national_below_bar' ? onNationalResult(decided) : decided, 'awaiting_certificate', at);
      case 'approve-and-forward':
        return enter({ ...decided, facts: { ...decided.facts, forwardedOn: request.on } }, 'awaiting_national_result', at);
      case 'own-evaluation':
        return enter(
          { ...withoutGrant(decided, 'provincial-scoring'), facts: { ...decided.facts, nationalFallback: 'own-evaluation' } },
          'council_scoring',
          at,
        );
      case 'not-recognised':
        return enter(decided, 'awaiting_rejection_notice', at);
    }
  },
};

/** The verdict that a decision rests on: the national one once it is in and below the bar, else the council's. */
function verdictDecided(state: CycleState): Verdict | undefined {
  return state.step === 'national_below_bar' ? state.facts.national : state.facts.council;
}

function onNationalResult(state: CycleState): CycleState {
  return { ...state, facts: { ...state.facts, nationalFallback: 'use-national-result' } };
}

/** Stars that the province itself recognises under the regime; three-tier dossiers may need a reason where the text leaves a gap. */
function recognitionProblems(state: CycleState, verdict: Verdict, request: Request<Decide>): Problem[] {
  const { star } = request.payload;
  const recognised = state.rules.procedure.recognises.value;
  if (star === undefined) return [problem('payload.star', 'cần ghi hạng sao được công nhận', 'the star recognised is needed')];
  const problems: Problem[] = [];
  const level = recognised.find((one) => one.star === star)?.level;
  if (level === undefined || level === 'national')
    problems.push(problem('payload.star', `cấp tỉnh không công nhận hạng ${star} sao`, `the province does not recognise ${star} stars`));
  if (star > verdict.star)
    problems.push(
      problem(
        'payload.star',
        `không cao hơn hạng Hội đồng đề xuất (${verdict.star} sao)`,
        `not above the council’s proposal (${verdict.star})`,
      ),
    );
  if (verdict.route === 'national' && state.step === 'awaiting_decision')
    problems.push(
      problem(
        'payload.result',
        'kết quả từ 90 điểm: phê duyệt kết quả và gửi Bộ (approve-and-forward), không cấp giấy chứng nhận ở tỉnh',
        'a result of 90 and more is approved and forwarded (approve-and-forward), not certified by the province',
      ),
    );
  const leftOpen = level === 'district' || verdict.route === 'human-decides' || star < verdict.star;
  if (leftOpen && !request.noteId)
    problems.push(
      star < verdict.star
        ? problem(
            'reason',
            `khác đề nghị của Hội đồng (${verdict.star} sao): cần ghi lý do quyết định`,
            `not the council’s proposal (${verdict.star} stars): the reason is needed`,
          )
        : problem('reason', 'quy định để ngỏ trường hợp này: cần ghi lý do quyết định', 'the rules leave this open: the reason is needed'),
    );
  return problems;
}

function forwardingProblems(state: CycleState, verdict: Verdict): Problem[] {
  if (state.step === 'awaiting_decision' && verdict.route === 'national') return [];
  return [
    problem(
      'payload.result',
      'chỉ sản phẩm đạt từ 90 điểm và đủ yêu cầu tối thiểu được đề nghị cấp trung ương',
      'only a result of 90 and more with all minimums goes to the ministry',
    ),
  ];
}

function ownEvaluationProblems(state: CycleState): Problem[] {
  const allowed = state.rules.procedure.nationalBelowBar?.value ?? [];
  if (state.step === 'national_below_bar' && allowed.includes('own-evaluation')) return [];
  return [
    problem(
      'payload.result',
      'chỉ dùng khi kết quả trung ương dưới 90 điểm và quy định cho phép tỉnh tự đánh giá',
      'only after a national result below 90, where the regime allows it',
    ),
  ];
}

function refusalProblems(verdict: Verdict, request: Request<Decide>): Problem[] {
  if (verdict.route === 'not-recognised' || verdict.route === 'disqualified' || request.noteId) return [];
  return [
    problem(
      'reason',
      `Hội đồng đề xuất ${verdict.star} sao: cần ghi lý do không công nhận`,
      `the council proposed ${verdict.star} stars: the reason for not recognising is needed`,
    ),
  ];
}
