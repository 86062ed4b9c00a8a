/** `npm run season:nudges`: the season of tests/workflows/season.test.ts in full, 600 dossiers in 60 communes; other sizes by SEASON_DOSSIERS, SEASON_COMMUNES. */
import { spawnSync } from 'node:child_process';

const env = { SEASON_DOSSIERS: '600', SEASON_COMMUNES: '60', ...process.env };
const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), 'tests/workflows/season.test.ts'], {
  stdio: 'inherit',
  env,
});
process.exitCode = status ?? 1;
