/** The deadlines of a digest as a calendar file: one all-day event per dossier of the reader's own, with an alarm the day before. */
import { ICalAlarmType, ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import { addDays, type Instant, type LocalDate, startOfDay } from '../../domain/dates';
import type { Digest } from '../../domain/nudges/lines';
import { dossierUrl } from '../../domain/nudges/mail/body';
import { aboutText } from '../../domain/nudges/mail/words';

const DAY_SECONDS = 86_400;
const NAME = 'Hạn OCOP';

/** The calendar; undefined when no dossier has a limit ahead. The same dossier and limit keep their identity, so a later file updates an earlier one. */
export function digestCalendar(digest: Digest, publicUrl: string, at: Instant): string | undefined {
  const ahead = digest.lines.filter((line) => line.bucket !== 'elsewhere' && line.lastSafeOn !== null && line.lastSafeOn >= digest.day);
  if (ahead.length === 0) return undefined;
  const calendar = new ICalCalendar({
    name: NAME,
    prodId: { company: 'OCOP', product: 'ocop-cycles', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const line of ahead) {
    const event = calendar.createEvent({
      id: `${line.cycleId}@ocop-cycles`,
      start: allDay(line.lastSafeOn ?? digest.day),
      end: allDay(addDays(line.lastSafeOn ?? digest.day, 1)),
      allDay: true,
      stamp: new Date(at),
      summary: `Hạn OCOP: ${line.product}`,
      description: aboutText(line, 'vi', true),
      url: dossierUrl(publicUrl, line.cycleId),
    });
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: DAY_SECONDS - 8 * 3600,
      description: `Ngày mai là hạn: ${line.product}`,
    });
  }
  return calendar.toString();
}

/** A date of which only the day is written. */
function allDay(date: LocalDate): Date {
  return new Date(startOfDay(date) + 12 * 3_600_000);
}
