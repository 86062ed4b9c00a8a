/** Every page, and the forms on them. */
import { DOSSIER_PAGES } from './dossier/dossier';
import { HOME_PAGES } from './home';
import { MANAGER_PAGES } from './managers/pages';
import type { Page } from './page';
import { SIGN_IN_PAGES } from './sign-in';
import { WORK_PAGES } from './work';

export const PAGES: readonly Page[] = [...HOME_PAGES, ...MANAGER_PAGES, ...SIGN_IN_PAGES, ...WORK_PAGES, ...DOSSIER_PAGES];
