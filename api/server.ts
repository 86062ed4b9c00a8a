/** The API as a server that listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import { watchChanges } from './bulk/run';
import { apiDeps, type ApiParts } from './deps';
import { watchDigests } from './nudges/runs';
import { sweepSessions } from './auth/sessions';
import { sweepIdempotency } from './http/idempotency';
import { watchReferences } from './reference/current';

const HEADERS_WITHIN_MS = 20_000;
const REQUEST_WITHIN_MS = 120_000;
const LAST_ANSWERS_WITHIN_MS = 8_000;

export interface RunningApi {
  url: string;
  /** Takes no new requests, waits for those at work, and ends. */
  close(): Promise<void>;
}

/**
 * Starts the API on an address; port 0 takes any free one.
 * @throws the error of the socket, such as EADDRINUSE
 */
export async function startApi(parts: ApiParts, { host, port }: { host: string; port: number }): Promise<RunningApi> {
  await sweepIdempotency(parts.db, parts.clock.now());
  await sweepSessions(parts);
  const deps = apiDeps(parts);
  const stopReading = await watchReferences(deps);
  const stopWatching = watchDigests(deps);
  const stopChanging = watchChanges(deps);
  const server = createServer({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS }, createApp(deps));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: async () => {
      stopWatching();
      await Promise.all([stopReading(), stopChanging()]);
      // Browsers keep connections open on which they have asked for nothing yet.
      const hangUp = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_WITHIN_MS);
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      });
      clearTimeout(hangUp);
    },
  };
}
