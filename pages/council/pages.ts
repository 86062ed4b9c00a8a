/** The council's pages. */
import { COUNCIL_LIST_PAGES } from './councils';
import { ESTABLISHING_PAGES } from './establishing';
import { MEMBER_PAGES } from './members';
import { SESSION_PAGES } from './session-forms';
import { SHEET_PAGES } from './sheet';

export const COUNCIL_PAGES = [...ESTABLISHING_PAGES, ...COUNCIL_LIST_PAGES, ...MEMBER_PAGES, ...SESSION_PAGES, ...SHEET_PAGES];
