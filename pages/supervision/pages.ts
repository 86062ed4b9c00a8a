/** The pages of inspections after recognition. */
import { RECORD_PAGES } from './record';
import { REGISTER_PAGES } from './register';

export const SUPERVISION_PAGES = [...RECORD_PAGES, ...REGISTER_PAGES];
