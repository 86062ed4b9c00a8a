/** The process of a rehearsal that a page started. */
import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { productFolder } from '../plans/load';
import type { News } from './news';

/** What programs need to run, to find or fetch the servers, and to reach the network. Addresses and secrets of production are not among it. */
const PASSED_ON =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|WINDIR|COMSPEC|LANG|LC_.*|TZ|TMPDIR|TMP|TEMP|XDG_CACHE_HOME|PG_BIN_DIR|TEMPORAL_CLI_PATH|TEMPORAL_CLI_CACHE|(HTTP|HTTPS|NO)_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|PIP_.*)$/i;
/** People who work on the pages go first. */
const BEHIND_OTHERS = 10;

export interface Launched {
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Asks it to end; after the patience (milliseconds) it is killed, and its caretaker clears up. */
  stop(patience: number): void;
}

interface LaunchOptions {
  env: NodeJS.ProcessEnv;
  /** Gets what it prints. */
  logFile: string;
  hear: (news: News) => void;
}

/** The environment of a rehearsal. */
export function rehearsalEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED_ON.test(name)));
}

/** Starts a rehearsal with the arguments of the command. */
export function launch(args: readonly string[], { env, logFile, hear }: LaunchOptions): Launched {
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = fork(join(__dirname, 'child'), args, {
      cwd: productFolder(),
      env: rehearsalEnvironment(env),
      execArgv: __filename.endsWith('.ts') ? ['--import', 'tsx'] : [],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    const ended = new Promise<number | null>((done) => {
      child.once('exit', (code) => done(code));
      child.once('error', () => done(null));
    });
    child.on('message', (news) => hear(news as News));
    behindOthers(child.pid);
    return {
      ended,
      stop: (patience) => {
        child.kill('SIGTERM');
        const force = setTimeout(() => child.kill('SIGKILL'), patience);
        force.unref();
        void ended.then(() => clearTimeout(force));
      },
    };
  } finally {
    closeSync(log);
  }
}

function behindOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, BEHIND_OTHERS);
  } catch {
    // Where that is not allowed it runs beside the others.
  }
}
