/** The pure domain: a decision with the agenda after it, and loading every rule file in a fresh process. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Request } from '../../domain/cycle/action';
import { ACTION_NAMES } from '../../domain/cycle/actions';
import { agenda } from '../../domain/cycle/agenda';
import { actionsNow, decide } from '../../domain/cycle/decide';
import { type Stage, STAGES } from '../../domain/cycle/stages';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { addDays, type Instant, localDateAt, startOfDay } from '../../domain/dates';
import { type OldName, unitDirectory } from '../../domain/units/directory';
import { loadRules } from '../../plans/load';
import { walkEverywhere } from '../domain-page/walks';
import type { Figure } from './figure';

const ROOT = join(__dirname, '..', '..');
const ROUNDS = 200;
const ADMINISTRATOR: Actor = { id: 'a', role: 'administrator', office: '37', provinceCode: '37', communeCode: null };

/** An action that the state accepts and that changes its deadlines, or the plainest one otherwise. */
function oneAction(state: CycleState): { request: Request; at: Instant } | undefined {
  const reached = localDateAt(state.stepEnteredAt);
  const on = addDays(reached > state.lastOn ? reached : state.lastOn, 1);
  const at = startOfDay(on) + 9 * 3_600_000;
  const bodies = { 'assign-officer': { side: 'commune', officerId: 'p' }, 'request-supplement': { dueOn: addDays(on, 10) } };
  const now = actionsNow(state);
  const action =
    now.find((name) => name === 'request-supplement' || name === 'submit-dossier') ?? now.find((name) => name === 'assign-officer');
  if (!action) return undefined;
  const payload = bodies[action as keyof typeof bodies] ?? {};
  const request = { action, payload, actor: ADMINISTRATOR, on, noteId: 'n', sourceDocument: 'd' };
  return decide(state, request, at).ok ? { request, at } : undefined;
}

/** Microseconds of a decision and the agenda of the state that it leads to, over states as the walks meet them. */
function decisions(): Map<Stage, number[]> {
  const { states } = walkEverywhere(ACTION_NAMES);
  const taken = new Map<Stage, number[]>();
  const cases = states.flatMap((state) => {
    const action = oneAction(state);
    return action ? [{ state, ...action }] : [];
  });
  for (let round = -ROUNDS / 4; round < ROUNDS; round += 1)
    for (const { state, request, at } of cases) {
      const start = process.hrtime.bigint();
      const decision = decide(state, request, at);
      if (decision.ok) agenda(decision.state);
      const time = Number(process.hrtime.bigint() - start) / 1000;
      if (round >= 0) samples(taken, state.stage).push(time);
    }
  return taken;
}

function samples(taken: Map<Stage, number[]>, stage: Stage): number[] {
  const known = taken.get(stage) ?? [];
  taken.set(stage, known);
  return known;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
}

/**
 * Milliseconds that a fresh process needs to load every rule file, as time passed and as time of the processor, which a busy machine blurs less; medians.
 */
function loading(): { passed: number; processor: number } {
  const script = `const [start, used] = [performance.now(), process.cpuUsage()];
    require('./plans/load').loadRules();
    const { user, system } = process.cpuUsage(used);
    process.stdout.write(JSON.stringify([performance.now() - start, (user + system) / 1000]));`;
  const runs = Array.from({ length: 7 }, () => {
    const { stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: ROOT, encoding: 'utf8' });
    return JSON.parse(stdout) as [number, number];
  });
  const [passed, processor] = [runs.map((run) => run[0]), runs.map((run) => run[1])];
  return { passed: quantile(passed, 0.5), processor: quantile(processor, 0.5) };
}

/** Milliseconds to build the directory of the country's units. */
function directory(): number {
  const { units } = loadRules();
  const oldNames = parse<OldName>(readFileSync(join(ROOT, 'data', 'old-names.csv')), { columns: true, bom: true });
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    unitDirectory(units, oldNames);
    return performance.now() - start;
  });
  return quantile(times, 0.5);
}

export function run(): Promise<Figure[]> {
  const byStage = decisions();
  const all = [...byStage.values()].flat();
  const load = loading();
  const perStage = STAGES.flatMap((stage): Figure[] => {
    const times = byStage.get(stage);
    return times ? [{ name: `decision with agenda, ${stage}, median`, value: quantile(times, 0.5), unit: 'µs' }] : [];
  });
  return Promise.resolve([
    { name: 'decision with agenda, all stages, median', value: quantile(all, 0.5), unit: 'µs', aim: '< 50' },
    { name: 'decision with agenda, all stages, p95', value: quantile(all, 0.95), unit: 'µs' },
    ...perStage,
    { name: 'load all rule files, fresh process, median of 7', value: load.passed, unit: 'ms', aim: '< 300' },
    { name: 'the same, time of the processor', value: load.processor, unit: 'ms' },
    { name: 'directory of the country’s units, median of 5', value: directory(), unit: 'ms', aim: '< 100' },
  ]);
}
