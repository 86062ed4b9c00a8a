/** Wording of mails as shipped (plans/mail) and as an administrator may change it; both are checked the same way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DigestTemplate, PLACEHOLDERS, unknownPlaceholders } from '../domain/nudges/mail/template';
import { productFolder } from './load';

const LONGEST = 1000;
const ALLOWED = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');

const part = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST)
  .refine((text) => unknownPlaceholders(text).length === 0, {
    params: { vi: `chỉ được dùng các chỗ trống ${ALLOWED}`, en: `may use these placeholders only: ${ALLOWED}` },
  });

const wording = z.strictObject({ subject: part, greeting: part, button: part, why: part, help: part, footer: part });

export const digestTemplateSchema: z.ZodType<DigestTemplate> = z.strictObject({ vi: wording, en: wording });

export const DIGEST_TEMPLATE = 'digest';

/** The shipped wording. @throws ZodError when the file is not what it should be */
export function shippedDigestTemplate(dir: string = productFolder()): DigestTemplate {
  return digestTemplateSchema.parse(JSON.parse(readFileSync(join(dir, 'plans', 'mail', `${DIGEST_TEMPLATE}.json`), 'utf8')));
}
