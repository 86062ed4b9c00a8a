/** Reading one data file: text, JSON or CSV, then its schema. What is wrong becomes problems; what is right comes back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import type { Text } from '../domain/sources';
import type { Problem } from './problems';

/** The name of a file without folder and ending: what its `id` must be. */
export function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '');
}

/** The JSON files of a folder, in order of name, as paths relative to `root`; none, and a problem, when there is no such folder. */
export function jsonFilesIn(root: string, folder: string, problems: Problem[]): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => `${folder}/${entry.name}`)
      .sort();
  } catch (cause) {
    problems.push(unreadable(folder, cause));
    return [];
  }
}

/** A JSON file of that schema; undefined, with the reasons added to `problems`, when it is not. */
export function readJson<Value>(root: string, file: string, schema: z.ZodType<Value>, problems: Problem[]): Value | undefined {
  const content = readText(root, file, problems);
  if (content === undefined) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch (cause) {
    problems.push({
      file,
      path: '',
      reason: { vi: `không phải là JSON đúng: ${detailOf(cause)}`, en: `not valid JSON: ${detailOf(cause)}` },
    });
    return undefined;
  }
  return checked(data, schema, file, problems, jsonPath);
}

/** The rows of a CSV file with a header line, each of that schema. */
export function readCsv<Row>(root: string, file: string, row: z.ZodType<Row>, problems: Problem[]): Row[] {
  const content = readText(root, file, problems);
  if (content === undefined) return [];
  let rows: unknown;
  try {
    rows = csvRows(content);
  } catch (cause) {
    problems.push({
      file,
      path: '',
      reason: { vi: `không đọc được CSV: ${detailOf(cause)}`, en: `not readable as CSV: ${detailOf(cause)}` },
    });
    return [];
  }
  return checked(rows, z.array(row).min(1), file, problems, csvPath) ?? [];
}

/**
 * The rows by column. A text without quotation marks is split at its commas, which takes the thousands of units a tenth of the time; csv-parse reads any
 * other, and says what is wrong with a row of another length.
 */
function csvRows(content: string): unknown {
  const [head = [], ...rows] = content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
  const plain = !content.includes('"') && rows.every((row) => row.length === head.length);
  if (!plain) return parseCsv(content, { columns: true, bom: true, skip_empty_lines: true });
  return rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index]])));
}

function readText(root: string, file: string, problems: Problem[]): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch (cause) {
    problems.push(unreadable(file, cause));
    return undefined;
  }
}

function unreadable(file: string, cause: unknown): Problem {
  return { file, path: '', reason: { vi: `không đọc được: ${detailOf(cause)}`, en: `cannot be read: ${detailOf(cause)}` } };
}

const detailOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const vietnamese = z.locales.vi().localeError;
const english = z.locales.en().localeError;

function checked<Value>(
  data: unknown,
  schema: z.ZodType<Value>,
  file: string,
  problems: Problem[],
  place: (path: readonly PropertyKey[]) => string,
): Value | undefined {
  const result = schema.safeParse(data, { error: english });
  if (result.success) return result.data;
  // the same issues in the same order, worded in the other language
  const worded = (schema.safeParse(data, { error: vietnamese }).error?.issues ?? []).flatMap(closest);
  for (const [index, issue] of result.error.issues.flatMap(closest).entries())
    problems.push({ file, path: place(issue.path), reason: reasonOf(issue, worded[index]?.message ?? issue.message) });
  return undefined;
}

/** Of a choice between shapes, what is wrong with the shape that came closest; any other issue as it is. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  const [best] = issue.code === 'invalid_union' ? [...issue.errors].sort((a, b) => a.length - b.length) : [];
  return best ? best.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) : [issue];
}

function reasonOf(issue: z.core.$ZodIssue, vi: string): Text {
  const ours = issue.code === 'custom' ? issue.params : undefined;
  if (typeof ours?.['vi'] === 'string' && typeof ours['en'] === 'string') return { vi: ours['vi'], en: ours['en'] };
  return { vi, en: issue.message };
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Rows as people count them in the file: the header is row 1. */
function csvPath([row, column]: readonly PropertyKey[]): string {
  const place = typeof row === 'number' ? `row ${row + 2}` : '';
  return column === undefined ? place : `${place}, column ${String(column)}`;
}
