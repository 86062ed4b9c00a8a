/** A program that has a rehearsal run and says how far it is, to be killed: `desk-program.ts <folder> <list>`. */
import { readFileSync } from 'node:fs';
import { loadRules } from '../../../plans/load';
import { openDesk } from '../../../rehearsal/desk';

async function main(): Promise<void> {
  const [, , folder = '', list = ''] = process.argv;
  const desk = openDesk({ folder, clock: { now: () => Date.now() } });
  const { plans, calendar } = loadRules();
  const plan = plans.find(({ id }) => id === 'qd-26-2026');
  if (!plan) throw new Error('no plan');
  const by = { id: 'tests', name: 'Người thử', role: 'administrator', office: 'tests', provinceCode: null, communeCode: null } as const;
  const nothing = { place: false, province: undefined, from: undefined, until: undefined, compareWith: undefined };
  const lists = { registrations: { name: 'danh-sach.csv', bytes: readFileSync(list) } };
  const run = await desk.start('key', by, { ...nothing, plan, calendar, lists, behaviour: 'punctual', seed: '1', changes: [] });
  let told = '';
  setInterval(() => {
    const day = run.progress.calendar?.day;
    // A little later than it is written down.
    if (day !== undefined && told !== '' && day !== told) process.stdout.write(`day ${day}\n`);
    told = day ?? told;
  }, 2_500);
}

void main();
