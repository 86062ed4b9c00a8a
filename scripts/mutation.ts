/** Mutation testing of domain/: `npm run mutation`, or of a part: `npm run mutation -- 'domain/stars/*.ts'`. Report in reports/mutation. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadRules } from '../plans/load';

const folder = resolve('reports/mutation');
const rules = join(folder, 'rules.json');
mkdirSync(folder, { recursive: true });
writeFileSync(rules, JSON.stringify(loadRules()));

const [part, ...options] = process.argv.slice(2);
const args = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', ...(part ? ['--mutate', part] : []), ...options];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, LOADED_RULES: rules } });
process.exitCode = status ?? 1;
