/** Small here; full size by `npm run proof:kills`. */
import { killProof } from './kill-proof';

jest.setTimeout(240_000);

test('with every process killed in turn while cycles move, each answered action is recorded exactly once and nothing is stuck', async () => {
  const counts = await killProof({ cycles: 8, calm: 1_500, kills: 4, atOnce: 4, seed: 7 });
  process.stdout.write(`kills: ${JSON.stringify(counts)}\n`);
  expect(counts).toMatchObject({ cycles: 8, accepted: 8 * 11, recordedOnce: 8 * 11, missing: 0, twice: 0, disagreements: 0, stuck: 0 });
  expect(Object.values(counts.kills).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
});
