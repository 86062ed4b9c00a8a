import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export interface Taker {
  url: string;
  /** Mails taken so far. */
  count: () => number;
  /** How often each Message-ID was taken; empty unless ids are kept. */
  byMessageId: ReadonlyMap<string, number>;
  stop: () => Promise<void>;
}

/** An SMTP server that takes everything and keeps at most the ids. @param slowMs how long it thinks about each mail */
export async function takeAll({ slowMs = 0, keepIds = false } = {}): Promise<Taker> {
  let count = 0;
  const byMessageId = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, _session, answer) => {
      let head = '';
      stream.on('data', (chunk: Buffer) => {
        if (keepIds && head.length < 8_000) head += chunk.toString('latin1');
      });
      stream.once('end', () => {
        count += 1;
        const id = /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1];
        if (id) byMessageId.set(id, (byMessageId.get(id) ?? 0) + 1);
        if (slowMs) void pause(slowMs).then(() => answer());
        else answer();
      });
    },
  });
  // A client that is killed in the middle of a mail is nothing to report.
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => count,
    byMessageId,
    stop: async () => await new Promise<void>((done) => server.close(() => done())),
  };
}
