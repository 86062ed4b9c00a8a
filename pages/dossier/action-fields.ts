/**
 * The fields of an action's form, read off the schema of its body: what the API takes is what the form asks for, with the same checks. Sheets of a
 * council are entered on the council's own pages, so the form asks for their sum.
 */
import { z } from 'zod';
import { type ApiAction, BODIES, common } from '../../api/cycles/payloads';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { ACTIONS } from '../../domain/cycle/actions';
import type { ActionDefinition } from '../../domain/cycle/action';
import type { FormFields } from '../form-fields';
import { typedDay } from '../formats';

export type FieldKind = 'text' | 'long' | 'day' | 'number' | 'box' | 'choice' | 'boxes' | 'officer' | 'plan' | 'ground';

export interface ActionField {
  name: string;
  kind: FieldKind;
  optional: boolean;
  /** Values to choose from. */
  values: readonly string[];
}

/** Parts of bodies that programs fill in, not people. */
const NOT_ASKED = ['sheets', 'missedMinimums', 'councilRules', 'sessionId', 'documents'];
const OWN_KIND: Record<string, FieldKind> = { officerId: 'officer', plan: 'plan', ground: 'ground', reason: 'long' };
/** Left out of a council's result only because sheets could stand in their place. */
const NEEDED = ['sum', 'members'];

const schemaOf = (action: ApiAction): z.ZodObject => BODIES[action].extend(common);

interface Described {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: string | number;
  items?: Described;
  anyOf?: Described[];
}

/** The fields of an action, its own first, then the day, the reason and the document. */
export function fieldsOf(action: ApiAction): ActionField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schemaOf(action), { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Described>;
    required?: string[];
  };
  const { needsReason = false } = ACTIONS[action] as ActionDefinition;
  return Object.entries(properties)
    .filter(([name]) => !NOT_ASKED.includes(name))
    .map(([name, described]) => ({
      name,
      kind: kindOf(name, described),
      optional: name === 'reason' ? !needsReason : !required.includes(name) && !NEEDED.includes(name) && name !== 'on',
      values: valuesOf(described),
    }));
}

function kindOf(name: string, described: Described): FieldKind {
  const own = OWN_KIND[name];
  if (own) return own;
  if (described.type === 'array') return 'boxes';
  if (valuesOf(described).length > 0) return 'choice';
  const one = described.anyOf?.find(({ type }) => type !== 'null') ?? described;
  if (one.type === 'boolean') return 'box';
  if (one.type === 'integer' || one.type === 'number') return 'number';
  return one.format === 'date' ? 'day' : 'text';
}

function valuesOf({ enum: values, items, anyOf }: Described): string[] {
  if (values) return values.map(String);
  if (items) return valuesOf(items);
  return (anyOf ?? []).flatMap((one) => (one.const === undefined ? [] : [String(one.const)]));
}

/**
 * The body that a filled-in form gives.
 * @throws HttpProblem "invalid-input" that names each field that is wrong
 */
export function bodyOf(action: ApiAction, sent: FormFields): z.output<z.ZodObject> {
  const given = Object.fromEntries(fieldsOf(action).flatMap((field) => valueOf(field, sent).map((value) => [field.name, value])));
  const parsed = schemaOf(action).safeParse(given, { reportInput: true });
  if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues));
  return parsed.data;
}

/** The value that a field was given; none where it was left empty. */
function valueOf({ name, kind, values }: ActionField, sent: FormFields): unknown[] {
  if (kind === 'boxes') return [sent.all(name)];
  const written = sent.text(name);
  if (kind === 'officer') return sent.has(name) ? [written === '' ? null : written] : [];
  if (written === '') return [];
  if (kind === 'day') return [typedDay(written)];
  if (kind === 'box') return [true];
  const isNumber = kind === 'number' || (kind === 'choice' && values.every((value) => /^\d+$/.test(value)));
  return [isNumber && /^-?\d{1,9}$/.test(written) ? Number(written) : written];
}
