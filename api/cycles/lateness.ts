/** Lateness in words, counted when it is read, from the last day on which the step is in time. */
import type { LocalDate } from '../../domain/dates';
import type { Text } from '../../domain/sources';
import { addWorkingDays, type WorkingCalendar, workingDaysBetween } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';

export const LATENESS = ['on_time', 'due_soon', 'overdue', 'paused', 'none'] as const;
export type Lateness = (typeof LATENESS)[number];

export const LATENESS_TITLES: Record<Lateness, Text> = {
  on_time: { vi: 'Còn hạn', en: 'On time' },
  due_soon: { vi: 'Sắp đến hạn', en: 'Due soon' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  paused: { vi: 'Tạm dừng', en: 'Paused' },
  none: { vi: 'Không có thời hạn', en: 'No deadline' },
};

/** "Sắp đến hạn": so many working days or fewer are left. */
export const SOON_WORKING_DAYS = 3;

interface Measured {
  paused: boolean;
  lastSafeOn: LocalDate | null;
}

/** How a step stands on a day. */
export function latenessOf({ paused, lastSafeOn }: Measured, today: LocalDate, calendar: WorkingCalendar): Lateness {
  if (paused) return 'paused';
  if (lastSafeOn === null) return 'none';
  if (lastSafeOn < today) return 'overdue';
  return workingDaysBetween(calendar, today, lastSafeOn) <= SOON_WORKING_DAYS ? 'due_soon' : 'on_time';
}

/** The same as a condition on the table `cycle`, called c. */
export function isLateness(lateness: Lateness, today: LocalDate, calendar: WorkingCalendar): Prisma.Sql {
  const notSoonFrom = addWorkingDays(calendar, today, SOON_WORKING_DAYS + 1);
  switch (lateness) {
    case 'paused':
      return Prisma.sql`c.paused`;
    case 'none':
      return Prisma.sql`not c.paused and c.last_safe_on is null`;
    case 'overdue':
      return Prisma.sql`not c.paused and c.last_safe_on < ${today}::date`;
    case 'due_soon':
      return Prisma.sql`not c.paused and c.last_safe_on >= ${today}::date and c.last_safe_on < ${notSoonFrom}::date`;
    case 'on_time':
      return Prisma.sql`not c.paused and c.last_safe_on >= ${notSoonFrom}::date`;
  }
}
