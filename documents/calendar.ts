/** Deadlines as a calendar: all-day events on the last day on which one may still act. A date is a date in any zone, so no zone is written. */
import { ICalAlarmType, ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import { addDays, type Instant, type LocalDate, startOfDay } from '../domain/dates';

export interface CalendarDeadline {
  /** The same for the same thing for ever: a moved deadline moves its event. */
  id: string;
  lastSafeOn: LocalDate;
  title: string;
  description: string;
  url?: string;
  /** What the day before says. */
  alarm: string;
  /** Raised with every change of the thing. */
  sequence: number;
  changedAt: Instant;
}

export interface CalendarOptions {
  name: string;
  /** How often a subscriber should look again, in seconds. */
  refreshSeconds?: number;
}

const DAY_SECONDS = 86_400;
const EIGHT_O_CLOCK = 8 * 3600;

/** The calendar file. The same deadlines give the same text. */
export function deadlineCalendar(deadlines: readonly CalendarDeadline[], { name, refreshSeconds }: CalendarOptions): string {
  const calendar = new ICalCalendar({
    name,
    prodId: { company: 'OCOP', product: 'ocop-cycles', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
    ...(refreshSeconds === undefined ? {} : { ttl: refreshSeconds }),
  });
  for (const { id, lastSafeOn, title, description, url, alarm, sequence, changedAt } of deadlines) {
    const event = calendar.createEvent({
      id: `${id}@ocop-cycles`,
      start: allDay(lastSafeOn),
      end: allDay(addDays(lastSafeOn, 1)),
      allDay: true,
      stamp: new Date(changedAt),
      sequence,
      summary: title,
      description,
      ...(url === undefined ? {} : { url }),
    });
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: DAY_SECONDS - EIGHT_O_CLOCK, description: alarm });
  }
  return calendar.toString();
}

/** A date of which only the day is written. */
function allDay(date: LocalDate): Date {
  return new Date(startOfDay(date) + 12 * 3_600_000);
}
