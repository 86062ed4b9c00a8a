/**
 * Prisma's schema engine as WebAssembly (the same code as the one Prisma would download), with what it needs to work on PostgreSQL through
 * @prisma/adapter-pg 7.10.0. Each workaround says what it works around.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { Client, DatabaseError, Pool } from 'pg';

interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let engineModule: Promise<EngineModule> | undefined;

/** Runs the work with a schema engine on the database; every connection is closed and every shadow database dropped afterwards. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  engineModule ??= loadEngine();
  const { SchemaEngine } = await engineModule;
  const { factory, close } = adapterFactory(url);
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await close();
  }
}

/** One statement or script on a connection of its own. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function loadEngine(): Promise<EngineModule> {
  // Without this registry a panic of the engine hides its own message.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) } });
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue: object = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  if (!isEngineModule(glue)) throw new Error('@prisma/schema-engine-wasm is not the version this program was written for');
  const wasm = await readFile(join(dirname(path), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': importsOf(glue) });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return glue;
}

function isEngineModule(glue: object): glue is EngineModule {
  return 'SchemaEngine' in glue && '__wbg_set_wasm' in glue;
}

/** The engine leaves the 10-second timer of its lock behind: it must not keep the process alive. */
function importsOf(glue: object): WebAssembly.ModuleImports {
  const entries = Object.entries(glue).map(([name, value]) => [
    name,
    name.startsWith('__wbg_setTimeout') ? (run: () => void, milliseconds: number) => setTimeout(run, milliseconds >>> 0).unref() : value,
  ]);
  return Object.fromEntries(entries);
}

interface EngineConnections {
  factory: SqlMigrationAwareDriverAdapterFactory;
  close: () => Promise<void>;
}

function adapterFactory(url: string): EngineConnections {
  const pools: Pool[] = [];
  const shadows: string[] = [];

  const connect = async (to: string): Promise<SqlDriverAdapter> => {
    const pool = new Pool({ connectionString: to, max: 1 });
    pools.push(pool);
    pool.on('connect', (client) => client.connection.prependListener('rowDescription', internalCharAsText));
    const adapter = await new PrismaPg(pool).connect();
    // The adapter splits scripts at every ';', which breaks function bodies. As one simple query a script is also one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => {
        throw asAdapterError(error);
      });
    };
    return adapter;
  };

  // The adapter's own "shadow" of a connection string is the main database itself: make another one.
  const connectToShadowDb = async (): Promise<SqlDriverAdapter> => {
    const name = `ocop_shadow_${randomUUID().replaceAll('-', '')}`;
    await runSql(url, `create database ${name} template template0`);
    shadows.push(name);
    const shadow = new URL(url);
    shadow.pathname = `/${name}`;
    return await connect(shadow.href);
  };

  return {
    factory: { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect: async () => await connect(url), connectToShadowDb },
    close: async () => {
      await Promise.all(pools.map(async (pool) => await pool.end()));
      for (const name of shadows) await runSql(url, `drop database if exists ${name} with (force)`);
    },
  };
}

/** The adapter cannot read PostgreSQL's internal type "char" (OID 18), which introspection meets: call it text (OID 25). */
function internalCharAsText(description: { fields: { dataTypeID: number }[] }): void {
  for (const field of description.fields) if (field.dataTypeID === 18) field.dataTypeID = 25;
}

function asAdapterError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? '',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}
