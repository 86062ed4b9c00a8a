/** How a certificate stands on a day, as anybody may know it. */
import { addDays, type LocalDate } from '../../domain/dates';
import type { Text } from '../../domain/sources';
import type { Certificate } from '../../prisma/generated/client';
import { dateOf, dateOrNull } from '../cycles/representation';
import type { ApiDeps } from '../deps';

export const STANDINGS = [
  'in_force',
  'expiring',
  'under_reevaluation',
  'extended',
  'expired',
  'revoked',
  'decision_withdrawn',
  'superseded',
] as const;
export type Standing = (typeof STANDINGS)[number];

export const STANDING_TITLES: Record<Standing, Text> = {
  in_force: { vi: 'Đang có hiệu lực', en: 'In force' },
  expiring: { vi: 'Đang có hiệu lực, sắp hết hạn', en: 'In force, about to expire' },
  under_reevaluation: { vi: 'Đang có hiệu lực, đang được đánh giá lại', en: 'In force, under re-evaluation' },
  extended: { vi: 'Được kéo dài hiệu lực trong khi chờ kết quả đánh giá lại', en: 'Extended while its re-evaluation is decided' },
  expired: { vi: 'Đã hết hạn', en: 'Expired' },
  revoked: { vi: 'Đã bị thu hồi', en: 'Revoked' },
  decision_withdrawn: { vi: 'Quyết định công nhận đã bị thu hồi', en: 'Recognition withdrawn' },
  superseded: { vi: 'Đã được thay bằng giấy chứng nhận mới', en: 'Superseded by a newer certificate' },
};

const HOLDING: readonly Standing[] = ['in_force', 'expiring', 'under_reevaluation', 'extended'];
const ENDED: readonly Standing[] = ['expired', 'revoked', 'decision_withdrawn', 'superseded'];

/** From so many days before its end a certificate is shown as about to expire. Ours: no text asks for it. */
const EXPIRING_DAYS = 60;

/** Whether the product may carry its stars. */
export function holds(standing: Standing): boolean {
  return HOLDING.includes(standing);
}

/** The record tells how a certificate ended, its dates whether it holds on a day: a page is right also before the expiry is recorded. */
export function standingOn(
  today: LocalDate,
  certificate: Pick<Certificate, 'status' | 'validUntil' | 'extendedUntil'>,
  step: string | undefined,
): Standing {
  const ended = ENDED.find((one) => one === certificate.status);
  if (ended) return ended;
  const [validUntil, extendedUntil] = [dateOf(certificate.validUntil), dateOrNull(certificate.extendedUntil)];
  if (today > validUntil) return extendedUntil !== null && today <= extendedUntil ? 'extended' : 'expired';
  if (step === 'under_reevaluation') return 'under_reevaluation';
  return today > addDays(validUntil, -EXPIRING_DAYS) && extendedUntil === null ? 'expiring' : 'in_force';
}

/** The decision that ended a certificate, where there was one. */
export async function endingDecision(
  { db }: Pick<ApiDeps, 'db'>,
  certificate: Certificate,
): Promise<{ number: string; on: LocalDate } | null> {
  const { endDecision, endedOn, cycleId } = certificate;
  if (endDecision !== null && endedOn !== null) return { number: endDecision, on: dateOf(endedOn) };
  const event = await db.cycleEvent.findFirst({ where: { cycleId, name: { in: ['revoke-certificate', 'withdraw-decision'] } } });
  const number = (event?.payload as { decisionNumber?: string } | undefined)?.decisionNumber;
  return event && number !== undefined ? { number, on: dateOf(event.legalOn) } : null;
}

/** The certificate that the product has instead. */
export async function successorOf({ db }: Pick<ApiDeps, 'db'>, { productCode, issuedOn, code }: Certificate): Promise<string | null> {
  const newer = await db.certificate.findFirst({
    where: { productCode, issuedOn: { gte: issuedOn }, code: { not: code } },
    orderBy: { issuedOn: 'desc' },
    select: { code: true },
  });
  return newer?.code ?? null;
}
