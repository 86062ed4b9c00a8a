/** Rows of the offices' contacts: an office by its code, a person in it, what part the person has there. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { Language } from '../../domain/nudges/mail/template';
import { editDistance, spellingKey } from '../../domain/units/spelling';
import type { UnitDirectory } from '../../domain/units/directory';
import { candidateOf } from '../cycles/place';
import { type CONTACT_HEADERS, headerKey } from '../files/headers';
import type { TableRow } from '../files/read-table';
import { type Columns, RowReader } from './columns';
import type { ReadRow } from './row-problems';

export type ContactField = keyof typeof CONTACT_HEADERS;

/** Office of a contact; its code is that of its commune or province. */
export interface ContactOffice {
  code: string;
  kind: string;
  name: string;
  provinceCode: string | null;
  communeCode: string | null;
}

export interface ContactRow {
  office: ContactOffice;
  name: string;
  email: string | null;
  phone: string | null;
  role: ContactRole;
  /** Of this person's mails; undefined where the list does not say. */
  language: Language | undefined;
}

export type ContactRole = 'commune_officer' | 'commune_leadership' | 'provincial_officer' | 'provincial_leadership' | 'council_secretary';

/** Offices that a contact may belong to, by code: those in the records, and those of the units in force. */
export function officeOf(code: string, known: ReadonlyMap<string, ContactOffice>, units: UnitDirectory): ContactOffice | undefined {
  const unit = units.byCode(code);
  const standing = known.get(code);
  if (standing || !unit) return standing;
  return unit.provinceCode === null
    ? { code, kind: 'province', name: `Cơ quan OCOP ${unit.fullName}`, provinceCode: code, communeCode: null }
    : { code, kind: 'commune', name: `UBND ${unit.fullName}`, provinceCode: unit.provinceCode, communeCode: code };
}

export interface ContactContext {
  actor: Actor;
  units: UnitDirectory;
  offices: ReadonlyMap<string, ContactOffice>;
}

/** A row of a list of contacts; without a role the person is the officer in charge. */
export function readContact(row: TableRow, columns: Columns<ContactField>, context: ContactContext): ReadRow<ContactRow> {
  const reader = new RowReader<ContactField>(row, columns, 'name');
  const office = readOffice(reader, context);
  const name = reader.text('name', 200, { vi: 'Chưa ghi họ tên.', en: 'The name is not written.' });
  const email = readEmail(reader);
  const phone = readPhone(reader);
  const language = readLanguage(reader);
  const role = office && readRole(reader, office);
  if (!office || !role || reader.refusals.length > 0) return { ok: false, row: row.row, refusals: reader.refusals };
  return { ok: true, row: row.row, read: { office, name, email, phone, role, language }, warnings: reader.warnings };
}

function readOffice(reader: RowReader<ContactField>, { actor, units, offices }: ContactContext): ContactOffice | undefined {
  const code = reader.text('officeCode', 60, { vi: 'Chưa ghi mã đơn vị.', en: 'The office code is not written.' });
  if (code === '') return undefined;
  const office = officeOf(code, offices, units);
  if (!office) {
    const near =
      actor.provinceCode === null ? [] : units.communesOf(actor.provinceCode).filter((unit) => editDistance(unit.code, code) === 1);
    reader.refuse(
      'officeCode',
      {
        vi: 'Không có đơn vị mã này; mã đơn vị là mã xã (5 chữ số) hoặc mã tỉnh (2 chữ số).',
        en: 'There is no office with this code; it is the code of a commune (5 digits) or a province (2 digits).',
      },
      { candidates: near.slice(0, 10).map(candidateOf) },
    );
    return undefined;
  }
  if (actor.role === 'administrator' || (actor.provinceCode !== null && office.provinceCode === actor.provinceCode)) return office;
  reader.refuse('officeCode', {
    vi: 'Đơn vị này không thuộc tỉnh của bạn.',
    en: 'This office is not in your province.',
  });
  return undefined;
}

function readEmail(reader: RowReader<ContactField>): string | null {
  const email = reader.short('email', 200);
  if (email === undefined) {
    reader.warn('email', {
      vi: 'Không có thư điện tử: người này sẽ không nhận được nhắc việc.',
      en: 'No e-mail: this person gets no reminders.',
    });
    return null;
  }
  if (!z.email().safeParse(email).success)
    reader.refuse(
      'email',
      { vi: `“${email}” không phải địa chỉ thư điện tử.`, en: `“${email}” is not an e-mail address.` },
      { allowed: ['ten@donvi.gov.vn'] },
    );
  return email.toLowerCase();
}

function readPhone(reader: RowReader<ContactField>): string | null {
  const phone = reader.short('phone', 40);
  if (phone === undefined) return null;
  if (!/^\+?[\d\s().-]{6,}$/.test(phone))
    reader.refuse('phone', { vi: `“${phone}” không phải số điện thoại.`, en: `“${phone}” is not a telephone number.` });
  return phone;
}

const LANGUAGES: Record<Language, readonly string[]> = {
  vi: ['Tiếng Việt', 'vi', 'Vietnamese'],
  en: ['Tiếng Anh', 'en', 'English'],
};

function readLanguage(reader: RowReader<ContactField>): Language | undefined {
  const written = reader.cell('language');
  if (written === '') return undefined;
  const found = (['vi', 'en'] as const).find((language) => LANGUAGES[language].some((name) => headerKey(name) === headerKey(written)));
  if (found === undefined)
    reader.refuse(
      'language',
      {
        vi: `Thư chỉ có tiếng Việt và tiếng Anh, không có “${written}”.`,
        en: `Mails come in Vietnamese and English, not in “${written}”.`,
      },
      { allowed: ['Tiếng Việt', 'Tiếng Anh'] },
    );
  return found;
}

type Part = 'officer' | 'leadership' | 'secretary';

const PARTS: Record<Part, readonly string[]> = {
  officer: ['Cán bộ phụ trách', 'Cán bộ', 'Chuyên viên', 'Công chức', 'officer', 'commune_officer', 'provincial_officer'],
  leadership: [
    'Lãnh đạo',
    'Chủ tịch',
    'Phó Chủ tịch',
    'Giám đốc',
    'Phó Giám đốc',
    'leadership',
    'commune_leadership',
    'provincial_leadership',
  ],
  secretary: ['Thư ký Hội đồng', 'Thư ký', 'council_secretary', 'secretary'],
};

function readRole(reader: RowReader<ContactField>, office: ContactOffice): ContactRole | undefined {
  const written = reader.cell('role');
  const part = written === '' ? 'officer' : partOf(written);
  const communal = office.communeCode !== null;
  if (part === undefined || (part === 'secretary' && communal)) {
    const parts: Part[] = communal ? ['officer', 'leadership'] : ['officer', 'leadership', 'secretary'];
    reader.refuse(
      'role',
      part === undefined
        ? { vi: `“${written}” không phải một vai trò trong OCOP.`, en: `“${written}” is not a part in OCOP.` }
        : { vi: 'Thư ký Hội đồng thuộc đơn vị cấp tỉnh.', en: 'The council’s secretary belongs to an office of the province.' },
      { allowed: parts.flatMap((one) => PARTS[one].slice(0, 1)) },
    );
    return undefined;
  }
  if (part === 'secretary') return 'council_secretary';
  return communal ? `commune_${part}` : `provincial_${part}`;
}

function partOf(written: string): Part | undefined {
  const parts: Part[] = ['officer', 'leadership', 'secretary'];
  const exact = parts.find((part) => PARTS[part].some((name) => spellingKey(name) === spellingKey(written)));
  return exact ?? parts.find((part) => PARTS[part].some((name) => headerKey(name) === headerKey(written)));
}
