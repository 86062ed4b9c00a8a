/** What will be sent if nothing else happens: rows that wait in the ledger, and those that the cycles' agendas hold. */
import { z } from 'zod';
import { addDays, type LocalDate } from '../../domain/dates';
import type { Actor } from '../../domain/cycle/state';
import { nudgesAhead } from '../../domain/nudges/ahead';
import { reportNudges } from '../../domain/nudges/reports';
import { workingDayOnOrAfter } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { EVERYBODY, route } from '../http/route';
import { bothLanguages, code, localDate } from '../http/schemas';
import { reportsOwed } from './reports';
import { hears, titleOfRule } from './titles';

const LONGEST_DAYS = 92;
/** Cycles walked in one request: a province has some hundreds. */
const MOST_CYCLES = 1000;

const item = z.object({
  /** The dossier and its product; null for a report, which an office owes. */
  cycleId: z.string().nullable(),
  product: z.string().nullable(),
  office: z.string().nullable(),
  rule: z.string(),
  title: bothLanguages,
  recipient: z.string(),
  subject: z.string(),
  subjectOn: localDate,
  plannedFor: localDate,
  /** The digest that will carry it: the planned day, or the next working day. */
  sendOn: localDate,
});
type Item = z.output<typeof item>;

export const preview = route({
  method: 'get',
  path: '/api/nudges/preview',
  tag: 'Nhắc việc',
  summary: { vi: 'Sắp nhắc những gì, nếu không có gì thay đổi', en: 'What will be sent if nothing else happens' },
  who: EVERYBODY,
  query: z.strictObject({ from: localDate.optional(), to: localDate.optional(), office: code.optional() }),
  answer: {
    status: 200,
    schema: z.object({ from: localDate, to: localDate, items: z.array(item), truncated: z.boolean() }).meta({ id: 'NudgePreview' }),
    description: { vi: 'Theo ngày gửi', en: 'By the day of sending' },
  },
  async handler({ deps, actor, query }) {
    const from = query.from ?? deps.today();
    const to = query.to ?? addDays(from, 30);
    const limit = {
      vi: `phải từ ngày ${from} và không quá ${LONGEST_DAYS} ngày sau`,
      en: `must be from ${from} and at most ${LONGEST_DAYS} days later`,
    };
    if (to < from || to > addDays(from, LONGEST_DAYS)) throw invalidInput([{ field: 'to', message: limit }]);
    const { office } = query;
    const offices = office === undefined ? Prisma.sql`true` : Prisma.sql`(c.commune_code = ${office} or c.province_code = ${office})`;
    const ids = await deps.db.$queryRaw<{ id: string }[]>(Prisma.sql`
      select c.id from cycle c where ${inScope(actor)} and ${offices} and c.stage <> 'closed' order by c.id limit ${MOST_CYCLES + 1}`);
    const cycles = await readCycles(
      deps,
      ids.slice(0, MOST_CYCLES).map(({ id }) => id),
    );
    const found: Item[] = [];
    for (const cycle of cycles) {
      const own = await itemsOf(deps, cycle, to);
      found.push(...own.filter((one) => office === undefined || hears(office, one.recipient, cycle)));
    }
    const reports = await reportItems(deps, actor, to);
    found.push(...reports.filter((one) => office === undefined || one.office === office));
    const key = (one: Item): string => `${one.sendOn} ${one.cycleId ?? one.subject} ${one.rule}`;
    const items = found.filter((one) => one.sendOn >= from && one.sendOn <= to).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    return { body: { from, to, items, truncated: ids.length > MOST_CYCLES } };
  },
});

/** Reports that offices in the actor's sight owe and have not handed in. */
async function reportItems(deps: ApiDeps, actor: Actor, to: LocalDate): Promise<Item[]> {
  const { rules, calendar } = deps;
  const today = deps.today();
  const owed = await reportsOwed(deps, actor, { from: today, to: addDays(to, LONGEST_DAYS) });
  return owed
    .filter((one) => one.submittedOn === null)
    .flatMap(({ office, plan, due }) =>
      reportNudges(plan, rules.reportNudges, { after: addDays(today, -1), day: to, calendar })
        .filter((nudge) => nudge.due.subject === due.subject && nudge.due.date === due.date)
        .map(({ ruleId, plannedFor }) => ({
          cycleId: null,
          product: null,
          office: office.code,
          rule: ruleId,
          title: due.title,
          recipient: due.owner,
          subject: due.subject,
          subjectOn: due.date,
          plannedFor,
          sendOn: workingDayOnOrAfter(calendar, plannedFor),
        })),
    );
}

async function itemsOf(deps: ApiDeps, cycle: CycleRow, to: LocalDate): Promise<Item[]> {
  const today = deps.today();
  const day = (date: Date): LocalDate => date.toISOString().slice(0, 10);
  const waiting = await deps.db.nudge.findMany({ where: { cycleId: cycle.id, status: { in: ['planned', 'late'] } } });
  const inLedger = waiting.map((row) => ({ ...row, subjectOn: day(row.subjectOn), plannedFor: day(row.plannedFor) }));
  const ahead = nudgesAhead(await stateOf(deps, cycle), to);
  return [...inLedger, ...ahead].map(({ ruleId, recipient, subject, subjectOn, plannedFor }) => ({
    cycleId: cycle.id,
    product: cycle.product.name,
    office: null,
    rule: ruleId,
    title: titleOfRule(deps.rules, ruleId),
    recipient,
    subject,
    subjectOn,
    plannedFor,
    sendOn: workingDayOnOrAfter(deps.calendar, plannedFor < today ? today : plannedFor),
  }));
}
