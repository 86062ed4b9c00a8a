/** `npm run proof:kills`: 200 cycles moved while every process is killed in turn. Ends with exit code 1 when anything was lost, doubled or stuck. */
import { killProof } from '../tests/proofs/kill-proof';

killProof({ cycles: 200, calm: 30_000, kills: 1_000, atOnce: 24, seed: 2026 }).then(
  (counts) => {
    console.log(JSON.stringify(counts, null, 2));
    if (counts.recordedOnce !== counts.accepted || counts.disagreements || counts.stuck) process.exitCode = 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
