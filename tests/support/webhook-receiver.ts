/** A receiver of the second channel, as a province would run it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isGenuine } from '../../clients/webhook';

export interface TestReceiver {
  url: string;
  /** What arrived and was answered with 200. */
  received: () => { genuine: boolean; id: string | undefined; body: unknown }[];
  /** Answers the next requests with 500. */
  failNext: (times: number) => void;
  clear: () => void;
  stop: () => Promise<void>;
}

export async function startReceiver(secret: string): Promise<TestReceiver> {
  const received: ReturnType<TestReceiver['received']> = [];
  let failures = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      failures -= 1;
      if (failures >= 0) return response.writeHead(500).end();
      const header = (name: string): string => String(request.headers[name] ?? '');
      const timestamp = header('ocop-timestamp');
      // The tests live in other years than the machine: the receiver's clock is the sender's.
      const genuine = isGenuine(secret, { timestamp, signature: header('ocop-signature'), body }, Number(timestamp));
      received.push({ genuine, id: header('ocop-delivery'), body: JSON.parse(body) });
      return response.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: () => received,
    failNext: (times) => {
      failures = times;
    },
    clear: () => void received.splice(0),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
