/** A number opens the list that it counts: on random records, through HTTP. */
import fc from 'fast-check';
import { type RecordedDossier, recordDossiers } from '../../support/manager-records';
import { someDossiers } from '../../support/random-dossiers';
import { runs } from '../../domain/runs';
import { type Answer, rules, useApi } from '../support/api';

const TODAY = '2026-10-12';
const api = useApi({ on: TODAY });

interface Counter {
  count: number;
  list: string;
}

const isCounter = (value: object): value is Counter => 'count' in value && 'list' in value;

/** Every counter in an answer. */
function countersIn(value: unknown): Counter[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isCounter(value)) return [value];
  return Object.values(value).flatMap(countersIn);
}

const send = async (path: string): Promise<Answer> => {
  const answer = await api.send('GET', path, { token: api.tokens.manager });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
  return answer;
};

/** How many rows a list has, page by page; none twice. */
async function lengthOf(list: string): Promise<number> {
  const seen = new Set<string>();
  let rows = 0;
  for (let cursor: string | null = null; ; ) {
    const { body }: Answer = await send(`${list}${list.includes('?') ? '&' : '?'}limit=17${cursor === null ? '' : `&cursor=${cursor}`}`);
    const items = body['items'] as { id?: string; code?: string }[];
    for (const { id, code } of items) seen.add(String(id ?? code));
    rows += items.length;
    cursor = body['nextCursor'] as string | null;
    if (cursor === null) break;
  }
  expect(seen.size).toBe(rows);
  return rows;
}

const provinces = [...new Set(rules.units.flatMap((unit) => unit.provinceCode ?? []))];
const DRAWN_COMMUNES = ['first', 'second', 'third'];
let next = 0;

/** The dossiers moved to a province of their own: what is recorded is never removed, so no two runs share one. */
function elsewhere(dossiers: readonly RecordedDossier[]): { province: string; moved: RecordedDossier[] } {
  const province = provinces[next % provinces.length] ?? '37';
  next += 1;
  const communes = rules.units.filter((unit) => unit.provinceCode === province).map((unit) => unit.code);
  const named = (code: string): string => `${province}-${next}-${code}`;
  const moved = dossiers.map(({ predecessorId, ...one }) => ({
    ...one,
    provinceCode: province,
    communeCode: communes[DRAWN_COMMUNES.indexOf(one.communeCode)] ?? '',
    productCode: named(one.productCode),
    ...(predecessorId === undefined ? {} : { predecessorId: named(predecessorId) }),
  }));
  return { province, moved };
}

describe('on random records', () => {
  it('every counter of overview, league and radar equals the list it opens', async () => {
    await fc.assert(
      fc.asyncProperty(someDossiers(TODAY, '37', DRAWN_COMMUNES, 'drawn'), async (dossiers) => {
        const { province, moved } = elsewhere(dossiers);
        await recordDossiers(api.database.db, moved);
        let compared = 0;
        for (const path of ['/api/overview', '/api/communes/league', '/api/certificates/radar']) {
          const { body } = await send(`${path}?province=${province}`);
          const counters = countersIn(body);
          // Zeros are many and alike: some of them are opened too.
          const zeros = counters.filter(({ count }) => count === 0).slice(0, 6);
          const opened = new Map([...counters.filter(({ count }) => count > 0), ...zeros].map((one) => [one.list, one.count]));
          for (const [list, count] of opened) {
            expect({ list, count: await lengthOf(list) }).toEqual({ list, count });
            compared += 1;
          }
          for (const { list, count } of counters) expect(opened.get(list) ?? count).toBe(count);
        }
        expect(compared).toBeGreaterThan(10);
      }),
      { numRuns: runs(8), endOnFailure: true },
    );
  }, 240_000);
});
