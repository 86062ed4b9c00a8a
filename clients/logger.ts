import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Environment } from './environment';

export type { Logger };

const HIDDEN = '[…]';
/** Fields that hold personal data or secrets wherever they stand. Log codes and ids instead. */
const PRIVATE_FIELD =
  /^(name|fullName|.*(Person|Producer|Actor|Officer|Contact)Name|email|.*Email|phone|.*Phone|address|to|recipient|token|.*Token|password|authorization|cookie|set-cookie|apiKey|databaseUrl|smtpUrl)$/i;
const PRIVATE_TEXT = [
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g, // e-mail address
  /(?<![\w-])(\+84|0)\d{9}(?!\w)/g, // Vietnamese telephone number
  /\bBearer\s+[^\s"\\]+/gi,
  /(?<=:\/\/)[^\s/:@"]+:[^\s/@"]+(?=@)/g, // user and password in a connection string
];
const DEEPEST = 6;

/**
 * A log of one JSON object per line without personal data: private fields are hidden, and so are e-mail addresses, telephone numbers and
 * tokens inside any text, messages and stack traces included.
 * @param service which process writes: api, worker, migrate …
 */
export function openLogger(service: string, level: Environment['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: stdSerializers.err },
    formatters: { level: (label: string) => ({ level: label }), log: hideFields },
    hooks: { streamWrite: hideText },
  };
  return destination ? pino(options, destination) : pino(options);
}

function hideFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, PRIVATE_FIELD.test(key) && value !== null ? HIDDEN : hideIn(value, depth + 1)]),
  );
}

function hideIn(value: unknown, depth: number): unknown {
  if (value instanceof Error || value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return HIDDEN;
  if (Array.isArray(value)) return value.map((one: unknown) => hideIn(one, depth + 1));
  return hideFields(Object.fromEntries(Object.entries(value)), depth);
}

function hideText(line: string): string {
  return PRIVATE_TEXT.reduce((text, pattern) => text.replaceAll(pattern, HIDDEN), line);
}
