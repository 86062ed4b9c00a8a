import { type ActionDefinition, BEFORE_CERTIFICATE, inSteps, startClock } from '../action';
import { STEPS } from '../stages';

/** Goes on after a pause; the per-dossier limit runs again unless a supplement is still awaited. */
export const resume: ActionDefinition = {
  name: 'resume',
  title: { vi: 'Tiếp tục', en: 'Resume' },
  source: 'Mặc định của hệ thống',
  allowed: inSteps(BEFORE_CERTIFICATE, ['provincial_staff', 'commune_staff']),
  check: () => [],
  apply: (state, request) => ({
    ...state,
    paused: null,
    waitingFor: STEPS[state.step].waitingFor,
    stops: state.facts.supplement ? state.stops : startClock(state.stops, request.on),
  }),
};
