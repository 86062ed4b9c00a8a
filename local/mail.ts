/** Mails that never leave the machine: an SMTP server on 127.0.0.1 that keeps every message as an .eml file, to be opened in a mail program. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { freePort, requirePort } from './ports';
import { usingFolder } from './start-problem';

export interface CapturedMail {
  /** For SMTP_URL or a nodemailer transport. */
  smtpUrl: string;
  /** Folder of the messages. */
  folder: string;
  /** Paths of the messages, oldest first. */
  list: () => Promise<string[]>;
  stop: () => Promise<void>;
}

export interface MailOptions {
  /** Folder for the messages; made when missing. */
  dir: string;
  /** Any free port unless told. */
  port?: number;
}

/**
 * Starts the mail catcher.
 * @throws StartProblem when the port is taken or the folder cannot be written
 */
export async function startMail(options: MailOptions): Promise<CapturedMail> {
  const folder = resolve(options.dir);
  await usingFolder(folder, async () => await mkdir(folder, { recursive: true, mode: 0o700 }));
  const port = options.port ? await requirePort(options.port, 'SMTP', 'OCOP_MAIL_PORT') : await freePort();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'anybody' }),
    onData: (stream, _session, answer) => void keepAndAnswer(folder, stream, answer),
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  // A sender that hangs up in the middle is no reason to end.
  server.on('error', () => undefined);
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    folder,
    list: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
      return names.toSorted().map((name) => join(folder, name));
    },
    stop: async () => await new Promise<void>((done) => server.close(() => done())),
  };
}

/** An error is answered to the sender, who keeps the mail and tries again. */
async function keepAndAnswer(folder: string, message: NodeJS.ReadableStream, answer: (error?: Error | null) => void): Promise<void> {
  try {
    await keep(folder, message);
  } catch (error) {
    answer(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  answer();
}

/** Names sort by arrival. Written beside, then renamed: whoever lists the folder sees whole messages only. */
async function keep(folder: string, message: NodeJS.ReadableStream): Promise<void> {
  const content = await buffer(message);
  const name = `${new Date().toISOString().replaceAll(':', '-')}-${sequence()}-${randomUUID().slice(0, 8)}`;
  const part = join(folder, `${name}.part`);
  await writeFile(part, content, { mode: 0o600 });
  await rename(part, join(folder, `${name}.eml`));
}

let arrived = 0;

/** Orders messages of the same millisecond. */
function sequence(): string {
  arrived += 1;
  return String(arrived).padStart(6, '0');
}
