/** What the pages of inspections have in common: addresses, words, how a finding and its result look. */
import type { VNode } from 'preact';
import type { FINDINGS, InspectionView } from '../../api/supervision/inspections';
import type { UserRole } from '../../api/http/route';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { valueTitle } from '../dossier/action-words';
import { day, number } from '../formats';
import { Chip } from '../parts/lateness';

export const PATH = '/kiem-tra';
export const NEW = `${PATH}/moi`;
/** The decision that ends certificates, with one chosen. */
export const endingOf = (certificate: string): string => `/thu-hoi/moi?codes=${encodeURIComponent(certificate)}`;

export const INSPECTORS: UserRole[] = ['administrator', 'provincial_staff', 'commune_staff'];

export type Finding = (typeof FINDINGS)[number];
const LOOKS = { compliant: 'ok', remediation: 'soon', violation: 'late' } as const satisfies Record<Finding, string>;

export const kindTitle = (kind: string): string => valueTitle('kind', kind);
export const findingTitle = (finding: string): string => valueTitle('finding', finding);
export const groundTitle = (ground: string): string => valueTitle('ground', ground);

export function FindingChip({ finding }: { finding: Finding }): VNode {
  return <Chip look={LOOKS[finding]}>{findingTitle(finding)}</Chip>;
}

/** What came of an inspection, in words. */
export function resultWords(one: InspectionView, today: LocalDate): string {
  const { finding, followedBy, remedyBy, waits, decideBy, outcome } = one;
  if (finding === 'compliant') return '';
  if (finding === 'violation') {
    if (waits === 'revocation') return decideBy === null ? 'chờ quyết định thu hồi' : `chờ quyết định thu hồi, chậm nhất ${day(decideBy)}`;
    if (followedBy !== null) return `kiểm tra lại ngày ${day(followedBy.on)}: ${findingTitle(followedBy.finding).toLowerCase()}`;
    return outcome === 'revoked' ? 'đã thu hồi giấy chứng nhận' : 'giấy chứng nhận đã kết thúc';
  }
  const due = remedyBy === null ? '' : `khắc phục chậm nhất ${day(remedyBy)}`;
  const result =
    followedBy !== null
      ? `kiểm tra lại ngày ${day(followedBy.on)}: ${followedBy.finding === 'compliant' ? 'đã khắc phục' : findingTitle(followedBy.finding).toLowerCase()}`
      : waits === null
        ? 'giấy chứng nhận đã kết thúc'
        : remedyBy === null
          ? 'chưa có kết quả'
          : waitingWords(daysBetween(today, remedyBy));
  return [due, result].filter(Boolean).join('; ');
}

function waitingWords(left: number): string {
  if (left < 0) return `chưa có kết quả, quá ${number(-left)} ngày`;
  return left === 0 ? 'chưa có kết quả, hôm nay là ngày cuối' : `chưa có kết quả, còn ${number(left)} ngày`;
}

/** The same with what stands out as a chip. */
export function Result({ one, today }: { one: InspectionView; today: LocalDate }): VNode {
  const words = one.waits === 'revocation' && one.decideBy !== null ? `chậm nhất ${day(one.decideBy)}` : resultWords(one, today);
  if (words === '') return <span class="muted">không phải xử lý</span>;
  return (
    <div>
      {one.waits === 'remedy-overdue' && <Chip look="late">Quá hạn khắc phục</Chip>}
      {one.waits === 'remedy' && <Chip look="soon">Đang khắc phục</Chip>}
      {one.waits === 'revocation' && (
        <Chip look={one.decideBy !== null && one.decideBy < today ? 'late' : 'soon'}>
          {one.decideBy !== null && one.decideBy < today ? 'Quá hạn quyết định' : 'Chờ quyết định thu hồi'}
        </Chip>
      )}
      <small class="sub">{words}</small>
    </div>
  );
}
