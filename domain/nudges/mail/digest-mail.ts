/** A digest as a mail: subject, plain text and HTML from the same lines and totals. */
import type { Body } from './body';
import { digestHtml } from './html';
import { digestText } from './text';
import { type DigestTemplate, type DigestWording, filled, type Values } from './template';
import { dayText, subjectCounts } from './words';

export interface DigestMail {
  subject: string;
  text: string;
  html: string;
}

const ONE_LINE = /[\r\n]+/g;

/** Writes the mail. */
export function digestMail(input: Omit<Body, 'words'> & { template: DigestTemplate }): DigestMail {
  const { template, digest, reader, language } = input;
  const values: Values = {
    office: reader.office,
    province: reader.province,
    contact: reader.contact,
    year: digest.day.slice(0, 4),
    day: dayText(digest.day),
    counts: subjectCounts(digest, language),
  };
  const wording = template[language];
  const part = (text: string): string => filled(text, values);
  const words: DigestWording = {
    subject: part(wording.subject).replaceAll(ONE_LINE, ' '),
    greeting: part(wording.greeting),
    button: part(wording.button),
    why: part(wording.why),
    help: part(wording.help),
    footer: part(wording.footer),
  };
  const body: Body = { ...input, words };
  return { subject: words.subject, text: digestText(body), html: digestHtml(body) };
}
