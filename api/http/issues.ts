/** What zod found wrong, as field problems in both languages. */
import type { z } from 'zod';
import type { Text } from '../../domain/sources';
import type { FieldProblem } from './problem';

type Issue = z.core.$ZodIssue;

const KINDS: Record<string, Text> = {
  string: { vi: 'chuỗi ký tự', en: 'a string' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  object: { vi: 'đối tượng', en: 'an object' },
  record: { vi: 'đối tượng', en: 'an object' },
  array: { vi: 'danh sách', en: 'a list' },
};

const FORMATS: Record<string, Text> = {
  email: { vi: 'không đúng dạng địa chỉ thư điện tử', en: 'is no e-mail address' },
  uuid: { vi: 'không đúng dạng mã định danh (UUID)', en: 'is no UUID' },
};
const ANOTHER_FORMAT: Text = { vi: 'không đúng dạng quy định', en: 'is not in the expected form' };

/** One problem per field; an unknown field is named by itself. */
export function problemsOfIssues(issues: readonly Issue[], prefix = ''): FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter(Boolean).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ field: path || 'body', message: explain(issue) }];
    return issue.keys.map((key) => ({
      field: path ? `${path}.${key}` : key,
      message: { vi: 'không có trường này', en: 'there is no such field' },
    }));
  });
}

function explain(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return typeExpected(issue.expected, issue.input);
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { vi: 'không được để trống', en: 'must not be empty' };
      return bounded('ít nhất', 'at least', issue.minimum, issue.origin, issue.inclusive ?? true);
    case 'too_big':
      return bounded('nhiều nhất', 'at most', issue.maximum, issue.origin, issue.inclusive ?? true);
    case 'custom':
      return ownWords(issue.params) ?? { vi: 'không hợp lệ', en: issue.message };
    case 'invalid_format':
      return FORMATS[issue.format] ?? ANOTHER_FORMAT;
    case 'not_multiple_of':
      return { vi: `phải là bội số của ${issue.divisor}`, en: `must be a multiple of ${issue.divisor}` };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
      return { vi: 'không hợp lệ', en: issue.message };
  }
}

function typeExpected(expected: string, input: unknown): Text {
  if (input === undefined) return { vi: 'bắt buộc phải có', en: 'is required' };
  const kind = KINDS[expected] ?? { vi: expected, en: expected };
  return { vi: `phải là ${kind.vi}`, en: `must be ${kind.en}` };
}

function oneOf(values: string[]): Text {
  return { vi: `phải là một trong: ${values.join(', ')}`, en: `must be one of: ${values.join(', ')}` };
}

function bounded(vi: string, en: string, limit: number | bigint, origin: string, inclusive: boolean): Text {
  const unit = origin === 'string' ? { vi: ' ký tự', en: ' characters' } : origin === 'array' ? { vi: ' mục', en: ' items' } : NO_UNIT;
  const beyond = inclusive ? NO_UNIT : { vi: ' (không kể mức đó)', en: ' (exclusive)' };
  return { vi: `phải ${vi} ${limit}${unit.vi}${beyond.vi}`, en: `must be ${en} ${limit}${unit.en}${beyond.en}` };
}

const NO_UNIT: Text = { vi: '', en: '' };

/** The words that a schema of ours gives with a refinement. */
function ownWords(params: Record<string, unknown> | undefined): Text | undefined {
  const { vi, en } = params ?? {};
  return typeof vi === 'string' && typeof en === 'string' ? { vi, en } : undefined;
}

const isUnusable = (text: string): boolean => text.includes('\0') || /\p{Surrogate}/u.test(text);

/** Strings that no record can hold: NUL characters and half characters, wherever they stand, names of fields included. */
export function unusableText(value: unknown, path = ''): FieldProblem[] {
  if (typeof value === 'string') {
    const message = { vi: 'có ký tự không dùng được', en: 'holds a character that cannot be used' };
    return isUnusable(value) ? [{ field: path || 'body', message }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => unusableText(one, `${path}${path ? '.' : ''}${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(isUnusable(key) ? unusableText(key, path) : []),
    ...unusableText(one, path ? `${path}.${key}` : key),
  ]);
}
