/** Every page, and the forms on them. */
import { HOME_PAGES } from './home';
import type { Page } from './page';
import { SIGN_IN_PAGES } from './sign-in';

export const PAGES: readonly Page[] = [...HOME_PAGES, ...SIGN_IN_PAGES];
