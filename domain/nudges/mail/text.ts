/** The plain text of a digest: readable in any program, read aloud, printed. */
import { type Line, type Section, sectionsOf } from '../lines';
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

export function digestText(body: Body): string {
  const { digest, reader, words, language, publicUrl } = body;
  const held = heldSentence(digest, reader.office, language);
  const counts = countParts(digest, language).map((part) => part.text);
  const summary = `${held.before}${held.strong}${held.after || `: ${counts.join(', ')}.`}`;
  const programme = language === 'vi' ? `Chương trình OCOP ${reader.province}` : `OCOP programme, ${reader.province}`;
  return [
    `${programme} - ${weekdayText(digest.day, language)}`,
    '',
    words.greeting,
    '',
    summary,
    ...sectionsOf(digest).flatMap((section) => ['', ...sectionText(section, body)]),
    ...reportsText(body),
    '',
    `${words.button}: ${myWorkUrl(publicUrl)}`,
    '',
    words.why,
    words.help,
    words.footer,
    '',
  ].join('\n');
}

function sectionText({ bucket, total, shown, more }: Section, body: Body): string[] {
  const { language } = body;
  return [
    `${BUCKET_TITLES[bucket][language].toUpperCase()} (${total})`,
    ...shown.flatMap((line) => lineText(line, body)),
    ...(more > 0 ? [`  ${moreText(more, language)}`] : []),
  ];
}

function reportsText({ digest: { reports }, language }: Body): string[] {
  if (reports.length === 0) return [];
  const lines = reports.flatMap((report) => {
    const late = lateText(report, language);
    const marked = late === undefined ? '' : ` (${late})`;
    return [
      `- ${report.title[language]}${marked}: ${reportTimeText(report, language)}, ${limitText(report, language)}`,
      `  ${report.source[language]}`,
    ];
  });
  return ['', `${REPORTS_TITLE[language].toUpperCase()} (${reports.length})`, ...lines];
}

function lineText(line: Line, { language, publicUrl, reader }: Body): string[] {
  const marks = [line.unassigned ? unassignedText(language) : '', lateText(line, language) ?? ''].filter(Boolean);
  const marked = marks.length ? ` (${marks.join('; ')})` : '';
  return [
    `- ${line.product}${marked}: ${timeText(line, language)}, ${limitText(line, language)}`,
    `  ${aboutText(line, language, reader.manyCommunes)}`,
    `  ${dossierUrl(publicUrl, line.cycleId)}`,
  ];
}
