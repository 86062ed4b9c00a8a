/** Loads every rule file: regimes, plans, nudge rules, council rules, holidays, criteria, units. A new plan or regime is a new file, no code. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CouncilRules } from '../domain/council-rules';
import type { HolidayRow } from '../domain/holidays';
import type { NudgeRule } from '../domain/nudge-rules';
import type { ReportNudgeRule } from '../domain/nudges/reports';
import type { Plan } from '../domain/plans';
import type { Regime } from '../domain/regimes';
import { type CriteriaCatalogue, catalogueFaults } from '../domain/stars/criteria';
import type { OldName } from '../domain/units/directory';
import type { AdministrativeUnit } from '../domain/units/units';
import { z } from 'zod';
import * as check from './checks';
import { DataFilesError, type Problem } from './problems';
import { jsonFilesIn, nameOf, readCsv, readJson } from './read';
import { councilSchema, nudgeSchema, planSchema, regimeSchema, reportNudgeSchema } from './schema';
import { catalogueSchema, holidayRow, oldNameRow, unitRow } from './tables';

export { DataFilesError } from './problems';

/** Everything the rules stand on, read once at start. */
export interface Rules {
  /** In order of the day they came into force. */
  regimes: Regime[];
  plans: Plan[];
  /** The shipped set; a plan's own rules are in the plan. */
  nudges: NudgeRule[];
  /** When to remind of reports that a plan gives a date. */
  reportNudges: ReportNudgeRule[];
  councils: CouncilRules[];
  calendar: HolidayRow[];
  criteria: CriteriaCatalogue;
  units: AdministrativeUnit[];
  /** Names of units before the reform, as far as a source says what became of them. */
  oldNames: OldName[];
}

const NUDGES = 'plans/nudges.json';
const REPORT_NUDGES = 'plans/report-nudges.json';
const HOLIDAYS = 'data/holidays-vn.csv';
const CRITERIA = 'data/criteria-qd26-2026.json';
const UNITS = 'data/administrative-units.csv';
const OLD_NAMES = 'data/old-names.csv';

/**
 * Reads `plans/` and `data/` under a folder (default: the product's own). Throws one DataFilesError with every problem of every file.
 */
export function loadRules(dir: string = productFolder()): Rules {
  const problems: Problem[] = [];
  const folder = <Value>(name: string, schema: z.ZodType<Value>): check.FromFile<Value>[] =>
    jsonFilesIn(dir, name, problems).flatMap((file) => {
      const value = file === NUDGES || file === REPORT_NUDGES ? undefined : readJson(dir, file, schema, problems);
      return value === undefined ? [] : [{ file, value }];
    });

  const units = readCsv(dir, UNITS, unitRow, problems);
  const oldNames = readCsv(dir, OLD_NAMES, oldNameRow, problems);
  const calendar = readCsv(dir, HOLIDAYS, holidayRow, problems);
  const criteria = readJson(dir, CRITERIA, catalogueSchema, problems);
  const nudges = readJson(dir, NUDGES, z.array(nudgeSchema), problems);
  const reportNudges = readJson(dir, REPORT_NUDGES, z.array(reportNudgeSchema), problems);
  const regimes = folder('plans/regimes', regimeSchema);
  // by name, so that a regime with a problem of its own is not reported again by every plan that cites it
  const regimeIds = jsonFilesIn(dir, 'plans/regimes', []).map(nameOf);
  const councils = folder('plans/councils', councilSchema);
  const plans = folder('plans', planSchema);

  const regimeValues = regimes.map((one) => one.value).sort((a, b) => (a.inForce.value.from < b.inForce.value.from ? -1 : 1));
  problems.push(
    ...check.checkUnits({ file: UNITS, value: units }),
    ...check.checkOldNames({ file: OLD_NAMES, value: oldNames }, units),
    ...check.checkHolidays({ file: HOLIDAYS, value: calendar }),
    ...catalogueFaults(criteria ?? NO_CRITERIA).map((reason) => ({ file: CRITERIA, path: 'sets', reason })),
    ...check.checkNames([...regimes, ...councils, ...plans]),
    ...regimes.flatMap(check.checkRegime),
    ...councils.flatMap(check.checkCouncil),
    ...plans.flatMap((plan) => check.checkPlan(plan, regimeIds, units)),
    ...check.checkNudges([
      { file: NUDGES, value: nudges ?? [] },
      { file: REPORT_NUDGES, value: reportNudges ?? [] },
      ...plans.map(({ file, value }) => ({ file, value: value.nudges })),
    ]),
  );
  if (problems.length > 0 || !criteria || !nudges || !reportNudges) throw new DataFilesError(problems);
  return {
    regimes: regimeValues,
    plans: plans.map((one) => one.value),
    nudges,
    reportNudges,
    councils: councils.map((one) => one.value),
    calendar,
    criteria,
    units,
    oldNames,
  };
}

const NO_CRITERIA: CriteriaCatalogue = { source: '', parts: { A: 0, B: 0, C: 0 }, sets: [] };

/** The nearest folder above this file with a package.json: the same from the sources and from the build. */
export function productFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`no product folder above ${__dirname}`);
    folder = above;
  }
  return folder;
}
