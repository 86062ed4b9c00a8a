import { type ActionDefinition, IN_VALIDITY, inSteps } from '../action';

/** The product is recalled from the market: one of three different "thu hồi". The certificate is not touched. */
export const recallProduct: ActionDefinition = {
  name: 'recall-product',
  title: { vi: 'Thu hồi sản phẩm', en: 'Recall the product' },
  source: 'Pháp luật về an toàn thực phẩm và chất lượng sản phẩm, hàng hóa',
  allowed: inSteps(IN_VALIDITY, ['provincial_staff']),
  needsReason: true,
  check: () => [],
  apply: (state) => ({ ...state, facts: { ...state.facts, recalls: (state.facts.recalls ?? 0) + 1 } }),
};
