/** The digest's calendar and wording as the records have them now, over what the product ships. */
import type { Database } from '../../clients/database';
import { type HolidayRow, workingCalendar } from '../../domain/holidays';
import type { DigestTemplate } from '../../domain/nudges/mail/template';
import type { WorkingCalendar } from '../../domain/working-days';
import { DIGEST_TEMPLATE, digestTemplateSchema } from '../../plans/mail-templates';

const KINDS: Record<string, HolidayRow['kind']> = { holiday: 'holiday', in_lieu: 'day_off_in_lieu', working: 'working_day_in_lieu' };

/** The shipped holiday table with the days that were entered in the records, which win. */
export async function calendarNow(db: Pick<Database, 'holiday'>, shipped: readonly HolidayRow[]): Promise<WorkingCalendar> {
  const rows = await db.holiday.findMany();
  const entered = rows.flatMap(({ date, kind, name, source }): HolidayRow[] => {
    const known = KINDS[kind];
    return known ? [{ date: date.toISOString().slice(0, 10), kind: known, name, notice: source, certainty: 'confirmed' }] : [];
  });
  return workingCalendar(shipped, entered);
}

/** An administrator's wording where there is one, else the shipped. */
export async function templateNow(db: Pick<Database, 'mailTemplate'>, shipped: DigestTemplate): Promise<DigestTemplate> {
  const row = await db.mailTemplate.findUnique({ where: { id: DIGEST_TEMPLATE } });
  const changed = digestTemplateSchema.safeParse(row?.content);
  return changed.success ? changed.data : shipped;
}
