/** Every route of councils and their sessions. */
import type { Route } from '../http/route';
import { CLOSING_ROUTES } from './closing';
import { COUNCIL_ROUTES } from './councils';
import { DOSSIER_ROUTES } from './dossiers';
import { establish } from './establishing';
import { DRAFT_ROUTES } from './drafts';
import { HISTORY_ROUTES } from './history';
import { declareInterest } from './interests';
import { LISTING_ROUTES } from './listing';
import { changeMembers } from './members';
import { minutes } from './minutes';
import { rounds } from './rounds';
import { SESSION_ROUTES } from './sessions';
import { SHEET_ROUTES } from './sheets';
import { WORKBOOK_ROUTES } from './workbook';

export const COUNCILS: Route[] = [
  establish,
  ...COUNCIL_ROUTES,
  changeMembers,
  rounds,
  ...SESSION_ROUTES,
  ...LISTING_ROUTES,
  ...DOSSIER_ROUTES,
  declareInterest,
  ...SHEET_ROUTES,
  ...DRAFT_ROUTES,
  ...WORKBOOK_ROUTES,
  ...CLOSING_ROUTES,
  minutes,
  ...HISTORY_ROUTES,
];
