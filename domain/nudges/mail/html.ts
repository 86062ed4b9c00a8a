/**
 * The HTML of a digest: nested tables with inline styles, as Outlook needs them, one column that fits a phone. Every value is escaped. Lateness is
 * said in words, by a shape and by colour; never by colour alone.
 */
import { type Bucket, type Line, type ReportLine, type Section, sectionsOf, SOON_WORKING_DAYS } from '../lines';
import { type Body, dossierUrl, myWorkUrl } from './body';
import {
  aboutText,
  BUCKET_TITLES,
  countParts,
  heldSentence,
  lateText,
  limitText,
  moreText,
  REPORTS_TITLE,
  reportTimeText,
  timeText,
  unassignedText,
  weekdayText,
} from './words';

const INK = '#1c2522';
const QUIET = '#5a6863';
const RULE = '#d9e0dd';
const ACCENT = '#0b5c4a';

const LOOKS: Record<Bucket, { colour: string; shape: string }> = {
  overdue: { colour: '#a3231b', shape: '&#9632;' },
  soon: { colour: '#8a5300', shape: '&#9650;' },
  unassigned: { colour: INK, shape: '&#9675;' },
  coming: { colour: '#1c6b3f', shape: '&#9679;' },
  elsewhere: { colour: QUIET, shape: '&#8594;' },
};

/** Phones put the time under the name; programs that ignore style sheets keep the two columns. */
const ON_PHONES =
  '@media (max-width:480px){.side{padding-left:16px!important;padding-right:16px!important}.name,.time{display:block!important;width:auto!important;text-align:left!important}.name{padding:10px 0 2px!important}.time{padding:0 0 10px!important;border-top:0!important}.time br{display:none}.limit:before{content:"\\00b7\\00a0"}}';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML, also inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

export function digestHtml(body: Body): string {
  const { digest, reader, words, language, publicUrl } = body;
  const programme = language === 'vi' ? `Chương trình OCOP ${reader.province}` : `OCOP programme, ${reader.province}`;
  const rows = [
    cell(
      `<p style="margin:0;color:${QUIET};font-size:13px">${escapeHtml(programme)} &middot; ${escapeHtml(weekdayText(digest.day, language))}</p>
<h1 style="margin:4px 0 0;font-size:20px;line-height:1.3;font-weight:600">${escapeHtml(words.greeting)}</h1>
<p style="margin:12px 0 0">${summary(body)}</p>`,
    ),
    ...sectionsOf(digest).map((section) => cell(sectionHtml(section, body))),
    ...(digest.reports.length > 0 ? [cell(reportsHtml(body))] : []),
    cell(
      `${button(words.button, myWorkUrl(publicUrl))}
<p style="margin:20px 0 0;color:${QUIET};font-size:13px">${escapeHtml(words.why)}</p>
<p style="margin:8px 0 0;color:${QUIET};font-size:13px">${escapeHtml(words.help)}</p>
<p style="margin:8px 0 0;color:${QUIET};font-size:13px">${escapeHtml(words.footer)}</p>`,
      '24px 24px 24px',
    ),
  ];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(words.subject)}</title>
<style>${ON_PHONES}</style></head>
<body style="margin:0;padding:0;background:#f3f5f4;color:${INK};font-family:'Segoe UI',Arial,sans-serif;font-size:15px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f4"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;width:100%;background:#ffffff;border:1px solid ${RULE};text-align:left;color:${INK};font-family:'Segoe UI',Arial,sans-serif;font-size:15px;line-height:1.5">
${rows.join('\n')}
</table>
</td></tr></table>
</body></html>
`;
}

const cell = (content: string, padding = '20px 24px 0'): string =>
  `<tr><td class="side" style="padding:${padding}">\n${content}\n</td></tr>`;

/** Answer first: how many, how pressing. */
function summary({ digest, reader, language }: Body): string {
  const { before, strong, after } = heldSentence(digest, reader.office, language);
  const counts = countParts(digest, language).map(({ bucket, text }) =>
    bucket === 'overdue' || bucket === 'soon'
      ? `<strong style="color:${LOOKS[bucket].colour}">${escapeHtml(text)}</strong>`
      : escapeHtml(text),
  );
  return `${escapeHtml(before)}<strong>${escapeHtml(strong)}</strong>${after ? escapeHtml(after) : `: ${counts.join(', ')}.`}`;
}

function sectionHtml(section: Section, body: Body): string {
  const { bucket, total, shown, more } = section;
  const { colour, shape } = LOOKS[bucket];
  const title = escapeHtml(BUCKET_TITLES[bucket][body.language]);
  const rest = more > 0 ? [restRow(more, body)] : [];
  return `<h2 style="margin:0 0 8px;font-size:16px;line-height:1.4;font-weight:600;color:${colour}">${shape} ${title} (${total})</h2>
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
${[...shown.map((line) => lineHtml(line, body)), ...rest].join('\n')}
</table>`;
}

const CELL = `padding:10px 0;border-top:1px solid ${RULE};vertical-align:top;font-size:15px;line-height:1.45`;

function lineHtml(line: Line, { language, publicUrl, reader }: Body): string {
  const { colour } = LOOKS[line.bucket];
  const link = `<a href="${escapeHtml(dossierUrl(publicUrl, line.cycleId))}" style="color:${ACCENT};font-weight:600">${escapeHtml(line.product)}</a>`;
  const unassigned =
    line.unassigned && line.bucket !== 'unassigned'
      ? ` <strong style="color:${QUIET};font-weight:600">(${unassignedText(language)})</strong>`
      : '';
  const late = lateText(line, language);
  const lateRow = late === undefined ? '' : `<br><em style="color:${QUIET};font-size:13px">${escapeHtml(late)}</em>`;
  const about = `<span style="color:${QUIET};font-size:14px">${escapeHtml(aboutText(line, language, reader.manyCommunes))}</span>`;
  const time = `<strong style="color:${colour};font-weight:600">${keepTogether(timeText(line, language))}</strong>`;
  const limit = `<span class="limit" style="color:${QUIET};font-size:14px">${keepTogether(limitText(line, language))}</span>`;
  return `<tr><td class="name" style="${CELL};padding-right:16px">${link}${unassigned}<br>${about}${lateRow}</td><td class="time" align="right" width="158" style="${CELL};text-align:right">${time}<br> ${limit}</td></tr>`;
}

function reportsHtml({ digest: { reports }, language }: Body): string {
  const title = escapeHtml(REPORTS_TITLE[language]);
  return `<h2 style="margin:0 0 8px;font-size:16px;line-height:1.4;font-weight:600;color:${INK}">&#9633; ${title} (${reports.length})</h2>
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">
${reports.map((report) => reportHtml(report, language)).join('\n')}
</table>`;
}

function reportHtml(report: ReportLine, language: Body['language']): string {
  const { workingDays } = report;
  const { colour } = LOOKS[workingDays < 0 ? 'overdue' : workingDays <= SOON_WORKING_DAYS ? 'soon' : 'coming'];
  const late = lateText(report, language);
  const lateRow = late === undefined ? '' : `<br><em style="color:${QUIET};font-size:13px">${escapeHtml(late)}</em>`;
  const name = `<strong style="font-weight:600">${escapeHtml(report.title[language])}</strong><br><span style="color:${QUIET};font-size:14px">${escapeHtml(report.source[language])}</span>${lateRow}`;
  const time = `<strong style="color:${colour};font-weight:600">${escapeHtml(reportTimeText(report, language))}</strong>`;
  const limit = `<span class="limit" style="color:${QUIET};font-size:14px">${keepTogether(limitText(report, language))}</span>`;
  return `<tr><td class="name" style="${CELL};padding-right:16px">${name}</td><td class="time" align="right" width="158" style="${CELL};text-align:right">${time}<br> ${limit}</td></tr>`;
}

/** Amounts and dates never break in the middle. */
const keepTogether = (text: string): string => `<span style="white-space:nowrap">${escapeHtml(text)}</span>`;

function restRow(more: number, { language, publicUrl }: Body): string {
  const text = escapeHtml(moreText(more, language));
  return `<tr><td colspan="2" style="${CELL}"><a href="${escapeHtml(myWorkUrl(publicUrl))}" style="color:${ACCENT}">${text}</a></td></tr>`;
}

function button(text: string, url: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="background:${ACCENT}"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(text)}</a></td></tr></table>`;
}
