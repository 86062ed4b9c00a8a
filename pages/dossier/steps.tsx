/** The way of a dossier from idea to certificate, and how far it has come. */
import type { VNode } from 'preact';
import type { Lateness } from '../../api/cycles/lateness';
import type { EventView } from '../../api/cycles/representation';
import { OUTCOME_TITLES, type Stage, STAGE_TITLES } from '../../domain/cycle/stages';
import type { CycleState } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { day, dayMonth } from '../formats';
import { LATENESS_LOOKS } from '../parts/lateness';
import { WAY } from './action-words';

interface StepsProps {
  state: CycleState;
  /** The whole history, oldest first. */
  events: readonly EventView[];
  lateness: Lateness;
  today: LocalDate;
}

export function Steps({ state, events, lateness, today }: StepsProps): VNode {
  const entered = new Map<Stage, LocalDate>();
  for (const { from, to, on } of events) if (from?.stage !== to.stage) entered.set(to.stage as Stage, on);
  const stages = wayOf(state, entered);
  const at = state.stage === 'closed' ? stages.length : stages.indexOf(state.stage);
  return (
    <ol class={`steps steps--${stages.length}`} aria-label="Tiến trình">
      {stages.map((stage, index) => {
        const since = entered.get(stage);
        const until = stages
          .slice(index + 1)
          .map((next) => entered.get(next))
          .find(Boolean);
        const isNow = index === at;
        return (
          <li
            key={stage}
            class={isNow ? `now now--${LATENESS_LOOKS[lateness]}` : index < at && since ? 'done' : undefined}
            aria-current={isNow ? 'step' : undefined}
          >
            <b>{stage === 'closed' && state.outcome ? OUTCOME_TITLES[state.outcome].vi : STAGE_TITLES[stage].vi}</b>
            {spell(since, isNow ? undefined : until, isNow ? today : undefined)}
          </li>
        );
      })}
    </ol>
  );
}

/** The stages that this dossier passed or will pass. */
function wayOf(state: CycleState, entered: ReadonlyMap<Stage, LocalDate>): Stage[] {
  const levels: readonly string[] = state.rules.procedure.levels.value;
  const firstVisited = WAY.findIndex((stage) => entered.has(stage));
  return [
    ...WAY.filter((stage, index) => {
      if (entered.has(stage)) return true;
      if (index < firstVisited || state.stage === 'closed') return false;
      if (stage === 'district_scoring') return levels.includes('district');
      return stage !== 'national_scoring';
    }),
    ...(state.stage === 'closed' ? (['closed'] as const) : []),
  ];
}

function spell(since: LocalDate | undefined, until: LocalDate | undefined, today: LocalDate | undefined): string {
  if (!since) return 'chưa tới';
  if (today) {
    const days = daysBetween(since, today);
    return days > 0 ? `từ ${dayMonth(since)}, ${days} ngày` : `từ ${day(since)}`;
  }
  if (!until) return day(since);
  return since === until ? day(since) : `${since.slice(0, 4) === until.slice(0, 4) ? dayMonth(since) : day(since)}–${day(until)}`;
}
