/** Whatever sheets are entered, the verdict is the one that the criteria file alone gives, worked out anew beside the product's own code. */
import fc from 'fast-check';
import { runs } from '../domain/runs';
import { useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, toCouncil } from './support/council';
import { criteriaOf, recompute } from './support/recompute';

const api = useApi({ on: ON });

jest.setTimeout(300_000);

type Options = Record<string, number>;

const MOST_CRITERIA = 40;
const SETS = Array.from({ length: 26 }, (_, index) => index + 1);

/** A complete sheet: of every criterion one printed option; `quality` in ten is the chance of the best one. */
function sheetFrom(set: number, picks: readonly number[], quality: number): Options {
  return Object.fromEntries(
    criteriaOf(set).map(({ code, options }, index) => {
      const pick = picks[index] ?? 0;
      const best = Math.max(...options);
      return [code, pick % 10 < quality ? best : (options[pick % options.length] ?? best)];
    }),
  );
}

const picks = fc.array(fc.nat(999), { minLength: MOST_CRITERIA, maxLength: MOST_CRITERIA });
const quality = fc.nat(10);

/** Members who see it much alike: one sheet, with a few criteria judged otherwise by each. */
const alike = fc
  .record({
    set: fc.constantFrom(...SETS),
    picks,
    quality,
    others: fc.array(fc.array(fc.tuple(fc.nat(MOST_CRITERIA), fc.nat(9)), { maxLength: 4 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ set, picks: given, quality: level, others }) => {
    const rows = criteriaOf(set);
    const base = sheetFrom(set, given, level);
    const sheets = others.map((changes) => {
      const own = { ...base };
      for (const [place, choice] of changes) {
        const row = rows[place % rows.length];
        if (row) own[row.code] = row.options[choice % row.options.length] ?? 0;
      }
      return own;
    });
    return { set, sheets };
  });

/** One to nine members of any opinion at all. */
const any = (least: number, most: number) =>
  fc
    .record({ set: fc.constantFrom(...SETS), quality, picks: fc.array(picks, { minLength: least, maxLength: most }) })
    .map(({ set, quality: level, picks: given }) => ({ set, sheets: given.map((one) => sheetFrom(set, one, level)) }));

describe('the verdict on any sheets', () => {
  it('is the one worked out from the criteria file, whatever the members think', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(any(1, 9), alike), async ({ set, sheets }) => {
        const expected = recompute(set, sheets);
        const given = {
          productSet: set,
          councilRules: 'tay-ninh',
          sheets: sheets.map((options, index) => ({ member: `M${index + 1}`, options })),
        };
        const answer = ok(await api.send('POST', '/api/calculators/award', { body: given }));
        const { missedMinimums, ...figures } = expected;
        expect(answer).toMatchObject(figures);
        expect(
          (answer['missedMinimums'] as { criterion: string; level: number }[]).map(({ criterion, level }) => ({ criterion, level })),
        ).toEqual(missedMinimums);
      }),
      { numRuns: runs(150) },
    );
  });

  it('is the one that a session of the council enters into the cycle, with second scorings where members are too far apart', async () => {
    const cases = fc.sample(fc.oneof({ weight: 2, arbitrary: alike }, { weight: 1, arbitrary: any(5, 5) }), 16);
    const people = await council(api, { size: 5 });
    const cycles = await toCouncil(
      api,
      cases.map(({ set }, index) => ({ name: `Bất kỳ ${index + 1}`, set })),
    );
    const session = await openSession(api, people);
    const secretary = api.tokens.secretary;
    ok(await api.send('POST', `${session}/dossiers`, { token: secretary, body: { cycles } }));
    await answerInterests(api, session, people, cycles);
    const handIn = async (member: number, sheets: { cycleId: string; options: Options }[]) =>
      ok(await api.send('POST', `${session}/sheets`, { token: people.members[member]?.token ?? '', body: { sheets } }));
    const counting = cases.map(({ sheets }) => sheets);
    for (const member of people.members.keys())
      await handIn(
        member,
        cycles.map((cycleId, index) => ({ cycleId, options: counting[index]?.[member] ?? {} })),
      );
    const { dossiers } = ok(await api.send('GET', session, { token: secretary })) as { dossiers: { standing: string }[] };
    for (const [index, cycleId] of cycles.entries()) {
      const apart = recompute(cases[index]?.set ?? 0, counting[index] ?? []).spread > 10;
      expect(dossiers[index]?.standing).toBe(apart ? 'rescore' : 'ready');
      if (!apart) continue;
      ok(await api.send('POST', `${session}/dossiers/${cycleId}/rescore`, { token: secretary }));
      const agreed = counting[index]?.[0] ?? {};
      counting[index] = people.members.map(() => agreed);
      for (const member of people.members.keys()) await handIn(member, [{ cycleId, options: agreed }]);
    }
    const closed = ok(await api.send('POST', `${session}/close`, { token: secretary })) as { dossiers: { result: object }[] };
    for (const [index, cycleId] of cycles.entries()) {
      const { missedMinimums, spread, mean, ...verdict } = recompute(cases[index]?.set ?? 0, counting[index] ?? []);
      expect(closed.dossiers[index]?.result).toMatchObject({ ...verdict, spread, mean, recorded: true });
      const events = ok(await api.send('GET', `/api/cycles/${cycleId}/events?limit=200`))['items'] as { payload: object }[];
      expect(events.at(-1)?.payload).toMatchObject({
        verdict: { ...verdict, missedMinimums: missedMinimums.map(({ criterion, level }) => ({ criterion, star: level })) },
      });
    }
  });
});
