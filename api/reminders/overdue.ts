/** Overdue dossiers that a province may press communes for: only those whose turn is the commune's, or a producer's whom the commune guides. */
import { z } from 'zod';
import type { Step } from '../../domain/cycle/stages';
import { STEPS } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { dossierQuestions, isAskedFor } from '../cycles/filter';
import { PARTY_TITLES } from '../cycles/parties';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';

const MOST_IDS = 500;
const { plan, province, commune, stage, step, kind, dueFrom, dueTo, q } = dossierQuestions;

/** Which overdue dossiers: by a filter, or the very ones by their ids. */
export const reminderQuestions = z.strictObject({
  plan,
  province,
  commune,
  stage,
  step,
  kind,
  dueFrom,
  dueTo,
  q,
  ids: z
    .string()
    .regex(/^[A-Za-z0-9.,-]{1,20000}$/)
    .optional()
    .meta({ description: `Mã các chu trình, cách nhau bằng dấu phẩy, tối đa ${MOST_IDS}. / Ids of cycles, by comma.` }),
});

export type ReminderQuestions = z.output<typeof reminderQuestions>;

export interface OverdueDossier {
  id: string;
  product: string;
  producer: string;
  provinceCode: string;
  communeCode: string;
  plan: string;
  step: Step;
  waitingFor: 'commune' | 'producer';
  lastSafeOn: LocalDate;
  daysLate: number;
  source: string;
  quote: string | null;
}

export interface Overdue {
  /** By commune, the latest first within each. */
  dossiers: OverdueDossier[];
  /** Overdue at others, whom a letter to communes cannot press: by whose turn it is. */
  elsewhere: { waitingFor: string; count: number }[];
}

type Row = Omit<OverdueDossier, 'daysLate' | 'waitingFor'> & { waitingFor: string };

/** The overdue dossiers asked for. Throws the problem of ids that are unknown, not overdue, or not the communes' turn. */
export async function overdueDossiers(deps: ApiDeps, actor: Actor, questions: ReminderQuestions): Promise<Overdue> {
  const { ids: written, ...filter } = questions;
  const ids = written === undefined ? undefined : [...new Set(written.split(',').filter(Boolean))];
  if (ids && ids.length > MOST_IDS) throw refusedIds(`tối đa ${MOST_IDS} hồ sơ mỗi lần`, `at most ${MOST_IDS} at a time`);
  const asked = isAskedFor(deps, actor, { ...filter, scope: 'open', lateness: 'overdue' });
  const rows = await deps.db.$queryRaw<Row[]>(Prisma.sql`
    select c.id, p.name as product, r.name as producer, c.province_code as "provinceCode", c.commune_code as "communeCode", c.plan_id as plan, c.step,
      c.waiting_for as "waitingFor", c.last_safe_on::text as "lastSafeOn", coalesce(d.source, c.due_source, '') as source, d.quote
    from cycle c join product p on p.code = c.product_code join producer r on r.id = p.producer_id
      left join deadline d on d.cycle_id = c.id and d.kind = c.due_kind and d.date = c.due_on and d.superseded_at is null
    where ${asked} and c.waiting_for is not null ${ids ? Prisma.sql`and c.id = any(${ids})` : Prisma.empty}
    order by c.commune_code, c.last_safe_on, c.id`);
  const today = deps.today();
  const dossiers = rows.flatMap((row): OverdueDossier[] => {
    const { waitingFor } = row;
    if (waitingFor !== 'commune' && waitingFor !== 'producer') return [];
    return [{ ...row, waitingFor, daysLate: daysBetween(row.lastSafeOn, today) }];
  });
  if (ids) checkIds(ids, rows);
  return { dossiers, elsewhere: elsewhereIn(rows) };
}

function checkIds(ids: readonly string[], rows: readonly Row[]): void {
  const problems = ids.flatMap((id): FieldProblem[] => {
    const row = rows.find((one) => one.id === id);
    if (!row) return [idProblem(id, 'không có, hoặc không quá hạn', 'does not exist or is not overdue')];
    if (row.waitingFor === 'commune' || row.waitingFor === 'producer') return [];
    const title = PARTY_TITLES[row.waitingFor as keyof typeof PARTY_TITLES];
    return [idProblem(id, `đang đến lượt ${title.vi}, không đôn đốc xã được`, `is the turn of: ${title.en}`)];
  });
  if (problems.length > 0) throw invalidInput(problems);
}

const idProblem = (id: string, vi: string, en: string): FieldProblem => ({
  field: 'ids',
  message: { vi: `${id}: ${vi}`, en: `${id}: ${en}` },
});
const refusedIds = (vi: string, en: string) => invalidInput([{ field: 'ids', message: { vi, en } }]);

function elsewhereIn(rows: readonly Row[]): Overdue['elsewhere'] {
  const parties = [...new Set(rows.map((row) => row.waitingFor))].filter((party) => party !== 'commune' && party !== 'producer');
  return parties.map((waitingFor) => ({ waitingFor, count: rows.filter((row) => row.waitingFor === waitingFor).length }));
}

/** Each limit that was missed, with how many dossiers missed it, the most first. */
export function sourcesOf(dossiers: readonly OverdueDossier[]): { source: string; quote: string | null; count: number }[] {
  const found = new Map<string, { source: string; quote: string | null; count: number }>();
  for (const { source, quote } of dossiers) {
    const before = found.get(source) ?? { source, quote, count: 0 };
    found.set(source, { ...before, count: before.count + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1));
}

/** What is awaited, in words. */
export const stepTitle = ({ step: name }: Pick<OverdueDossier, 'step'>): string => STEPS[name].title.vi;
