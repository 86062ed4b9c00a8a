import { type ActionDefinition, BEFORE_CERTIFICATE, IN_VALIDITY, inSteps, problem } from '../action';

/** Pins a newer version of plan, regime or calendar on a running cycle; deadlines follow, what was granted to the dossier stays. */
export const adoptRules: ActionDefinition = {
  name: 'adopt-rules',
  title: { vi: 'Áp dụng phiên bản kế hoạch, lịch mới', en: 'Adopt newer rules' },
  source: 'Mặc định của hệ thống',
  arranges: true,
  allowed: inSteps([...BEFORE_CERTIFICATE, ...IN_VALIDITY, 'awaiting_publication'], ['provincial_staff', 'system']),
  needsReason: true,
  check: (_state, request) => (request.rules ? [] : [problem('rules', 'thiếu phiên bản quy định mới', 'the new rules are missing')]),
  apply: (state, request) => ({ ...state, rules: request.rules ?? state.rules }),
};
