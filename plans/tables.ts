/** Schemas of the tables in data/: holidays, administrative units, scoring sets. */
import { z } from 'zod';
import { isLocalDate } from '../domain/dates';
import type { HolidayRow } from '../domain/holidays';
import type { CriteriaCatalogue } from '../domain/stars/criteria';
import type { OldName } from '../domain/units/directory';
import type { AdministrativeUnit } from '../domain/units/units';
import { because } from './schema';

export const holidayRow = z.strictObject({
  date: z.string().refine(isLocalDate, because('không phải là ngày có thật (viết YYYY-MM-DD)', 'not a day that exists (write YYYY-MM-DD)')),
  kind: z.enum(['holiday', 'day_off_in_lieu', 'working_day_in_lieu']),
  name: z.string().min(1),
  notice: z.string(),
  certainty: z.enum(['confirmed', 'expected']),
}) satisfies z.ZodType<HolidayRow>;

export const unitRow = z
  .strictObject({
    code: z.string().regex(/^\d{2}(\d{3})?$/),
    kind: z.enum(['province', 'commune', 'ward', 'special_zone']),
    name: z.string().min(1),
    full_name: z.string().min(1),
    province_code: z.string(),
  })
  .transform(
    ({ code, kind, name, full_name, province_code }): AdministrativeUnit => ({
      code,
      kind,
      name,
      fullName: full_name,
      provinceCode: province_code === '' ? null : province_code,
    }),
  );

export const oldNameRow = z.strictObject({
  name: z.string().min(1),
  code: z.string().regex(/^\d{2}(\d{3})?$/),
  source: z.string().min(1),
}) satisfies z.ZodType<OldName>;

const points = z.int().min(0).max(100);

export const catalogueSchema = z.strictObject({
  source: z.string().min(1),
  parts: z.strictObject({ A: points, B: points, C: points }),
  sets: z
    .array(
      z.strictObject({
        set: z.int().min(1),
        name: z.string().min(1),
        criteria: z
          .array(
            z.strictObject({
              part: z.enum(['A', 'B', 'C']),
              code: z.string().min(1),
              title: z.string().min(1),
              max: points,
              options: z.array(points).min(1),
              group: z.exactOptional(z.string().min(1)),
              starMinimums: z.exactOptional(
                z.strictObject({ '3': z.exactOptional(points), '4': z.exactOptional(points), '5': z.exactOptional(points) }),
              ),
              note: z.exactOptional(z.string().min(1)),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
}) satisfies z.ZodType<CriteriaCatalogue>;
