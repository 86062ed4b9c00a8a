/** What letters say of the end of a certificate: by which decision, on which ground. */
import { GROUND_WORDINGS } from '../../documents/letter-text';
import type { CycleState } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Regime, Star } from '../../domain/regimes';
import { communeOf, provinceOf } from '../certificates/issuer';
import type { CycleRow } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { regimeOn } from '../managers/season';
import { regimeName } from './parties';

export interface Ending {
  /** `noted`: the certificate had run out, the decision only puts it on record. */
  kind: 'revocation' | 'withdrawal' | 'noted';
  number: string;
  on: LocalDate;
  ground: string | null;
  reason: string | null;
}

const ENDINGS = { 'revoke-certificate': 'revocation', 'withdraw-decision': 'withdrawal' } as const;

/** The decision that ended a cycle's certificate, from the cycle's own events; null when none did. */
export async function endingOf({ db }: Pick<ApiDeps, 'db'>, cycleId: string): Promise<Ending | null> {
  const event = await db.cycleEvent.findFirst({ where: { cycleId, name: { in: Object.keys(ENDINGS) } }, orderBy: { sequence: 'desc' } });
  if (!event) return null;
  const { decisionNumber, ground } = event.payload as { decisionNumber?: string; ground?: string };
  const note = event.noteId === null ? null : await db.note.findUnique({ where: { id: event.noteId } });
  return {
    kind: ENDINGS[event.name as keyof typeof ENDINGS],
    number: decisionNumber ?? event.sourceDocument ?? '………',
    on: dateOf(event.legalOn),
    ground: ground ?? null,
    reason: note?.text ?? null,
  };
}

/** The regime that a decision of that day rests on: the one in force, whichever the certificate was given under (articles 8.2, 12.1). */
export const endingRegime = ({ rules }: Pick<ApiDeps, 'rules'>, on: LocalDate): Regime => regimeOn(rules.regimes, on);

/** Whether the regime's own text lists the grounds, so that its points can be cited. */
export const citesGrounds = ({ procedure }: Regime): boolean => procedure.revocationGrounds.certainty === 'primary';

/** A ground in words, with the point that names it where the regime has such points. */
export function groundWords(ground: string, regime: Regime): string {
  const wording = GROUND_WORDINGS[ground];
  if (!wording) return ground;
  return citesGrounds(regime) ? `${wording.text} (${wording.point})` : wording.text;
}

/** Who ends a certificate of that star. */
export const endingAuthority = ({ procedure }: Regime, star: Star): string =>
  procedure.revocationAuthority.value.find(({ stars }) => stars.includes(star))?.authority ?? 'Chủ tịch UBND cấp tỉnh';

/** The values and flags of a notice about an ended certificate. */
export function endingFacts(
  deps: ApiDeps,
  row: CycleRow,
  state: CycleState,
  ending: Ending,
): { values: Record<string, string>; flags: Record<string, boolean> } {
  const regime = endingRegime(deps, ending.on);
  const { certificate } = state;
  const isWithdrawn = ending.kind === 'withdrawal';
  const province = provinceOf(deps, row.provinceCode).name;
  const authority = isWithdrawn ? 'Chủ tịch UBND cấp tỉnh' : endingAuthority(regime, certificate?.star ?? 3);
  return {
    values: {
      ending: `${ending.number} ngày ${formatVietnamese(ending.on)}`,
      endingAbout: isWithdrawn ? 'Thu hồi kết quả công nhận sản phẩm OCOP' : 'Thu hồi Giấy chứng nhận sản phẩm OCOP',
      endingRegime: regimeName(deps.rules.regimes, regime.id),
      endingAuthority: authority.replace('cấp tỉnh', province),
      certificateTold: certificateTold(deps, row, state),
      ...(ending.ground === null ? {} : { endingGround: groundWords(ending.ground, regime) }),
      ...(ending.reason === null ? {} : { endingReason: ending.reason }),
    },
    flags: {
      revoked: ending.kind === 'revocation',
      withdrawn: isWithdrawn,
      endingNoted: ending.kind === 'noted',
      endingGround: ending.ground !== null,
      endingReason: ending.reason !== null,
    },
  };
}

function certificateTold(deps: ApiDeps, row: CycleRow, { certificate }: CycleState): string {
  const of = `sản phẩm “${row.product.name}” của ${row.product.producer.name} (${communeOf(deps, row.communeCode).name})`;
  if (!certificate) return `Giấy chứng nhận chưa cấp cho ${of}`;
  const { star, number, code, issuedOn, validUntil } = certificate;
  const named = [number === null ? null : `số ${number}`, `mã ${code}`].filter((one) => one !== null).join(', ');
  return `Giấy chứng nhận hạng ${star} sao, ${named}, cấp ngày ${formatVietnamese(issuedOn)}, có giá trị đến hết ngày ${formatVietnamese(validUntil)}, của ${of}`;
}
