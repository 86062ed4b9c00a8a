import { formatVietnamese, isLocalDate, type LocalDate } from '../../dates';
import { type ActionDefinition, BEFORE_CERTIFICATE, inSteps, problem, sideOf, stopClock } from '../action';

export interface Pause {
  /** Day on which work is expected to go on. */
  until?: LocalDate;
}

/** Stops the cycle until its office resumes it: nobody is reminded, per-dossier limits stand still, dates fixed in the calendar do not move. */
export const pause: ActionDefinition<Pause> = {
  name: 'pause',
  title: { vi: 'Tạm dừng', en: 'Pause' },
  source: 'Mặc định của hệ thống',
  allowed: inSteps(BEFORE_CERTIFICATE, ['provincial_staff', 'commune_staff']),
  needsReason: true,
  check(_state, request) {
    const { until } = request.payload;
    if (until === undefined) return [];
    if (!isLocalDate(until))
      return [problem('payload.until', 'phải là một ngày có thật, dạng YYYY-MM-DD', 'must be a real date, YYYY-MM-DD')];
    return until > request.on ? [] : [problem('payload.until', `phải sau ${formatVietnamese(request.on)}`, `must be after ${request.on}`)];
  },
  apply: (state, request) => ({
    ...state,
    paused: { on: request.on, until: request.payload.until ?? null },
    waitingFor: sideOf(state.stage),
    stops: state.facts.supplement ? state.stops : stopClock(state.stops, request.on),
  }),
};
