/** Private calendar addresses of offices: made, listed and revoked by the office, read by calendar programs without a token. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { deadlineCalendar } from '../../documents/calendar';
import { hashOfToken } from '../auth/callers';
import { seesOffice } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput, madeBefore, notFound } from '../http/problem';
import { openRoute, route, type Route } from '../http/route';
import { code, instant, text } from '../http/schemas';
import { calendarOf, type CalendarOffice } from './events';

const TAG = 'Lịch';
/** Of one office at a time; programs that read calendars are few. */
const MOST_OPEN = 20;
const REFRESH_SECONDS = 6 * 3600;

const feedView = z.object({
  id: z.string(),
  office: z.string(),
  name: z.string(),
  createdAt: instant,
  revokedAt: instant.nullable(),
});

interface FeedRow {
  id: string;
  officeCode: string;
  name: string;
  createdAt: Date;
  revokedAt: Date | null;
}

export type CalendarFeed = z.input<typeof feedView>;

const viewOf = ({ id, officeCode, name, createdAt, revokedAt }: FeedRow): z.input<typeof feedView> => ({
  id,
  office: officeCode,
  name,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});

const newSecret = (): string => randomBytes(24).toString('base64url');

const newFeed = z.strictObject({ office: code.optional(), name: text(100).optional() }).meta({ id: 'NewCalendarFeed' });

/** Makes an address for the office, one per key; its secret is in the answer and nowhere else. Throws the problem of a key that has made one. */
export async function createFeed(
  deps: ApiDeps,
  actor: Actor,
  input: z.output<typeof newFeed>,
  key: string,
): Promise<CalendarFeed & { url: string }> {
  const office = await ownOffice(deps, actor, input.office ?? actor.office);
  const open = await deps.db.calendarFeed.count({ where: { officeCode: office.code, revokedAt: null } });
  if (open >= MOST_OPEN) throw tooManyOpen();
  const secret = newSecret();
  const name = input.name ?? 'Lịch của đơn vị';
  const createdAt = new Date(deps.clock.now());
  const data = { id: key, hash: hashOfToken(secret), officeCode: office.code, name, createdBy: actor.id, createdAt };
  const [row] = await deps.db.calendarFeed.createManyAndReturn({ data: [data], skipDuplicates: true });
  if (row) return { ...viewOf(row), url: `${deps.publicUrl}/lich/${secret}.ics` };
  throw madeBefore(
    { vi: `Địa chỉ lịch “${name}”`, en: `The calendar address “${name}”` },
    { vi: 'hãy thu hồi địa chỉ này rồi tạo địa chỉ khác', en: 'revoke it and make another' },
  );
}

/** The office's addresses, an administrator's are all; the oldest first. */
export async function listFeeds({ db }: ApiDeps, actor: Actor): Promise<CalendarFeed[]> {
  const where = actor.role === 'administrator' ? {} : { officeCode: actor.office };
  const rows = await db.calendarFeed.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(viewOf);
}

/** Revokes an address of the office. Throws "not found" for others and for what is revoked. */
export async function revokeFeed({ db, clock }: ApiDeps, actor: Actor, id: string): Promise<void> {
  const own = actor.role === 'administrator' ? {} : { officeCode: actor.office };
  const { count } = await db.calendarFeed.updateMany({
    where: { id, revokedAt: null, ...own },
    data: { revokedAt: new Date(clock.now()) },
  });
  if (count === 0) throw notFound();
}

const create = route({
  method: 'post',
  path: '/api/calendar-feeds',
  tag: TAG,
  summary: { vi: 'Tạo địa chỉ lịch riêng của đơn vị', en: 'Make a private calendar address of an office' },
  description: {
    vi: 'Ai có địa chỉ này đều đọc được lịch: chỉ đưa cho người của đơn vị. Địa chỉ chỉ hiện một lần; khi gửi lại với cùng Idempotency-Key, url là null.',
    en: 'Whoever has the address can read the calendar. It is shown once; a repetition with the same Idempotency-Key has null in its place.',
  },
  who: ['administrator', 'provincial_staff', 'commune_staff', 'council_secretary'],
  body: newFeed,
  answer: {
    status: 201,
    schema: feedView.extend({ url: z.string().nullable() }).meta({ id: 'CalendarFeedMade' }),
    description: { vi: 'Địa chỉ lịch', en: 'The address' },
  },
  kept: (answer) => ({ ...answer, url: null }),
  handler: async ({ deps, actor, body, key }) => ({ body: await createFeed(deps, actor, body, key) }),
});

/** The office if it is the actor's own, or any for an administrator. */
async function ownOffice({ db }: ApiDeps, actor: Actor, officeCode: string): Promise<CalendarOffice> {
  const office = await db.office.findUnique({ where: { code: officeCode } });
  if (!office || !seesOffice(actor, office)) {
    const message = {
      vi: 'không có đơn vị này; hãy ghi mã xã (5 chữ số) hoặc mã tỉnh (2 chữ số)',
      en: 'there is no such office; write the code of a commune or a province',
    };
    throw invalidInput([{ field: 'office', message }]);
  }
  if (actor.role !== 'administrator' && actor.office !== office.code) throw notYours(office.name);
  return office;
}

function notYours(name: string): HttpProblem {
  return new HttpProblem('not-allowed', {
    vi: `Lịch của ${name} do chính đơn vị đó tạo và thu hồi`,
    en: `The calendar of ${name} is made and revoked by that office itself`,
  });
}

function tooManyOpen(): HttpProblem {
  return new HttpProblem('not-allowed-now', {
    vi: `Đơn vị đã có ${MOST_OPEN} địa chỉ lịch đang dùng; hãy thu hồi bớt`,
    en: `The office has ${MOST_OPEN} calendar addresses in use; revoke some`,
  });
}

const list = route({
  method: 'get',
  path: '/api/calendar-feeds',
  tag: TAG,
  summary: { vi: 'Các địa chỉ lịch của đơn vị', en: 'Calendar addresses of the office' },
  who: ['administrator', 'provincial_staff', 'commune_staff', 'council_secretary'],
  answer: {
    status: 200,
    schema: z.object({ items: z.array(feedView.meta({ id: 'CalendarFeed' })) }),
    description: { vi: 'Cũ trước', en: 'Oldest first' },
  },
  handler: async ({ deps, actor }) => ({ body: { items: await listFeeds(deps, actor) } }),
});

const revoke = route({
  method: 'delete',
  path: '/api/calendar-feeds/{id}',
  tag: TAG,
  summary: { vi: 'Thu hồi địa chỉ lịch', en: 'Revoke a calendar address' },
  who: ['administrator', 'provincial_staff', 'commune_staff', 'council_secretary'],
  params: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  answer: { status: 204, description: { vi: 'Đã thu hồi', en: 'Revoked' } },
  async handler({ deps, actor, params: { id } }) {
    await revokeFeed(deps, actor, id);
    return {};
  },
});

const SECRET_FILE = /^([\w-]{32})\.ics$/;

const read = openRoute({
  method: 'get',
  path: '/lich/{file}',
  tag: TAG,
  summary: { vi: 'Lịch các hạn của một đơn vị', en: 'The deadlines of an office as a calendar' },
  description: { vi: 'Địa chỉ riêng, dạng /lich/….ics; không có dữ liệu cá nhân.', en: 'A private address; no personal data.' },
  params: z.object({ file: z.string().max(80) }),
  answer: { status: 200, files: ['text/calendar'], description: { vi: 'Tệp iCalendar', en: 'An iCalendar file' } },
  async handler({ deps, params }) {
    const [, secret] = SECRET_FILE.exec(params.file) ?? [];
    const feed = secret === undefined ? null : await deps.db.calendarFeed.findUnique({ where: { hash: hashOfToken(secret) } });
    const office = feed?.revokedAt === null ? await deps.db.office.findUnique({ where: { code: feed.officeCode } }) : null;
    if (!office)
      throw notFound({
        vi: 'Không có lịch ở địa chỉ này, hoặc địa chỉ đã bị thu hồi',
        en: 'There is no calendar here, or its address was revoked',
      });
    const content = deadlineCalendar(await calendarOf(deps, office), { name: `OCOP: ${office.name}`, refreshSeconds: REFRESH_SECONDS });
    return { text: { type: 'text/calendar; charset=utf-8', content }, headers: { 'cache-control': 'private, no-cache' } };
  },
});

export const CALENDAR_ROUTES: Route[] = [create, list, revoke, read];
