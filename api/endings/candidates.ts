/** Certificates that a decision could end: those whose revocation is due, those of a recognising decision, or those named by their codes. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { route } from '../http/route';
import { code, documentNumber, localDate } from '../http/schemas';
import { ENDERS, MOST_CERTIFICATES, TAG } from './input';

const candidate = z
  .object({
    code: z.string(),
    number: z.string().nullable(),
    cycleId: z.string(),
    productName: z.string(),
    producerName: z.string(),
    communeCode: z.string(),
    star: z.int(),
    status: z.enum(['in_force', 'expired']),
    issuedOn: localDate,
    endsOn: localDate,
    recognisedBy: z.string().nullable(),
    step: z.string(),
    /** The ground that an inspection found, the day of its conclusion and the last day for the decision (article 8.4), while a revocation is due. */
    ground: z.string().nullable(),
    concludedOn: localDate.nullable(),
    decideBy: localDate.nullable(),
  })
  .meta({ id: 'EndingCandidate' });

export type Candidate = z.input<typeof candidate>;

/** Codes of certificates in an address, which may have 16 kB. */
export const writtenCodes = z
  .string()
  .min(1)
  .max(12_000)
  .regex(/^[\x21-\x7e\s]*$/)
  .meta({ description: 'Các mã cách nhau bởi dấu phẩy. / Codes separated by commas.' });

const questions = z.strictObject({ recognisedBy: documentNumber.optional(), certificates: writtenCodes.optional() });

export const candidates = route({
  method: 'get',
  path: '/api/ending-candidates',
  tag: TAG,
  summary: { vi: 'Giấy chứng nhận có thể đưa vào quyết định thu hồi', en: 'Certificates that a decision could end' },
  description: {
    vi: 'Không hỏi gì: các giấy đang chờ quyết định thu hồi sau kiểm tra, gần hạn 15 ngày trước.',
    en: 'Without a question: those whose revocation is due after an inspection, the nearest of the 15 days first.',
  },
  who: ENDERS,
  query: questions,
  answer: {
    status: 200,
    schema: z.object({ items: z.array(candidate) }),
    description: { vi: 'Các giấy chứng nhận', en: 'The certificates' },
  },
  async handler({ deps, actor, query: { recognisedBy, certificates } }) {
    const codes = certificates === undefined ? undefined : codesIn(certificates);
    return { body: { items: await endingCandidates(deps, actor, { recognisedBy, codes }) } };
  },
});

/** Codes written one after the other, each once. Throws the problem of one that is none, or of too many. */
export function codesIn(written: string): string[] {
  const codes = [...new Set(written.split(/[\s,;]+/).filter((one) => one !== ''))];
  const wrong = codes.filter((one) => !code.safeParse(one).success);
  const field = 'certificates';
  if (wrong.length > 0)
    throw invalidInput([
      {
        field,
        message: { vi: `không phải mã giấy chứng nhận: ${wrong.join(', ')}`, en: `are no codes of certificates: ${wrong.join(', ')}` },
      },
    ]);
  if (codes.length > MOST_CERTIFICATES)
    throw invalidInput([
      { field, message: { vi: `nhiều nhất ${MOST_CERTIFICATES} giấy một quyết định`, en: `at most ${MOST_CERTIFICATES} in a decision` } },
    ]);
  return codes;
}

/** Certificates in force or run out that no decision has ended yet. */
export async function endingCandidates(
  deps: ApiDeps,
  actor: Actor,
  { recognisedBy, codes }: { recognisedBy?: string | undefined; codes?: readonly string[] | undefined },
): Promise<Candidate[]> {
  const asked =
    codes !== undefined
      ? Prisma.sql`f.code = any(${[...codes]})`
      : recognisedBy === undefined
        ? Prisma.sql`f.status = 'in_force' and c.step = 'revocation_pending'`
        : Prisma.sql`f.decision_number = ${recognisedBy}`;
  const rows = await deps.db.$queryRaw<(Candidate & { decideBy: LocalDate | null })[]>(Prisma.sql`
    select f.code, f.number, f.cycle_id as "cycleId", p.name as "productName", r.name as "producerName", c.commune_code as "communeCode", f.star,
      f.status, f.issued_on::text as "issuedOn", coalesce(f.extended_until, f.valid_until)::text as "endsOn", f.decision_number as "recognisedBy", c.step,
      c.state #>> '{facts,conclusion,ground}' as ground, c.state #>> '{facts,conclusion,on}' as "concludedOn",
      case when c.step = 'revocation_pending' then c.last_safe_on::text end as "decideBy"
    from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
    where ${inScope(actor)} and f.status in ('in_force', 'expired') and f.end_decision is null and ${asked}
    order by case when c.step = 'revocation_pending' then c.last_safe_on end, f.code limit ${MOST_CERTIFICATES}`);
  return rows;
}

export interface RecognisingDecision {
  number: string;
  inForce: number;
  expired: number;
}

/** Decisions whose certificates could be ended together, the latest first. */
export async function recognisingDecisions({ db }: ApiDeps, actor: Actor): Promise<RecognisingDecision[]> {
  return await db.$queryRaw<RecognisingDecision[]>(Prisma.sql`
    select f.decision_number as number, count(*) filter (where f.status = 'in_force')::int as "inForce",
      count(*) filter (where f.status = 'expired')::int as expired
    from certificate f join cycle c on c.id = f.cycle_id
    where ${inScope(actor)} and f.status in ('in_force', 'expired') and f.end_decision is null and f.decision_number is not null
    group by 1 order by max(f.issued_on) desc, 1 limit 300`);
}
