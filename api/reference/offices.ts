/** Offices and the people in them: who gets the reminders. A changed address is tried again, whatever the mail server said of the old one. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { type Office, type Person, Prisma } from '../../prisma/generated/client';
import { scopeOf } from '../auth/visibility';
import { plain } from '../cycles/filter';
import type { ApiDeps } from '../deps';
import { accentlessKey } from '../../domain/units/spelling';
import { limitOf, type Page, pageQuery, readCursor, toPage } from '../http/paging';
import { type FieldProblem, HttpProblem, invalidInput, notFound } from '../http/problem';
import { provinceCode, text } from '../http/schemas';

export const COMMUNE_ROLES = ['commune_officer', 'commune_leadership'] as const;
export const PROVINCE_ROLES = ['provincial_officer', 'provincial_leadership', 'council_secretary', 'council_member'] as const;
const PERSON_ROLES = [...COMMUNE_ROLES, ...PROVINCE_ROLES] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

export const LANGUAGES = ['vi', 'en'] as const;

const email = z
  .string()
  .transform((value) => value.trim().toLowerCase())
  .refine((value) => value.length <= 200 && z.email().safeParse(value).success, {
    params: { vi: 'phải là địa chỉ thư điện tử, ví dụ ten@donvi.gov.vn', en: 'must be an e-mail address, such as name@office.gov.vn' },
  });
const phone = z
  .string()
  .trim()
  .refine((value) => /^\+?[\d\s().-]{6,40}$/.test(value), {
    params: { vi: 'phải là số điện thoại, ví dụ 0912 345 678', en: 'must be a telephone number, such as 0912 345 678' },
  });

export const officeInput = z
  .strictObject({ name: text(200).exactOptional(), email: email.nullable().exactOptional(), phone: phone.nullable().exactOptional() })
  .meta({ id: 'OfficeChange' });
export const personInput = z
  .strictObject({
    name: text(200),
    role: z.enum(PERSON_ROLES),
    email: email.nullable(),
    phone: phone.nullable(),
    language: z.enum(LANGUAGES).default('vi'),
  })
  .meta({ id: 'PersonInput' });
export type OfficeInput = z.output<typeof officeInput>;
export type PersonInput = z.output<typeof personInput>;

export const personView = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    email: z.string().nullable(),
    emailProblem: z.string().nullable(),
    phone: z.string().nullable(),
    language: z.string(),
    active: z.boolean(),
    /** Dossiers under way that this person follows. */
    follows: z.int(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.output<typeof personView>;

export const officeView = z
  .object({
    code: z.string(),
    kind: z.string(),
    name: z.string(),
    provinceCode: z.string().nullable(),
    communeCode: z.string().nullable(),
    email: z.string().nullable(),
    emailProblem: z.string().nullable(),
    phone: z.string().nullable(),
    /** Whether a reminder reaches anybody here. */
    reachable: z.boolean(),
    people: z.array(personView),
  })
  .meta({ id: 'Office' });
export type OfficeView = z.output<typeof officeView>;

type OfficeWithPeople = Office & { people: Person[] };

/** Offices an actor may see: a commune its own, a province all of its own. */
function seenBy(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  if (scope === null) return Prisma.sql`false`;
  if (scope.communeCode !== undefined) return Prisma.sql`o.commune_code = ${scope.communeCode}`;
  if (scope.provinceCode !== undefined) return Prisma.sql`o.province_code = ${scope.provinceCode}`;
  return Prisma.sql`true`;
}

export const OFFICE_FINDINGS = ['unreachable', 'refused', 'nobody'] as const;

/** What is asked of the list: with `finding` only offices where something is amiss. */
export const officeQuestions = {
  province: provinceCode.optional(),
  q: z.string().max(100).optional(),
  finding: z.enum(OFFICE_FINDINGS).optional(),
  /** Only offices that dossiers under way have to do with. */
  withDossiers: z.enum(['yes']).optional(),
};
const officesAsked = z.object({ ...officeQuestions, ...pageQuery });

const REACHED = Prisma.sql`(o.email is not null and o.email_problem is null or exists (
  select from person p where p.office_code = o.code and p.active and p.email is not null and p.email_problem is null))`;
const REFUSED = Prisma.sql`(o.email_problem is not null or exists (
  select from person p where p.office_code = o.code and p.active and p.email_problem is not null))`;
const STAFFED = Prisma.sql`exists (select from person p where p.office_code = o.code and p.active)`;

const FINDING = {
  unreachable: Prisma.sql`not ${REACHED}`,
  refused: REFUSED,
  nobody: Prisma.sql`not ${STAFFED}`,
} as const satisfies Record<(typeof OFFICE_FINDINGS)[number], Prisma.Sql>;

/** The condition of a list of offices on the table `office`, called o. */
function asked(actor: Actor, { province, q, finding, withDossiers }: z.output<typeof officesAsked>): Prisma.Sql {
  const words = q === undefined ? '' : `%${accentlessKey(q).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return Prisma.join(
    [
      seenBy(actor),
      ...(province === undefined ? [] : [Prisma.sql`o.province_code = ${province}`]),
      ...(words === '' ? [] : [Prisma.sql`(${plain(Prisma.sql`o.name`)} like ${words} or o.code like ${words})`]),
      ...(finding === undefined ? [] : [FINDING[finding]]),
      ...(withDossiers === undefined
        ? []
        : [
            Prisma.sql`exists (select from cycle c where c.stage <> 'closed' and (c.commune_code = o.commune_code
              or (o.commune_code is null and c.province_code = o.province_code)))`,
          ]),
    ],
    ' and ',
  );
}

/** A page of offices with the people in them, provinces before their communes. */
export async function listOffices(deps: ApiDeps, actor: Actor, questions: z.output<typeof officesAsked>): Promise<Page<OfficeView>> {
  const limit = limitOf(questions.limit);
  const [province, commune, after] = readCursor(questions.cursor, 3) ?? [];
  const rows = await deps.db.$queryRaw<{ code: string; province: string; commune: string }[]>(Prisma.sql`
    select o.code, coalesce(o.province_code, '') as province, coalesce(o.commune_code, '') as commune from office o
    where ${asked(actor, questions)}
      ${after === undefined ? Prisma.empty : Prisma.sql`and (coalesce(o.province_code, ''), coalesce(o.commune_code, ''), o.code) > (${province}, ${commune}, ${after})`}
    order by 2, 3, 1 limit ${limit + 1}`);
  const page = toPage(rows, limit, (row) => [row.province, row.commune, row.code]);
  return {
    items: await viewsOf(
      deps,
      page.items.map((row) => row.code),
    ),
    nextCursor: page.nextCursor,
  };
}

/** How many offices a question finds. */
export async function countOffices({ db }: Pick<ApiDeps, 'db'>, actor: Actor, questions: z.output<typeof officesAsked>): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(
    Prisma.sql`select count(*)::int as count from office o where ${asked(actor, questions)}`,
  );
  return row?.count ?? 0;
}

async function viewsOf({ db }: Pick<ApiDeps, 'db'>, codes: readonly string[]): Promise<OfficeView[]> {
  const offices = await db.office.findMany({
    where: { code: { in: [...codes] } },
    include: { people: { orderBy: [{ active: 'desc' }, { role: 'asc' }, { name: 'asc' }, { id: 'asc' }] } },
  });
  const follows = await followed(
    db,
    offices.flatMap(({ people }) => people.map(({ id }) => id)),
  );
  const byCode = new Map(offices.map((office) => [office.code, officeViewOf(office, follows)]));
  return codes.flatMap((one) => byCode.get(one) ?? []);
}

async function followed(db: ApiDeps['db'], ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; count: number }[]>(Prisma.sql`
    select p.id, count(*)::int as count from unnest(${ids}::text[]) as p(id)
    join cycle c on c.stage <> 'closed' and (c.commune_officer_id = p.id or c.province_officer_id = p.id) group by p.id`);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

function officeViewOf({ people, ...office }: OfficeWithPeople, follows: ReadonlyMap<string, number>): OfficeView {
  const usable = (one: { email: string | null; emailProblem: string | null }): boolean => one.email !== null && one.emailProblem === null;
  return {
    ...office,
    reachable: usable(office) || people.some((person) => person.active && usable(person)),
    people: people.map(({ officeCode: _office, ...person }) => ({ ...person, follows: follows.get(person.id) ?? 0 })),
  };
}

/** An office that the actor may see. Throws "not found" for others, known or not. */
export async function readOffice(deps: ApiDeps, actor: Actor, officeCode: string): Promise<OfficeView> {
  const [row] = await deps.db.$queryRaw<{ code: string }[]>(
    Prisma.sql`select o.code from office o where o.code = ${officeCode} and ${seenBy(actor)}`,
  );
  const [view] = row ? await viewsOf(deps, [row.code]) : [];
  if (!view) throw notFound({ vi: `Không có đơn vị ${officeCode}`, en: `There is no office ${officeCode}` });
  return view;
}

/** Changes what is known of an office. */
export async function changeOffice(deps: ApiDeps, actor: Actor, officeCode: string, change: OfficeInput): Promise<OfficeView> {
  const standing = await readOffice(deps, actor, officeCode);
  const newAddress = change.email !== undefined && change.email !== standing.email;
  await deps.db.office.update({ where: { code: officeCode }, data: { ...change, ...(newAddress ? { emailProblem: null } : {}) } });
  return await readOffice(deps, actor, officeCode);
}

const problem = (field: string, vi: string, en: string): FieldProblem => ({ field, message: { vi, en } });

function roleProblems({ communeCode }: OfficeView, role: PersonRole): FieldProblem[] {
  const allowed: readonly string[] = communeCode === null ? PROVINCE_ROLES : COMMUNE_ROLES;
  const list = allowed.join(', ');
  return allowed.includes(role)
    ? []
    : [problem('role', `ở đơn vị này phải là một trong: ${list}`, `must in this office be one of: ${list}`)];
}

function addressProblems(office: OfficeView, { email: address }: PersonInput, id?: string): FieldProblem[] {
  const other = address === null ? undefined : office.people.find((one) => one.active && one.id !== id && one.email === address);
  return other ? [problem('email', `${other.name} đã dùng địa chỉ này`, `${other.name} has this address`)] : [];
}

/** Enters a person in an office. */
export async function addPerson(deps: ApiDeps, actor: Actor, officeCode: string, given: PersonInput): Promise<PersonView> {
  const office = await readOffice(deps, actor, officeCode);
  const problems = [...roleProblems(office, given.role), ...addressProblems(office, given)];
  if (problems.length > 0) throw invalidInput(problems);
  const id = randomUUID();
  await deps.db.person.create({ data: { id, officeCode, ...given } });
  return (await readPerson(deps, actor, id)).person;
}

async function readPerson(deps: ApiDeps, actor: Actor, id: string): Promise<{ office: OfficeView; person: PersonView }> {
  const row = await deps.db.person.findUnique({ where: { id } });
  const office = row && (await readOffice(deps, actor, row.officeCode).catch(() => undefined));
  const person = office?.people.find((one) => one.id === id);
  if (!office || !person) throw notFound({ vi: 'Không có người này', en: 'There is no such person' });
  return { office, person };
}

/** Changes what is known of a person. */
export async function changePerson(deps: ApiDeps, actor: Actor, id: string, given: PersonInput): Promise<PersonView> {
  const { office, person } = await readPerson(deps, actor, id);
  const role = given.role === person.role ? [] : roleProblems(office, given.role);
  const problems = [...role, ...addressProblems(office, given, id)];
  if (problems.length > 0) throw invalidInput(problems);
  const newAddress = given.email !== person.email;
  await deps.db.person.update({ where: { id }, data: { ...given, ...(newAddress ? { emailProblem: null } : {}) } });
  return (await readPerson(deps, actor, id)).person;
}

/** Takes a person out of service, or back in: no reminders go there, and nothing of theirs signs in. Dossiers keep their officer until reassigned. */
export async function setActive(deps: ApiDeps, actor: Actor, id: string, active: boolean): Promise<PersonView> {
  const { person } = await readPerson(deps, actor, id);
  if (id === actor.id)
    throw new HttpProblem('not-allowed-now', { vi: 'Không tự cho mình nghỉ việc được', en: 'Nobody takes themselves out of service' });
  if (person.active !== active) await deps.db.person.update({ where: { id }, data: { active } });
  return (await readPerson(deps, actor, id)).person;
}
