import type { Page } from '../page';
import { leaguePage } from './league/league';
import { leagueWorkbook } from './league/workbook';
import { ledgerPage } from './nudges/ledger';
import { runsPage } from './nudges/runs';
import { whyPage } from './nudges/why';
import { ledgerWorkbook, runsWorkbook } from './nudges/workbooks';
import { overviewPage } from './overview/overview';
import { overviewWorkbook } from './overview/workbook';
import { certificateListPage } from './radar/certificates';
import { radarPage } from './radar/radar';
import { certificatesWorkbook, radarWorkbook } from './radar/workbooks';
import { SHORT_LINK_PAGES } from './short-links';
import { stuckPage } from './stuck/stuck';
import { stuckWorkbook } from './stuck/workbook';
import { targetListPage } from './targets/list';
import { targetsPage } from './targets/targets';
import { targetListWorkbook, targetsWorkbook } from './targets/workbooks';

/** What managers look at; most of it is open to staff within their own unit. */
export const MANAGER_PAGES: readonly Page[] = [
  overviewPage,
  overviewWorkbook,
  stuckPage,
  stuckWorkbook,
  radarPage,
  radarWorkbook,
  certificateListPage,
  certificatesWorkbook,
  leaguePage,
  leagueWorkbook,
  runsPage,
  runsWorkbook,
  ledgerPage,
  ledgerWorkbook,
  whyPage,
  targetsPage,
  targetsWorkbook,
  targetListPage,
  targetListWorkbook,
  ...SHORT_LINK_PAGES,
];
