import { formatVietnamese, isLocalDate, type LocalDate } from '../../dates';
import { type ActionDefinition, enter, problem, stopClock, withoutGrant } from '../action';

export interface RequestSupplement {
  /** Day until which the producer is asked to answer; none if open. */
  dueOn?: LocalDate;
}

/** The commune or the province asks the producer to complete the dossier; the per-dossier limit stops meanwhile where the regime's setting says so. */
export const requestSupplement: ActionDefinition<RequestSupplement> = {
  name: 'request-supplement',
  title: { vi: 'Yêu cầu bổ sung hồ sơ', en: 'Request a supplement' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 2 điểm a, khoản 3 điểm a và c',
  allowed: {
    commune_review: ['commune_staff'],
    provincial_intake: ['provincial_staff'],
    advisory_review: ['provincial_staff', 'council_secretary'],
  },
  needsReason: true,
  check(_state, request) {
    const { dueOn } = request.payload;
    if (dueOn === undefined) return [];
    if (!isLocalDate(dueOn))
      return [problem('payload.dueOn', 'phải là một ngày có thật, dạng YYYY-MM-DD', 'must be a real date, YYYY-MM-DD')];
    return dueOn > request.on
      ? []
      : [
          problem(
            'payload.dueOn',
            `phải sau ngày yêu cầu ${formatVietnamese(request.on)}`,
            `must be after the day of the request, ${request.on}`,
          ),
        ];
  },
  apply(state, request, at) {
    const supplement = { askedOn: request.on, dueOn: request.payload.dueOn ?? null };
    const asked = {
      ...withoutGrant(state, 'supplement'),
      facts: { ...state.facts, supplement },
      stops: stopClock(state.stops, request.on),
    };
    return enter(asked, state.stage === 'commune_assessment' ? 'commune_supplement' : 'provincial_supplement', at);
  },
};
