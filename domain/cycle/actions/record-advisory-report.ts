import { type ActionDefinition, enter } from '../action';

export interface RecordAdvisoryReport {
  reportNumber?: string;
  /** Whether the team surveyed the site. */
  siteSurvey?: boolean;
}

/** The advisory team's report goes to the council's chair; scoring may begin. */
export const recordAdvisoryReport: ActionDefinition<RecordAdvisoryReport> = {
  name: 'record-advisory-report',
  title: { vi: 'Ghi nhận báo cáo của Tổ tư vấn', en: 'Record the advisory report' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm c',
  allowed: { advisory_review: ['provincial_staff', 'council_secretary'] },
  check: () => [],
  apply: (state, _request, at) => enter(state, 'council_scoring', at),
};
