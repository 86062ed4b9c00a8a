import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Stable id of the mail, so that a reader's program can recognise a repeated one. */
  messageId?: string;
}

export interface Mailer {
  /** Resolves when the server has taken the mail; rejects when it refused or could not be reached. */
  send: (mail: Mail) => Promise<void>;
  close: () => void;
}

/**
 * Sends mails through one SMTP server over few, reused connections.
 * @param url smtp:// or smtps:// address with user and password where needed
 * @param from sender of every mail
 */
export function openMailer(url: string, from: string): Mailer {
  const limits = { pool: true as const, maxConnections: 2, connectionTimeout: 15_000, socketTimeout: 60_000 };
  // The files and addresses that a mail's text may mention are never fetched.
  const transport = createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true });
  return {
    send: async (mail) => {
      await transport.sendMail({ ...mail, from });
    },
    close: () => transport.close(),
  };
}
