/** Every route of the API. */
import { BULK_ROUTES } from './bulk/routes';
import { ACCOUNT_ROUTES } from './auth/accounts';
import { TOKEN_ROUTES } from './auth/tokens';
import { CALCULATOR_ROUTES } from './calculators/routes';
import { certificatePdfRoute } from './certificates/pdf';
import { PUBLIC_CERTIFICATE_ROUTES } from './certificates/public';
import { CALENDAR_ROUTES } from './calendars/feeds';
import { COUNCILS } from './council/routes';
import { ACTION_ROUTES } from './cycles/actions';
import { DOCUMENT_ROUTES } from './documents/routes';
import { DECISION_ROUTES } from './decisions/routes';
import { CYCLE_ROUTES } from './cycles/routes';
import { ENDING_ROUTES } from './endings/routes';
import { openRoute, type Route } from './http/route';
import { openApiOf } from './http/openapi';
import { ENDING_LETTER_ROUTES } from './letters/ending-routes';
import { LETTER_ROUTES } from './letters/routes';
import { IMPORT_ROUTES } from './imports/routes';
import { MANAGER_ROUTES } from './managers/routes';
import { NUDGE_ROUTES } from './nudges/routes';
import { PERIODIC_ROUTES } from './registers/periodic-routes';
import { REGISTER_ROUTES } from './registers/routes';
import { SUPPORT_NEED_ROUTES } from './registers/support-needs';
import { REVENUE_ROUTES } from './registers/revenue';
import { TARGET_ROUTES } from './targets/routes';
import { REFERENCE_ROUTES } from './reference/plans';
import { RENEWAL_ROUTES } from './renewals/routes';
import { SUPERVISION_ROUTES } from './supervision/routes';
import { REMINDER_ROUTES } from './reminders/routes';
import { HEALTH_ROUTES } from './system/health';
import { TASK_ROUTES } from './tasks/routes';
import { z } from 'zod';

const VERSION = '1.0.0';

let described: Record<string, unknown> | undefined;

const description = openRoute({
  method: 'get',
  path: '/api/openapi.json',
  tag: 'Hệ thống',
  summary: { vi: 'Mô tả API này (OpenAPI 3.1)', en: 'The description of this API (OpenAPI 3.1)' },
  answer: { status: 200, schema: z.record(z.string(), z.unknown()), description: { vi: 'Mô tả', en: 'The description' } },
  handler: async () => ({ body: (described ??= { ...openApiOf(ROUTES, VERSION) }), headers: { 'cache-control': 'no-cache' } }),
});

export const ROUTES: readonly Route[] = [
  ...CYCLE_ROUTES,
  ...ACTION_ROUTES,
  ...DOCUMENT_ROUTES,
  ...COUNCILS,
  ...REFERENCE_ROUTES,
  ...CALCULATOR_ROUTES,
  ...IMPORT_ROUTES,
  ...BULK_ROUTES,
  ...RENEWAL_ROUTES,
  ...ENDING_ROUTES,
  ...SUPERVISION_ROUTES,
  ...TASK_ROUTES,
  ...MANAGER_ROUTES,
  ...NUDGE_ROUTES,
  ...CALENDAR_ROUTES,
  ...REMINDER_ROUTES,
  ...REGISTER_ROUTES,
  ...PERIODIC_ROUTES,
  ...SUPPORT_NEED_ROUTES,
  ...REVENUE_ROUTES,
  ...TARGET_ROUTES,
  ...TOKEN_ROUTES,
  ...ACCOUNT_ROUTES,
  ...HEALTH_ROUTES,
  ...DECISION_ROUTES,
  ...LETTER_ROUTES,
  ...ENDING_LETTER_ROUTES,
  certificatePdfRoute,
  ...PUBLIC_CERTIFICATE_ROUTES,
  description,
];
