/** The small schemas that requests and answers share. */
import { z } from 'zod';
import { isLocalDate } from '../../domain/dates';

/** `YYYY-MM-DD`, a day that exists. */
export const localDate = z
  .string()
  .refine(isLocalDate, { params: { vi: 'phải là một ngày có thật, dạng YYYY-MM-DD', en: 'must be a real date, YYYY-MM-DD' } })
  .meta({ format: 'date' });

/** Written text: Unicode NFC, without spaces around it. */
export const text = (most: number) =>
  z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(1).max(most));

/** A code as it stands in addresses and histories: letters, digits, dots and dashes. */
export const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/);

/** A number of a document or decision, as `123/QĐ-UBND`. */
export const documentNumber = text(100);

export const communeCode = z.string().regex(/^\d{5}$/);
export const provinceCode = z.string().regex(/^\d{2}$/);

/** The sum of a file's content. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Text in the two languages of everything that people read. */
export const bothLanguages = z.object({ vi: z.string(), en: z.string() }).meta({ id: 'Text' });

/** An instant, ISO 8601 in UTC. */
export const instant = z.string().meta({ format: 'date-time' });

/** A whole number written in a query. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most))
    .meta({ override: { type: 'integer', minimum: least, maximum: most } });
