/** Follow-up tasks: what a plan attaches to events of cycles, whose it is, by when, and that it was done. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { FollowUp, Plan } from '../../domain/plans';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { latenessOf, LATENESS, LATENESS_TITLES } from '../cycles/lateness';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { HttpProblem, invalidInput, notFound } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, code, communeCode, documentNumber, localDate, provinceCode, text } from '../http/schemas';

const TAG = 'Việc theo kế hoạch';
export const TASK_STATUSES = ['open', 'done', 'not_needed', 'lapsed'] as const;
const KINDS = ['support', 'logo', 'reward', 'field-check', 'officer', 'notice', 'sampling', 'other'] as const satisfies FollowUp['kind'][];

const taskView = z
  .object({
    id: z.string(),
    cycleId: z.string(),
    productName: z.string(),
    producerName: z.string(),
    provinceCode: z.string(),
    communeCode: z.string(),
    kind: z.string(),
    title: bothLanguages,
    /** Whose inbox, and who does it in the plan's own words. */
    office: z.enum(['commune', 'province']),
    owner: z.string().nullable(),
    plan: z.string(),
    source: z.object({ line: z.int(), quote: z.string(), due: z.string() }).nullable(),
    openedOn: localDate,
    dueOn: localDate,
    lateness: z.enum(LATENESS),
    latenessTitle: bothLanguages,
    status: z.enum(TASK_STATUSES),
    doneOn: localDate.nullable(),
    doneBy: z.object({ id: z.string(), office: z.string().nullable() }).nullable(),
    note: z.string().nullable(),
    document: z.string().nullable(),
  })
  .meta({ id: 'FollowUpTask' });

export type TaskView = z.input<typeof taskView>;

interface Row {
  id: bigint;
  cycleId: string;
  productName: string;
  producerName: string;
  provinceCode: string;
  communeCode: string;
  planId: string;
  followUpId: string;
  kind: string;
  office: 'commune' | 'province';
  openedOn: LocalDate;
  dueOn: LocalDate;
  status: (typeof TASK_STATUSES)[number];
  doneOn: LocalDate | null;
  doneBy: string | null;
  doneOffice: string | null;
  note: string | null;
  document: string | null;
}

async function taskRows({ db }: ApiDeps, conditions: Prisma.Sql[], limit: number): Promise<Row[]> {
  return await db.$queryRaw<Row[]>(Prisma.sql`
    select t.id, t.cycle_id as "cycleId", p.name as "productName", r.name as "producerName", c.province_code as "provinceCode",
      c.commune_code as "communeCode", t.plan_id as "planId", t.follow_up_id as "followUpId", t.kind, t.office, t.opened_on::text as "openedOn",
      t.due_on::text as "dueOn", t.status, t.done_on::text as "doneOn", t.done_by as "doneBy", t.done_office as "doneOffice", n.text as note, t.document
    from task t join cycle c on c.id = t.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
      left join note n on n.id = t.note_id
    where ${Prisma.join(conditions, ' and ')} order by t.due_on, t.id limit ${limit}`);
}

const followUpOf = (plans: readonly Plan[], { planId, followUpId }: Row): FollowUp | undefined =>
  plans.find((plan) => plan.id === planId)?.followUps.find((one) => one.id === followUpId);

function viewOf({ rules, today, calendar }: ApiDeps, row: Row): TaskView {
  const followUp = followUpOf(rules.plans, row);
  const { id, planId, followUpId, doneBy, doneOffice, ...facts } = row;
  const open = row.status === 'open';
  const lateness = latenessOf({ paused: false, lastSafeOn: open ? row.dueOn : null }, today(), calendar);
  return {
    ...facts,
    id: String(id),
    plan: planId,
    title: followUp?.title ?? { vi: followUpId, en: followUpId },
    owner: followUp?.owner ?? null,
    source: followUp ? { line: followUp.line, quote: followUp.quote, due: followUp.task?.dueSource ?? '' } : null,
    lateness,
    latenessTitle: LATENESS_TITLES[lateness],
    doneBy: doneBy === null ? null : { id: doneBy, office: doneOffice },
  };
}

const questions = z.strictObject({
  /** Open ones unless told; `all` for every one. */
  status: z.enum([...TASK_STATUSES, 'all']).optional(),
  cycle: code.optional(),
  office: z.enum(['commune', 'province']).optional(),
  kind: z.enum(KINDS).optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  dueBefore: localDate.optional(),
  ...pageQuery,
});
type Questions = z.output<typeof questions>;

/** A page of tasks, the first due first. */
export async function listTasks(deps: ApiDeps, actor: Actor, query: Questions): Promise<{ items: TaskView[]; nextCursor: string | null }> {
  const limit = limitOf(query.limit);
  const [due = '', after = ''] = readCursor(query.cursor, 2) ?? [];
  const isOurs = localDate.safeParse(due).success && /^\d{1,18}$/.test(after);
  const beyond = isOurs ? [Prisma.sql`(t.due_on, t.id) > (${due}::date, ${BigInt(after)})`] : [];
  const rows = await taskRows(deps, [...conditionsOf(actor, query), ...beyond], limit + 1);
  const page = toPage(rows, limit, (row) => [row.dueOn, String(row.id)]);
  return { items: page.items.map((row) => viewOf(deps, row)), nextCursor: page.nextCursor };
}

/** How many there are in all. */
export async function countTasks({ db }: ApiDeps, actor: Actor, query: Questions): Promise<number> {
  const condition = Prisma.join(conditionsOf(actor, query), ' and ');
  const [row] = await db.$queryRaw<{ count: number }[]>(
    Prisma.sql`select count(*)::int as count from task t join cycle c on c.id = t.cycle_id where ${condition}`,
  );
  return row?.count ?? 0;
}

function conditionsOf(actor: Actor, { status = 'open', cycle, office, kind, province, commune, dueBefore }: Questions): Prisma.Sql[] {
  return [
    inScope(actor),
    ...(status === 'all' ? [] : [Prisma.sql`t.status = ${status}`]),
    ...(cycle === undefined ? [] : [Prisma.sql`t.cycle_id = ${cycle}`]),
    ...(office === undefined ? [] : [Prisma.sql`t.office = ${office}`]),
    ...(kind === undefined ? [] : [Prisma.sql`t.kind = ${kind}`]),
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
    ...(dueBefore === undefined ? [] : [Prisma.sql`t.due_on < ${dueBefore}::date`]),
  ];
}

const list = route({
  method: 'get',
  path: '/api/tasks',
  tag: TAG,
  summary: { vi: 'Việc theo kế hoạch, đến hạn trước đứng trước', en: 'Follow-up tasks, the first due first' },
  who: EVERYBODY,
  query: questions,
  answer: { status: 200, schema: pageOf(taskView), description: { vi: 'Một trang', en: 'A page' } },
  handler: async ({ deps, actor, query }) => ({ body: await listTasks(deps, actor, query) }),
});

const params = z.object({ id: z.string().regex(/^\d{1,18}$/) });

async function readTask(deps: ApiDeps, actor: Actor, id: string): Promise<Row> {
  const [row] = await taskRows(deps, [inScope(actor), Prisma.sql`t.id = ${BigInt(id)}`], 1);
  if (!row) throw notFound({ vi: `Không có việc ${id}`, en: `There is no task ${id}` });
  return row;
}

export const taskSettlement = z.strictObject({
  on: localDate.optional(),
  notNeeded: z.boolean().optional(),
  reason: text(4000).optional(),
  sourceDocument: documentNumber.optional(),
});

interface Settling {
  id: string;
  settlement: z.output<typeof taskSettlement>;
  key: string;
}

/**
 * Records a task as done, or as not needed; answers it as it stands then.
 * @throws HttpProblem for another's task, one that is settled, a day outside its time, and "not needed" without a reason
 */
export async function settleTask(deps: ApiDeps, actor: Actor, { id, settlement, key }: Settling): Promise<TaskView> {
  const task = await readTask(deps, actor, id);
  const { on = deps.today(), notNeeded = false, reason, sourceDocument = null } = settlement;
  if (task.office === 'province' && actor.role === 'commune_staff') throw NOT_YOURS;
  if (task.status !== 'open') throw settledBefore(task);
  checkDates(task, on, deps.today());
  if (notNeeded && reason === undefined)
    throw invalidInput([{ field: 'reason', message: { vi: 'cần ghi lý do không cần làm', en: 'the reason why it is not needed' } }]);
  const at = new Date(deps.clock.now());
  const noteId = reason === undefined ? null : `note-${key}`;
  const { count } = await deps.db.$transaction(async (tx) => {
    if (noteId !== null && reason !== undefined)
      await tx.note.createMany({ data: [{ id: noteId, text: reason, actorId: actor.id, writtenAt: at }], skipDuplicates: true });
    return await tx.task.updateMany({
      where: { id: BigInt(id), status: 'open' },
      data: {
        status: notNeeded ? 'not_needed' : 'done',
        doneOn: new Date(on),
        doneBy: actor.id,
        doneOffice: actor.office,
        noteId,
        document: sourceDocument,
        settledAt: at,
      },
    });
  });
  const now = await readTask(deps, actor, id);
  if (count === 0) throw settledBefore(now);
  return viewOf(deps, now);
}

const done = route({
  method: 'post',
  path: '/api/tasks/{id}/done',
  tag: TAG,
  summary: { vi: 'Ghi nhận việc đã xong', en: 'Record a task as done' },
  description: {
    vi: 'Việc của xã do xã hoặc tỉnh ghi, việc của tỉnh do tỉnh ghi. Không cần làm (notNeeded) phải ghi lý do.',
    en: 'A commune’s task is recorded by the commune or the province, a province’s by the province. One that is not needed wants a reason.',
  },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  params,
  body: taskSettlement,
  answer: { status: 200, schema: taskView, description: { vi: 'Việc sau khi ghi', en: 'The task as it stands then' } },
  handler: async ({ deps, actor, params: { id }, body, key }) => ({ body: await settleTask(deps, actor, { id, settlement: body, key }) }),
});

const NOT_YOURS = new HttpProblem('not-allowed', {
  vi: 'Việc này của cấp tỉnh; cấp xã không ghi được',
  en: 'This is the province’s task; a commune cannot record it',
});

function settledBefore({ status, doneOn }: Row): HttpProblem {
  return new HttpProblem('not-allowed-now', {
    vi: `Việc này không còn mở (${status}${doneOn === null ? '' : `, ngày ${doneOn}`})`,
    en: `The task is not open any more (${status}${doneOn === null ? '' : `, ${doneOn}`})`,
  });
}

function checkDates({ openedOn }: Row, on: LocalDate, today: LocalDate): void {
  if (on >= openedOn && on <= today) return;
  throw invalidInput([
    {
      field: 'on',
      message: {
        vi: `từ ngày ${formatVietnamese(openedOn)} đến hôm nay ${formatVietnamese(today)}`,
        en: `from ${openedOn} to today, ${today}`,
      },
    },
  ]);
}

export const TASK_ROUTES: Route[] = [list, done];
