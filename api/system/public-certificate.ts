/** What anybody may know of a certificate: product, star, dates, and whether it holds today. No personal data. */
import { z } from 'zod';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Text } from '../../domain/sources';
import { dateOf, dateOrNull } from '../cycles/representation';
import { notFound } from '../http/problem';
import { openRoute } from '../http/route';
import { bothLanguages, localDate } from '../http/schemas';

const STATUSES = ['in_force', 'expired', 'revoked', 'decision_withdrawn', 'superseded'] as const;
type Status = (typeof STATUSES)[number];

const STATUS_TITLES: Record<Status, Text> = {
  in_force: { vi: 'Đang có hiệu lực', en: 'In force' },
  expired: { vi: 'Đã hết hạn', en: 'Expired' },
  revoked: { vi: 'Đã bị thu hồi', en: 'Revoked' },
  decision_withdrawn: { vi: 'Quyết định công nhận đã bị thu hồi', en: 'Recognition withdrawn' },
  superseded: { vi: 'Đã được thay bằng giấy chứng nhận mới', en: 'Superseded by a newer certificate' },
};

const publicView = z
  .object({
    code: z.string(),
    productName: z.string(),
    star: z.int(),
    issuedOn: localDate,
    validUntil: localDate,
    extendedUntil: localDate.nullable(),
    status: z.enum(STATUSES),
    statusTitle: bothLanguages,
  })
  .meta({ id: 'PublicCertificate' });

type PublicView = z.input<typeof publicView>;

const CACHE_FOR = 'public, max-age=300';

export const publicCertificate = openRoute({
  method: 'get',
  path: '/c/{code}',
  tag: 'Công khai',
  summary: { vi: 'Tra cứu giấy chứng nhận', en: 'Look up a certificate' },
  params: z.object({ code: z.string().min(1).max(60) }),
  answer: { status: 200, schema: publicView, html: true, description: { vi: 'Giấy chứng nhận', en: 'The certificate' } },
  async handler({ deps, params, prefers }) {
    const unknown = notFound({ vi: 'Không có giấy chứng nhận mang mã này', en: 'There is no certificate with this code' });
    if (!/^[\w.-]+$/.test(params.code)) throw unknown;
    const row = await deps.db.certificate.findUnique({ where: { code: params.code } });
    const product = row && (await deps.db.product.findUnique({ where: { code: row.productCode } }));
    if (!row || !product) throw unknown;
    const [validUntil, extendedUntil] = [dateOf(row.validUntil), dateOrNull(row.extendedUntil)];
    const status = statusOn(deps.today(), row.status, extendedUntil ?? validUntil);
    const view: PublicView = {
      code: row.code,
      productName: product.name,
      star: row.star,
      issuedOn: dateOf(row.issuedOn),
      validUntil,
      extendedUntil,
      status,
      statusTitle: STATUS_TITLES[status],
    };
    const headers = { 'cache-control': CACHE_FOR, vary: 'Accept' };
    return prefers === 'html' ? { html: page(view), headers } : { body: view, headers };
  },
});

/** The record tells how a certificate ended; its dates tell whether it holds on a day. */
function statusOn(today: LocalDate, recorded: string, lastDay: LocalDate): Status {
  const ended = STATUSES.find((status) => status === recorded && status !== 'in_force');
  return ended ?? (today <= lastDay ? 'in_force' : 'expired');
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

function page({ code, productName, star, issuedOn, validUntil, extendedUntil, statusTitle }: PublicView): string {
  const rows = [
    ['Mã giấy chứng nhận', code],
    ['Hạng', `${star} sao`],
    ['Ngày cấp', formatVietnamese(issuedOn)],
    ['Có giá trị đến', formatVietnamese(validUntil)],
    ...(extendedUntil === null ? [] : [['Được kéo dài đến', formatVietnamese(extendedUntil)]]),
    ['Tình trạng', `${statusTitle.vi} (${statusTitle.en})`],
  ];
  const list = rows.map(([term = '', value = '']) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`).join('\n');
  const title = escaped(productName);
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · OCOP</title></head>
<body><main><h1>${title}</h1>
<dl>
${list}
</dl></main></body>
</html>
`;
}
