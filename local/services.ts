/**
 * What the product stands on: for each of database, Temporal and mail the real service that a variable names, else the embedded one. Embedded servers
 * that die are started again on the same port, so that worker and API reconnect by themselves.
 */
import { join } from 'node:path';
import type { Environment } from '../clients/environment';
import type { Text } from '../domain/sources';
import { startMail } from './mail';
import { portNear } from './ports';
import { startPostgres } from './postgres';
import { alive } from './processes';
import { startTemporal } from './temporal';

const TEMPORAL_UI_PORT = 8233;
const WATCH_EVERY = 1_000;

export interface Services {
  /** Login that owns the tables. */
  databaseUrl: string;
  /** True when the database is ours and the application needs a narrower login made for it. */
  ownDatabase: boolean;
  temporalAddress: string;
  /** Temporal's own pages; undefined when a real service is used. */
  temporalUi: string | undefined;
  smtpUrl: string;
  /** Folder of captured mails; undefined when a real mail server is used. */
  mailFolder: string | undefined;
}

/** What must be undone when the program ends, last thing first. */
export type Cleanups = (() => Promise<void>)[];

/**
 * Starts what is not given.
 * @param cleanups gets one entry for each service that was started, also when a later one fails
 * @param notice told when a server died and is started again
 * @throws StartProblem that says what a person can do about it
 */
export async function startServices(
  environment: Environment,
  folder: string,
  cleanups: Cleanups,
  notice: (text: Text) => void,
): Promise<Services> {
  const database = async () => {
    if (environment.databaseUrl) return environment.databaseUrl;
    const dir = join(folder, 'postgres');
    const first = await startPostgres({ dir });
    const port = Number(new URL(first.url).port);
    cleanups.push(keepAlive('PostgreSQL', first, async () => await startPostgres({ dir, preferredPort: port }), notice));
    return first.url;
  };
  const temporal = async () => {
    if (environment.temporal.address) return { address: environment.temporal.address, uiUrl: undefined };
    const { temporal: wanted, temporalUi } = environment.embeddedPorts;
    const uiPort = temporalUi ?? (await portNear(TEMPORAL_UI_PORT));
    const dir = join(folder, 'temporal');
    const first = await startTemporal({ dir, uiPort, ...(wanted ? { port: wanted } : {}) });
    const port = Number(first.address.split(':').at(-1));
    cleanups.push(keepAlive('Temporal', first, async () => await startTemporal({ dir, uiPort, port }), notice));
    return first;
  };
  const mail = async () => {
    if (environment.smtpUrl) return { smtpUrl: environment.smtpUrl, folder: undefined };
    const { mail: port } = environment.embeddedPorts;
    const started = await startMail({ dir: join(folder, 'mail'), ...(port ? { port } : {}) });
    cleanups.push(async () => await started.stop());
    return started;
  };
  // All of them settle before one that failed is told, so that nothing is started behind the back of the clean-up.
  const starting = [database(), temporal(), mail()] as const;
  await Promise.allSettled(starting);
  const [databaseUrl, engine, post] = await Promise.all(starting);
  return {
    databaseUrl,
    ownDatabase: environment.databaseUrl === undefined,
    temporalAddress: engine.address,
    temporalUi: engine.uiUrl,
    smtpUrl: post.smtpUrl,
    mailFolder: post.folder,
  };
}

interface Server {
  pid: number;
  stop(): Promise<void>;
}

/** Watches the server and starts it again when it died; the answer stops both. */
function keepAlive(name: string, first: Server, again: () => Promise<Server>, notice: (text: Text) => void): () => Promise<void> {
  let server = first;
  let mending: Promise<void> | undefined;
  const mend = async (): Promise<void> => {
    notice({ vi: `Máy chủ ${name} đã dừng, đang khởi động lại`, en: `The ${name} server ended and is started again` });
    try {
      server = await again();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notice({ vi: `Chưa khởi động lại được ${name}, sẽ thử tiếp`, en: `${name} could not be started again yet: ${reason}` });
    }
  };
  const watch = setInterval(() => {
    if (mending || alive(server.pid)) return;
    mending = mend().finally(() => {
      mending = undefined;
    });
  }, WATCH_EVERY);
  return async () => {
    clearInterval(watch);
    await mending;
    await server.stop();
  };
}
