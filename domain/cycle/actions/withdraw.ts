import { type ActionDefinition, BEFORE_CERTIFICATE, close, inSteps } from '../action';

/** The producer takes the product out of the cycle before it is recognised. */
export const withdraw: ActionDefinition = {
  name: 'withdraw',
  title: { vi: 'Chủ thể rút hồ sơ', en: 'Withdraw' },
  source: 'Mặc định của hệ thống',
  allowed: inSteps(BEFORE_CERTIFICATE, ['commune_staff', 'provincial_staff']),
  needsReason: true,
  check: () => [],
  apply: (state, _request, at) => close(state, 'withdrawn', at),
};
