import type { Route } from '../http/route';
import { metrics } from './metrics';
import { preview } from './preview';
import { REPORT_DUTY_ROUTES } from './reports';
import { runs } from './runs';
import { TEMPLATE_ROUTES } from './templates';
import { why } from './why';

/** Nudges and digests; the ledger's list stands with the managers' routes. */
export const NUDGE_ROUTES: Route[] = [why, preview, runs, ...TEMPLATE_ROUTES, ...REPORT_DUTY_ROUTES, metrics];
