/** For every route and role: allowed or refused, as this table says. */
import { ROUTES } from '../../api/routes';
import { type TokenName, useApi } from './support/api';

const api = useApi({ on: '2026-08-03' });

const EVERYBODY = 'administrator province commune secretary manager';
const COUNCIL_READERS = 'administrator province secretary member manager';
const COUNCIL_KEEPERS = 'administrator province secretary';
const SCORERS = 'secretary member';

/** Who passes the door of each route. What lies behind (office, step) is the cycle's own decision. */
const ALLOWED: Record<string, string> = {
  'POST /api/cycles': 'administrator province commune',
  'GET /api/cycles': EVERYBODY,
  'GET /api/cycles/{id}': EVERYBODY,
  'GET /api/cycles/{id}/events': EVERYBODY,
  'POST /api/cycles/{id}/retry': 'administrator province',
  'accept-idea': 'administrator province commune',
  'decline-idea': 'administrator province commune',
  'submit-dossier': 'administrator commune',
  'request-supplement': 'administrator province commune secretary',
  'submit-supplement': 'administrator province commune',
  'issue-commune-report': 'administrator commune',
  'record-district-result': 'administrator province',
  'accept-package': 'administrator province',
  'return-package': 'administrator province',
  'record-advisory-report': 'administrator province secretary',
  'record-council-result': 'administrator province secretary',
  decide: 'administrator province',
  'record-national-result': 'administrator province',
  'issue-certificate': 'administrator province',
  'publish-result': 'administrator province',
  'record-inspection': 'administrator province commune',
  'recall-product': 'administrator province',
  'decline-renewal': 'administrator province commune',
  'revoke-certificate': 'administrator province',
  'withdraw-decision': 'administrator province',
  'extend-deadline': 'administrator province',
  'assign-officer': 'administrator province commune',
  pause: 'administrator province commune',
  resume: 'administrator province commune',
  withdraw: 'administrator province commune',
  'adopt-rules': 'administrator province',
  'POST /api/cycles/{id}/documents': 'administrator province commune secretary',
  'GET /api/cycles/{id}/documents': EVERYBODY,
  'GET /api/cycles/{id}/documents/{sha256}': EVERYBODY,
  'POST /api/councils': 'administrator province',
  'GET /api/councils': COUNCIL_READERS,
  'GET /api/councils/{id}': COUNCIL_READERS,
  'POST /api/councils/{id}/members': 'administrator province',
  'GET /api/councils/{id}/rounds': COUNCIL_READERS,
  'GET /api/councils/{id}/waiting': COUNCIL_KEEPERS,
  'GET /api/councils/{id}/events': COUNCIL_READERS,
  'POST /api/councils/{id}/sessions': COUNCIL_KEEPERS,
  'GET /api/councils/{id}/sessions': COUNCIL_READERS,
  'GET /api/sessions/{id}': COUNCIL_READERS,
  'GET /api/sessions/{id}/events': COUNCIL_READERS,
  'POST /api/sessions/{id}/postpone': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/delegation': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/dossiers': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/dossiers/{cycleId}/remove': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/dossiers/{cycleId}/rescore': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/dossiers/{cycleId}/exclude': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/handover': COUNCIL_KEEPERS,
  'POST /api/sessions/{id}/interests': SCORERS,
  'POST /api/sessions/{id}/sheets': SCORERS,
  'GET /api/sessions/{id}/sheets': COUNCIL_READERS,
  'POST /api/sessions/{id}/draft-sheets': SCORERS,
  'GET /api/sessions/{id}/draft-sheets': SCORERS,
  'GET /api/sessions/{id}/workbook': SCORERS,
  'POST /api/sessions/{id}/workbook': SCORERS,
  'POST /api/sessions/{id}/close': COUNCIL_KEEPERS,
  'GET /api/sessions/{id}/minutes': COUNCIL_READERS,
  'GET /api/plans': EVERYBODY,
  'GET /api/plans/{id}': EVERYBODY,
  'GET /api/plans/{id}/versions': EVERYBODY,
  'POST /api/plans': 'administrator province',
  'POST /api/plans/{id}/windows/{window}': 'administrator province',
  'GET /api/holidays': EVERYBODY,
  'POST /api/holidays': 'administrator',
  'DELETE /api/holidays/{date}': 'administrator',
  'GET /api/offices': 'administrator province commune',
  'GET /api/offices/{id}': 'administrator province commune',
  'POST /api/offices/{id}': 'administrator province',
  'POST /api/offices/{id}/people': 'administrator province',
  'POST /api/people/{id}': 'administrator province',
  'POST /api/people/{id}/deactivate': 'administrator province',
  'POST /api/people/{id}/activate': 'administrator province',
  'GET /api/units': EVERYBODY,
  'GET /api/overview': EVERYBODY,
  'GET /api/stuck': EVERYBODY,
  'GET /api/communes/league': 'administrator province secretary manager',
  'GET /api/certificates/radar': EVERYBODY,
  'GET /api/certificates': EVERYBODY,
  'GET /api/nudges': EVERYBODY,
  'GET /api/nudges/why': EVERYBODY,
  'GET /api/nudges/preview': EVERYBODY,
  'GET /api/nudges/runs': 'administrator province secretary manager',
  'GET /api/mail-templates/digest': 'administrator province',
  'POST /api/mail-templates/digest': 'administrator',
  'DELETE /api/mail-templates/digest': 'administrator',
  'POST /api/mail-templates/digest/preview': 'administrator',
  'GET /api/report-duties': EVERYBODY,
  'POST /api/report-duties/submissions': 'administrator province commune',
  'POST /api/calendar-feeds': 'administrator province commune secretary',
  'GET /api/calendar-feeds': 'administrator province commune secretary',
  'DELETE /api/calendar-feeds/{id}': 'administrator province commune secretary',
  'GET /lich/{file}': 'anyone',
  'GET /api/reminders': 'administrator province',
  'GET /api/reminders/letter.docx': 'administrator province',
  'GET /api/reminders/annex.xlsx': 'administrator province',
  'GET /api/registers/registrations.xlsx': EVERYBODY,
  'GET /api/registers/certificates.xlsx': EVERYBODY,
  'GET /api/registers/results.xlsx': EVERYBODY,
  'GET /api/registers/ptnt-ocop.csv': 'administrator province manager',
  'GET /api/periodic-reports': EVERYBODY,
  'GET /api/periodic-reports/report.docx': EVERYBODY,
  'GET /api/cycles/{id}/support-needs': EVERYBODY,
  'POST /api/cycles/{id}/support-needs': 'administrator province commune',
  'GET /api/cycles/{id}/revenue': EVERYBODY,
  'POST /api/cycles/{id}/revenue': 'administrator province commune',
  'GET /api/targets': EVERYBODY,
  'GET /api/targets/list': EVERYBODY,
  'GET /metrics': 'anyone',
  'GET /api/calculators/deadline': EVERYBODY,
  'GET /api/calculators/working-days': EVERYBODY,
  'GET /api/calculators/validity': EVERYBODY,
  'POST /api/calculators/award': EVERYBODY,
  'POST /api/imports/registrations': 'administrator province commune',
  'POST /api/imports/certificates': 'administrator province',
  'POST /api/imports/contacts': 'administrator province',
  'GET /api/imports/{id}': 'administrator province commune',
  'POST /api/bulk-changes': 'administrator province',
  'GET /api/bulk-changes': 'administrator province',
  'GET /api/bulk-changes/{id}': 'administrator province',
  'GET /api/bulk-changes/{id}/items': 'administrator province',
  'POST /api/bulk-changes/{id}/approve': 'administrator province',
  'POST /api/bulk-changes/{id}/reject': 'administrator province',
  'POST /api/bulk-changes/{id}/undo': 'administrator province',
  'GET /api/renewals': EVERYBODY,
  'POST /api/renewals/{id}/confirm': 'administrator province commune',
  'POST /api/ending-decisions': 'administrator province',
  'GET /api/ending-decisions': 'administrator province secretary manager',
  'GET /api/ending-decisions/{id}': 'administrator province secretary manager',
  'GET /api/ending-candidates': 'administrator province',
  'GET /api/ending-decision-drafts': 'administrator province',
  'GET /api/ending-decisions/{id}/draft': 'administrator province',
  'GET /api/ending-decisions/{id}/notices/{certificate}': 'administrator province',
  'GET /api/inspections': EVERYBODY,
  'GET /api/alerts/older-certificates': EVERYBODY,
  'GET /api/tasks': EVERYBODY,
  'POST /api/tasks/{id}/done': 'administrator province commune',
  'POST /api/tokens': 'administrator',
  'GET /api/tokens': 'administrator',
  'DELETE /api/tokens/{id}': 'administrator',
  'POST /api/accounts': 'administrator',
  'GET /api/accounts': 'administrator',
  'POST /api/accounts/{id}/reset': 'administrator',
  'DELETE /api/accounts/{id}': 'administrator',
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /c/{code}': 'anyone',
  'GET /c/{code}/{sealed}': 'anyone',
  'GET /api/certificate-keys': 'anyone',
  'GET /api/certificates/{code}/pdf': 'administrator province commune secretary',
  'POST /api/decisions': 'administrator province',
  'GET /api/decisions': EVERYBODY,
  'GET /api/decisions/{id}': EVERYBODY,
  'POST /api/decisions/{id}/certificates': 'administrator province',
  'GET /api/decisions/{id}/certificates/pdf': 'administrator province',
  'GET /api/decisions/{id}/draft': 'administrator province',
  'GET /api/decision-drafts': 'administrator province',
  'GET /api/cycles/{id}/letters': 'administrator province commune',
  'GET /api/cycles/{id}/letters/{kind}': 'administrator province commune',
  'GET /api/openapi.json': 'anyone',
};

const nameOf = ({ method, path }: (typeof ROUTES)[number]): string => path.split('/actions/')[1] ?? `${method.toUpperCase()} ${path}`;

const ROLES: TokenName[] = ['administrator', 'province', 'commune', 'secretary', 'member', 'manager'];

const GUARDED = ROUTES.filter(({ who }) => who !== 'anyone');

const requestOf = ({ method, path }: (typeof ROUTES)[number]): [method: string, path: string] => [
  method.toUpperCase(),
  path.replace('{id}', path.startsWith('/api/cycles') ? '37-14329-999-2026.1' : 'unknown'),
];

describe('the table of roles', () => {
  it('names every route and no other', () => {
    expect(ROUTES.map(nameOf).sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each(GUARDED.map((route) => [nameOf(route), route] as const))('holds for %s', async (name, route) => {
    const passed: string[] = [];
    for (const role of ROLES) {
      const { status } = await api.send(...requestOf(route), { token: api.tokens[role] });
      if (status !== 403) passed.push(role);
      expect(status).toBeLessThan(500);
    }
    expect(passed.join(' ')).toBe(ALLOWED[name]);
  });

  it('lets nobody in who does not say who they are', async () => {
    // So many at once that one API would take them for somebody who guesses.
    for (let first = 0; first < GUARDED.length; first += 100) {
      const site = await api.another();
      for (const route of GUARDED.slice(first, first + 100))
        for (const token of [null, 'ocop_made-up']) {
          const { status } = await site.send(...requestOf(route), { token });
          expect(`${nameOf(route)}: ${status}`).toBe(`${nameOf(route)}: 401`);
        }
      await site.close();
    }
  });

  it('leaves open what anybody may see', async () => {
    for (const route of ROUTES.filter(({ who }) => who === 'anyone')) {
      const { status } = await api.send('GET', route.path.replace('{code}', 'none'), { token: null });
      expect([200, 404]).toContain(status);
    }
  });
});
