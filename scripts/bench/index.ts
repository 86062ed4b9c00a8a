/** `npm run bench`, or some parts: `npm run bench -- domain`. Prints each part's figures beside the load of the machine. */
import { availableParallelism, loadavg } from 'node:os';
import * as cycles from './cycles';
import * as digest from './digest';
import * as domain from './domain';
import type { Figure } from './figure';
import * as pages from './pages';
import * as rehearsal from './rehearsal';

/** Each part is a file here. */
const PARTS: Record<string, { run(): Promise<Figure[]> }> = { domain, cycles, digest, rehearsal, pages };

function load(): string {
  const last = loadavg()[0] ?? 0;
  return `load ${last.toFixed(1)} on ${availableParallelism()} cores`;
}

function written({ value }: Figure): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => !(name in PARTS));
  if (unknown.length) throw new RangeError(`no such part: ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}`);
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length && !asked.includes(name)) continue;
    const before = load();
    const figures = await part.run();
    console.log(`\n${name} (before: ${before}; after: ${load()})`);
    const width = Math.max(...figures.map((figure) => figure.name.length));
    for (const figure of figures)
      console.log(
        `  ${figure.name.padEnd(width)}  ${written(figure).padStart(8)} ${figure.unit.padEnd(6)}${figure.aim ? ` (aim ${figure.aim})` : ''}`,
      );
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
