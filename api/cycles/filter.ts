/** What people ask of the dossiers, and the one condition that counters and lists are both made of: a number opens the list that it counts. */
import { z } from 'zod';
import { STAGES, STEPS, type Step } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { accentlessKey } from '../../domain/units/spelling';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';
import { communeWork, WORK_FINDINGS } from '../managers/commune-work';
import { isLateness, LATENESS, type Lateness } from './lateness';
import { PARTIES } from './parties';

/** Which dossiers are looked at: those on their way to a certificate, those in validity, those ended, all that are open, or all. */
export const SCOPES = ['season', 'validity', 'open', 'closed', 'all'] as const;
export type DossierScope = (typeof SCOPES)[number];

export const KINDS = ['new', 'upgrade', 'reevaluation'] as const;
const STEP_NAMES = Object.keys(STEPS) as [Step, ...Step[]];
const oneOrMore = (words: readonly string[]): RegExp => new RegExp(`^(${words.join('|')})(,(${words.join('|')}))*$`);

/** Every question, as it stands in an address. */
export const dossierQuestions = {
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  stage: z.enum(STAGES).optional(),
  step: z.enum(STEP_NAMES).optional(),
  kind: z.enum(KINDS).optional(),
  waitingFor: z.enum([...PARTIES, 'nobody']).optional(),
  lateness: z
    .string()
    .regex(oneOrMore(LATENESS))
    .optional()
    .meta({ description: `Một hoặc nhiều, cách nhau bằng dấu phẩy: / One or several, by comma: ${LATENESS.join(', ')}` }),
  /** The last day on which the step is in time: that day, or from and to. */
  dueOn: localDate.optional(),
  dueFrom: localDate.optional(),
  dueTo: localDate.optional(),
  /** Dossiers that nobody on the side whose turn it is follows, or that whoever asks follows. */
  officer: z.enum(['none', 'me']).optional(),
  /** Technical trouble. */
  attention: z.enum(['yes']).optional(),
  /** First day in the present stage, at the earliest. */
  enteredFrom: localDate.optional(),
  /** Something recorded since a day, by its name in the history. */
  event: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/)
    .optional(),
  since: localDate.optional(),
  /** A finding of the communes' table. */
  work: z.enum(WORK_FINDINGS).optional(),
  q: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Tên sản phẩm, tên chủ thể hoặc mã, có dấu hay không. / Product, producer or code, with or without accents.' }),
};

const dossierQuestion = z.object({ ...dossierQuestions, scope: z.enum(SCOPES) });
export type DossierFilter = z.output<typeof dossierQuestion>;

const SCOPE: Record<DossierScope, Prisma.Sql> = {
  season: Prisma.sql`c.stage in (${Prisma.join(STAGES.filter((stage) => stage !== 'validity' && stage !== 'closed'))})`,
  validity: Prisma.sql`c.stage = 'validity'`,
  open: Prisma.sql`c.stage in (${Prisma.join(STAGES.filter((stage) => stage !== 'closed'))})`,
  closed: Prisma.sql`c.stage = 'closed'`,
  all: Prisma.sql`true`,
};

/** Nobody is assigned on the side whose turn it is; producers are followed by their commune. */
export const UNASSIGNED = Prisma.sql`case when c.waiting_for in ('commune', 'producer') then c.commune_officer_id is null
  when c.waiting_for = 'province' then c.province_officer_id is null else false end`;

/** The actor is the officer on either side; null where one side has none and the other is somebody else. */
export const isFollowedBy = ({ id }: Actor): Prisma.Sql => Prisma.sql`${id} in (c.commune_officer_id, c.province_officer_id)`;

/** The condition of a filter on the table `cycle`, called c, for this actor. */
export function isAskedFor(deps: Pick<ApiDeps, 'today' | 'calendar' | 'rules'>, actor: Actor, filter: DossierFilter): Prisma.Sql {
  const { lateness, event, since, work, q } = filter;
  const conditions = [
    inScope(actor),
    SCOPE[filter.scope],
    equals(Prisma.sql`c.plan_id`, filter.plan),
    equals(Prisma.sql`c.province_code`, filter.province),
    equals(Prisma.sql`c.commune_code`, filter.commune),
    equals(Prisma.sql`c.stage`, filter.stage),
    equals(Prisma.sql`c.step`, filter.step),
    equals(Prisma.sql`c.kind`, filter.kind),
    filter.waitingFor === 'nobody' ? Prisma.sql`c.waiting_for is null` : equals(Prisma.sql`c.waiting_for`, filter.waitingFor),
    lateness ? anyLateness(lateness.split(',') as Lateness[], deps) : undefined,
    onDay('=', filter.dueOn),
    onDay('>=', filter.dueFrom),
    onDay('<=', filter.dueTo),
    filter.officer === 'none' ? UNASSIGNED : undefined,
    filter.officer === 'me' ? isFollowedBy(actor) : undefined,
    filter.attention ? Prisma.sql`c.needs_attention is not null` : undefined,
    filter.enteredFrom ? Prisma.sql`c.stage_entered_at >= ${new Date(startOfDay(filter.enteredFrom))}` : undefined,
    event || since ? happened(event, since) : undefined,
    work ? Prisma.sql`c.id in (${communeWork(deps, actor, filter, work)})` : undefined,
    q === undefined || q.trim() === '' ? undefined : searched(q),
  ];
  return Prisma.join(
    conditions.filter((one) => one !== undefined),
    ' and ',
  );
}

const equals = (column: Prisma.Sql, value: string | undefined): Prisma.Sql | undefined =>
  value === undefined ? undefined : Prisma.sql`${column} = ${value}`;

function onDay(operator: '=' | '>=' | '<=', day: LocalDate | undefined): Prisma.Sql | undefined {
  return day === undefined ? undefined : Prisma.sql`c.last_safe_on ${Prisma.raw(operator)} ${day}::date`;
}

function anyLateness(asked: readonly Lateness[], { today, calendar }: Pick<ApiDeps, 'today' | 'calendar'>): Prisma.Sql {
  const each = asked.map((lateness) => Prisma.sql`(${isLateness(lateness, today(), calendar)})`);
  return Prisma.sql`(${Prisma.join(each, ' or ')})`;
}

function happened(event: string | undefined, since: LocalDate | undefined): Prisma.Sql {
  return Prisma.sql`exists (select from cycle_event e where e.cycle_id = c.id
    ${event === undefined ? Prisma.empty : Prisma.sql`and e.name = ${event}`}
    ${since === undefined ? Prisma.empty : Prisma.sql`and e.recorded_at >= ${new Date(startOfDay(since))}`})`;
}

const MARKED = 'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ';
const PLAIN = 'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd';

/** A column without case and Vietnamese marks. */
export const plain = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`translate(lower(${column}), ${MARKED}, ${PLAIN})`;

const containing = (written: string): string => `%${written.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** Cycles whose code, product or producer holds these words; c is `cycle`. */
export function searched(q: string): Prisma.Sql {
  const words = containing(accentlessKey(q));
  return Prisma.sql`(lower(c.id) like ${containing(q.trim().toLowerCase())} or exists (
    select from product sp join producer sr on sr.id = sp.producer_id where sp.code = c.product_code
      and (${plain(Prisma.sql`sp.name`)} like ${words} or ${plain(Prisma.sql`sr.name`)} like ${words})))`;
}
