/** The deadlines of a digest as a calendar file: one all-day event per dossier of the reader's own and per report owed. */
import { type CalendarDeadline, deadlineCalendar } from '../../documents/calendar';
import type { Instant } from '../../domain/dates';
import type { Digest } from '../../domain/nudges/lines';
import { dossierUrl, myWorkUrl } from '../../domain/nudges/mail/body';
import type { Language } from '../../domain/nudges/mail/template';
import { aboutText } from '../../domain/nudges/mail/words';

/** The calendar; undefined when nothing has a limit ahead. The same dossier keeps its identity, so a later file updates an earlier one. */
export function digestCalendar(digest: Digest, publicUrl: string, at: Instant, language: Language): string | undefined {
  const vi = language === 'vi';
  const event = (id: string, lastSafeOn: string, what: string, description: string, url: string): CalendarDeadline => ({
    id,
    lastSafeOn,
    title: vi ? `Hạn OCOP: ${what}` : `OCOP deadline: ${what}`,
    description,
    url,
    alarm: vi ? `Ngày mai là hạn: ${what}` : `Due tomorrow: ${what}`,
    sequence: Math.floor(at / 1000),
    changedAt: at,
  });
  const dossiers = digest.lines.flatMap((line) =>
    line.bucket !== 'elsewhere' && line.lastSafeOn !== null && line.lastSafeOn >= digest.day
      ? [event(line.cycleId, line.lastSafeOn, line.product, aboutText(line, language, true), dossierUrl(publicUrl, line.cycleId))]
      : [],
  );
  const reports = digest.reports
    .filter(({ lastSafeOn }) => lastSafeOn >= digest.day)
    .map(({ subject, lastSafeOn, title, source }) =>
      event(`${subject}/${lastSafeOn}`, lastSafeOn, title[language], source[language], myWorkUrl(publicUrl)),
    );
  const ahead = [...dossiers, ...reports];
  return ahead.length === 0 ? undefined : deadlineCalendar(ahead, { name: vi ? 'Hạn OCOP' : 'OCOP deadlines' });
}
