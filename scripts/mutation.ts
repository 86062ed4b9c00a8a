/**
 * Mutation testing of domain/: `npm run mutation`, or of a part: `npm run mutation -- 'domain/stars/*.ts'`. What did not change since the last run is not
 * tried again. Details in reports/mutation; the table per folder goes to docs/mutation.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadRules } from '../plans/load';

const ROOT = join(__dirname, '..');
const REPORTS = join(ROOT, 'reports', 'mutation');

type Status = 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError' | 'CompileError' | 'Pending';
interface Report {
  files: Record<string, { mutants: { status: Status }[] }>;
}

function mutate(part: string | undefined, options: readonly string[]): number {
  const rules = join(REPORTS, 'rules.json');
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(rules, JSON.stringify(loadRules()));
  const program = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const args = [program, 'run', ...(part ? ['--mutate', part] : []), ...options];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, LOADED_RULES: rules } }).status ?? 1;
}

/** Mutants of each folder by what became of them. */
function writeTable(): void {
  const { files } = JSON.parse(readFileSync(join(REPORTS, 'mutation.json'), 'utf8')) as Report;
  const folders = new Map<string, Status[]>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const statuses = mutants.map((mutant) => mutant.status).filter((status) => status !== 'Ignored');
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), ...statuses]);
  }
  const row = (name: string, statuses: readonly Status[]): string => {
    const [killed, timedOut, survived, uncovered] = (['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const).map(
      (status) => statuses.filter((one) => one === status).length,
    );
    const score = statuses.length ? ((((killed ?? 0) + (timedOut ?? 0)) / statuses.length) * 100).toFixed(1) : '–';
    return `| ${name} | ${statuses.length} | ${killed} | ${timedOut} | ${survived} | ${uncovered} | ${score} % |`;
  };
  const rows = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, statuses]) => row(`\`${name}\``, statuses));
  const lines = [
    '# Mutation testing of the domain',
    '',
    `StrykerJS changes \`domain/\` in one place at a time; a mutant is found when a test in \`tests/domain\` fails or never ends. \`npm run mutation\`, last`,
    `on ${new Date().toISOString().slice(0, 10)}.`,
    '',
    '| Folder | Mutants | Killed | Timed out | Survived | Not covered | Score |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    row('**all**', [...folders.values()].flat()),
    '',
    'Mutants of what runs only while modules load (titles, tables of steps) are left out: `tests/docs` compares those with `docs/domain.md`. Survivors are',
    'mostly `<` for `<=` where equal values give the same answer, wording in English, and guards that types need but no state reaches.',
    '',
    'The tests run in one process (`tests/support/quick-runner.mjs`) with few examples per property, each mutant switched on where it stands.',
    '',
  ];
  writeFileSync(join(ROOT, 'docs', 'mutation.md'), lines.join('\n'));
}

const [part, ...options] = process.argv.slice(2);
process.exitCode = part === '--table' ? 0 : mutate(part, options);
writeTable();
