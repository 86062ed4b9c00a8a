/** What anybody may know of a certificate: product, star, dates, and whether it holds today. No sign-in, no personal data. */
import { z } from 'zod';
import { openSeal } from '../../documents/sealed-code';
import { addDays, type LocalDate, localDateAt, startOfDay } from '../../domain/dates';
import type { Text } from '../../domain/sources';
import type { Certificate } from '../../prisma/generated/client';
import { readCycles } from '../cycles/read';
import { dateOf, dateOrNull } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import { openRoute, type OpenCall, type Reply, type Route } from '../http/route';
import { bothLanguages, localDate } from '../http/schemas';
import { communeOf, provinceOf } from './issuer';
import { certificateHtml, PAGE_HEADERS, refusalHtml } from './public-page';
import { endingDecision, holds, STANDING_TITLES, standingOn, STANDINGS, successorOf } from './standing';

const publicView = z
  .object({
    code: z.string(),
    productName: z.string(),
    /** Commune and province of the product. */
    place: z.string(),
    star: z.int(),
    issuedOn: localDate,
    validUntil: localDate,
    extendedUntil: localDate.nullable(),
    decisionNumber: z.string().nullable(),
    status: z.enum(STANDINGS),
    statusTitle: bothLanguages,
    /** Whether the product may carry its stars today. */
    holds: z.boolean(),
    /** The day that status and holds are about. */
    asOf: localDate,
    /** The decision that revoked the certificate or withdrew the recognition. */
    endedBy: z.object({ number: z.string(), on: localDate }).nullable(),
    supersededBy: z.string().nullable(),
    /** `genuine` when the request carried a code that this system signed. */
    seal: z.literal('genuine').nullable(),
  })
  .meta({ id: 'PublicCertificate' });

export type PublicView = z.input<typeof publicView>;

const LONGEST_KEEPING_S = 300;

const UNKNOWN: Text = {
  vi: 'Không có giấy chứng nhận mang mã này. Hãy kiểm tra lại từng ký tự của mã.',
  en: 'There is no certificate with this code. Check every character of it.',
};
const FORGED: Text = {
  vi: 'Mã QR này không do hệ thống cấp giấy chứng nhận ký: giấy chứng nhận bị làm giả, hoặc mã bị hỏng khi in, chép.',
  en: 'This QR code was not signed by the system that issues certificates: the certificate is forged, or the code was damaged.',
};
const NOT_IN_REGISTER: Text = {
  vi: 'Mã QR được ký đúng nhưng giấy chứng nhận không có trong sổ. Hãy hỏi cơ quan cấp.',
  en: 'The QR code is genuine, but the certificate is not in the register. Ask the office that issued it.',
};

const code = z.string().min(1).max(60);

const byCode = openRoute({
  method: 'get',
  path: '/c/{code}',
  tag: 'Công khai',
  summary: { vi: 'Tra cứu giấy chứng nhận', en: 'Look up a certificate' },
  params: z.object({ code }),
  answer: { status: 200, schema: publicView, html: true, description: { vi: 'Giấy chứng nhận', en: 'The certificate' } },
  async handler(call) {
    const row = await findCertificate(call.deps, call.params.code);
    return row ? await shown(call, row, null) : refused(call, UNKNOWN, 'unknown');
  },
});

const bySeal = openRoute({
  method: 'get',
  path: '/c/{code}/{sealed}',
  tag: 'Công khai',
  summary: { vi: 'Kiểm tra mã QR của giấy chứng nhận', en: 'Check the QR code of a certificate' },
  description: {
    vi: 'Chữ ký (Ed25519) cho biết giấy có thật hay không; sổ cho biết còn hiệu lực hay không. Kiểm tra không cần mạng: GET /api/certificate-keys.',
    en: 'The signature (Ed25519) tells whether it is genuine, the register whether it holds. To verify without a network: GET /api/certificate-keys.',
  },
  params: z.object({ code, sealed: z.string().min(1).max(700) }),
  answer: { status: 200, schema: publicView, html: true, description: { vi: 'Giấy chứng nhận', en: 'The certificate' } },
  async handler(call) {
    const { deps, params } = call;
    const opened = openSeal(params.sealed, deps.signingKeys.public);
    if (opened?.code.toUpperCase() !== params.code.toUpperCase()) return refused(call, FORGED, 'forged');
    const row = await deps.db.certificate.findUnique({ where: { code: opened.code } });
    return row ? await shown(call, row, 'genuine') : refused(call, NOT_IN_REGISTER, 'unknown');
  },
});

const keys = openRoute({
  method: 'get',
  path: '/api/certificate-keys',
  tag: 'Công khai',
  summary: { vi: 'Khóa công khai để kiểm tra mã QR không cần mạng', en: 'Public keys to verify QR codes without a network' },
  description: {
    vi: 'Mã gồm (base32): dạng 1 byte, số khóa 1 byte, hạng sao 1 byte, ngày cấp và ngày hết hạn mỗi ngày 2 byte (số ngày từ 01/01/1970), độ dài mã 1 byte, mã, độ dài tên 1 byte, tên sản phẩm (UTF-8), chữ ký Ed25519 64 byte trên toàn bộ phần trước.',
    en: 'The code holds (base32): format, key id, star (a byte each), day of issue and last day (two bytes each, days since 1970-01-01), length and code, length and product name (UTF-8), then 64 bytes of Ed25519 over all of it.',
  },
  answer: {
    status: 200,
    schema: z.object({
      algorithm: z.literal('Ed25519'),
      /** The key that signs now; the others still verify what they signed. */
      current: z.int(),
      keys: z.array(z.object({ id: z.int(), publicKey: z.string().meta({ description: 'base64url, 32 bytes' }) })),
    }),
    description: { vi: 'Các khóa', en: 'The keys' },
  },
  handler: async ({ deps: { signingKeys } }) => ({
    body: {
      algorithm: 'Ed25519' as const,
      current: signingKeys.current,
      keys: [...signingKeys.public].map(([id, key]) => ({ id, publicKey: key.export({ format: 'jwk' }).x ?? '' })),
    },
    headers: { 'cache-control': 'public, max-age=3600' },
  }),
});

export const PUBLIC_CERTIFICATE_ROUTES: Route[] = [byCode, bySeal, keys];

/** People type codes in small letters, and QR codes hold capitals. */
async function findCertificate({ db }: ApiDeps, written: string): Promise<Certificate | null> {
  if (!/^[\w.-]+$/.test(written)) return null;
  const capitals = written.toUpperCase();
  return (
    (await db.certificate.findUnique({ where: { code: written } })) ?? (await db.certificate.findUnique({ where: { code: capitals } }))
  );
}

type PublicCall = OpenCall<{ code: string }, unknown>;

async function shown({ deps, prefers }: PublicCall, row: Certificate, seal: 'genuine' | null): Promise<Reply<PublicView>> {
  const view = await viewOf(deps, row, seal);
  const headers = { 'cache-control': `public, max-age=${keepingTime(deps)}`, vary: 'Accept' };
  return prefers === 'html' ? { html: certificateHtml(view), headers: { ...headers, ...PAGE_HEADERS } } : { body: view, headers };
}

async function viewOf(deps: ApiDeps, row: Certificate, seal: 'genuine' | null): Promise<PublicView> {
  const [cycle] = await readCycles(deps, [row.cycleId]);
  if (!cycle) throw new Error(`certificate ${row.code} has no cycle`);
  const asOf: LocalDate = deps.today();
  const status = standingOn(asOf, row, cycle.step);
  return {
    code: row.code,
    productName: cycle.product.name,
    place: `${communeOf(deps, cycle.communeCode).name}, ${provinceOf(deps, cycle.provinceCode).name}`,
    star: row.star,
    issuedOn: dateOf(row.issuedOn),
    validUntil: dateOf(row.validUntil),
    extendedUntil: dateOrNull(row.extendedUntil),
    decisionNumber: row.decisionNumber,
    status,
    statusTitle: STANDING_TITLES[status],
    holds: holds(status),
    asOf,
    endedBy: status === 'revoked' || status === 'decision_withdrawn' ? await endingDecision(deps, row) : null,
    supersededBy: status === 'superseded' ? await successorOf(deps, row) : null,
    seal,
  };
}

/** Seconds for which an answer may be kept: never beyond midnight, when certificates end. */
function keepingTime({ clock }: ApiDeps): number {
  const now = clock.now();
  const midnight = startOfDay(addDays(localDateAt(now), 1));
  return Math.min(LONGEST_KEEPING_S, Math.floor((midnight - now) / 1000));
}

function refused({ prefers, params }: PublicCall, why: Text, seal: 'forged' | 'unknown'): Reply<PublicView> {
  if (prefers === 'json') throw new HttpProblem('not-found', why, { members: seal === 'forged' ? { seal } : {} });
  return {
    status: 404,
    html: refusalHtml(why, params.code, seal === 'forged'),
    headers: { ...PAGE_HEADERS, 'cache-control': 'no-store', vary: 'Accept' },
  };
}
