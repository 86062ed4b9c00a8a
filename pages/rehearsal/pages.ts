import { RUN_PAGES } from './run';
import { START_PAGES } from './start';

export const REHEARSAL_PAGES = [...START_PAGES, ...RUN_PAGES];
