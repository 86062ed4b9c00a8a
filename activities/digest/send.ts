/**
 * One reader's mail of the day: composed from the records as they are now, handed to the server, and entered in the ledger only when the server took
 * it. Cut off in between, the next try finds the mail marked as being sent: it goes again under the same Message-ID and is counted as a repeat.
 */
import { createHash } from 'node:crypto';
import type { Delivery } from '../../clients/mail';
import type { Instant, LocalDate } from '../../domain/dates';
import { type DigestMail, digestMail } from '../../domain/nudges/mail/digest-mail';
import { DEFERRED_TOO_LONG, REFUSED_MAIL, UNREADABLE } from '../../domain/nudges/reasons';
import type { Inbox } from '../../domain/nudges/recipients';
import { Prisma } from '../../prisma/generated/client';
import { digestCalendar } from './calendar';
import { type Addressee, addresseeOf, compose, type Composed } from './compose';
import type { DigestDeps } from './deps';
import { addTrouble, runIdOf } from './run';
import { type Changes, fail, settle, type Settling } from './settle';

export interface SendDigest {
  inbox: Inbox;
  provinceCode: string;
  day: LocalDate;
  at: Instant;
}

/** What a receiver of the second channel hears: codes and counts. */
export interface Announcement {
  type: 'digest';
  id: string;
  province: string;
  office: string;
  day: LocalDate;
  overdue: number;
  soon: number;
  unassigned: number;
  coming: number;
  elsewhere: number;
}

/** `nothing`: not due any more, or mailed already today. */
export interface SendOutcome {
  kind: 'nothing' | Delivery['kind'];
  announcement?: Announcement;
}

const DEFERRED_FOR_MS = 3 * 86_400_000;

/** Sends an inbox its digest of a day, at most once. Throws on faults of the program or the database only. */
export async function sendDigest(deps: DigestDeps, { inbox, provinceCode, day, at }: SendDigest): Promise<SendOutcome> {
  const began = performance.now();
  const addressee = await addresseeOf(deps, inbox, provinceCode);
  const composed = addressee && (await compose(deps, addressee, day));
  if (!addressee || !composed) return { kind: 'nothing' };
  const runId = runIdOf(provinceCode, day);
  await dropUnreadable(deps, composed, { at, runId });
  if (composed.nudgeIds.length === 0) return { kind: 'nothing' };

  const mail = digestMail({
    template: await deps.template(),
    digest: composed.digest,
    reader: composed.reader,
    language: addressee.language,
    publicUrl: deps.publicUrl,
  });
  const letter = await claim(deps, addressee, runId, mail, digestCalendar(composed.digest, deps.publicUrl, at, addressee.language), at);
  if (!letter) return { kind: 'nothing' };
  const { id, messageId, calendar } = letter;
  const delivery = await deps.mailer.deliver({ to: addressee.email, ...mail, messageId, ...(calendar ? { calendar } : {}) });
  const settling: Settling = { area: addressee.area, day, at, runId, calendar: await deps.calendar(), contacting: composed.contacting };
  const sentAt = new Date(at + (performance.now() - began));
  await deps.db.$transaction(async (tx) => await record(tx, { delivery, mailId: id, addressee, composed, settling, sentAt }));
  const told = delivery.kind === 'accepted' && deps.webhook ? { announcement: announcementOf(addressee, composed, runId) } : {};
  return { kind: delivery.kind, ...told };
}

async function dropUnreadable({ db, log }: DigestDeps, { unreadable }: Composed, settling: Pick<Settling, 'at' | 'runId'>): Promise<void> {
  if (unreadable.length === 0) return;
  await fail(
    db,
    unreadable.map((row) => row.id),
    UNREADABLE,
    settling,
  );
  for (const about of new Set(unreadable.map((row) => row.cycleId ?? row.subject))) {
    log.error({ about }, 'a dossier or a report cannot be read for its digest');
    await addTrouble(db, settling.runId, { about, kind: 'unreadable' });
  }
}

interface Letter {
  id: bigint;
  messageId: string;
  calendar: string | undefined;
}

/** Marks the mail as being sent; undefined when the inbox has had its mail of the day. */
async function claim(
  { db, mailDomain }: DigestDeps,
  { inbox, email, personId, office }: Addressee,
  runId: string,
  { subject, text, html }: DigestMail,
  calendar: string | undefined,
  at: Instant,
): Promise<Letter | undefined> {
  const key = `digest/${runId}/${inbox}`;
  const messageId = `<digest.${createHash('sha256').update(key).digest('hex').slice(0, 24)}@${mailDomain}>`;
  const [row] = await db.$queryRaw<{ id: bigint }[]>(Prisma.sql`
    insert into outbox_mail (key, kind, person_id, office_code, recipient, subject, text_body, html_body, calendar, message_id, status, attempts, created_at)
    values (${key}, 'digest', ${personId}, ${office.code}, ${email}, ${subject}, ${text}, ${html}, ${calendar ?? null}, ${messageId}, 'sending', 1,
      ${new Date(at)}::timestamptz)
    on conflict (key) do update set (recipient, subject, text_body, html_body, calendar, attempts, repeats, status)
      = (excluded.recipient, excluded.subject, excluded.text_body, excluded.html_body, excluded.calendar, outbox_mail.attempts + 1,
        outbox_mail.repeats + case when outbox_mail.status = 'sending' then 1 else 0 end, 'sending')
    where outbox_mail.status in ('waiting', 'sending')
    returning id`);
  return row && { id: row.id, messageId, calendar };
}

interface Record {
  delivery: Delivery;
  mailId: bigint;
  addressee: Addressee;
  composed: Composed;
  settling: Settling;
  sentAt: Date;
}

async function record(tx: Changes, { delivery, mailId, addressee, composed, settling, sentAt }: Record): Promise<void> {
  const { nudgeIds } = composed;
  switch (delivery.kind) {
    case 'accepted':
      await tx.$executeRaw(
        Prisma.sql`update outbox_mail set status = 'sent', sent_at = ${sentAt}::timestamptz, last_problem = null where id = ${mailId}`,
      );
      await deliver(tx, nudgeIds, addressee.inbox, mailId, true);
      return await settle(tx, nudgeIds, settling);
    case 'address-refused':
      await markAddress(tx, addressee, delivery.answer);
      await refuse(tx, mailId, delivery.answer);
      // The address is out of use from here on: the nudges go to the next in line, or end as failed.
      return await deliver(tx, nudgeIds, addressee.inbox, mailId, false);
    case 'mail-refused':
      await refuse(tx, mailId, delivery.answer);
      await deliver(tx, nudgeIds, addressee.inbox, mailId, false);
      return await settle(tx, nudgeIds, settling, REFUSED_MAIL);
    case 'deferred':
      await wait(tx, mailId, delivery.answer);
      return await giveUpOld(tx, nudgeIds, addressee.inbox, mailId, settling);
    case 'unreachable':
      return await wait(tx, mailId, delivery.answer);
    case 'uncertain':
      // Stays marked as being sent: the next try counts as a repeat.
      await tx.$executeRaw(Prisma.sql`update outbox_mail set last_problem = ${delivery.answer} where id = ${mailId}`);
  }
}

async function wait(tx: Changes, mailId: bigint, answer: string): Promise<void> {
  await tx.$executeRaw(Prisma.sql`update outbox_mail set status = 'waiting', last_problem = ${answer} where id = ${mailId}`);
}

async function refuse(tx: Changes, mailId: bigint, answer: string): Promise<void> {
  await tx.$executeRaw(Prisma.sql`update outbox_mail set status = 'failed', last_problem = ${answer} where id = ${mailId}`);
}

async function deliver(tx: Changes, ids: readonly bigint[], inbox: Inbox, mailId: bigint, accepted: boolean): Promise<void> {
  const [first] = ids;
  await tx.$executeRaw(Prisma.sql`
    with delivered as (
      insert into nudge_delivery (nudge_id, inbox, mail_id, accepted, leads)
      select id, ${inbox}, ${mailId}, ${accepted}, id = ${first ?? 0n} from unnest(${ids as bigint[]}::bigint[]) as id
      on conflict do nothing
    )
    update nudge set mail_id = ${mailId} where ${accepted} and id = any(${ids as bigint[]}) and mail_id is null`);
}

async function markAddress(tx: Changes, { personId, office, email }: Addressee, answer: string): Promise<void> {
  await tx.$executeRaw(
    personId === null
      ? Prisma.sql`update office set email_problem = ${answer} where code = ${office.code} and email = ${email}`
      : Prisma.sql`update person set email_problem = ${answer} where id = ${personId} and email = ${email}`,
  );
}

/** A server that puts a mail off is asked again for three days, from the first time it did. */
async function giveUpOld(tx: Changes, ids: readonly bigint[], inbox: Inbox, mailId: bigint, settling: Settling): Promise<void> {
  const at = new Date(settling.at);
  const patience = new Date(settling.at - DEFERRED_FOR_MS);
  await tx.$executeRaw(
    Prisma.sql`update nudge set deferred_at = ${at}::timestamptz where id = any(${ids as bigint[]}) and deferred_at is null`,
  );
  const old = await tx.$queryRaw<{ id: bigint }[]>(Prisma.sql`
    select id from nudge where id = any(${ids as bigint[]}) and deferred_at <= ${patience}::timestamptz order by id`);
  const given = old.map(({ id }) => id);
  await deliver(tx, given, inbox, mailId, false);
  await settle(tx, given, settling, DEFERRED_TOO_LONG);
}

function announcementOf({ office, area }: Addressee, { digest }: Composed, runId: string): Announcement {
  const { totals, day } = digest;
  return { type: 'digest', id: `${runId}/${office.code}`, province: area.provinceCode, office: office.code, day, ...totals };
}
