/** Every page, and the forms on them. */
import { DOSSIER_PAGES } from './dossier/dossier';
import { HOME_PAGES } from './home';
import { LOOK_UP_PAGES } from './look-up';
import { MAIL_PAGES } from './mail';
import { MANAGER_PAGES } from './managers/pages';
import { MY_ACCOUNT_PAGES } from './my-account';
import type { Page } from './page';
import { REGISTRATION_PAGES } from './registration';
import { SIGN_IN_PAGES } from './sign-in';
import { SINGLE_SIGN_ON_PAGES } from './single-sign-on';
import { WORK_PAGES } from './work';

export const PAGES: readonly Page[] = [
  ...HOME_PAGES,
  ...SIGN_IN_PAGES,
  ...SINGLE_SIGN_ON_PAGES,
  ...MY_ACCOUNT_PAGES,
  ...LOOK_UP_PAGES,
  ...WORK_PAGES,
  ...REGISTRATION_PAGES,
  ...DOSSIER_PAGES,
  ...MAIL_PAGES,
  ...MANAGER_PAGES,
];
