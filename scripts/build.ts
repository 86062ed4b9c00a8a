/** `npm run build`: compiles into dist/, puts stylesheets and fonts beside the pages, and bundles the workflows beside the worker. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflows } from '../worker/workflow-source';

async function build(): Promise<void> {
  const root = join(__dirname, '..');
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  // By path: the package does not export its program.
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  for (const folder of ['style', 'fonts']) cpSync(join(root, 'pages', folder), join(dist, 'pages', folder), { recursive: true });
  const code = await bundleWorkflows();
  writeFileSync(join(dist, 'worker', 'workflow-bundle.js'), code);
  console.log(`dist/ is built; workflow bundle ${(code.length / 1024).toFixed(0)} kB`);
}

build().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
