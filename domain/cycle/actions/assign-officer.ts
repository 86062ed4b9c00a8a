import { type ActionDefinition, BEFORE_CERTIFICATE, IN_VALIDITY, inSteps, problem } from '../action';

export interface AssignOfficer {
  side: 'commune' | 'province';
  /** Id of the person in the records; null takes the assignment back. */
  officerId: string | null;
}

/** Names the officer who follows the product, at the commune or at the province. */
export const assignOfficer: ActionDefinition<AssignOfficer> = {
  name: 'assign-officer',
  title: { vi: 'Phân công cán bộ phụ trách', en: 'Assign the officer' },
  source: 'Kế hoạch OCOP của địa phương, phần phân công cán bộ theo dõi sản phẩm',
  arranges: true,
  allowed: inSteps(
    [
      ...BEFORE_CERTIFICATE,
      ...IN_VALIDITY,
      'awaiting_rejection_notice',
      'awaiting_certificate',
      'awaiting_national_certificate',
      'awaiting_district_certificate',
      'awaiting_publication',
    ],
    ['commune_staff', 'provincial_staff'],
  ),
  check: (_state, request) =>
    request.payload.side === 'province' && request.actor.role === 'commune_staff'
      ? [problem('payload.side', 'cấp xã chỉ phân công cán bộ của xã (commune)', 'a commune assigns only its own officer (commune)')]
      : [],
  apply(state, request) {
    const { side, officerId } = request.payload;
    const { [side]: _previous, ...others } = state.officers;
    return { ...state, officers: officerId === null ? others : { ...others, [side]: officerId } };
  },
};
