import { isLocalDate, type LocalDate } from '../../domain/dates';
import type { RegistrationKind } from '../../domain/regimes';
import type { Text } from '../../domain/sources';
import { spellingKey } from '../../domain/units/spelling';
import { headerKey } from './headers';

/** Why a cell is not what its column holds. */
export interface CellProblem {
  value: string;
  reason: Text;
  allowed: string[];
}

export type ParsedCell<T> = { ok: true; value: T } | { ok: false; problem: CellProblem };

function parsed<T>(value: T): ParsedCell<T> {
  return { ok: true, value };
}

function unusable<T>(value: string, reason: Text, allowed: string[]): ParsedCell<T> {
  return { ok: false, problem: { value, reason, allowed } };
}

const DATE_FORMS = ['dd/mm/yyyy', 'yyyy-mm-dd'];

/** Day first, as Vietnam writes dates (`05/08/2026`, `5-8-2026`, `5.8.2026`), or ISO `2026-08-05` as dates of a workbook arrive. */
export function parseVietnameseDate(value: string): ParsedCell<LocalDate> {
  const text = value.trim();
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return existing(value, text);
  const [, day, separator, month, year] = /^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})$/u.exec(text) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined && text.split(separator ?? '').length === 3) {
    return existing(value, `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  return unusable(value, notADate(text), DATE_FORMS);
}

function existing(value: string, date: LocalDate): ParsedCell<LocalDate> {
  if (isLocalDate(date)) return parsed(date);
  return unusable(
    value,
    {
      vi: `Không có ngày “${value.trim()}” trong lịch (ngày trước, tháng sau).`,
      en: `There is no day “${value.trim()}” (the day stands before the month).`,
    },
    DATE_FORMS,
  );
}

function notADate(text: string): Text {
  if (text === '') return { vi: 'Chưa ghi ngày.', en: 'No date is written.' };
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/u.test(text)) {
    return { vi: `Năm trong “${text}” chỉ có hai chữ số; hãy ghi đủ bốn.`, en: `The year in “${text}” has two digits; write all four.` };
  }
  if (/^\d{5}$/u.test(text)) {
    return {
      vi: `“${text}” là số của Excel, không phải ngày; hãy định dạng ô là ngày.`,
      en: `“${text}” is a number of Excel, not a date; format the cell as a date.`,
    };
  }
  return { vi: `“${text}” không phải là một ngày viết rõ ràng.`, en: `“${text}” is not a date written without doubt.` };
}

const KINDS: Record<RegistrationKind, readonly string[]> = {
  new: ['Lần đầu', 'Mới', 'Đăng ký mới', 'Sản phẩm mới', 'new'],
  reevaluation: ['Đánh giá lại', 'Phân hạng lại', 'Đánh giá, phân hạng lại', 'Công nhận lại', 'reevaluation', 're-evaluation'],
  upgrade: ['Nâng hạng', 'Nâng hạng sao', 'upgrade'],
};

/** First-time registration, re-evaluation or upgrade, in Vietnamese (accents may be missing) or English. */
export function parseKind(value: string): ParsedCell<RegistrationKind> {
  const kind = (['new', 'reevaluation', 'upgrade'] as const).find((known) =>
    KINDS[known].some((name) => headerKey(name) === headerKey(value)),
  );
  if (kind !== undefined) return parsed(kind);
  return unusable(
    value,
    { vi: `“${value}” không phải hình thức đăng ký.`, en: `“${value}” is not a kind of registration.` },
    Object.values(KINDS).flatMap((names) => names.slice(0, 1)),
  );
}

/** Number of the product set (1 to 26 of Decision 26/2026, annex I): as a number, `Bộ 7`, or the set's whole name. */
export function parseProductSet(value: string, sets: readonly { set: number; name: string }[]): ParsedCell<number> {
  const number = /^(?:bộ\s*(?:số\s*)?)?(\d{1,2})$/iu.exec(value.normalize('NFC').trim())?.[1];
  const found = sets.find(({ set, name }) => (number === undefined ? spellingKey(name) === spellingKey(value) : set === Number(number)));
  if (found) return parsed(found.set);
  return unusable(
    value,
    { vi: `“${value}” không phải số hoặc tên của một bộ sản phẩm.`, en: `“${value}” is not the number or the name of a product set.` },
    sets.map(({ set, name }) => `${set} (${name})`),
  );
}

/** 3, 4 or 5 stars: `4`, `4 sao`, `4*`, `★★★★`, `OCOP 4 sao`. */
export function parseStars(value: string): ParsedCell<3 | 4 | 5> {
  const text = value.normalize('NFC').trim();
  const digit = /^★+$/u.test(text) ? String(text.length) : /^(?:ocop\s*)?(\d+)\s*(?:sao|stars?|\*|★)?$/iu.exec(text)?.[1];
  const stars = ([3, 4, 5] as const).find((known) => digit === String(known));
  if (stars !== undefined) return parsed(stars);
  return unusable(value, { vi: `“${value}” không phải hạng sao OCOP.`, en: `“${value}” is not an OCOP star rating.` }, ['3', '4', '5']);
}
