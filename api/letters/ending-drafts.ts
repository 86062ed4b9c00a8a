/** Draft decisions that end certificates, with their list: before they are signed, or of one in the register. */
import { DOCX } from '../http/media-types';
import { ENDING_WORDINGS, letterOf } from '../../documents/letter-text';
import { type Annex, letterDocx } from '../../documents/letter';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Regime } from '../../domain/regimes';
import { communeOf } from '../certificates/issuer';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { type Chosen, findWanted } from '../endings/foresee';
import { type EndingDecision, readEnding } from '../endings/routes';
import type { EndingInput } from '../endings/input';
import { type FieldProblem, invalidInput } from '../http/problem';
import type { FileReply } from '../http/route';
import { byStar, counted } from './decision-drafts';
import { citesGrounds, endingAuthority, endingRegime, groundWords } from './ending';
import { regimeName, writersOf } from './parties';

type Kind = EndingInput['kind'];

interface Ended {
  row: CycleRow;
  state: CycleState;
  /** As the register of certificates has it: run out, or ended by this decision. */
  isExpired: boolean;
  ground: string | null;
}

type Named = Ended & { certificate: NonNullable<CycleState['certificate']> };

interface Draft {
  kind: Kind;
  list: readonly Ended[];
  reason: string | null;
  on: LocalDate | null;
}

/** The draft for certificates that are chosen. Throws what keeps one off the list. */
export async function endingDraft(deps: ApiDeps, actor: Actor, kind: Kind, chosen: Chosen, reason: string | null): Promise<FileReply> {
  const { found } = await findWanted(deps, actor, chosen);
  const list: Ended[] = [];
  const problems: FieldProblem[] = [];
  for (const { code, certificate, row, ground } of found) {
    const open = certificate?.status === 'in_force' || (certificate?.status === 'expired' && certificate.endDecision === null);
    if (row && open) {
      const state = await stateOf(deps, row);
      const own = ground ?? state.facts.conclusion?.ground ?? null;
      list.push({ row, state, isExpired: certificate.status === 'expired', ground: kind === 'revocation' ? own : null });
    } else problems.push(wrong(code, row ? ENDED : NO_SUCH));
  }
  if (problems.length) throw invalidInput(problems);
  return await draft(deps, { kind, list, reason, on: null });
}

const NO_SUCH = { vi: 'không có giấy chứng nhận mang mã này', en: 'there is no certificate with this code' };
const ENDED = { vi: 'giấy chứng nhận đã kết thúc', en: 'the certificate has been ended' };
const wrong = (code: string, message: FieldProblem['message']): FieldProblem => ({ field: `certificates.${code}`, message });

/** The text of a decision in the register. */
export async function endingDecisionFile(deps: ApiDeps, actor: Actor, id: string): Promise<FileReply> {
  const decision = await readEnding(deps, actor, id);
  const items = new Map(decision.items.filter(({ outcome }) => outcome !== 'refused').map((item) => [item.cycleId, item]));
  const list: Ended[] = [];
  for (const row of await readCycles(deps, [...items.keys()])) {
    const { outcome, ground = null } = items.get(row.id) ?? {};
    list.push({ row, state: await stateOf(deps, row), isExpired: outcome === 'noted', ground });
  }
  return await draft(deps, { kind: kindOf(decision), list, reason: decision.reason, on: decision.signedOn });
}

export const kindOf = ({ kind }: Pick<EndingDecision, 'kind'>): Kind => (kind === 'withdrawal' ? 'withdrawal' : 'revocation');

async function draft(deps: ApiDeps, { kind, list, reason, on }: Draft): Promise<FileReply> {
  const named = list.flatMap((one) => (one.state.certificate === null ? [] : [{ ...one, certificate: one.state.certificate }]));
  const [first] = named;
  if (!first)
    throw invalidInput([{ field: 'certificates', message: { vi: 'không có giấy chứng nhận nào', en: 'there is no certificate' } }]);
  const regime = endingRegime(deps, on ?? deps.today());
  if (kind === 'revocation') refuseOthers(named, regime);
  const { province, agency } = writersOf(deps, first.row.provinceCode, first.state.rules);
  const expired = named.filter(({ isExpired }) => isExpired).length;
  const facts = {
    values: {
      province: province.name,
      provinceCapitals: province.name.toLocaleUpperCase('vi'),
      agency,
      regime: regimeName(deps.rules.regimes, regime.id),
      article: articleOf(kind, regime),
      count: counted(named.length),
      producers: counted(new Set(named.map(({ row }) => row.product.producer.id)).size),
      byStar: byStar(named.map(({ certificate }) => ({ star: certificate.star }))),
      expired: counted(expired),
      recognisedBy: recognisedBy(named),
      reason: reason ?? '……………………',
    },
    flags: { inForce: expired === 0 },
    lists: { conclusions: await conclusionsOf(deps, named) },
    tables: {},
  };
  const text = ENDING_WORDINGS[kind];
  const annexes = [annexOf(deps, kind, named, regime, province.committee)];
  const made = letterOf(text, facts, { committee: province.committee, agency, place: province.place, on, annexes });
  const name = kind === 'revocation' ? 'Quyết định thu hồi Giấy chứng nhận OCOP' : 'Quyết định thu hồi kết quả công nhận OCOP';
  return { file: { type: DOCX, name: `${name}.docx`, bytes: await letterDocx(made) } };
}

/** A province drafts only what its chair decides (article 8.2). */
function refuseOthers(list: readonly Named[], regime: Regime): void {
  const others = list.filter(({ certificate }) => certificate.star === 5);
  if (others.length === 0) return;
  const authority = endingAuthority(regime, 5);
  throw invalidInput(
    others.map(({ certificate }) =>
      wrong(certificate.code, {
        vi: `giấy chứng nhận 5 sao do ${authority} quyết định thu hồi (${regime.procedure.revocationAuthority.source}): bỏ khỏi dự thảo của tỉnh`,
        en: `five-star certificates are revoked by the minister (${regime.procedure.revocationAuthority.source}): leave it out of the province’s draft`,
      }),
    ),
  );
}

function articleOf(kind: Kind, regime: Regime): string {
  if (!citesGrounds(regime)) return '';
  return kind === 'revocation' ? 'Điều 8 ' : 'điểm b khoản 1 Điều 10 ';
}

function recognisedBy(list: readonly Named[]): string {
  const numbers = [...new Set(list.flatMap(({ certificate }) => certificate.decisionNumber ?? []))];
  return numbers.length === 0 ? 'Quyết định số ………' : `Quyết định số ${numbers.join(', số ')}`;
}

/** The conclusions of inspections that the decision rests on, each once. */
async function conclusionsOf({ db }: ApiDeps, list: readonly Named[]): Promise<string[]> {
  const events = await db.cycleEvent.findMany({
    where: {
      cycleId: { in: list.map(({ row }) => row.id) },
      name: 'record-inspection',
      payload: { path: ['finding'], equals: 'violation' },
    },
    orderBy: [{ legalOn: 'asc' }, { id: 'asc' }],
  });
  const told = events.map(({ legalOn, sourceDocument }) => {
    const paper = sourceDocument === null ? '' : ` (văn bản số ${sourceDocument})`;
    return `Căn cứ kết luận kiểm tra, giám sát ngày ${formatVietnamese(dateOf(legalOn))}${paper};`;
  });
  return [...new Set(told)];
}

function annexOf(deps: ApiDeps, kind: Kind, list: readonly Named[], regime: Regime, committee: string): Annex {
  const { annex, about } = ENDING_WORDINGS[kind];
  const isRevocation = kind === 'revocation';
  return {
    title: annex ?? about,
    about: `(Kèm theo Quyết định số         /QĐ-UBND ngày       tháng       năm 20... của Chủ tịch ${committee})`,
    landscape: true,
    columns: [
      { header: 'STT', width: 15 },
      { header: 'Tên sản phẩm', width: 48 },
      { header: 'Chủ thể', width: 52 },
      { header: 'Xã, phường, đặc khu', width: 36 },
      { header: 'Hạng sao', width: 16 },
      { header: 'Giấy chứng nhận', width: 34 },
      { header: 'Quyết định công nhận', width: 32 },
      ...(isRevocation ? [{ header: 'Căn cứ thu hồi', width: 60 }] : []),
    ],
    rows: list.map(({ row, certificate, isExpired, ground }, index) => [
      String(index + 1),
      row.product.name,
      row.product.producer.name,
      communeOf(deps, row.communeCode).name,
      `${certificate.star} sao`,
      [
        certificate.number ?? certificate.code,
        `cấp ${formatVietnamese(certificate.issuedOn)}`,
        ...(isExpired ? [`hết hạn ${formatVietnamese(certificate.validUntil)}`] : []),
      ].join(', '),
      certificate.decisionNumber ?? '',
      ...(isRevocation ? [ground === null ? '………' : groundWords(ground, regime)] : []),
    ]),
  };
}
