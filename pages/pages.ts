/** Every page, and the forms on them. */
import { ACCOUNT_PAGES } from './accounts/pages';
import { CHANGE_PAGES } from './bulk/change';
import { START_PAGES } from './bulk/start';
import { COUNCIL_PAGES } from './council/pages';
import { DECISION_PAGES } from './decisions/pages';
import { DOSSIER_PAGES } from './dossier/dossier';
import { ENDING_PAGES } from './endings/pages';
import { HOLIDAY_PAGES } from './holidays';
import { HOME_PAGES } from './home';
import { IMPORT_PAGES } from './import/pages';
import { LOOK_UP_PAGES } from './look-up';
import { MAIL_PAGES } from './mail';
import { MANAGER_PAGES } from './managers/pages';
import { MY_ACCOUNT_PAGES } from './my-account';
import { OFFICE_PAGES } from './offices/pages';
import type { Page } from './page';
import { PLAN_PAGES } from './plans/pages';
import { REHEARSAL_PAGES } from './rehearsal/pages';
import { REGISTRATION_PAGES } from './registration';
import { RENEWAL_PAGES } from './renewals/pages';
import { REPORT_PAGES } from './reports/pages';
import { SIGN_IN_PAGES } from './sign-in';
import { SINGLE_SIGN_ON_PAGES } from './single-sign-on';
import { SUPERVISION_PAGES } from './supervision/pages';
import { TASK_PAGES } from './tasks';
import { WORK_PAGES } from './work/work';

export const PAGES: readonly Page[] = [
  ...HOME_PAGES,
  ...SIGN_IN_PAGES,
  ...SINGLE_SIGN_ON_PAGES,
  ...MY_ACCOUNT_PAGES,
  ...LOOK_UP_PAGES,
  ...WORK_PAGES,
  ...REGISTRATION_PAGES,
  ...DOSSIER_PAGES,
  ...RENEWAL_PAGES,
  ...TASK_PAGES,
  ...DECISION_PAGES,
  ...SUPERVISION_PAGES,
  ...ENDING_PAGES,
  ...REPORT_PAGES,
  ...MAIL_PAGES,
  ...MANAGER_PAGES,
  ...REHEARSAL_PAGES,
  ...START_PAGES,
  ...CHANGE_PAGES,
  ...COUNCIL_PAGES,
  ...IMPORT_PAGES,
  ...PLAN_PAGES,
  ...OFFICE_PAGES,
  ...HOLIDAY_PAGES,
  ...ACCOUNT_PAGES,
];
