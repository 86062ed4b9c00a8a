/** The arrows as Mermaid state diagrams. */
import { type Outcome, OUTCOME_TITLES, type Stage, STAGE_TITLES, STAGES, type Step, STEPS } from '../../domain/cycle/stages';
import type { Arrow } from './walks';

/** Arrows of this many steps to one place are drawn once, from a common node. */
const MANY = 4;
const COMMON = 'many_steps';

/** Where an arrow ends in a drawing: a closed cycle is drawn by its outcome. */
const endOf = (arrow: Arrow): string => arrow.outcome ?? arrow.to;

interface Line {
  from: string;
  to: string;
  names: string[];
}

/** Arrows between the same two nodes as one line with all names; arrows that leave many steps for one place leave the common node. */
function linesOf(arrows: readonly Arrow[]): Line[] {
  const sources = new Map<string, Set<Step | null>>();
  for (const arrow of arrows) {
    const way = `${arrow.name} ${endOf(arrow)}`;
    sources.set(way, (sources.get(way) ?? new Set()).add(arrow.from));
  }
  const lines = new Map<string, Line>();
  for (const arrow of arrows) {
    const common = (sources.get(`${arrow.name} ${endOf(arrow)}`)?.size ?? 0) >= MANY;
    const [from, to] = [common ? COMMON : (arrow.from ?? '[*]'), endOf(arrow)];
    const line = lines.get(`${from} ${to}`) ?? { from, to, names: [] };
    if (!line.names.includes(arrow.name)) line.names.push(arrow.name);
    lines.set(`${from} ${to}`, line);
  }
  return [...lines.values()];
}

const drawn = ({ from, to, names }: Line): string => `  ${from} --> ${to} : ${names.join(', ')}`;
/** Quoted, since a colon would end an unquoted text. */
const node = (id: string, vi: string, en: string): string => `state "${vi}<br/>${en}" as ${id}`;

function stepNode(step: Step): string {
  const { vi, en } = STEPS[step].title;
  return node(step, vi, en);
}

function outcomeNode(outcome: Outcome): string {
  const { vi, en } = OUTCOME_TITLES[outcome];
  return node(outcome, vi, en);
}

/** Steps of some stages, grouped by stage, and every arrow that starts there, with the outcomes they lead to. */
export function stepsDiagram(arrows: readonly Arrow[], stages: readonly Stage[]): string {
  const inside = arrows.filter((arrow) => stages.includes(STEPS[arrow.from ?? arrow.to].stage));
  const lines = linesOf(inside);
  const steps = new Set(inside.flatMap((arrow) => [...(arrow.from ? [arrow.from] : []), ...(arrow.outcome ? [] : [arrow.to])]));
  const outcomes = new Set(inside.flatMap((arrow) => arrow.outcome ?? []));
  const groups = STAGES.flatMap((stage) => {
    const own = [...steps].filter((step) => STEPS[step].stage === stage);
    if (own.length === 0) return [];
    const { vi, en } = STAGE_TITLES[stage];
    return [`  state "${vi} (${en})" as ${stage} {`, ...own.map((step) => `    ${stepNode(step)}`), '  }'];
  });
  const common = lines.some((line) => line.from === COMMON)
    ? [`  ${node(COMMON, 'Nhiều bước (xem bảng)', 'Many steps (see the tables)')}`]
    : [];
  return mermaid([...groups, ...common, ...[...outcomes].map((one) => `  ${outcomeNode(one)}`), ...lines.map(drawn)]);
}

/** Stages only: which follow which. */
export function stagesDiagram(arrows: readonly Arrow[]): string {
  const ways = new Set(
    arrows.flatMap(({ from, to }) => {
      const [before, after] = [from && STEPS[from].stage, STEPS[to].stage];
      return before === after ? [] : [`  ${before ?? '[*]'} --> ${after}`];
    }),
  );
  const nodes = STAGES.map((stage) => `  ${node(stage, STAGE_TITLES[stage].vi, STAGE_TITLES[stage].en)}`);
  return mermaid([...nodes, ...ways, '  closed --> [*]']);
}

function mermaid(lines: readonly string[]): string {
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}
