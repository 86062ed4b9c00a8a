/** The public page of a certificate: one file with its own style, readable on a telephone and on paper, without any script. */
import { createHash } from 'node:crypto';
import { formatVietnamese } from '../../domain/dates';
import type { Text } from '../../domain/sources';
import type { PublicView } from './public';

const STYLE = `
:root{color-scheme:light;--ink:#1f2430;--soft:#5a6170;--line:#e2ddd0;--good:#176b3a;--warn:#8a5a00;--bad:#a11c1c;--back:#faf7ef}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:17px/1.55 "Be Vietnam Pro","Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
header{background:#8f1d1d;color:#fff;padding:14px 20px}
header p{margin:0 auto;max-width:720px;font-weight:600}
header small{font-weight:400;opacity:.9}
main{max-width:760px;margin:24px auto;padding:0 20px}
.card{background:#fff;border:1px solid var(--line);border-radius:10px;padding:24px;overflow-wrap:anywhere}
.status{display:flex;gap:14px;align-items:center;border-left:6px solid;border-radius:6px;padding:14px 18px;margin:0 0 22px;background:#f4f6f4}
.status strong{display:block;font-size:1.25rem;line-height:1.3}
.status svg{flex:none;width:40px;height:40px}
.good{border-color:var(--good);color:var(--good);background:#eef7f0}
.warn{border-color:var(--warn);color:var(--warn);background:#fdf6e3}
.bad{border-color:var(--bad);color:var(--bad);background:#fbeeee}
.en{color:var(--soft);font-size:.9rem}
.status .en{color:inherit}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 4px}
.stars{margin:0 0 18px;font-weight:600;display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.stars svg{height:24px;width:auto}
dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;margin:0;border-top:1px solid var(--line)}
dt,dd{padding:10px 0;margin:0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}dt .en{display:block;line-height:1.3}dd{font-weight:500}
a{color:#1b4f8f}
footer{color:var(--soft);font-size:.88rem;margin-top:16px}
@media(max-width:520px){.card{padding:18px}dl{grid-template-columns:1fr}dt{border-bottom:0;padding-bottom:0}dd{padding-top:0}}
@media print{body{background:#fff}header{background:none;color:#000;border-bottom:2px solid #000}.card{border:0;padding:0}.status{background:none}}
`;

/** Headers of these pages: nothing but their own style may load. */
export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

type Tone = 'good' | 'warn' | 'bad';

const ICONS: Record<Tone, string> = {
  good: '<path d="M20 34a14 14 0 1 1 0-28 14 14 0 0 1 0 28Zm-2-8 9-10-3-2.6-6.2 7-3-2.8-2.6 2.8Z" fill="currentColor" fill-rule="evenodd"/>',
  warn: '<path d="M20 5 37 35H3Zm-1.8 11v9h3.6v-9Zm0 11.5v3.6h3.6v-3.6Z" fill="currentColor" fill-rule="evenodd"/>',
  bad: '<path d="M13 5h14l8 8v14l-8 8H13l-8-8V13Zm1.5 12 3 3-3 3 2.5 2.5 3-3 3 3 2.5-2.5-3-3 3-3-2.5-2.5-3 3-3-3Z" fill="currentColor" fill-rule="evenodd"/>',
};

const banner = (tone: Tone, { vi, en }: Text): string =>
  `<p class="status ${tone}" role="status"><svg viewBox="0 0 40 40" aria-hidden="true">${ICONS[tone]}</svg><span><strong>${escaped(vi)}</strong><span class="en" lang="en">${escaped(en)}</span></span></p>`;

/** A certificate that is in the register. */
export function certificateHtml(view: PublicView): string {
  const { productName, star, statusTitle, seal, asOf } = view;
  const list = rowsOf(view)
    .map(([vi, en, value]) => `<dt>${vi} <span class="en" lang="en">${en}</span></dt><dd>${value}</dd>`)
    .join('\n');
  const sealed =
    seal === null
      ? ''
      : '<p class="en">✓ Mã QR đúng là do hệ thống cấp giấy chứng nhận ký. <span lang="en">The QR code is genuine.</span></p>';
  return frame(
    `${productName} · OCOP ${star} sao`,
    `${banner(toneOf(view), statusTitle)}
<h1>${escaped(productName)}</h1>
<p class="stars">${view.holds ? `<span>Sản phẩm OCOP hạng ${star} sao</span> ${starsSvg(star)}` : `Từng được công nhận hạng ${star} sao`}</p>
<dl>
${list}
</dl>
${sealed}`,
    `Tình trạng tính đến ngày ${formatVietnamese(asOf)}. Trang này không chứa thông tin cá nhân.`,
  );
}

function toneOf({ holds, status }: PublicView): Tone {
  if (!holds) return 'bad';
  return status === 'in_force' ? 'good' : 'warn';
}

function rowsOf(view: PublicView): [string, string, string][] {
  const { code, place, issuedOn, validUntil, extendedUntil, decisionNumber, endedBy, supersededBy } = view;
  const optional = (value: string | null, vi: string, en: string): [string, string, string][] => (value === null ? [] : [[vi, en, value]]);
  return [
    ['Mã giấy chứng nhận', 'Code', escaped(code)],
    ['Nơi sản xuất', 'Place', escaped(place)],
    ...optional(decisionNumber && escaped(decisionNumber), 'Quyết định công nhận', 'Decision'),
    ['Ngày cấp', 'Issued', formatVietnamese(issuedOn)],
    ['Có giá trị đến hết ngày', 'Valid until', formatVietnamese(validUntil)],
    ...optional(extendedUntil && formatVietnamese(extendedUntil), 'Được kéo dài đến hết ngày', 'Extended until'),
    ...optional(endedBy && `${escaped(endedBy.number)} ngày ${formatVietnamese(endedBy.on)}`, 'Quyết định thu hồi', 'Revoked by'),
    ...optional(
      supersededBy && `<a href="/c/${encodeURIComponent(supersededBy)}">${escaped(supersededBy)}</a>`,
      'Giấy chứng nhận mới',
      'Newer certificate',
    ),
  ];
}

function starsSvg(star: number): string {
  const shape = (x: number): string =>
    `<path transform="translate(${x})" d="M12 1.5l3.2 6.9 7.5.9-5.5 5.2 1.4 7.4L12 18.3l-6.6 3.6 1.4-7.4L1.3 9.3l7.5-.9Z"/>`;
  const shapes = Array.from({ length: star }, (_one, index) => shape(index * 26)).join('');
  return `<svg viewBox="0 0 ${star * 26} 24" fill="#e0a416" aria-hidden="true">${shapes}</svg>`;
}

/** A code that is in no register, or that nobody signed. */
export function refusalHtml(why: Text, code: string, forged: boolean): string {
  const title = forged
    ? { vi: 'Mã không hợp lệ: có thể là giấy chứng nhận giả', en: 'Not genuine: possibly a forged certificate' }
    : { vi: 'Không tìm thấy giấy chứng nhận', en: 'No such certificate' };
  return frame(
    title.vi,
    `${banner('bad', title)}
<h1>${escaped(code)}</h1>
<p>${escaped(why.vi)}</p>
<p class="en" lang="en">${escaped(why.en)}</p>`,
    'Nghi ngờ giấy chứng nhận giả, hãy báo cơ quan quản lý OCOP của tỉnh.',
  );
}

function frame(title: string, body: string, foot: string): string {
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><header><p>Tra cứu giấy chứng nhận OCOP<br><small lang="en">Look up an OCOP certificate</small></p></header>
<main><article class="card">${body}</article>
<footer>${escaped(foot)}</footer></main></body>
</html>
`;
}
