/** Small here; full size by `npm run proof:mails`. */
import { mailProof } from './mail-proof';

jest.setTimeout(240_000);

test('with the worker killed while a digest goes out, every office has its mail and the ledger admits the repeats', async () => {
  const counts = await mailProof({ mails: 30, kills: 1 });
  process.stdout.write(`mails: ${JSON.stringify(counts)}\n`);
  expect(counts).toMatchObject({ kills: 1, missing: 0, unsettled: 0 });
  expect(counts.repeatsRecorded).toBeGreaterThanOrEqual(counts.repeated);
});
