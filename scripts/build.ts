/** `npm run build`: compiles into dist/ and bundles the workflows beside the worker. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

async function build(): Promise<void> {
  const root = join(__dirname, '..');
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  const { code } = await bundleWorkflowCode({ workflowsPath: join(dist, 'workflows', 'index.js'), logger: new DefaultLogger('WARN') });
  writeFileSync(join(dist, 'worker', 'workflow-bundle.js'), code);
  console.log(`dist/ is built; workflow bundle ${(code.length / 1024).toFixed(0)} kB`);
}

build().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
