/** A form as it was sent: read, and taken only from this site and from whoever it was given to. */
import { createHash, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Session } from '../api/auth/sessions';
import { mediaTypeOf, readBytes } from '../api/http/body';
import { unusableText } from '../api/http/issues';
import { HttpProblem, invalidInput } from '../api/http/problem';
import { type FormFields, readForm } from './form-fields';
import { CSRF_FIELD, KEY_FIELD } from './parts/forms';

const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const KEY = /^[\w-]{8,64}$/;
/** What files of a form may come to together. A larger form is still read, so that what was typed beside them is not lost. */
const MOST_BYTES = 10 * 1024 * 1024;
const READ_UP_TO = '40mb';

/** Reads the bytes of forms. */
export const readForms = readBytes({ uploads: FORM_TYPES, limit: READ_UP_TO });

/**
 * The fields of the form that was sent.
 * @throws HttpProblem for a body that is no form
 */
export async function fieldsOf(req: Request): Promise<FormFields> {
  const bytes: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const type = req.headers['content-type'] ?? '';
  const malformed = (): HttpProblem =>
    new HttpProblem('malformed-body', { vi: 'Nội dung gửi lên không đọc được', en: 'The form cannot be read' });
  if (bytes.length > 0 && !FORM_TYPES.includes(mediaTypeOf(type))) throw malformed();
  return await readForm(bytes, type).catch(() => {
    throw malformed();
  });
}

/**
 * Only forms of this site.
 * @throws HttpProblem "not-allowed"
 */
export function refuseForeign(req: Request): void {
  const site = req.header('sec-fetch-site');
  const origin = req.header('origin');
  const isForeign = (site !== undefined && site !== 'same-origin') || (origin !== undefined && hostOf(origin) !== req.headers.host);
  if (!isForeign) return;
  throw new HttpProblem('not-allowed', {
    vi: 'Biểu mẫu không gửi từ trang này. Hãy mở lại trang và gửi lại.',
    en: 'The form was not sent from this site. Open the page again and resend.',
  });
}

/**
 * Only what was filled in by whoever the form was given to, of text that can be kept, and not too large.
 * @throws HttpProblem, for which the form is shown again as it was typed
 */
export function requireUsable(req: Request, fields: FormFields, csrf: string): void {
  if (!sameText(fields.text(CSRF_FIELD), csrf))
    throw new HttpProblem('form-outdated', {
      vi: 'Chưa ghi nhận: phiên đăng nhập đã đổi từ khi mở biểu mẫu. Hãy xem lại nội dung rồi gửi lại; tệp kèm theo phải chọn lại.',
      en: 'Nothing was recorded: the session changed since the form was opened. Look at it again and resend; choose files again.',
    });
  if (Number(req.headers['content-length'] ?? 0) > MOST_BYTES)
    throw new HttpProblem('too-large', {
      vi: 'Chưa ghi nhận: các tệp gửi cùng một lần được đến 10 MB. Hãy chọn tệp nhỏ hơn, hoặc gửi làm nhiều lần.',
      en: 'Nothing was recorded: files may come to 10 MB at a time. Choose smaller ones, or send them one after another.',
    });
  const unusable = unusableText(Object.fromEntries(fields.names().map((name) => [name, fields.all(name).join(' ')])));
  if (unusable.length) throw invalidInput(unusable);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : 'null';
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Compared by their hashes: how long it takes tells nothing. */
const sameText = (a: string, b: string): boolean => digest(a) === digest(b);

/** Names what was sent to the engine: the same each time this filling-in of a form is sent by this person. */
export function keyOf(session: Session | undefined, fields: FormFields): string {
  const given = fields.text(KEY_FIELD);
  const key = KEY.test(given) ? given : randomUUID();
  return digest(`${session?.caller.tokenId ?? 'visitor'} page ${key}`).slice(0, 40);
}
