import { type ActionDefinition, enter, problem } from '../action';

/** The commune's four items, constant in every regime (article 7.2a). */
export const COMMUNE_ITEMS = ['local_origin', 'local_labour', 'idea_origin', 'local_identity'] as const;
export type CommuneItem = (typeof COMMUNE_ITEMS)[number];

export interface IssueCommuneReport {
  /** Number of the report on Form 03. */
  reportNumber?: string;
  /** Number of the letter that proposes the product to the province. */
  proposalNumber?: string;
  /** Items that the report assesses: all four. */
  assessedItems: CommuneItem[];
  /** Sample products handed over; not for tourism services. */
  samples: number;
}

/** The commune reports on its four items and proposes the product; the dossier goes to the district in a three-tier regime, else to the province. */
export const issueCommuneReport: ActionDefinition<IssueCommuneReport> = {
  name: 'issue-commune-report',
  title: { vi: 'Ban hành báo cáo và văn bản đề nghị', en: 'Issue report and proposal' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 6 khoản 2, Điều 7 khoản 2',
  allowed: { commune_review: ['commune_staff'] },
  check(state, request) {
    const problems = [];
    const missing = COMMUNE_ITEMS.filter((item) => !request.payload.assessedItems.includes(item));
    if (missing.length)
      problems.push(
        problem(
          'payload.assessedItems',
          `báo cáo phải đánh giá đủ 4 nội dung; còn thiếu: ${missing.join(', ')}`,
          `the report assesses all four items; missing: ${missing.join(', ')}`,
        ),
      );
    const { samples } = state.rules.procedure;
    const needed = samples && !samples.value.exceptSets.includes(state.productSet ?? 0) ? samples.value.count : 0;
    if (request.payload.samples < needed)
      problems.push(
        problem(
          'payload.samples',
          `cần ${needed} sản phẩm mẫu kèm theo hồ sơ (${samples?.source ?? ''})`,
          `${needed} samples go with the package (${samples?.source ?? ''})`,
        ),
      );
    return problems;
  },
  apply(state, request, at) {
    const { returnedOn: _dealtWith, completeOn: _before, ...facts } = state.facts;
    const proposed = { ...state, facts: { ...facts, proposedOn: request.on }, stops: [] };
    return enter(proposed, state.rules.procedure.levels.value.includes('district') ? 'district_council' : 'provincial_intake', at);
  },
};
