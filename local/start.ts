/** `npm start`: everything on one machine. Prepares, starts, shows one screen, and stops cleanly on Ctrl-C. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Environment, EnvironmentProblem, readEnvironment } from '../clients/environment';
import { type Child, type ChildName, keepRunning } from './children';
import { claimFolder } from './claim';
import { requirePort } from './ports';
import { prepareRecords } from './records';
import { say, screen, tokenLines } from './screen';
import { type Cleanups, type Services, startServices } from './services';
import { StartProblem, usingFolder } from './start-problem';
import { temporalBinary } from './temporal-binary';

const READY_PATIENCE = 90_000;
/** A process that fails this often before everything is ready will not get there by itself. */
const FAILURES_BEFORE_READY = 2;

async function main(): Promise<void> {
  const stop = stopAsked();
  const environment = readEnvironment(process.env);
  refuseClockOnRealServices(environment);
  // A reader of our lines that goes away (a closed pipe) is no reason to end without stopping anything.
  process.stdout.on('error', () => undefined);
  const cleanups: Cleanups = [];
  try {
    await start(environment, cleanups, stop);
    await once(stop);
    say({ vi: 'Đang dừng …', en: 'Stopping …' });
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
  say({ vi: 'Đã dừng, dữ liệu được giữ nguyên.', en: 'Stopped; the data is kept.' });
}

async function start(environment: Environment, cleanups: Cleanups, stop: AbortSignal): Promise<void> {
  const folder = resolve(environment.dataDir);
  const url = `http://${hostOf(environment)}:${environment.port}`;
  say({ vi: `Đang chuẩn bị trong ${folder} …`, en: `Preparing in ${folder} …` });
  // As root the database runs under another account, which must pass through.
  await usingFolder(folder, async () => await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 }));
  const claim = await claimFolder(folder, url);
  cleanups.push(claim.release);
  await requirePort(environment.port, 'web', 'PORT');
  // The one step that can take minutes is the one that may be broken off.
  if (!environment.temporal.address)
    await Promise.race([temporalBinary({ progress: (line) => process.stdout.write(`${line}\n`) }), broken(stop)]);

  say({ vi: 'Đang khởi động cơ sở dữ liệu, Temporal và hộp thư …', en: 'Starting database, Temporal and mail …' });
  const services = await startServices(environment, folder, cleanups, say);
  stop.throwIfAborted();

  say({ vi: 'Đang cập nhật cơ sở dữ liệu và danh mục …', en: 'Bringing the database and reference data up to date …' });
  const { applicationUrl, token } = await prepareRecords(services, folder, environment.adminToken);
  stop.throwIfAborted();

  say({ vi: 'Đang khởi động worker và API …', en: 'Starting worker and API …' });
  const logFolder = join(folder, 'logs');
  await mkdir(logFolder, { recursive: true, mode: 0o700 });
  const env = childEnvironment(environment, services, applicationUrl);
  const child = (name: ChildName): Child => {
    const one = keepRunning({ name, env, logFile: join(logFolder, `${name}.log`), notice: say });
    cleanups.push(async () => await one.stop());
    return one;
  };
  const { temporalUi, mailFolder } = services;
  try {
    await ready(url, [child('worker'), child('api')], stop);
  } catch (error) {
    // A token is told once: a start that failed after making one must not swallow it.
    if (typeof token === 'object') process.stdout.write(`${tokenLines(token).join('\n')}\n`);
    throw error;
  }
  process.stdout.write(screen({ url, temporalUi, mailFolder, dataFolder: folder, logFolder, token }));
}

function refuseClockOnRealServices({ clockOffsetDays, databaseUrl, temporal }: Environment): void {
  if (clockOffsetDays === 0 || !(databaseUrl || temporal.address)) return;
  throw new StartProblem({
    vi: 'OCOP_CLOCK_OFFSET_DAYS chỉ dùng được với dịch vụ nhúng, trong một OCOP_DATA_DIR riêng; hãy bỏ biến này hoặc bỏ DATABASE_URL và TEMPORAL_ADDRESS.',
    en: 'OCOP_CLOCK_OFFSET_DAYS works only with the embedded services, in an OCOP_DATA_DIR of its own; unset it, or unset DATABASE_URL and TEMPORAL_ADDRESS.',
  });
}

/** Aborted by the first signal; later ones change nothing, since stopping is under way and bounded. */
function stopAsked(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
  return asked.signal;
}

async function once(stop: AbortSignal): Promise<void> {
  // The listener alone does not keep the process alive; the watch over services and children does, unless all of them are outside.
  const alive = setInterval(() => undefined, 60_000);
  await new Promise<void>((done) => (stop.aborted ? done() : stop.addEventListener('abort', () => done(), { once: true })));
  clearInterval(alive);
}

async function broken(stop: AbortSignal): Promise<never> {
  await once(stop);
  throw stop.reason;
}

function hostOf({ host }: Environment): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function childEnvironment(environment: Environment, services: Services, applicationUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: applicationUrl,
    TEMPORAL_ADDRESS: services.temporalAddress,
    SMTP_URL: services.smtpUrl,
    OCOP_PUBLIC_URL: environment.publicUrl,
    OCOP_MAIL_FOLDER: services.mailFolder ?? '',
  };
}

/** Waits until the API says that database, Temporal and worker are there. */
async function ready(url: string, children: Child[], stop: AbortSignal): Promise<void> {
  for (const end = Date.now() + READY_PATIENCE; !(await answersReady(url)); await pause(150)) {
    stop.throwIfAborted();
    const failing = children.find((child) => child.restarts() >= FAILURES_BEFORE_READY) ?? (Date.now() > end ? children.at(-1) : undefined);
    if (failing) throw notReady(await failing.lastWords());
  }
}

async function answersReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

function notReady(lastWords: string): StartProblem {
  return new StartProblem({
    vi: `Worker hoặc API không khởi động được. Dòng cuối trong nhật ký:\n${lastWords}`,
    en: 'The worker or the API does not start; above are the last lines of its log.',
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const known = error instanceof StartProblem || error instanceof EnvironmentProblem;
    process.stderr.write(
      `\n${known || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error.stack}\n`,
    );
    process.exit(1);
  },
);
