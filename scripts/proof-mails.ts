/** `npm run proof:mails`: a digest of 500 mails while the worker is killed ten times. Ends with exit code 1 when a mail or a ledger row was lost. */
import { mailProof } from '../tests/proofs/mail-proof';

mailProof({ mails: 500, kills: 10 }).then(
  (counts) => {
    console.log(JSON.stringify(counts, null, 2));
    if (counts.missing || counts.unsettled || counts.repeatsRecorded < counts.repeated) process.exitCode = 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
