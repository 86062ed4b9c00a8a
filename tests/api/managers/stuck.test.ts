/** What the list of stuck dossiers and the page that answers why tell beyond a dossier's own limit. */
import { recordDossiers } from '../../support/manager-records';
import { COMMUNE, PROVINCE, useApi } from '../support/api';

const api = useApi({ on: '2026-10-12', worker: false });

/** A dossier that waits for the ministry until 30/11 while the product's older certificate ends on another day. */
async function pendingNationally(productCode: string, olderEnds: string): Promise<void> {
  const place = { productCode, name: productCode, provinceCode: PROVINCE, communeCode: COMMUNE };
  await recordDossiers(api.database.db, [
    {
      ...place,
      kind: 'upgrade',
      events: [
        { name: 'register', on: '2026-03-02', to: 'awaiting_idea_review' },
        { name: 'decide', on: '2026-09-01', to: 'awaiting_national_result' },
      ],
      due: { kind: 'national-scoring', on: '2026-11-30' },
    },
  ]);
  await api.database.db.deadline.create({
    data: {
      cycleId: `${productCode}.1`,
      kind: 'older-certificate-expiry',
      date: new Date(`${olderEnds}T00:00:00Z`),
      operator: 'on_or_before',
      basis: 'legal',
      source: 'test',
      candidates: [],
      setBySequence: 2,
    },
  });
}

it('tells of an older certificate that ends before the national result need be there, and of no other', async () => {
  await pendingNationally('37-early', '2026-11-02');
  await pendingNationally('37-later', '2027-02-01');
  const { body } = await api.send('GET', '/api/stuck?step=awaiting_national_result');
  const ends = (body['items'] as { productCode: string; olderCertificateEnds: string | null }[]).map((one) => [
    one.productCode,
    one.olderCertificateEnds,
  ]);
  expect(Object.fromEntries(ends)).toEqual({ '37-early': '2026-11-02', '37-later': null });
});

it('asked why about a dossier of which the records hold no state, answers from the ledger alone', async () => {
  await pendingNationally('37-bare', '2027-02-01');
  const answer = await api.send('GET', `/api/nudges/why?cycle=37-bare.1&office=${PROVINCE}&on=2026-10-12`);
  expect(answer.status).toBe(200);
  expect(answer.body['rows']).toEqual([]);
});
