/** The communes' table: a commune answers for its own days, not for the producer's, the province's or a pause. */
import { apiDeps } from '../../../api/deps';
import { workingDaysBetween } from '../../../domain/working-days';
import { type Happened, type RecordedDossier, recordDossiers } from '../../support/manager-records';
import { COMMUNE, OTHER_COMMUNE, PROVINCE, useApi } from '../support/api';

const api = useApi({ on: '2026-10-12', worker: false });

const RECEIVED: Happened = { name: 'submit-dossier', on: '2026-09-07', to: 'commune_review' };
const REPORT = (on: string): Happened => ({ name: 'issue-commune-report', on, to: 'provincial_intake' });

let numbered = 0;
/** A dossier of a commune with its limit on 28/09 and what happened after its registration. */
function dossier(communeCode: string, events: Happened[], more: Partial<RecordedDossier> = {}): RecordedDossier {
  numbered += 1;
  const registered: Happened = { name: 'register', on: '2026-08-03', to: 'awaiting_dossier' };
  const communeLimits = [{ on: '2026-09-28', setBy: 2 }];
  const place = { productCode: `37-${communeCode}-${numbered}-2026`, name: `Sản phẩm ${numbered}`, provinceCode: PROVINCE, communeCode };
  return { ...place, kind: 'upgrade', events: [registered, ...events], communeLimits, ...more };
}

interface Row {
  commune: string;
  rank: number | null;
  lateShare: number;
  ownDays: number;
  time: Record<'commune' | 'producer' | 'province' | 'paused', number>;
  findings: Record<string, { count: number }>;
}

async function table(): Promise<{ ranked: Row[]; unranked: Row[] }> {
  const { body } = await api.send('GET', `/api/communes/league?province=${PROVINCE}`);
  return body as unknown as { ranked: Row[]; unranked: Row[] };
}

it('divides the time since receipt by whose turn it was, and ranks only communes with enough dossiers', async () => {
  const { calendar } = apiDeps(api.parts);
  const days = (from: string, to: string): number => workingDaysBetween(calendar, from, to);
  const supplemented: Happened[] = [
    RECEIVED,
    { name: 'request-supplement', on: '2026-09-10', to: 'commune_supplement' },
    { name: 'submit-supplement', on: '2026-09-24', to: 'commune_review' },
    REPORT('2026-09-25'),
  ];
  const paused: Happened[] = [
    RECEIVED,
    { name: 'pause', on: '2026-09-09', to: 'commune_review' },
    { name: 'resume', on: '2026-09-30', to: 'commune_review' },
  ];
  await recordDossiers(api.database.db, [
    dossier(COMMUNE, [RECEIVED, REPORT('2026-09-17')]),
    dossier(COMMUNE, [RECEIVED, REPORT('2026-10-01')]),
    dossier(COMMUNE, supplemented),
    dossier(COMMUNE, [RECEIVED], { due: { kind: 'commune-assessment', on: '2026-09-28' } }),
    dossier(COMMUNE, [RECEIVED, { name: 'withdraw', on: '2026-09-08', to: 'ended' }], { outcome: 'withdrawn' }),
    dossier(OTHER_COMMUNE, [...paused, REPORT('2026-10-05')]),
  ]);
  const { ranked, unranked } = await table();
  expect(ranked.map(({ commune }) => commune)).toEqual([COMMUNE]);
  expect(unranked.map(({ commune, rank }) => [commune, rank])).toEqual([[OTHER_COMMUNE, null]]);

  const [own] = ranked;
  const counts = Object.fromEntries(Object.entries(own?.findings ?? {}).map(([name, { count }]) => [name, count]));
  expect(counts).toMatchObject({ received: 5, sent_in_time: 2, sent_late: 1, late: 1, in_time: 0, withdrawn: 1, returned: 0 });
  // Two late of the four that were not withdrawn.
  expect(own?.lateShare).toBe(0.5);
  expect(own?.time.producer).toBe(days('2026-09-10', '2026-09-24'));
  const atCommune = [
    days('2026-09-07', '2026-09-17'),
    days('2026-09-07', '2026-10-01'),
    days('2026-09-07', '2026-09-10') + days('2026-09-24', '2026-09-25'),
  ];
  const still = days('2026-09-07', '2026-10-12');
  expect(own?.time.commune).toBe(atCommune.reduce((sum, one) => sum + one, still + days('2026-09-07', '2026-09-08')));

  const [other] = unranked;
  expect(other?.time).toMatchObject({
    paused: days('2026-09-09', '2026-09-30'),
    commune: days('2026-09-07', '2026-09-09') + days('2026-09-30', '2026-10-05'),
  });
});
