/**
 * The desk of the rehearsals that pages start: one at a time, each in a process of its own that knows nothing of production's addresses and secrets.
 * Each has a folder in the data folder, with who started it, what was asked for, how far it came and, when it is done, its report.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpProblem } from '../api/http/problem';
import { type By, LISTS, RESULTS, type RehearsalDesk, type ResultName, type Run, SHIPPED_LIST, type Wanted } from '../api/rehearsals/desk';
import type { Clock } from '../api/deps';
import type { Text } from '../domain/sources';
import { postgresBinaries } from '../local/postgres-binaries';
import { StartProblem } from '../local/start-problem';
import { productFolder } from '../plans/load';
import { profileNames, readProfile } from './profiles';
import { RunFolders } from './run-folders';
import { launch, type Launched } from './launch';
import type { News } from './news';

const BEAT_MS = 2_000;
/** It holds nothing that must be saved: one that does not end by itself is killed, and its caretaker clears up. */
const STOP_PATIENCE_MS = 10_000;

interface Current {
  run: Run;
  launched?: Launched;
  /** Settles when it has ended and that is written down. */
  ended: Promise<void>;
}

/**
 * Opens the desk.
 * @param folder of all rehearsals; made when the first one starts
 * @param env of this program; a rehearsal gets of it what programs need to run
 */
export function openDesk({ folder, clock, env = process.env }: { folder: string; clock: Clock; env?: NodeJS.ProcessEnv }): RehearsalDesk {
  const folders = new RunFolders(folder);
  let current: Current | undefined;
  let closing = false;

  const now = (): string => new Date(clock.now()).toISOString();

  async function runs(): Promise<Run[]> {
    const kept = await folders.all();
    const mine = current?.run;
    return mine ? [mine, ...kept.filter(({ id }) => id !== mine.id)] : kept;
  }

  async function start(key: string, by: By, wanted: Wanted): Promise<Run> {
    if (current?.run.key === key) return current.run;
    if (current) throw busy(current.run);
    const run = runOf(key, by, wanted);
    const mine: Current = { run, ended: Promise.resolve() };
    // Taken before anything is waited for, so that nobody else begins meanwhile.
    current = mine;
    try {
      const earlier = (await folders.all()).find((one) => one.key === key);
      const obstacle = earlier ? undefined : await hindrance(env);
      if (obstacle) throw new HttpProblem('unavailable', obstacle);
      if (earlier) {
        current = undefined;
        return earlier;
      }
      const args = await folders.make(run, wanted);
      mine.launched = launch(args, { env, logFile: folders.logOf(run), hear: (news) => note(run, news) });
    } catch (error) {
      current = undefined;
      await folders.remove(run);
      throw error;
    }
    // A disk that is full leaves it as one that was cut off.
    mine.ended = watch(mine, mine.launched).catch(() => undefined);
    if (run.stoppedBy || closing) mine.launched.stop(STOP_PATIENCE_MS);
    return run;
  }

  function runOf(key: string, by: By, wanted: Wanted): Run {
    return {
      id: randomUUID(),
      key,
      asked: askedOf(wanted),
      startedBy: by,
      startedAt: now(),
      status: 'running',
      endedAt: null,
      stoppedBy: null,
      problem: null,
      progress: { step: { vi: 'Đang chuẩn bị …', en: 'Preparing …' }, calendar: null },
    };
  }

  /** Writes down how far it is until it ends, then how it ended. */
  async function watch(mine: Current, launched: Launched): Promise<void> {
    const { run } = mine;
    const beat = setInterval(() => void folders.beat(run).catch(() => undefined), BEAT_MS);
    const code = await launched.ended;
    clearInterval(beat);
    run.status = run.stoppedBy ? 'stopped' : closing ? 'interrupted' : code === 0 ? 'done' : 'failed';
    run.endedAt = now();
    try {
      await folders.beat(run);
      await folders.settle(run);
    } finally {
      current = undefined;
    }
  }

  return {
    behaviours: behaviours(),
    shippedList: async () => ({ name: SHIPPED_LIST, bytes: await readFile(join(productFolder(), 'data', SHIPPED_LIST)) }),
    hindrance: async () => await hindrance(env),
    start,
    stop: async (id, by) => {
      if (current?.run.id !== id) return false;
      current.run.stoppedBy ??= by;
      await folders.keep(current.run);
      current.launched?.stop(STOP_PATIENCE_MS);
      return true;
    },
    runs,
    listsOf: async (run) => await folders.listsOf(run),
    reportOf: async (run) => await folders.reportOf(run),
    resultOf: async (run, name) => await folders.resultOf(run, RESULTS[name].file),
    resultsOf: async (run) => {
      const there = await folders.resultsOf(run);
      return (Object.keys(RESULTS) as ResultName[]).filter((name) => there.includes(RESULTS[name].file));
    },
    close: async () => {
      closing = true;
      current?.launched?.stop(STOP_PATIENCE_MS);
      await current?.ended;
    },
  };
}

function note(run: Run, news: News): void {
  if (news.kind === 'problem') run.problem = news.problem;
  // The report is written after the last day: where the calendar stood stays told.
  else if (news.kind === 'step') run.progress = { ...run.progress, step: news.step };
  else run.progress = { step: run.progress.step, calendar: news.calendar };
}

function askedOf({ plan, lists, calendar: _calendar, ...others }: Wanted): Run['asked'] {
  const names = LISTS.flatMap((list) => (lists[list] ? [[list, lists[list].name]] : []));
  return {
    ...others,
    plan: { id: plan.id, version: plan.version, title: plan.title.vi },
    lists: Object.fromEntries(names) as Run['asked']['lists'],
  };
}

function busy({ startedBy }: Run): HttpProblem {
  return new HttpProblem('still-running', {
    vi: `Một lần diễn tập khác đang chạy (${startedBy.name}). Mỗi lúc chỉ chạy một lần; hãy chờ lần đó xong, hoặc dừng nó.`,
    en: 'Another rehearsal is running. One runs at a time: wait for its end, or stop it.',
  });
}

function behaviours(): RehearsalDesk['behaviours'] {
  try {
    return profileNames().map((name) => readProfile(name));
  } catch {
    return [];
  }
}

/** What a rehearsal needs besides this program; the engine's server is fetched where it is missing. */
async function hindrance(env: NodeJS.ProcessEnv): Promise<Text | undefined> {
  try {
    await postgresBinaries(env);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    return {
      vi: 'Trên máy này không có chương trình máy chủ PostgreSQL để dựng nơi diễn tập riêng: bản đóng gói đã bỏ gói nhúng, và PG_BIN_DIR không chỉ tới máy chủ nào.',
      en: 'There is no PostgreSQL server program on this machine for a place of its own: the image leaves it out, and PG_BIN_DIR names none.',
    };
  }
  if (behaviours().length === 0)
    return {
      vi: 'Bản cài này không có các kiểu ứng xử (rehearsal/profiles).',
      en: 'The behaviour profiles are not part of this installation.',
    };
  return undefined;
}
