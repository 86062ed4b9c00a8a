/** The council's pages. */
import { COUNCIL_LIST_PAGES } from './councils';
import { SESSION_PAGES } from './session-forms';
import { SHEET_PAGES } from './sheet';

export const COUNCIL_PAGES = [...COUNCIL_LIST_PAGES, ...SESSION_PAGES, ...SHEET_PAGES];
