/** Contacts of a list, as offices and the people in them: new ones are entered, known ones brought up to date, the same again changes nothing. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import { spellingKey } from '../../domain/units/spelling';
import type { Person } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import type { Table } from '../files/read-table';
import type { Columns } from './columns';
import { type ContactField, type ContactOffice, type ContactRow, readContact } from './contact-rows';
import type { PlanOfWork, RowResult, WorkRow } from './plan-of-work';
import type { RowNote } from './row-problems';

/** The work of a list of contacts. */
export async function contactWork(deps: ApiDeps, table: Table, columns: Columns<ContactField>, actor: Actor): Promise<PlanOfWork> {
  const offices = await officesIn(deps, table, columns);
  const read = table.rows.map((row) => readContact(row, columns, { actor, units: deps.units, offices }));
  const { people, merged } = mergeRepeated(read.flatMap((one) => (one.ok ? [one] : [])));
  const rows = people.map(({ row, read: contact, warnings }): WorkRow => {
    const { office, name, role } = contact;
    const preview = { name, office: office.code, officeName: office.name, role };
    return { row, preview, warnings, check: async () => await check(deps, contact), apply: async () => await apply(deps, contact) };
  });
  const repeats = merged.map(({ row, name, office, warnings }): WorkRow => {
    const same = async (): Promise<RowResult> => ({ outcome: 'unchanged' });
    return { row, preview: { name, office }, warnings, check: same, apply: same };
  });
  const unread = read.flatMap((one) => (one.ok ? [] : [one.refusals]));
  return {
    kind: 'contacts',
    planId: null,
    rows: [...rows, ...repeats].sort((a, b) => a.row - b.row),
    refused: unread.flat(),
    refusedRows: unread.length,
    notes: table.notes,
  };
}

async function officesIn({ db }: ApiDeps, table: Table, { header }: Columns<ContactField>): Promise<Map<string, ContactOffice>> {
  const column = header.officeCode;
  const codes = [...new Set(table.rows.map(({ cells }) => (column === undefined ? '' : (cells[column]?.trim() ?? ''))))];
  const known = await db.office.findMany({ where: { code: { in: codes.filter((code) => !code.includes('\0')) } } });
  return new Map(known.map((office) => [office.code, office]));
}

interface ReadContact {
  row: number;
  read: ContactRow;
  warnings: RowNote[];
}

interface Merged {
  row: number;
  name: string;
  office: string;
  warnings: RowNote[];
}

/** One person written twice (same office and e-mail, else same office and name) is one person; what a later row adds is taken over. */
function mergeRepeated(contacts: readonly ReadContact[]): { people: ReadContact[]; merged: Merged[] } {
  const people: ReadContact[] = [];
  const merged: Merged[] = [];
  for (const contact of contacts) {
    const first = people.find((one) => samePerson(one.read, contact.read));
    if (!first) {
      people.push(contact);
      continue;
    }
    const { row, read } = contact;
    first.read = {
      ...first.read,
      email: first.read.email ?? read.email,
      phone: first.read.phone ?? read.phone,
      language: first.read.language ?? read.language,
    };
    const reason = { vi: `Trùng với dòng ${first.row}; đã gộp.`, en: `The same person as in row ${first.row}; merged.` };
    merged.push({ row, name: read.name, office: read.office.code, warnings: [{ row, column: null, value: null, reason }] });
  }
  return { people, merged };
}

function samePerson(a: ContactRow, b: ContactRow): boolean {
  if (a.office.code !== b.office.code) return false;
  if (a.email !== null && b.email !== null) return a.email === b.email;
  return spellingKey(a.name) === spellingKey(b.name);
}

/** The person in the records whom a row means. */
async function standingPerson({ db }: ApiDeps, contact: ContactRow): Promise<Person | undefined> {
  const people = await db.person.findMany({ where: { officeCode: contact.office.code, active: true }, orderBy: { id: 'asc' } });
  const byEmail = people.find((one) => contact.email !== null && one.email?.toLowerCase() === contact.email);
  return byEmail ?? people.find((one) => spellingKey(one.name) === spellingKey(contact.name));
}

/** What the row says of the person; an empty cell takes nothing away. */
function facts({ name, role, email, phone, language }: ContactRow) {
  return { name, role, ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone }), ...(language ? { language } : {}) };
}

function outcomeFor(standing: Person | undefined, contact: ContactRow): 'created' | 'updated' | 'unchanged' {
  if (!standing) return 'created';
  const { name, role, email, phone, language } = standing;
  const now: Record<string, string | null> = { name, role, email, phone, language };
  return Object.entries(facts(contact)).some(([field, value]) => now[field] !== value) ? 'updated' : 'unchanged';
}

async function check(deps: ApiDeps, contact: ContactRow): Promise<RowResult> {
  return { outcome: outcomeFor(await standingPerson(deps, contact), contact) };
}

async function apply(deps: ApiDeps, contact: ContactRow): Promise<RowResult> {
  const { db } = deps;
  const standing = await standingPerson(deps, contact);
  const outcome = outcomeFor(standing, contact);
  if (standing && outcome === 'updated') {
    // What the mail server said was about the old address.
    const newAddress = contact.email !== null && contact.email !== standing.email?.toLowerCase();
    await db.person.update({ where: { id: standing.id }, data: { ...facts(contact), ...(newAddress ? { emailProblem: null } : {}) } });
  }
  if (!standing) {
    await db.office.createMany({ data: [contact.office], skipDuplicates: true });
    const person = { id: personId(contact), officeCode: contact.office.code, ...facts(contact) };
    await db.person.createMany({ data: [person], skipDuplicates: true });
  }
  return { outcome };
}

/** The same for the same person, so that two sendings at once enter one. */
function personId({ office, email, name }: ContactRow): string {
  const who = email ?? spellingKey(name);
  return `p-${createHash('sha256').update(`${office.code} ${who}`).digest('hex').slice(0, 24)}`;
}
