/** Days without work and days worked instead, as they ship and as they are entered. Digests heed an entered day at once, new dossiers too. */
import { z } from 'zod';
import { isoWeekday, type LocalDate, formatVietnamese } from '../../domain/dates';
import type { Actor } from '../../domain/cycle/state';
import type { Holiday } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput, notFound } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, localDate, text } from '../http/schemas';
import { readHolidays } from './current';

export const HOLIDAY_KINDS = ['holiday', 'in_lieu', 'working'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

export const HOLIDAY_TITLES: Record<HolidayKind, { vi: string; en: string }> = {
  holiday: { vi: 'Nghỉ lễ, tết', en: 'Holiday' },
  in_lieu: { vi: 'Nghỉ bù, hoán đổi', en: 'Day off in lieu' },
  working: { vi: 'Làm bù', en: 'Worked instead' },
};

export const holidayInput = z
  .strictObject({ date: localDate, kind: z.enum(HOLIDAY_KINDS), name: text(200), source: text(500) })
  .meta({ id: 'NewHoliday' });
export type HolidayInput = z.output<typeof holidayInput>;

export const holidayView = z
  .object({
    date: localDate,
    kind: z.enum(HOLIDAY_KINDS),
    kindTitle: bothLanguages,
    name: z.string(),
    source: z.string(),
    /** Entered here, and can be taken out again; false for what ships. */
    entered: z.boolean(),
  })
  .meta({ id: 'Holiday' });
export type HolidayView = z.output<typeof holidayView>;

function viewOf({ date, kind, name, source, enteredBy }: Holiday): HolidayView {
  const known = kind as HolidayKind;
  return {
    date: date.toISOString().slice(0, 10),
    kind: known,
    kindTitle: HOLIDAY_TITLES[known],
    name,
    source,
    entered: enteredBy !== null,
  };
}

/** The days of a year. */
export async function holidaysOf({ db }: Pick<ApiDeps, 'db'>, year: number): Promise<HolidayView[]> {
  const rows = await db.holiday.findMany({
    where: { date: { gte: new Date(`${year}-01-01`), lte: new Date(`${year}-12-31`) } },
    orderBy: { date: 'asc' },
  });
  return rows.map(viewOf);
}

/** Enters a day. Throws the problem of one that stands already, or that its weekday contradicts. */
export async function enterHoliday(deps: ApiDeps, actor: Actor, { date, kind, name, source }: HolidayInput): Promise<HolidayView> {
  const weekend = isoWeekday(date) > 5;
  if (kind === 'working' && !weekend) throw wrongDay(date, 'vốn là ngày làm việc trong tuần', 'is a weekday anyway');
  if (kind === 'in_lieu' && weekend) throw wrongDay(date, 'vốn là ngày nghỉ cuối tuần', 'is a weekend day anyway');
  const row = { date: new Date(date), kind, name, source, enteredBy: actor.id };
  const { count } = await deps.db.holiday.createMany({ data: [row], skipDuplicates: true });
  if (count === 0)
    throw new HttpProblem('already-exists', {
      vi: `Ngày ${formatVietnamese(date)} đã có trong bảng; muốn sửa thì bỏ ngày đã nhập rồi nhập lại`,
      en: `${date} is in the table already; to change it take the entered day out first`,
    });
  await readHolidays(deps);
  return viewOf(row);
}

function wrongDay(date: LocalDate, vi: string, en: string): HttpProblem {
  return invalidInput([{ field: 'date', message: { vi: `${formatVietnamese(date)} ${vi}`, en: `${date} ${en}` } }]);
}

/** Takes an entered day out again; what ships stays. */
export async function removeHoliday(deps: ApiDeps, date: LocalDate): Promise<void> {
  const row = await deps.db.holiday.findUnique({ where: { date: new Date(date) } });
  if (!row) throw notFound({ vi: `Bảng không có ngày ${formatVietnamese(date)}`, en: `${date} is not in the table` });
  if (row.enteredBy === null)
    throw new HttpProblem('not-allowed-now', {
      vi: 'Ngày này theo thông báo của Nhà nước đi cùng hệ thống, không bỏ được',
      en: 'This day comes with the product by a notice of the state and stays',
    });
  await deps.db.holiday.delete({ where: { date: row.date } });
  await readHolidays(deps);
}

const tag = 'Ngày nghỉ';

const list = route({
  method: 'get',
  path: '/api/holidays',
  tag,
  summary: { vi: 'Ngày nghỉ và ngày làm bù của một năm', en: 'Days off and days worked instead, of a year' },
  who: EVERYBODY,
  query: z.strictObject({
    year: z
      .string()
      .regex(/^(19|20)\d\d$/)
      .optional(),
  }),
  answer: {
    status: 200,
    schema: z.object({ year: z.int(), items: z.array(holidayView) }),
    description: { vi: 'Theo ngày', en: 'By date' },
  },
  async handler({ deps, query }) {
    const year = Number(query.year ?? deps.today().slice(0, 4));
    return { body: { year, items: await holidaysOf(deps, year) } };
  },
});

const enter = route({
  method: 'post',
  path: '/api/holidays',
  tag,
  summary: { vi: 'Nhập một ngày nghỉ hoặc làm bù', en: 'Enter a day off or worked instead' },
  description: {
    vi: 'Thư nhắc và hồ sơ mới tính theo ngay; hồ sơ đang chạy giữ lịch cũ đến khi áp dụng (adopt-rules, hoặc nhiều hồ sơ một lần).',
    en: 'Digests and new dossiers heed it at once; running ones keep their calendar until it is adopted (adopt-rules, or many at once).',
  },
  who: ['administrator'],
  body: holidayInput,
  answer: { status: 201, schema: holidayView, description: { vi: 'Ngày đã nhập', en: 'The day' } },
  refusals: [409],
  handler: async ({ deps, actor, body }) => ({ body: await enterHoliday(deps, actor, body) }),
});

const remove = route({
  method: 'delete',
  path: '/api/holidays/{date}',
  tag,
  summary: { vi: 'Bỏ một ngày đã nhập', en: 'Take an entered day out' },
  who: ['administrator'],
  params: z.object({ date: localDate }),
  answer: { status: 204, description: { vi: 'Đã bỏ', en: 'Done' } },
  refusals: [409],
  async handler({ deps, params }) {
    await removeHoliday(deps, params.date);
    return {};
  },
});

export const HOLIDAY_ROUTES: Route[] = [list, enter, remove];
