/** One reader's digest from the records. A dossier that cannot be read is left out and named, so that the others go. */
import { STEPS } from '../../domain/cycle/stages';
import { formatVietnamese, isLocalDate, type LocalDate, localDateAt } from '../../domain/dates';
import { isTaskSubject } from '../../domain/follow-ups';
import { type Digest, digestOf, type Dossier, type DueNudge, type ReportLine } from '../../domain/nudges/lines';
import type { Reader } from '../../domain/nudges/mail/body';
import type { Language } from '../../domain/nudges/mail/template';
import { holds, type Inbox, isUnassigned } from '../../domain/nudges/recipients';
import { reportLine, reportNamed } from '../../domain/nudges/reports';
import type { WorkingCalendar } from '../../domain/working-days';
import { inSentence } from '../../domain/units/units';
import type { DigestDeps } from './deps';
import { type Area, Contacting, type DueRow, dueRows, isUsable, namedCycles, type NamedCycle, type OfficeRow, officesOf } from './read';
import { outstanding } from './settle';

/** Somebody or an office that a digest is made for. */
export interface Addressee {
  inbox: Inbox;
  email: string;
  personId: string | null;
  /** A person's own; an office reads Vietnamese. */
  language: Language;
  office: Pick<OfficeRow, 'code' | 'name' | 'communeCode'>;
  area: Area;
}

export interface Composed {
  digest: Digest;
  reader: Reader;
  contacting: Contacting;
  /** Ids of the ledger rows that the digest carries, the most urgent line's first. */
  nudgeIds: bigint[];
  /** Rows whose dossiers could not be read. */
  unreadable: DueRow[];
}

/** The owner of an inbox; undefined when it is gone or has no usable address any more. */
export async function addresseeOf({ db }: Pick<DigestDeps, 'db'>, inbox: Inbox, provinceCode: string): Promise<Addressee | undefined> {
  const id = inbox.slice(inbox.indexOf(':') + 1);
  const person = inbox.startsWith('person:') ? await db.person.findUnique({ where: { id }, include: { office: true } }) : null;
  const office = person?.office ?? (await db.office.findUnique({ where: { code: id } }));
  const owner = person ?? office;
  if (!owner || !office || person?.active === false || !isUsable(owner) || owner.email === null) return undefined;
  const { code, name, communeCode } = office;
  return {
    inbox,
    email: owner.email,
    personId: person?.id ?? null,
    language: person?.language === 'en' ? 'en' : 'vi',
    office: { code, name, communeCode },
    area: { provinceCode, communeCode },
  };
}

/** Reads everything anew and lays out the digest; undefined when nothing is due for the reader. */
export async function compose(deps: DigestDeps, { inbox, office, area }: Addressee, day: LocalDate): Promise<Composed | undefined> {
  const { db } = deps;
  const offices = await officesOf(db, area);
  const contacting = new Contacting(offices);
  const rows = (await dueRows(db, area, day)).filter((row) => standsFor(row, inbox, contacting));
  if (rows.length === 0) return undefined;
  const turn = office.communeCode === null ? 'province' : 'commune';
  const nudged = new Set(rows.flatMap((row) => row.cycleId ?? []));
  const cycles = await namedCycles(db, area, turn, [...nudged]);
  const dossiers: Dossier[] = [];
  const broken = new Set<string>();
  for (const cycle of cycles) {
    const directory = contacting.directory(cycle.communeCode);
    const ownTurn = holds(inbox, cycle, directory);
    if (!ownTurn && !nudged.has(cycle.cycleId)) continue;
    const dossier = dossierOf(deps, cycle, ownTurn, ownTurn && isUnassigned(cycle, directory));
    if (dossier) dossiers.push(dossier);
    else broken.add(cycle.cycleId);
  }
  const nudges = rows.flatMap((row) => (row.cycleId === null || broken.has(row.cycleId) ? [] : [nudgeOf(deps, row, row.cycleId)]));
  const calendar = await deps.calendar();
  const reports = reportLines(deps, rows, day, calendar);
  const digest = digestOf(day, dossiers, nudges, calendar, reports.lines);
  return {
    digest,
    reader: readerOf(deps, office, area, offices),
    contacting,
    nudgeIds: [...digest.lines, ...digest.reports].flatMap((line) => line.nudges.map((one) => BigInt(one.id))),
    unreadable: [...rows.filter((row) => row.cycleId !== null && broken.has(row.cycleId)), ...reports.unknown],
  };
}

function standsFor(row: DueRow, inbox: Inbox, contacting: Contacting): boolean {
  if (isTaskSubject(row.subject)) return row.current && outstanding(row, contacting).includes(inbox);
  const stands = row.current && !row.closed && (!row.paused || row.subject === 'resumption');
  const afterExpiry = row.expired && row.subject === 'certificate-expiry';
  return (stands || afterExpiry) && outstanding(row, contacting).includes(inbox);
}

/** The dossier as a mail shows it; undefined when its data are not what they must be. */
function dossierOf({ unitName }: DigestDeps, cycle: NamedCycle, ownTurn: boolean, unassigned: boolean): Dossier | undefined {
  const { cycleId, product, producer, communeCode, step, waitingFor, lastSafeOn, stepEnteredAt } = cycle;
  const sound = Object.hasOwn(STEPS, step) && product.trim() !== '' && (lastSafeOn === null || isLocalDate(lastSafeOn));
  if (!sound) return undefined;
  const stepEnteredOn = localDateAt(stepEnteredAt.getTime());
  return { cycleId, product, producer, commune: unitName(communeCode), step, waitingFor, lastSafeOn, stepEnteredOn, ownTurn, unassigned };
}

/** The reports that rows are about, one line each; rows whose report no plan has any more cannot be read. */
function reportLines({ plans }: DigestDeps, rows: readonly DueRow[], day: LocalDate, calendar: WorkingCalendar) {
  const lines = new Map<string, ReportLine>();
  const unknown: DueRow[] = [];
  const owed = rows.filter((row) => row.cycleId === null);
  for (const row of owed) {
    const { subject, subjectOn } = row;
    const due = reportNamed(plans, subject, subjectOn);
    const about = owed.filter((one) => one.subject === subject && one.subjectOn === subjectOn);
    const nudges = about.map(({ id, plannedFor }) => ({ id: String(id), plannedFor }));
    if (due) lines.set(`${subject} ${subjectOn}`, reportLine(due, nudges, day, calendar));
    else unknown.push(row);
  }
  return { lines: [...lines.values()], unknown };
}

function nudgeOf({ ruleTitle }: DigestDeps, { id, ruleId, plannedFor, subject, subjectOn }: DueRow, cycleId: string): DueNudge {
  const title = ruleTitle(ruleId) ?? { vi: ruleId, en: ruleId };
  const nudge = { id: String(id), cycleId, plannedFor };
  if (!isTaskSubject(subject)) return { ...nudge, title };
  const due = formatVietnamese(subjectOn);
  return { ...nudge, title: { vi: `${title.vi} (hạn ${due})`, en: `${title.en} (due ${due})` }, task: true };
}

const NO_OFFICE = 'cơ quan thường trực Chương trình OCOP của tỉnh';

function readerOf({ unitName }: DigestDeps, office: Addressee['office'], area: Area, offices: readonly OfficeRow[]): Reader {
  const provincial = offices.find((one) => one.communeCode === null);
  const contact = provincial ? [inSentence(provincial.name), provincial.phone ?? ''].filter(Boolean).join(', ') : NO_OFFICE;
  return {
    office: inSentence(office.name),
    province: inSentence(unitName(area.provinceCode)),
    contact,
    manyCommunes: office.communeCode === null,
  };
}
