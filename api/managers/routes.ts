import type { Route } from '../http/route';
import { certificates } from './certificates';
import { league } from './league';
import { nudges } from './nudges';
import { overviewRoute } from './overview';
import { radar } from './radar';
import { stuck } from './stuck';

/** What managers read; the pages over it stand in pages/managers. */
export const MANAGER_ROUTES: Route[] = [overviewRoute, stuck, league, radar, certificates, nudges];
