/** The product as separate processes that can be killed and started again one by one: database, engine, worker, API. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/ports';
import { type EmbeddedPostgres, startPostgres } from '../../local/postgres';
import { type LocalTemporal, startTemporal } from '../../local/temporal';
import { applyMigrations } from '../../prisma/migrate';

export const PARTS = ['worker', 'api', 'temporal', 'postgres'] as const;
export type Part = (typeof PARTS)[number];
export const ADMIN_TOKEN = 'kill-proof-administrator';

const ROOT = join(__dirname, '..', '..');

export class Topology {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ocop-kills-'));
  private readonly children = new Map<'worker' | 'api', ChildProcess>();
  private postgres: EmbeddedPostgres | undefined;
  private temporal: LocalTemporal | undefined;
  private ports = { postgres: 0, temporal: 0, api: 0 };

  /** @param smtpUrl where the worker sends mail; unless given, nothing listens there */
  constructor(private readonly smtpUrl = 'smtp://127.0.0.1:9') {}

  get url(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  get databaseUrl(): string {
    if (!this.postgres) throw new Error('the database is not running');
    return this.postgres.url;
  }

  get temporalAddress(): string {
    return `127.0.0.1:${this.ports.temporal}`;
  }

  async start(): Promise<void> {
    chmodSync(this.folder, 0o711);
    this.ports = { postgres: await freePort(), temporal: await freePort(), api: await freePort() };
    await Promise.all([this.startPart('postgres'), this.startPart('temporal')]);
    await applyMigrations(this.databaseUrl);
    await Promise.all([this.startPart('worker'), this.startPart('api')]);
  }

  /** Starts a part, on the port it had before. */
  async startPart(part: Part): Promise<void> {
    switch (part) {
      case 'postgres':
        this.postgres = await startPostgres({
          dir: join(this.folder, 'postgres'),
          preferredPort: this.ports.postgres,
          settings: { max_connections: '60' },
        });
        return;
      case 'temporal':
        this.temporal = await startTemporal({ dir: join(this.folder, 'temporal'), port: this.ports.temporal });
        return;
      default:
        this.spawnPart(part);
    }
  }

  private spawnPart(part: 'worker' | 'api'): void {
    const log = openSync(join(this.folder, `${part}.log`), 'a');
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, part, 'main.ts')], {
      cwd: ROOT,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        DATABASE_URL: this.databaseUrl,
        TEMPORAL_ADDRESS: this.temporalAddress,
        SMTP_URL: this.smtpUrl,
        PORT: String(this.ports.api),
        OCOP_ADMIN_TOKEN: ADMIN_TOKEN,
        OCOP_RATE_LIMIT: '1000000',
        OCOP_LOG_LEVEL: 'warn',
      },
    });
    this.children.set(part, child);
  }

  /** Kills a part at once, with kill -9. Worker and API also end by themselves when what they stand on is gone: the keeper starts them again. */
  kill(part: Part): void {
    const pid = part === 'postgres' ? this.postgres?.pid : part === 'temporal' ? this.temporal?.pid : this.children.get(part)?.pid;
    try {
      if (pid) process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  /** Starts worker and API again if they ended. */
  keepAlive(): void {
    for (const part of ['worker', 'api'] as const) {
      const child = this.children.get(part);
      if (child && (child.exitCode !== null || child.signalCode !== null)) this.spawnPart(part);
    }
  }

  /** Waits until everything answers; worker and API are started again as often as they end. */
  async ready(): Promise<void> {
    for (const end = Date.now() + 300_000; Date.now() < end; await pause(200)) {
      this.keepAlive();
      const answer = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error('the product did not become ready again within five minutes');
  }

  async stop(): Promise<void> {
    for (const child of this.children.values()) child.kill('SIGKILL');
    await Promise.all([this.temporal?.stop(), this.postgres?.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
