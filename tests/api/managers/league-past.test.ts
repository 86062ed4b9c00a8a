/** The communes' table beside its own past: what was recorded by then, whatever came later. */
import { type Happened, type RecordedDossier, recordDossiers } from '../../support/manager-records';
import { COMMUNE, PROVINCE, useApi } from '../support/api';

const api = useApi({ on: '2026-10-12', worker: false });

const RECEIVED: Happened = { name: 'submit-dossier', on: '2026-09-07', to: 'commune_review' };
const REPORT = (on: string): Happened => ({ name: 'issue-commune-report', on, to: 'provincial_intake' });

interface Row {
  lateShare: number;
  againstLastMonth: number | null;
  againstSeasonStart: number | null;
}

let numbered = 0;
function dossier(events: Happened[], limit = '2026-09-28', more: Partial<RecordedDossier> = {}): RecordedDossier {
  numbered += 1;
  const registered: Happened = { name: 'register', on: '2026-08-03', to: 'awaiting_dossier' };
  const place = {
    productCode: `37-${COMMUNE}-${numbered}-2026`,
    name: `Sản phẩm ${numbered}`,
    provinceCode: PROVINCE,
    communeCode: COMMUNE,
  };
  return { ...place, kind: 'upgrade', events: [registered, ...events], communeLimits: [{ on: limit, setBy: 2 }], ...more };
}

async function own(): Promise<Row | undefined> {
  const { body } = await api.send('GET', `/api/communes/league?province=${PROVINCE}`);
  return (body as unknown as { ranked: Row[] }).ranked[0];
}

it('compares a commune with itself at the end of last month, by what was recorded until then', async () => {
  await recordDossiers(api.database.db, [
    dossier([RECEIVED, REPORT('2026-09-17')]),
    dossier([RECEIVED, REPORT('2026-10-01')]),
    dossier([RECEIVED], '2026-10-08'),
    dossier([RECEIVED], '2026-10-08'),
    dossier([RECEIVED, { name: 'withdraw', on: '2026-10-02', to: 'ended' }], '2026-10-08', { outcome: 'withdrawn' }),
  ]);
  // Three of four are late today; on 30/09 one of five was, which had not been sent yet.
  expect((await own())?.lateShare).toBe(0.75);
  expect((await own())?.againstLastMonth).toBeCloseTo(55);
  expect((await own())?.againstSeasonStart).toBeNull();

  await recordDossiers(api.database.db, [dossier([{ ...RECEIVED, on: '2026-10-06' }], '2026-10-08')]);
  expect((await own())?.lateShare).toBe(0.8);
  expect((await own())?.againstLastMonth).toBeCloseTo(60);
});
