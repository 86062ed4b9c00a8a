import type { Page } from '../page';
import { certificateListPage } from './certificate-list';
import { leaguePage } from './league';
import { NUDGE_PAGES } from './nudges';
import { overviewPage } from './overview';
import { radarPage } from './radar';
import { SHORT_LINK_PAGES } from './short-links';
import { stuckPage } from './stuck';
import { TARGET_PAGES } from './targets';
import { MANAGER_WORKBOOKS } from './workbooks';

/** What managers look at; most of it is open to staff within their own unit. */
export const MANAGER_PAGES: readonly Page[] = [
  overviewPage,
  stuckPage,
  radarPage,
  certificateListPage,
  leaguePage,
  ...NUDGE_PAGES,
  ...TARGET_PAGES,
  ...SHORT_LINK_PAGES,
  ...MANAGER_WORKBOOKS,
];
