import type { Text } from '../../domain/sources';
import { type HttpProblem, invalidInput } from '../http/problem';

/** A question that cannot be answered as it was put: which field, what was given, what is wrong and what is allowed. */
export function refusedField(field: string, given: string | number | null, reason: Text, allowed: readonly string[] = []): HttpProblem {
  const [was, list] = [given === null ? '' : `${given}: `, allowed.join(', ')];
  const message = {
    vi: `${was}${reason.vi}${list ? ` Giá trị dùng được: ${list}` : ''}`,
    en: `${was}${reason.en}${list ? ` Allowed: ${list}` : ''}`,
  };
  return invalidInput([{ field, message }]);
}
