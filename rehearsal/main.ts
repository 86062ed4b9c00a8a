/** The rehearsal as a command: reads the options, shows how far it is, writes the report, says where it is. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { EnvironmentProblem } from '../clients/environment';
import { isLocalDate, type LocalDate } from '../domain/dates';
import type { Text } from '../domain/sources';
import { say } from '../local/screen';
import { StartProblem } from '../local/start-problem';
import { profileNames } from './profiles';
import { type Progress, rehearse, type RehearsalOptions } from './rehearse';
import { compareFolders } from './report/compare';
import type { Report } from './report/report';
import { parseChange } from './rules';

const USAGE = {
  vi: `Cách dùng: npm run rehearse -- --plan <mã kế hoạch hoặc tệp .json> --registrations <tệp>
  [--certificates <tệp>] [--contacts <tệp>] [--calendar <tệp .json>] [--province <mã tỉnh>] [--place]
  [--from <ngày>] [--until <ngày>]
  [--behaviour <kiểu>] [--seed <số>] [--set <mốc>=<ngày>]… [--out <thư mục>] [--compare <thư mục khác>]
hoặc so sánh hai lần: npm run rehearse -- compare <thư mục A> <thư mục B> [--out <thư mục>]
Cách thực hiện: ${profileNames().join(', ')}.`,
  en: 'Usage: npm run rehearse -- --plan <id> --registrations <file> […]; or: npm run rehearse -- compare <folder A> <folder B>',
};

const OPTIONS = {
  plan: { type: 'string' },
  calendar: { type: 'string' },
  registrations: { type: 'string' },
  certificates: { type: 'string' },
  contacts: { type: 'string' },
  province: { type: 'string' },
  place: { type: 'boolean' },
  from: { type: 'string' },
  until: { type: 'string' },
  behaviour: { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true },
  out: { type: 'string' },
  compare: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Written = ReturnType<typeof parsed>['values'];

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem({ vi: `${reason}\n${USAGE.vi}`, en: USAGE.en });
  }
}

/** Who is told, besides the screen. */
export interface Listener {
  say?(text: Text): void;
  onDay?(progress: Progress): void;
  /** Told why it failed, where people can do something about it; it ends when this is done. */
  onProblem?(problem: Text): Promise<void>;
}

/** Runs the command and ends the process: 0 when all is well, 130 when it was stopped, 1 otherwise. */
export async function main(args: string[], listener: Listener = {}): Promise<void> {
  const stop = stopAsked();
  try {
    // Only errors of the engine's own library are printed.
    const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
    // Workers would end at a signal by themselves, and what waits for them then waits for nothing: the rehearsal ends them.
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter } }, shutdownSignals: [] });
    const { values, positionals } = parsed(args);
    if (values.help) process.stdout.write(`${USAGE.vi}\n`);
    else if (positionals[0] === 'compare') await compare(positionals.slice(1), values);
    else await run(values, stop, listener);
    process.exit(0);
  } catch (error) {
    if (stop.aborted) process.stderr.write('Đã dừng diễn tập; không để lại gì. / Stopped; nothing is left behind.\n');
    else if (error instanceof StartProblem || error instanceof EnvironmentProblem) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    if (error instanceof StartProblem) await listener.onProblem?.({ vi: error.vi, en: error.en });
    process.exit(stop.aborted ? 130 : 1);
  }
}

async function run(written: Written, stop: AbortSignal, listener: Listener): Promise<void> {
  const options = optionsOf(written);
  const began = performance.now();
  const onMonth = monthly();
  const report = await rehearse(options, {
    stop,
    say: (text) => {
      say(text);
      listener.say?.(text);
    },
    onDay: (progress) => {
      onMonth(progress);
      listener.onDay?.(progress);
    },
  });
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(summary(report, options.out, seconds));
  if (report.checks.some((one) => !one.ok)) throw disagreement();
  if (written.compare !== undefined) await compare([written.compare, options.out], {});
}

const disagreement = (): StartProblem =>
  new StartProblem({
    vi: 'Số liệu trong báo cáo không khớp với sổ ghi; xem phần đối chiếu của báo cáo.',
    en: 'The report disagrees with the records: see its checks.',
  });

async function compare(folders: readonly string[], { out }: Written): Promise<void> {
  const [a, b] = folders;
  if (a === undefined || b === undefined) throw new StartProblem(USAGE);
  const file = await compareFolders(resolve(a), resolve(b), resolve(out ?? b));
  say({ vi: `So sánh: ${file}`, en: 'Comparison' });
}

function optionsOf(written: Written): RehearsalOptions {
  const { plan, calendar, registrations, certificates, contacts, province, place = false, behaviour = 'punctual', seed = '1' } = written;
  if (plan === undefined || (registrations === undefined && certificates === undefined)) throw new StartProblem(USAGE);
  const from = dateOf('--from', written.from);
  const to = dateOf('--until', written.until);
  if (from !== undefined && to !== undefined && to < from)
    throw new StartProblem({ vi: `--until ${to} trước --from ${from}.`, en: `--until ${to} is before --from ${from}.` });
  const name = [plan.replace(/^.*\//, '').replace(/\.json$/, ''), behaviour.replace(/^.*\//, '').replace(/\.json$/, ''), seed].join('-');
  return {
    plan,
    calendar,
    registrations,
    certificates,
    contacts,
    province,
    place,
    from,
    to,
    behaviour,
    seed,
    changes: (written.set ?? []).map(parseChange),
    out: resolve(written.out ?? join('.ocop', 'rehearsals', name)),
  };
}

function dateOf(option: string, written: string | undefined): LocalDate | undefined {
  if (written === undefined || isLocalDate(written)) return written;
  throw new StartProblem({
    vi: `${option} ${written}: phải là một ngày có thật, dạng YYYY-MM-DD.`,
    en: `${option} ${written}: must be a real date, YYYY-MM-DD.`,
  });
}

/** One line a month. */
function monthly(): (progress: Progress) => void {
  let month = '';
  return ({ day, cycles, open, mails }) => {
    if (day.slice(0, 7) === month) return;
    month = day.slice(0, 7);
    const [year, number] = month.split('-');
    process.stdout.write(`  ${number}/${year}: ${cycles} chu trình, ${open} đang chạy, ${mails} thư\n`);
  };
}

function summary(report: Report, out: string, seconds: number): string {
  const { totals, mails, ends, lapses, checks } = report;
  const peak = mails.peaks[0];
  const lines = [
    `${totals.cycles} chu trình của ${totals.products} sản phẩm ở ${totals.communes} xã; ${totals.events} sự kiện; ${seconds.toFixed(0)} giây`,
    ...ends.map(({ title, count }) => `  ${title.vi}: ${count}`),
    `${mails.total} thư${peak ? `, nhiều nhất ${peak.mails} thư ngày ${peak.day}` : ''}; ${report.nudges.total} nhắc việc`,
    `${lapses.length} giấy chứng nhận hết hạn; đối chiếu: ${checks.filter((one) => one.ok).length}/${checks.length} khớp`,
    `Báo cáo / Report: ${join(out, 'report.html')}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** After that the caretaker clears what did not end in order. */
const STOP_WITHIN_MS = 30_000;

/** Aborted by the first signal; what was started is then ended in order. */
function stopAsked(): AbortSignal {
  const asked = new AbortController();
  const stop = (): void => {
    asked.abort();
    setTimeout(() => process.exit(130), STOP_WITHIN_MS).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return asked.signal;
}
