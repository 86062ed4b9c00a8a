/** Every setting of the program, read once from environment variables. An empty variable counts as unset. */
import { z } from 'zod';
import type { Text } from '../domain/sources';

export interface TemporalSettings {
  /** host:port of a running service; undefined = the embedded one. */
  address: string | undefined;
  namespace: string;
  /** Undefined = no TLS. Paths of PEM files; all may be missing, then the system's authorities are used. */
  tls:
    | { serverName: string | undefined; authority: string | undefined; certificate: string | undefined; key: string | undefined }
    | undefined;
  apiKey: string | undefined;
}

export interface Environment {
  /** PostgreSQL connection string; undefined = the embedded server. */
  databaseUrl: string | undefined;
  /** Most database connections of one process. */
  databaseConnections: number;
  temporal: TemporalSettings;
  /** Undefined = mails are captured in the data folder. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Most mails per second; mail servers of offices slow down or block a sender in a hurry. */
  mailPerSecond: number;
  /** Where digests are also announced, signed; undefined = nowhere. */
  webhook: { url: string; secret: string } | undefined;
  /** The province's single sign-on by OpenID Connect; undefined = none. */
  openId: { issuer: string; clientId: string; clientSecret: string; title: string } | undefined;
  host: string;
  port: number;
  /** Where people reach the pages; stands in mails and on certificates. */
  publicUrl: string;
  dataDir: string;
  /** Folder of captured mails, told to the API by `npm start`; undefined where mails really go out. */
  mailFolder: string | undefined;
  /** Ports of the embedded services; undefined = any free one. */
  embeddedPorts: { temporal: number | undefined; temporalUi: number | undefined; mail: number | undefined };
  adminToken: string | undefined;
  /** Keys that sign certificates' codes (clients/signing-keys.ts); undefined = those in the data folder. */
  signingKeys: string | undefined;
  /** Days by which the cycles' own time is ahead of the clock, for trying another year; always zero in production. */
  clockOffsetDays: number;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** One variable that cannot be used. */
export interface SettingProblem extends Text {
  variable: string;
}

/** Everything that is wrong with the environment, at once. */
export class EnvironmentProblem extends Error {
  readonly problems: SettingProblem[];

  constructor(problems: SettingProblem[]) {
    const lines = problems.flatMap(({ variable, vi, en }) => [`- ${variable}: ${vi}`, `  ${en}`]);
    super(['Cấu hình chưa đúng, hãy sửa các biến sau: / The settings are not usable, correct these variables:', ...lines].join('\n'));
    this.name = 'EnvironmentProblem';
    this.problems = problems;
  }
}

const REASONS = {
  databaseUrl: { vi: 'phải là địa chỉ dạng postgresql://…', en: 'must be an address like postgresql://user:password@host:5432/database' },
  address: { vi: 'phải có dạng máy:cổng, ví dụ temporal.example.vn:7233', en: 'must be host:port, for example temporal.example.vn:7233' },
  namespace: { vi: 'không được chứa khoảng trắng', en: 'must not hold spaces' },
  yesOrNo: { vi: 'phải là true hoặc false', en: 'must be true or false' },
  smtpUrl: { vi: 'phải là địa chỉ dạng smtp://… hoặc smtps://…', en: 'must be an address like smtp://user:password@host:587 or smtps://…' },
  webUrl: { vi: 'phải là địa chỉ dạng http://… hoặc https://…', en: 'must be an address like https://ocop.example.vn' },
  port: { vi: 'phải là số nguyên từ 1 đến 65535', en: 'must be a whole number from 1 to 65535' },
  mailsPerSecond: { vi: 'phải là số nguyên từ 1 đến 1000', en: 'must be a whole number from 1 to 1000' },
  webhookSecret: { vi: 'phải có ít nhất 16 ký tự, không có khoảng trắng', en: 'must have at least 16 characters and no spaces' },
  connections: { vi: 'phải là số nguyên từ 1 đến 100', en: 'must be a whole number from 1 to 100' },
  adminToken: { vi: 'phải có ít nhất 8 ký tự, không có khoảng trắng', en: 'must have at least 8 characters and no spaces' },
  clockOffset: {
    vi: 'phải là số nguyên từ -20000 đến 20000 (ngày)',
    en: 'must be a whole number of days from -20000 to 20000',
  },
  logLevel: {
    vi: 'phải là fatal, error, warn, info, debug, trace hoặc silent',
    en: 'must be fatal, error, warn, info, debug, trace or silent',
  },
} satisfies Record<string, Text>;

const reason = (key: keyof typeof REASONS): string => key;
const address = (key: keyof typeof REASONS, protocol: RegExp) => z.url({ protocol, error: reason(key) });
const wholeNumber = (key: keyof typeof REASONS, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, reason(key))
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, reason(key));

const Variables = z.object({
  DATABASE_URL: address('databaseUrl', /^postgres(ql)?$/).optional(),
  OCOP_DATABASE_CONNECTIONS: wholeNumber('connections', 100).default(8),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i, reason('address'))
    .optional(),
  TEMPORAL_NAMESPACE: z.string().regex(/^\S+$/, reason('namespace')).default('default'),
  TEMPORAL_TLS: z.enum(['true', 'false'], reason('yesOrNo')).optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_API_KEY: z.string().optional(),
  SMTP_URL: address('smtpUrl', /^smtps?$/).optional(),
  OCOP_MAIL_FROM: z.string().default('OCOP <ocop@localhost>'),
  OCOP_MAIL_PER_SECOND: wholeNumber('mailsPerSecond', 1000).default(20),
  OCOP_WEBHOOK_URL: address('webUrl', /^https?$/).optional(),
  OCOP_WEBHOOK_SECRET: z
    .string()
    .regex(/^\S{16,}$/, reason('webhookSecret'))
    .optional(),
  OCOP_OIDC_ISSUER: address('webUrl', /^https?$/).optional(),
  OCOP_OIDC_CLIENT_ID: z.string().optional(),
  OCOP_OIDC_CLIENT_SECRET: z.string().optional(),
  OCOP_OIDC_TITLE: z.string().max(80).default('Đăng nhập một lần của tỉnh'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber('port', 65_535).default(3000),
  OCOP_PUBLIC_URL: address('webUrl', /^https?$/).optional(),
  OCOP_DATA_DIR: z.string().default('.ocop'),
  OCOP_MAIL_FOLDER: z.string().optional(),
  OCOP_TEMPORAL_PORT: wholeNumber('port', 65_535).optional(),
  OCOP_TEMPORAL_UI_PORT: wholeNumber('port', 65_535).optional(),
  OCOP_MAIL_PORT: wholeNumber('port', 65_535).optional(),
  OCOP_ADMIN_TOKEN: z
    .string()
    .regex(/^\S{8,}$/, reason('adminToken'))
    .optional(),
  OCOP_SIGNING_KEYS: z.string().optional(),
  OCOP_CLOCK_OFFSET_DAYS: z
    .string()
    .regex(/^-?\d{1,5}$/, reason('clockOffset'))
    .transform(Number)
    .refine((days) => Math.abs(days) <= 20_000, reason('clockOffset'))
    .default(0),
  OCOP_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], reason('logLevel')).default('info'),
});
type Variables = z.infer<typeof Variables>;

/** Variables without which a process of its own (`npm run worker`, `npm run api`) has nothing to talk to. */
export type ServiceVariable = 'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'SMTP_URL';

/**
 * Reads and checks every setting.
 * @param required variables that must be set for this process
 * @throws EnvironmentProblem that lists every unusable or missing variable
 */
export function readEnvironment(env: NodeJS.ProcessEnv, required: readonly ServiceVariable[] = []): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Variables.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({ variable: String(path[0]), ...explain(message) })),
    ...required.filter((name) => given[name] === undefined).map((variable) => ({ variable, vi: 'phải được đặt', en: 'must be set' })),
    ...pairProblems(given, ['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'], CERTIFICATE_AND_KEY),
    ...pairProblems(given, ['OCOP_WEBHOOK_URL', 'OCOP_WEBHOOK_SECRET'], URL_AND_SECRET),
    ...pairProblems(given, ['OCOP_OIDC_ISSUER', 'OCOP_OIDC_CLIENT_ID'], ISSUER_AND_CLIENT),
    ...pairProblems(given, ['OCOP_OIDC_CLIENT_ID', 'OCOP_OIDC_CLIENT_SECRET'], ISSUER_AND_CLIENT),
    ...clockProblems(given),
  ];
  if (!parsed.success || problems.length > 0) throw new EnvironmentProblem(problems);
  return fromVariables(parsed.data);
}

function explain(message: string): Text {
  const known = Object.entries(REASONS).find(([key]) => key === message);
  return known ? known[1] : { vi: 'không dùng được', en: message };
}

const CERTIFICATE_AND_KEY: Text = { vi: 'chứng thư và khóa phải đi cùng nhau', en: 'certificate and key must be given together' };
const ISSUER_AND_CLIENT: Text = {
  vi: 'địa chỉ, tên và khóa bí mật của đăng nhập một lần phải đi cùng nhau',
  en: 'issuer, client id and client secret of single sign-on must be given together',
};
const URL_AND_SECRET: Text = { vi: 'địa chỉ và khóa bí mật phải đi cùng nhau', en: 'address and secret must be given together' };

/** The missing one of two variables that go together. */
function pairProblems(given: Record<string, string | undefined>, pair: readonly [string, string], text: Text): SettingProblem[] {
  const missing = pair.filter((name) => given[name] === undefined);
  return missing.length === 1 ? missing.map((variable) => ({ variable, ...text })) : [];
}

/** A shifted clock would give real dossiers false deadlines. */
function clockProblems(given: Record<string, string | undefined>): SettingProblem[] {
  if (given['NODE_ENV'] !== 'production' || Number(given['OCOP_CLOCK_OFFSET_DAYS'] ?? 0) === 0) return [];
  return [{ variable: 'OCOP_CLOCK_OFFSET_DAYS', vi: 'không được dùng khi vận hành thật', en: 'is refused in production' }];
}

function fromVariables(v: Variables): Environment {
  return {
    databaseUrl: v.DATABASE_URL,
    databaseConnections: v.OCOP_DATABASE_CONNECTIONS,
    temporal: { address: v.TEMPORAL_ADDRESS, namespace: v.TEMPORAL_NAMESPACE, tls: tlsOf(v), apiKey: v.TEMPORAL_API_KEY },
    smtpUrl: v.SMTP_URL,
    mailFrom: v.OCOP_MAIL_FROM,
    mailPerSecond: v.OCOP_MAIL_PER_SECOND,
    webhook: v.OCOP_WEBHOOK_URL && v.OCOP_WEBHOOK_SECRET ? { url: v.OCOP_WEBHOOK_URL, secret: v.OCOP_WEBHOOK_SECRET } : undefined,
    openId:
      v.OCOP_OIDC_ISSUER && v.OCOP_OIDC_CLIENT_ID && v.OCOP_OIDC_CLIENT_SECRET
        ? { issuer: v.OCOP_OIDC_ISSUER, clientId: v.OCOP_OIDC_CLIENT_ID, clientSecret: v.OCOP_OIDC_CLIENT_SECRET, title: v.OCOP_OIDC_TITLE }
        : undefined,
    host: v.HOST,
    port: v.PORT,
    publicUrl: (v.OCOP_PUBLIC_URL ?? `http://127.0.0.1:${v.PORT}`).replace(/\/$/, ''),
    dataDir: v.OCOP_DATA_DIR,
    mailFolder: v.OCOP_MAIL_FOLDER,
    embeddedPorts: { temporal: v.OCOP_TEMPORAL_PORT, temporalUi: v.OCOP_TEMPORAL_UI_PORT, mail: v.OCOP_MAIL_PORT },
    adminToken: v.OCOP_ADMIN_TOKEN,
    signingKeys: v.OCOP_SIGNING_KEYS,
    clockOffsetDays: v.OCOP_CLOCK_OFFSET_DAYS,
    logLevel: v.OCOP_LOG_LEVEL,
  };
}

/** TLS is on when asked for, and when a key or a certificate is given that would be useless without it. */
function tlsOf(v: Variables): TemporalSettings['tls'] {
  const tls = {
    serverName: v.TEMPORAL_TLS_SERVER_NAME,
    authority: v.TEMPORAL_TLS_SERVER_CA_CERT_PATH,
    certificate: v.TEMPORAL_TLS_CLIENT_CERT_PATH,
    key: v.TEMPORAL_TLS_CLIENT_KEY_PATH,
  };
  const implied = v.TEMPORAL_API_KEY !== undefined || Object.values(tls).some((value) => value !== undefined);
  const wanted = v.TEMPORAL_TLS === undefined ? implied : v.TEMPORAL_TLS === 'true';
  return wanted ? tls : undefined;
}
