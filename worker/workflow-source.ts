import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkerOptions } from '@temporalio/worker';

/** The rules are pure and hold no state of a cycle: a worker loads them once, not again for every run of every cycle. */
const rules = ['decide', 'moments', 'register', 'upgrade'].map((name) => require.resolve(`../domain/cycle/${name}`));
const preloadModules = [require.resolve('../workflows/stack-traces'), ...rules];
const workflowsPath = require.resolve('../workflows');

/** The workflows' code in one file, as a worker loads it. */
export async function bundleWorkflows(): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules, logger: new DefaultLogger('WARN') });
  return code;
}

/** The bundle that `npm run build` made, or, from sources, the workflows themselves, bundled at start (about two seconds). */
export function workflowSource(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'> {
  const codePath = join(__dirname, 'workflow-bundle.js');
  return existsSync(codePath) ? { workflowBundle: { codePath } } : { workflowsPath, bundlerOptions: { preloadModules } };
}
