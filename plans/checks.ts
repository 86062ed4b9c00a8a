/** What no single file can check of itself: names that must exist elsewhere, ids that must differ, dates that must follow one another. */
import type { CouncilRules } from '../domain/council-rules';
import { isoWeekday } from '../domain/dates';
import { lastSafeDay } from '../domain/deadlines';
import type { HolidayRow } from '../domain/holidays';
import type { NudgeRule } from '../domain/nudge-rules';
import type { ActivityWindow, Plan, StageWindow, Target } from '../domain/plans';
import type { Regime } from '../domain/regimes';
import type { Text } from '../domain/sources';
import type { OldName } from '../domain/units/directory';
import type { AdministrativeUnit } from '../domain/units/units';
import type { Problem } from './problems';
import { nameOf } from './read';

/** A value with the file it was read from. */
export interface FromFile<Value> {
  file: string;
  value: Value;
}

const problem = (file: string, path: string, vi: string, en: string): Problem => ({ file, path, reason: { vi, en } });

/** Every file's id is its name, so that no two are alike in a folder. */
export function checkNames(read: readonly FromFile<{ id: string }>[]): Problem[] {
  return read
    .filter(({ file, value }) => value.id !== nameOf(file))
    .map(({ file, value }) =>
      problem(
        file,
        'id',
        `là “${value.id}”, phải là tên tệp “${nameOf(file)}”`,
        `is "${value.id}", must be the file's name "${nameOf(file)}"`,
      ),
    );
}

export function checkRegime({ file, value }: FromFile<Regime>): Problem[] {
  const { inForce, points, procedure, selection } = value;
  const problems: Problem[] = [];
  if (inForce.value.until !== null && inForce.value.until <= inForce.value.from)
    problems.push(problem(file, 'inForce.value', 'ngày hết hiệu lực phải sau ngày có hiệu lực', 'must end after it begins'));
  const total = points.value.A + points.value.B + points.value.C;
  if (total !== 100)
    problems.push(problem(file, 'points.value', `A + B + C là ${total}, phải là 100`, `A + B + C is ${total}, must be 100`));
  if (selection.value.submittedFrom === undefined && selection.value.assessedFrom === undefined)
    problems.push(problem(file, 'selection.value', 'phải có submittedFrom hoặc assessedFrom', 'needs submittedFrom or assessedFrom'));
  if (!procedure.bands.value.some((band) => band.from === 0))
    problems.push(problem(file, 'procedure.bands.value', 'phải có một hạng bắt đầu từ 0 điểm', 'one band must begin at 0'));
  const levels: readonly string[] = procedure.levels.value;
  const used = [...procedure.recognises.value.map((one) => one.level), ...procedure.forwards.value.flatMap((one) => [one.from, one.to])];
  for (const level of new Set(used))
    if (!levels.includes(level))
      problems.push(problem(file, 'procedure', `cấp “${level}” không có trong levels`, `level "${level}" is not among its levels`));
  problems.push(...repeated(file, 'facts', value.facts), ...repeated(file, 'procedure.rounds.value', procedure.rounds?.value ?? []));
  return problems;
}

/** `regimes`: the ids that exist. Without units (their file is itself a problem) the issuer's codes are not looked up. */
export function checkPlan({ file, value }: FromFile<Plan>, regimes: readonly string[], units: readonly AdministrativeUnit[]): Problem[] {
  const problems: Problem[] = [];
  if (!regimes.includes(value.regime)) {
    const known = regimes.join(', ');
    problems.push(
      problem(
        file,
        'regime',
        `“${value.regime}” không có; các chế độ: ${known}`,
        `"${value.regime}" does not exist; the regimes are ${known}`,
      ),
    );
  }
  if (value.period.to < value.period.from)
    problems.push(problem(file, 'period', 'ngày kết thúc trước ngày bắt đầu', 'ends before it begins'));
  if (units.length > 0) problems.push(...issuerProblems(file, value.issuer, units));
  for (const list of ['gates', 'windows', 'activities', 'targets', 'reports', 'roles', 'followUps', 'provisions'] as const)
    problems.push(...repeated(file, list, value[list]));
  problems.push(
    ...repeated(
      file,
      'kinds',
      value.kinds.map(({ kind }) => ({ id: kind })),
    ),
  );
  for (const [index, window] of value.windows.entries()) problems.push(...windowProblems(file, `windows[${index}]`, window, value.period));
  for (const [index, window] of value.activities.entries())
    problems.push(...windowProblems(file, `activities[${index}]`, window, value.period));
  for (const [index, { due, owner }] of value.reports.entries())
    if (due !== null && owner === undefined)
      problems.push(
        problem(file, `reports[${index}].owner`, 'báo cáo có ngày hạn phải có đơn vị chịu trách nhiệm', 'a dated report needs an owner'),
      );
  for (const [index, target] of value.targets.entries()) problems.push(...targetProblems(file, `targets[${index}]`, target));
  return problems;
}

function issuerProblems(file: string, issuer: Plan['issuer'], units: readonly AdministrativeUnit[]): Problem[] {
  const problems: Problem[] = [];
  const unit = (code: string | null) => units.find((one) => one.code === code);
  if (issuer.provinceCode !== null && unit(issuer.provinceCode)?.kind !== 'province')
    problems.push(
      problem(file, 'issuer.provinceCode', `không có tỉnh mã ${issuer.provinceCode}`, `no province has the code ${issuer.provinceCode}`),
    );
  if (issuer.communeCode !== null && unit(issuer.communeCode)?.provinceCode !== issuer.provinceCode)
    problems.push(
      problem(
        file,
        'issuer.communeCode',
        `tỉnh ${issuer.provinceCode ?? '(trống)'} không có đơn vị cấp xã mã ${issuer.communeCode}`,
        `province ${issuer.provinceCode ?? '(none)'} has no commune with the code ${issuer.communeCode}`,
      ),
    );
  return problems;
}

function windowProblems(file: string, path: string, window: StageWindow | ActivityWindow, period: Plan['period']): Problem[] {
  const { opensOn, closes } = window;
  const problems: Problem[] = [];
  if (opensOn !== null && closes !== null && lastSafeDay(closes) < opensOn)
    problems.push(problem(file, path, 'đóng trước khi mở', 'closes before it opens'));
  for (const [name, day] of [
    ['opensOn', opensOn],
    ['closes.date', closes?.date ?? null],
  ] as const)
    if (day !== null && (day < period.from || day > period.to))
      problems.push(problem(file, `${path}.${name}`, `${day} nằm ngoài thời gian của kế hoạch`, `${day} lies outside the plan's period`));
  return problems;
}

function targetProblems(file: string, path: string, { op, min, max, unit }: Target): Problem[] {
  const rules: [boolean, Text][] = [
    [op === 'range' && (max === null || max <= min), { vi: 'khoảng phải có max lớn hơn min', en: 'a range needs a max above its min' }],
    [op === 'exactly' && max !== min, { vi: 'con số chính xác phải có max bằng min', en: 'an exact figure has max = min' }],
    [(op === 'at-least' || op === 'about') && max !== null, { vi: 'chỉ ghi min, max để trống (null)', en: 'has only a min; max is null' }],
    [unit === 'percent' && Math.max(min, max ?? 0) > 100, { vi: 'tỷ lệ lớn hơn 100%', en: 'a percentage above 100' }],
  ];
  return rules.filter(([wrong]) => wrong).map(([, reason]) => ({ file, path, reason }));
}

/** Nudge ids are stored in the ledger for years: no two rules, of the shipped set or of any plan, may share one. */
export function checkNudges(read: readonly FromFile<readonly Pick<NudgeRule, 'id'>[]>[]): Problem[] {
  const all = read.flatMap(({ file, value }) => value.map((rule, index) => ({ file, index, id: rule.id })));
  return all
    .filter((one, position) => all.findIndex((other) => other.id === one.id) < position)
    .map(({ file, index, id }) =>
      problem(file, `[${index}].id`, `“${id}” đã được dùng cho quy tắc nhắc khác`, `"${id}" is already the id of another nudge rule`),
    );
}

export function checkCouncil({ file, value }: FromFile<CouncilRules>): Problem[] {
  const { numerator, denominator } = value.quorum.value.members;
  if (numerator <= denominator) return [];
  return [problem(file, 'quorum.value.members', 'lớn hơn toàn bộ thành viên', 'is more than all members')];
}

/** A day is listed once; Saturdays are worked in lieu, weekdays are given off. */
export function checkHolidays({ file, value }: FromFile<readonly HolidayRow[]>): Problem[] {
  return value.flatMap(({ date, kind }, index) => {
    const path = `row ${index + 2}, column date`;
    const problems: Problem[] = [];
    if (value.findIndex((other) => other.date === date) < index)
      problems.push(problem(file, path, `${date} bị lặp`, `${date} is listed twice`));
    if (kind === 'working_day_in_lieu' && isoWeekday(date) <= 5)
      problems.push(problem(file, path, `${date} vốn là ngày làm việc trong tuần`, `${date} is a weekday anyway`));
    if (kind === 'day_off_in_lieu' && isoWeekday(date) > 5)
      problems.push(problem(file, path, `${date} vốn là ngày nghỉ cuối tuần`, `${date} is a weekend day anyway`));
    return problems;
  });
}

/** Codes differ, and every commune's province is in the list. */
export function checkUnits({ file, value }: FromFile<readonly AdministrativeUnit[]>): Problem[] {
  const kinds = new Map(value.map((unit) => [unit.code, unit.kind]));
  const problems = value.flatMap((unit, index) => {
    const belongs = unit.kind === 'province' ? unit.provinceCode === null : kinds.get(unit.provinceCode ?? '') === 'province';
    return belongs
      ? []
      : [
          problem(
            file,
            `row ${index + 2}, column province_code`,
            `“${unit.provinceCode ?? ''}” không đúng với ${unit.fullName}`,
            `"${unit.provinceCode ?? ''}" is not right for ${unit.fullName}`,
          ),
        ];
  });
  if (kinds.size < value.length) problems.push(problem(file, 'column code', 'có mã bị lặp', 'a code is listed twice'));
  return problems;
}

function repeated(file: string, path: string, items: readonly { id: string }[]): Problem[] {
  const ids = items.map((item) => item.id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [problem(file, `${path}[${index}]`, `“${id}” bị lặp`, `"${id}" is there twice`)] : [],
  );
}

/** Old names lead to units in force. Without any unit their file is what is wrong. */
export function checkOldNames({ file, value }: FromFile<readonly OldName[]>, units: readonly AdministrativeUnit[]): Problem[] {
  const codes = new Set(units.map((unit) => unit.code));
  return value.flatMap(({ name, code }, index) =>
    codes.size === 0 || codes.has(code)
      ? []
      : [
          problem(
            file,
            `row ${index + 2}, column code`,
            `“${code}” của “${name}” không có trong danh mục`,
            `"${code}" of "${name}" is not among the units`,
          ),
        ],
  );
}
