/**
 * A Stryker test runner for pure code: loads the domain's tests once into one process and switches mutants inside it, where Jest would build a new world
 * for each. Only a mutant that acts while modules load has them loaded anew. Tests are written for Jest, named and judged by Jest's own parts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { transformSync } from '@swc/core';
import { expect } from 'expect';
import { bind } from 'jest-each';

const require = createRequire(import.meta.url);

const compiled = new Map();
require.extensions['.ts'] = (module, file) => {
  if (!compiled.has(file)) {
    const options = { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, filename: file };
    compiled.set(file, transformSync(readFileSync(file, 'utf8'), options).code);
  }
  module._compile(compiled.get(file), file);
};

let tests = [];
let suites = [];
function define(name, run) {
  const id = `${suites.join(' ')} ${name}`;
  const again = tests.filter((one) => one.id === id || one.id.startsWith(`${id} (again `)).length;
  tests.push({ id: again ? `${id} (again ${again})` : id, run });
}
const test = Object.assign(define, { each: bind(define) });
function describe(name, body) {
  suites.push(name);
  body();
  suites.pop();
}
Object.assign(globalThis, { expect, test, it: test, describe });

/** The rule files as `npm run mutation` loaded and checked them once, in place of plans/load. */
const loadedRules = JSON.parse(readFileSync(process.env.LOADED_RULES, 'utf8'));

/** Small test files first, since most mutants fall to the unit tests of their own file; those that try properties on many examples last. */
function costOf(file) {
  const text = readFileSync(file, 'utf8');
  return text.length + (text.includes("'fast-check'") ? 1_000_000 : 0);
}

/** Loads every module of the sandbox (the working directory) anew. */
function load() {
  const root = process.cwd();
  const folder = join(root, 'tests', 'domain');
  const loader = join(root, 'plans', 'load.ts');
  tests = [];
  for (const file of Object.keys(require.cache))
    if (file.startsWith(root) && !file.includes(`${sep}node_modules${sep}`)) delete require.cache[file];
  require.cache[loader] = {
    id: loader,
    filename: loader,
    loaded: true,
    exports: { loadRules: () => loadedRules, productFolder: () => root },
  };
  require(join(root, 'tests/support/few-runs.js'));
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  for (const file of files.map((name) => join(folder, name)).sort((a, b) => costOf(a) - costOf(b))) {
    suites = [relative(folder, file)];
    require(file);
  }
}

async function run(filter, stopAtFailure, namespace) {
  const results = [];
  for (const { id, run: body } of tests) {
    if (filter && !filter.has(id)) continue;
    namespace.currentTestId = id;
    const start = performance.now();
    const result = { id, name: id, status: TestStatus.Success };
    try {
      await body();
    } catch (error) {
      Object.assign(result, { status: TestStatus.Failed, failureMessage: String(error?.message ?? error) });
    }
    results.push({ ...result, timeSpentMs: performance.now() - start });
    if (stopAtFailure && result.status === TestStatus.Failed) break;
  }
  namespace.currentTestId = undefined;
  return results;
}

class QuickRunner {
  constructor() {
    this.namespace = globalThis.__stryker__ ??= {};
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    load();
    const results = await run(undefined, false, this.namespace);
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: this.namespace.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail, mutantActivation, reloadEnvironment }) {
    const { namespace } = this;
    const whileLoading = mutantActivation === 'static' || reloadEnvironment;
    Object.assign(namespace, {
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
      activeMutant: whileLoading ? activeMutant.id : undefined,
    });
    let results;
    try {
      if (whileLoading || this.stale || tests.length === 0) load();
      namespace.activeMutant = activeMutant.id;
      results = await run(testFilter && new Set(testFilter), !disableBail, namespace);
    } catch (error) {
      results = [{ id: 'load', name: 'load', status: TestStatus.Failed, failureMessage: String(error), timeSpentMs: 0 }];
    }
    namespace.activeMutant = undefined;
    // What a mutant computed while modules loaded, or put into a cache, must not be seen by the next one.
    this.stale = whileLoading || activeMutant.fileName.endsWith('working-days.ts');
    return (
      determineHitLimitReached(namespace.hitCount, hitLimit) ?? toMutantRunResult({ status: DryRunStatus.Complete, tests: results }, false)
    );
  }
}

function create() {
  return new QuickRunner();
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'quick', create)];
