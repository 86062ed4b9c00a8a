/** The tables of the page: steps, actions, deadlines, moments, nudges, outcomes. */
import { type ActionDefinition, BEFORE_CERTIFICATE, IN_VALIDITY } from '../../domain/cycle/action';
import { ACTION_NAMES, type ActionName, ACTIONS, isActionName } from '../../domain/cycle/actions';
import { BINDING } from '../../domain/cycle/due';
import { OUTCOME_TITLES, OUTCOMES, type Party, STAGE_TITLES, type Step, STEPS } from '../../domain/cycle/stages';
import type { Role } from '../../domain/cycle/state';
import type { DeadlineKind } from '../../domain/deadlines';
import type { NudgeRecipient, NudgeRule } from '../../domain/nudge-rules';
import { DEADLINES, MOMENTS } from './prose';
import type { Arrow } from './walks';

const PARTIES: Record<Party, string> = {
  producer: 'chủ thể (producer)',
  commune: 'cấp xã (commune)',
  district: 'cấp huyện (district)',
  province: 'cấp tỉnh (province)',
  ministry: 'Bộ (ministry)',
};

const ROLES: Record<Role, string> = {
  administrator: 'administrator',
  provincial_staff: 'provincial staff',
  commune_staff: 'commune staff',
  council_secretary: 'council secretary',
  council_member: 'council member',
  manager: 'manager',
  system: 'the system',
};

const RECIPIENTS: Record<NudgeRecipient, string> = {
  commune_officer: 'commune officer',
  commune_leadership: 'commune leadership',
  provincial_officer: 'provincial officer',
  provincial_leadership: 'provincial leadership',
  council_secretary: 'council secretary',
  district_officer: 'district officer',
};

const STEP_NAMES = Object.keys(STEPS) as Step[];
const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

export function stepsTable(): string {
  return table(
    ['Giai đoạn / Stage', 'Bước / Step', 'Nghĩa', 'Meaning', 'Lượt của / Whose turn', 'Thời hạn / Deadlines (the first measures the step)'],
    STEP_NAMES.map((step) => {
      const { stage, title, waitingFor } = STEPS[step];
      const binding = BINDING[step].map(code).join(', ');
      const unmeasured = stage === 'certification' && binding ? `${binding} (watched, does not measure the step)` : binding;
      return [
        `${STAGE_TITLES[stage].vi} (${code(stage)})`,
        code(step),
        title.vi,
        title.en,
        waitingFor ? PARTIES[waitingFor] : '–',
        unmeasured || '–',
      ];
    }),
  );
}

const GROUPS: [string, readonly Step[]][] = [
  ['every step **before the certificate**', BEFORE_CERTIFICATE],
  ['every step **in validity**', IN_VALIDITY],
];

/** A list of steps in the procedure's order; the two groups that many actions share are named instead of listed. */
function listed(steps: readonly Step[]): string {
  const whole = GROUPS.filter(([, group]) => group.every((step) => steps.includes(step)));
  const named = whole.flatMap(([, group]) => group);
  const others = STEP_NAMES.filter((step) => steps.includes(step) && !named.includes(step));
  return [...whole.map(([title]) => title), ...others.map(code)].join(', ');
}

/** What the named groups of steps are. */
export function groupsLegend(): string {
  return GROUPS.map(([title, steps]) => `${title.replace('every', 'Every')}: ${steps.map(code).join(', ')}.`).join('\n\n');
}

/** Steps with the same people, together. */
function whoWhere(allowed: ActionDefinition['allowed']): string {
  const byRoles = new Map<string, Step[]>();
  for (const step of STEP_NAMES) {
    const who = allowed[step]?.map((role) => ROLES[role]).join(', ');
    if (who) byRoles.set(who, [...(byRoles.get(who) ?? []), step]);
  }
  return [...byRoles].map(([who, steps]) => `${who}: ${listed(steps)}`).join('; ');
}

function leadsTo(arrows: readonly Arrow[], name: string): string {
  const own = arrows.filter((arrow) => arrow.name === name);
  const targets = unique(own.filter((arrow) => arrow.from !== arrow.to).map((arrow) => code(arrow.outcome ?? arrow.to)));
  const stays = own.some((arrow) => arrow.from === arrow.to);
  return [...targets, ...(stays ? ['stays in its step'] : [])].join(', ');
}

export function actionsTable(arrows: readonly Arrow[]): string {
  return table(
    ['Thao tác / Action', 'Tên', 'In English', 'Who, in which steps', 'Leads to', 'Căn cứ / Source', 'Reason'],
    ACTION_NAMES.map((name) => {
      const { title, source, allowed, needsReason }: ActionDefinition<never> = ACTIONS[name];
      return [code(name), title.vi, title.en, whoWhere(allowed), leadsTo(arrows, name), source, needsReason ? 'có / yes' : ''];
    }),
  );
}

export function momentsTable(arrows: readonly Arrow[]): string {
  return table(
    ['Moment', 'Nghĩa', 'Meaning', 'From', 'Leads to'],
    Object.entries(MOMENTS).map(([name, { vi, en }]) => {
      const own = arrows.filter((arrow) => arrow.name === name);
      return [code(name), vi, en, listed(sources(own)) || 'any step that has a nudge', leadsTo(arrows, name) || 'stays in its step'];
    }),
  );
}

export function deadlinesTable(): string {
  return table(
    ['Thời hạn / Deadline', 'Nghĩa', 'What binds', 'Steps'],
    (Object.keys(DEADLINES) as DeadlineKind[]).map((kind) => {
      const steps = STEP_NAMES.filter((step) => BINDING[step].includes(kind));
      return [code(kind), DEADLINES[kind].vi, DEADLINES[kind].en, listed(steps) || 'while paused'];
    }),
  );
}

function when({ offset: { days, unit } }: NudgeRule): string {
  if (days === 0) return 'on the day';
  const counted = `${Math.abs(days)} ${unit === 'working' ? 'working ' : ''}day${Math.abs(days) === 1 ? '' : 's'}`;
  return `${counted} ${days < 0 ? 'before' : 'after'}`;
}

export function nudgesTable(nudges: readonly NudgeRule[]): string {
  const groups = new Map<string, NudgeRule[]>();
  for (const rule of nudges) {
    const about = 'deadline' in rule.on ? `${code(rule.on.deadline)} (deadline)` : `${code(rule.on.step)} (step entered)`;
    groups.set(about, [...(groups.get(about) ?? []), rule]);
  }
  return table(
    ['About', 'When, to whom'],
    [...groups].map(([about, rules]) => [about, rules.map((rule) => `${when(rule)}: ${RECIPIENTS[rule.to]}`).join('; ')]),
  );
}

export function outcomesTable(arrows: readonly Arrow[]): string {
  return table(
    ['Kết cục / Outcome', 'Nghĩa', 'Meaning', 'Reached by', 'From'],
    OUTCOMES.map((outcome) => {
      const own = arrows.filter((arrow) => arrow.outcome === outcome && arrow.from !== null);
      const { vi, en } = OUTCOME_TITLES[outcome];
      return [code(outcome), vi, en, names(own), listed(sources(own))];
    }),
  );
}

const sources = (arrows: readonly Arrow[]): Step[] => arrows.flatMap((arrow) => arrow.from ?? []);

function names(arrows: readonly Arrow[]): string {
  return unique(arrows.map((arrow) => `${code(arrow.name)}${isActionName(arrow.name) ? '' : ' (by itself)'}`)).join(', ');
}

/** Actions that no walk could take anywhere: the page would hide them, so there must be none. */
export function unreached(arrows: readonly Arrow[]): ActionName[] {
  return ACTION_NAMES.filter((name) => !arrows.some((arrow) => arrow.name === name));
}
