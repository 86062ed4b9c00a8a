/** Wording of a mail that an administrator may change: short texts with placeholders, in both languages. What the law counts stays in code. */

export type Language = 'vi' | 'en';

/** The parts of a digest that may be worded anew. */
export const DIGEST_PARTS = ['subject', 'greeting', 'button', 'why', 'help', 'footer'] as const;
export type DigestPart = (typeof DIGEST_PARTS)[number];

export type DigestWording = Record<DigestPart, string>;

export interface DigestTemplate {
  vi: DigestWording;
  en: DigestWording;
}

/** What may stand in double braces. */
export const PLACEHOLDERS = ['office', 'province', 'contact', 'year', 'day', 'counts'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Record<Placeholder, string>;

const IN_BRACES = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** Names in braces that are no placeholders. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(IN_BRACES)].map(([, name]) => name ?? '').filter((name) => !isPlaceholder(name));
}

/** The text with its placeholders filled; unknown ones stay as they are. */
export function filled(text: string, values: Values): string {
  return text.replaceAll(IN_BRACES, (whole: string, name: string) => (isPlaceholder(name) ? values[name] : whole));
}
