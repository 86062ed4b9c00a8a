/** A real SMTP server for tests that does to an address what it is told: take, refuse for good, put off, or say nothing. */
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export type Behaviour = 'take' | 'refuse' | 'put-off' | 'refuse-text' | 'hang';

export interface ReadMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Email['headers'];
  calendar: string | undefined;
}

export interface TestSmtp {
  url: string;
  /** What to do to an address from now on; `take` unless told. */
  set: (address: string, behaviour: Behaviour) => void;
  /** Everything that was taken, oldest first. */
  mails: () => Promise<ReadMail[]>;
  /** How many were taken, without reading them. */
  taken: () => number;
  clear: () => void;
  /** Called with each mail's address before it is answered. */
  onMail: (listener: (to: string) => void | Promise<void>) => void;
  stop: () => Promise<void>;
}

class SmtpAnswer extends Error {
  constructor(
    message: string,
    readonly responseCode: number,
  ) {
    super(message);
  }
}

/** Starts the server on a port, any free one unless told. */
export async function startSmtp(port = 0): Promise<TestSmtp> {
  const behaviours = new Map<string, Behaviour>();
  const taken: { to: string; raw: Buffer }[] = [];
  let listener: (to: string) => void | Promise<void> = () => undefined;
  const behaviourOf = (address: string): Behaviour => behaviours.get(address) ?? 'take';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onRcptTo: ({ address }, _session, answer) => {
      const behaviour = behaviourOf(address);
      if (behaviour === 'refuse') return answer(new SmtpAnswer('5.1.1 No such user', 550));
      if (behaviour === 'put-off') return answer(new SmtpAnswer('4.2.1 Greylisted, come later', 451));
      if (behaviour === 'hang') return undefined;
      return answer();
    },
    onData: (stream, session, answer) => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      void buffer(stream).then(async (raw) => {
        if (behaviourOf(to) === 'refuse-text') return answer(new SmtpAnswer('5.7.1 Looks like spam', 554));
        await listener(to);
        taken.push({ to, raw });
        return answer();
      });
    },
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  server.on('error', () => undefined);
  const address = server.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    set: (to, behaviour) => void behaviours.set(to, behaviour),
    mails: async () => await Promise.all(taken.map(read)),
    taken: () => taken.length,
    clear: () => void taken.splice(0),
    onMail: (heard) => {
      listener = heard;
    },
    stop: async () => await new Promise<void>((done) => server.close(() => done())),
  };
}

async function read({ to, raw }: { to: string; raw: Buffer }): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw);
  const calendar = mail.attachments.find((one) => one.mimeType === 'text/calendar')?.content;
  return {
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    headers: mail.headers,
    calendar: calendar === undefined ? undefined : textOf(calendar),
  };
}

/** Not instanceof: inside Jest the parser's buffers may come from another realm. */
function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
