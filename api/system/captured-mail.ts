/** Mails that were captured instead of sent, for the pages that show them; the newest first. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { notFound } from '../http/problem';

export interface CapturedMail {
  /** Name of its file. */
  id: string;
  from: string;
  to: string;
  subject: string;
  sentAt: Date | null;
}

export interface OpenedMail extends CapturedMail {
  text: string;
  attachments: string[];
}

const NAME = /^[\w.-]{1,120}\.eml$/;
const IN_A_PAGE = 30;

/** A page of the mails; `before` is the id of the last one of the page before. */
export async function listMail(
  folder: string,
  before: string | undefined,
): Promise<{ mails: CapturedMail[]; total: number; next: string | null }> {
  const names = (await readdir(folder))
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  const rest = before === undefined ? names : names.filter((name) => name < before);
  const shown = rest.slice(0, IN_A_PAGE);
  const mails = await Promise.all(shown.map(async (id) => summaryOf(id, await parsed(folder, id))));
  return { mails, total: names.length, next: rest.length > IN_A_PAGE ? (shown.at(-1) ?? null) : null };
}

/** One mail. Throws "not found" for an id that is none. */
export async function openMail(folder: string, id: string): Promise<OpenedMail> {
  if (!NAME.test(id) || !(await readdir(folder)).includes(id)) throw notFound({ vi: 'Không có thư này', en: 'There is no such mail' });
  const mail = await parsed(folder, id);
  return {
    ...summaryOf(id, mail),
    text: mail.text ?? '',
    attachments: mail.attachments.map(({ filename, mimeType }) => filename ?? mimeType),
  };
}

async function parsed(folder: string, id: string): Promise<Email> {
  return await PostalMime.parse(await readFile(join(folder, id)));
}

function summaryOf(id: string, { from, to, subject, date }: Email): CapturedMail {
  return {
    id,
    from: from?.address ?? '',
    to: (to ?? []).map(({ address }) => address ?? '').join(', '),
    subject: subject ?? '(không có tiêu đề)',
    sentAt: date === undefined ? null : new Date(date),
  };
}
