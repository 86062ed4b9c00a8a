import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Stable id of the mail, so that a reader's program can recognise a repeated one. */
  messageId?: string;
  /** A calendar file (iCalendar) that goes with it. */
  calendar?: string;
}

/**
 * What became of a mail at the server. `unreachable` is our trouble, not the reader's: no connection, no sign-in, sender refused. `uncertain`: the
 * server fell silent or the connection broke in the middle, so the mail may have been taken. `answer` is the server's code, such as `550 5.1.1`,
 * without its text, which may quote the address.
 */
export type Delivery =
  | { kind: 'accepted' }
  | { kind: 'address-refused' | 'mail-refused' | 'deferred'; answer: string }
  | { kind: 'unreachable' | 'uncertain'; answer: string };

export interface Mailer {
  /** Resolves when the server has taken the mail; rejects when it refused or could not be reached. */
  send: (mail: Mail) => Promise<void>;
  /** The same with the server's answer as a value. */
  deliver: (mail: Mail) => Promise<Delivery>;
  close: () => void;
}

export interface MailerOptions {
  /** Most mails per second; undefined = as many as the server takes. */
  perSecond?: number | undefined;
  /** Most connections at once. */
  connections?: number;
  /** How long an answer of the server is waited for, in milliseconds. */
  patienceMs?: number;
}

const CONNECTIONS = 4;
const PATIENCE_MS = 30_000;
const CALENDAR_NAME = 'han-ocop.ics';

/**
 * Sends mails through one SMTP server over few, reused connections.
 * @param url smtp:// or smtps:// address with user and password where needed
 * @param from sender of every mail
 */
export function openMailer(url: string, from: string, options: MailerOptions = {}): Mailer {
  const { perSecond, connections = CONNECTIONS, patienceMs = PATIENCE_MS } = options;
  const limits = {
    pool: true as const,
    maxConnections: connections,
    connectionTimeout: Math.min(15_000, patienceMs),
    greetingTimeout: Math.min(15_000, patienceMs),
    socketTimeout: patienceMs,
    ...(perSecond === undefined ? {} : { rateDelta: 1000, rateLimit: perSecond }),
  };
  // The files and addresses that a mail's text may mention are never fetched.
  const transport = createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true });
  const send = async ({ calendar, ...mail }: Mail): Promise<void> => {
    const attachments =
      calendar === undefined
        ? []
        : [
            {
              filename: CALENDAR_NAME,
              content: calendar,
              contentType: 'text/calendar; charset=utf-8',
              contentTransferEncoding: 'base64' as const,
            },
          ];
    // No machine answers a mail that says it comes from one (RFC 3834).
    await transport.sendMail({ ...mail, from, attachments, headers: { 'Auto-Submitted': 'auto-generated' } });
  };
  return {
    send,
    deliver: async (mail) => {
      try {
        await send(mail);
        return { kind: 'accepted' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  timeoutType?: string;
}

/** Reads what a failed try says: the SMTP code and the command it answered. */
export function deliveryOf(error: unknown): Delivery {
  const { code = 'ERROR', command, response, responseCode, timeoutType } = error as SmtpError;
  if (responseCode === undefined) {
    // nodemailer itself finds the address unusable.
    if (code === 'EENVELOPE') return { kind: 'address-refused', answer: code };
    // Silence in the middle of a conversation may be about this reader alone; the others are tried.
    const begun = command === 'DATA' || timeoutType === 'SOCKET_TIMEOUT';
    return { kind: begun ? 'uncertain' : 'unreachable', answer: code };
  }
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '') ?? [];
  const answer = enhanced === undefined ? String(responseCode) : `${responseCode} ${enhanced}`;
  const aboutReader = command === 'RCPT TO' || command === 'DATA';
  if (!aboutReader) return { kind: 'unreachable', answer };
  // 421: the server is closing, whatever it was asked.
  if (responseCode === 421) return { kind: 'unreachable', answer };
  if (responseCode < 500) return { kind: 'deferred', answer };
  // 5.1.x speaks of the address even when it comes after the text.
  return { kind: command === 'RCPT TO' || enhanced?.startsWith('5.1.') ? 'address-refused' : 'mail-refused', answer };
}
