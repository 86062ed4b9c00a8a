/** A province's season and the 36 months after it, rehearsed: 600 products in 60 communes unless REHEARSAL_PRODUCTS and REHEARSAL_COMMUNES say otherwise. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { loadRules } from '../../plans/load';
import { rehearse, type Standing } from '../../rehearsal/rehearse';
import type { Figure } from './figure';

const PRODUCTS = Number(process.env.REHEARSAL_PRODUCTS ?? 600);
const COMMUNES = Number(process.env.REHEARSAL_COMMUNES ?? 60);
const PLAN = 'ninh-binh-2026';
const MIB = 1024 * 1024;

export async function run(): Promise<Figure[]> {
  quiet();
  const folder = mkdtempSync(join(tmpdir(), 'ocop-bench-'));
  const figures: Figure[] = [];
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  let engineCpu = 0;
  try {
    const before = async (standing: Standing): Promise<void> => {
      engineCpu = cpuSeconds(standing.temporal);
      figures.push(...(await sizes(standing)));
    };
    const options = { plan: PLAN, registrations: list(folder), behaviour: 'last-week-rush', out: join(folder, 'report') };
    const report = await rehearse(options, { before });
    const seconds = (performance.now() - began) / 1000;
    const { totals, mails } = report;
    const { user, system } = process.cpuUsage(cpuBefore);
    return [
      { name: `${PRODUCTS} products in ${totals.communes} communes, season and 36 months`, value: seconds / 60, unit: 'min', aim: '< 10' },
      { name: 'cycles', value: totals.cycles, unit: '' },
      { name: 'transitions', value: totals.events, unit: '' },
      { name: 'transitions per second', value: totals.events / seconds, unit: '/s' },
      { name: 'CPU per transition, rehearsal and workers', value: (user + system) / 1000 / totals.events, unit: 'ms' },
      { name: 'CPU per transition, Temporal', value: (engineCpu * 1000) / totals.events, unit: 'ms' },
      { name: 'mails', value: mails.total, unit: '' },
      ...figures,
      { name: 'checks that do not agree', value: report.checks.filter((one) => !one.ok).length, unit: '', aim: '0' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Only errors of the engine's own library are printed; another part of the bench may have said so before. */
function quiet(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  } catch {
    // Said before.
  }
}

function list(folder: string): string {
  const communes = loadRules().units.filter((unit) => unit.provinceCode === '37');
  const rows = Array.from({ length: PRODUCTS }, (_, index) => {
    const commune = communes[index % Math.min(COMMUNES, communes.length)];
    return `Sản phẩm ${index + 1},Hợp tác xã ${index + 1},${commune?.code ?? ''}`;
  });
  const file = join(folder, 'registrations.csv');
  writeFileSync(file, `${['Tên sản phẩm,Chủ thể,Mã xã', ...rows].join('\n')}\n`);
  return file;
}

async function sizes({ db, postgres, temporal }: Standing): Promise<Figure[]> {
  const [row] = await db.$queryRaw<{ bytes: bigint }[]>`select pg_database_size(current_database()) as bytes`;
  const memory = (name: string, pid: number | undefined): Figure[] =>
    pid === undefined ? [] : [{ name: `memory of ${name}, at most`, value: peakMemory(pid), unit: 'MiB' }];
  return [
    { name: 'records in PostgreSQL', value: Number(row?.bytes ?? 0) / MIB, unit: 'MiB' },
    ...memory('the rehearsal with its workers', process.pid),
    ...memory('Temporal, histories included', temporal),
    ...memory('PostgreSQL’s first process', postgres),
  ];
}

/** What a process has used so far, in seconds at 100 ticks each; 0 where the system does not tell. */
function cpuSeconds(pid: number | undefined): number {
  try {
    const [, after = ''] = readFileSync(`/proc/${pid ?? ''}/stat`, 'utf8').split(') ');
    const fields = after.split(' ');
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  } catch {
    return 0;
  }
}

/** The most that a process ever had in memory, in MiB; 0 where the system does not tell. */
function peakMemory(pid: number): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
