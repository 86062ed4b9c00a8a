/** What the list was narrowed to, in words. */
import type { VNode } from 'preact';
import { eventTitle } from '../../../api/managers/event-titles';
import type { StuckQuery } from '../../../api/managers/stuck';
import { STEPS } from '../../../domain/cycle/stages';
import { day } from '../../formats';
import { LATENESS_WORDS } from '../../parts/lateness';
import { KIND_TITLES, PARTY_TITLES } from '../../words';
import { FINDING_WORDS, STAGE_WORDS } from '../words';
import type { Call } from './shared';

/** Questions that came with a link: there is no field for them. */
export function Asked({ query, clear }: { query: StuckQuery; clear: string }): VNode | null {
  const { dueOn, dueFrom, dueTo, step, work, event, since, scope, enteredFrom, attention } = query;
  const said = [
    scope === 'validity' && 'giấy chứng nhận còn hiệu lực',
    scope === 'open' && 'mọi hồ sơ đang theo dõi',
    scope === 'closed' && 'hồ sơ đã kết thúc',
    step && `bước “${STEPS[step].title.vi}”`,
    dueOn && `ngày an toàn cuối ${day(dueOn)}`,
    dueFrom && `ngày an toàn cuối từ ${day(dueFrom)}`,
    dueTo && `ngày an toàn cuối đến ${day(dueTo)}`,
    enteredFrom && `vào giai đoạn từ ${day(enteredFrom)}`,
    event && `có sự kiện “${eventTitle(event).vi}”`,
    since && `từ ${day(since)}`,
    work && FINDING_WORDS[work],
    attention && 'có sự cố kỹ thuật',
  ].filter(Boolean);
  if (said.length === 0) return null;
  return (
    <p class="asked">
      Chỉ xem: <b>{said.join('; ')}</b>.{' '}
      <a class="no-print" href={clear}>
        Bỏ điều kiện này
      </a>
    </p>
  );
}

/** On paper the fields of the filters are missing: what they ask for, in words. */
export function OnPaper({ call: { deps, query } }: { call: Call }): VNode | null {
  const { q, commune, stage, waitingFor, lateness, kind, plan } = query;
  const words = (codes: string, titles: Partial<Record<string, string>>): string =>
    codes
      .split(',')
      .map((one) => titles[one] ?? one)
      .join(', ');
  const said = [
    q && `“${q}”`,
    commune && (deps.units.byCode(commune)?.fullName ?? commune),
    stage && STAGE_WORDS[stage][0].toLowerCase(),
    waitingFor && `đến lượt ${words(waitingFor, PARTY_TITLES)}`,
    lateness && words(lateness, LATENESS_WORDS).toLowerCase(),
    kind && KIND_TITLES[kind],
    plan && (deps.rules.plans.find(({ id }) => id === plan)?.title.vi ?? plan),
  ].filter(Boolean);
  return said.length === 0 ? null : <p class="asked only-print">Lọc theo: {said.join('; ')}.</p>;
}
