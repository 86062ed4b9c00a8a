/** The registers that everything else refers to, as they ship: units, the offices of every unit, holidays, versions of plans. Safe to load at each start. */
import { createHash } from 'node:crypto';
import type { Database } from '../clients/database';
import type { Instant } from '../domain/dates';
import type { HolidayRow } from '../domain/holidays';
import { unitDirectory } from '../domain/units/directory';
import type { Rules } from '../plans/load';
import type { Prisma } from '../prisma/generated/client';

/** The list of units in force begins with the two-tier administration. */
const UNITS_SINCE = new Date('2025-07-01');

const HOLIDAY_KINDS: Record<HolidayRow['kind'], string> = {
  holiday: 'holiday',
  day_off_in_lieu: 'in_lieu',
  working_day_in_lieu: 'working',
};

/** Loads what is missing; what stands already is left as it is, so that corrections made in the records stay. */
export async function loadReferenceData(db: Database, rules: Rules, now: Instant): Promise<void> {
  const directory = unitDirectory(rules.units);
  const units = rules.units.map(({ code, kind, fullName, provinceCode }) => {
    return { code, validFrom: UNITS_SINCE, level: kind, name: fullName, provinceCode };
  });
  const provincial = directory.provinces.map(({ code, fullName }) => {
    return { code, kind: 'province', name: `Cơ quan OCOP ${fullName}`, provinceCode: code, communeCode: null };
  });
  const communal = directory.provinces.flatMap(({ code: provinceCode }) =>
    directory.communesOf(provinceCode).map(({ code, fullName }) => {
      return { code, kind: 'commune', name: `UBND ${fullName}`, provinceCode, communeCode: code };
    }),
  );
  const holidays = rules.calendar.map(({ date, kind, name, notice }) => {
    return { date: new Date(date), kind: HOLIDAY_KINDS[kind], name, source: notice };
  });
  const plans = rules.plans.map((plan) => {
    const content = JSON.stringify(plan);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { id: plan.id, version: plan.version, content: JSON.parse(content) as Prisma.InputJsonValue, sha256, loadedAt: new Date(now) };
  });
  await db.administrativeUnit.createMany({ data: units, skipDuplicates: true });
  await db.office.createMany({ data: [...provincial, ...communal], skipDuplicates: true });
  await db.holiday.createMany({ data: holidays, skipDuplicates: true });
  await db.plan.createMany({ data: plans, skipDuplicates: true });
}
