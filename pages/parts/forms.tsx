/** Forms: each field with its label, what was typed before, and what is wrong with it beside it. */
import type { ComponentChildren, VNode } from 'preact';
import { isLocalDate } from '../../domain/dates';
import { day, number } from '../formats';
import type { Refused } from '../page';
import { Icon } from './icons';

/** What a form needs of the request: so that nobody else can send it, and sending it twice acts once. */
export interface FormCall {
  csrf: string;
  formKey: string;
  refused?: Refused | undefined;
}

export const CSRF_FIELD = '_csrf';
export const KEY_FIELD = '_key';

interface FormProps {
  call: FormCall;
  /** Where it is sent; a path of this site. */
  action: string;
  /** Sends files. */
  files?: boolean;
  class?: string;
  children: ComponentChildren;
}

/** A form that changes something. */
export function Form({ call, action, files, class: look = 'form', children }: FormProps): VNode {
  return (
    <form class={look} method="post" action={action} {...(files ? { enctype: 'multipart/form-data' } : {})} noValidate>
      <input type="hidden" name={CSRF_FIELD} value={call.csrf} />
      <input type="hidden" name={KEY_FIELD} value={call.formKey} />
      {children}
    </form>
  );
}

/** Where the refusal stands that the top of the page points to. */
export const REFUSAL_ID = 'sai';

/** A message for programs in the words of a page, which takes and shows days as people write them. */
export function inPageWords(message: string): string {
  return message
    .replaceAll(', dạng YYYY-MM-DD', ', viết ngày/tháng/năm')
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/g, (written) => (isLocalDate(written) ? day(written) : written));
}

/** What a refused form says as a whole, at its top. */
export function FormProblem({ refused, known = [] }: { refused: Refused | undefined; known?: readonly string[] }): VNode | null {
  if (!refused?.message) return null;
  // Problems of fields that the form does not show are told here.
  const others = refused.problems.filter(({ field }) => !known.includes(field));
  return (
    <div class="note note--late" role="alert" id={REFUSAL_ID}>
      <b>{refused.message}</b>
      {others.length > 0 && (
        <ul>
          {others.map(({ field, message }) => (
            <li key={field}>
              {field}: {inPageWords(message.vi)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface Common {
  /** Name of the field; with `scope` it also makes its id, so that several forms may stand on a page. */
  name: string;
  label: ComponentChildren;
  scope?: string | undefined;
  hint?: ComponentChildren;
  optional?: boolean | undefined;
  /** Beside another field, where there is room. */
  half?: boolean | undefined;
  /** In a bar of filters: holds long names, such as plans'. */
  long?: boolean | undefined;
  /** The refused form that this field is in. */
  refused?: Refused | undefined;
  /** Names under which the problem of this field may come, besides its own. */
  problemOf?: readonly string[];
}

interface InputProps extends Common {
  value?: string | undefined;
  type?: 'text' | 'search' | 'password' | 'email' | 'tel' | 'url' | 'file';
  inputMode?: 'numeric' | 'decimal' | 'text';
  autoComplete?: 'off' | 'username' | 'current-password' | 'new-password';
  placeholder?: string;
  accept?: string;
  /** Takes several files. */
  multiple?: boolean;
  maxLength?: number;
  list?: string;
}

function idOf({ scope, name }: Pick<Common, 'scope' | 'name'>): string {
  return `f-${scope === undefined ? '' : `${scope}-`}${name}`.replaceAll(/[^\w-]/g, '-');
}

function problemsFor({ name, refused, problemOf = [] }: Common): string[] {
  const own = (refused?.problems ?? []).filter(({ field }) => field === name || problemOf.includes(field));
  // The values that programs are told of stand on a page as the choices of the field.
  return own.map(({ message }) =>
    message.vi.startsWith('phải là một trong:') ? 'hãy chọn một mục trong danh sách' : inPageWords(message.vi),
  );
}

/** Label, control, hint and problem, tied together for those who hear them. */
function Framed({ field, children }: { field: Common; children: (control: Record<string, unknown>) => VNode }): VNode {
  const id = idOf(field);
  const wrong = problemsFor(field);
  const described = [field.hint ? `${id}-h` : '', wrong.length ? `${id}-p` : ''].filter(Boolean).join(' ');
  const control = {
    id,
    name: field.name,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong.length ? 'true' : undefined,
    'aria-required': field.optional ? undefined : 'true',
  };
  return (
    <div class={['fld', field.half && 'half', field.long && 'long'].filter(Boolean).join(' ')}>
      <label for={id}>
        {field.label}
        {field.optional && <span class="opt"> (nếu có)</span>}
      </label>
      {children(control)}
      {field.hint && (
        <span class="hint" id={`${id}-h`}>
          {field.hint}
        </span>
      )}
      {wrong.length > 0 && (
        <span class="wrong" id={`${id}-p`}>
          <Icon name="late" /> {wrong.join('; ')}
        </span>
      )}
    </div>
  );
}

const typed = (refused: Refused | undefined, name: string, otherwise: string | undefined): string | undefined =>
  refused?.fields.has(name) ? refused.fields.text(name) : otherwise;

/** A field of one line. A password or a file is never filled in again. */
export function Field(props: InputProps): VNode {
  const { value, type = 'text', inputMode, autoComplete = 'off', placeholder, accept, multiple, maxLength, list, refused, name } = props;
  const shown = type === 'password' || type === 'file' ? undefined : typed(refused, name, value);
  return (
    <Framed field={props}>
      {(control) => (
        <input
          {...control}
          type={type as 'text'}
          {...(shown === undefined ? {} : { value: shown })}
          {...(inputMode ? { inputmode: inputMode } : {})}
          {...(placeholder ? { placeholder } : {})}
          {...(accept ? { accept } : {})}
          {...(multiple ? { multiple } : {})}
          {...(maxLength ? { maxlength: maxLength } : {})}
          {...(list ? { list } : {})}
          autocomplete={autoComplete}
        />
      )}
    </Framed>
  );
}

/** A day, typed as dd/mm/yyyy: the browser's own picker speaks the language of the system, not of the page. Read it with `typedDay`. */
export function DayField(props: Common & { value?: string | undefined }): VNode {
  return <Field {...props} inputMode="numeric" placeholder="ngày/tháng/năm" maxLength={10} />;
}

/** Several lines. */
export function TextField(props: Common & { value?: string; rows?: number }): VNode {
  return (
    <Framed field={props}>
      {(control) => (
        <textarea {...control} rows={props.rows ?? 3}>
          {typed(props.refused, props.name, props.value) ?? ''}
        </textarea>
      )}
    </Framed>
  );
}

export interface Option {
  value: string;
  title: string;
}

/** One of several; `none` is the words of no choice. */
export function SelectField(props: Common & { options: readonly Option[]; value?: string | undefined; none?: string }): VNode {
  const chosen = typed(props.refused, props.name, props.value) ?? '';
  return (
    <Framed field={props}>
      {(control) => (
        <select {...control}>
          {props.none !== undefined && <option value="">{props.none}</option>}
          {props.options.map(({ value, title }) => (
            <option key={value} value={value} selected={value === chosen}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}

/** Boxes to tick; several values under one name. */
export function CheckBoxes(props: Common & { options: readonly Option[]; checked?: readonly string[] }): VNode {
  const { name, label, options, checked = [], refused, hint } = props;
  const wrong = problemsFor(props);
  const ticked = refused ? refused.fields.all(name) : checked;
  const id = idOf(props);
  return (
    <fieldset class="fld" aria-describedby={wrong.length ? `${id}-p` : undefined}>
      <legend class="lab">{label}</legend>
      {options.map(({ value, title }) => (
        <label key={value} class="ck">
          <input type="checkbox" name={name} value={value} checked={ticked.includes(value)} />
          {title}
        </label>
      ))}
      {hint && <span class="hint">{hint}</span>}
      {wrong.length > 0 && (
        <span class="wrong" id={`${id}-p`}>
          <Icon name="late" /> {wrong.join('; ')}
        </span>
      )}
    </fieldset>
  );
}

/** One box. */
export function CheckBox({
  name,
  label,
  checked,
  refused,
}: {
  name: string;
  label: ComponentChildren;
  checked?: boolean;
  refused?: Refused | undefined;
}): VNode {
  const ticked = refused ? refused.fields.text(name) !== '' : (checked ?? false);
  return (
    <label class="ck">
      <input type="checkbox" name={name} value="1" checked={ticked} />
      {label}
    </label>
  );
}

export function Submit({ children, main = true }: { children: ComponentChildren; main?: boolean }): VNode {
  return (
    <button class={main ? 'btn btn--main' : 'btn'} type="submit">
      {children}
    </button>
  );
}

/** The form once more as it was filled in, instead of what its other buttons do. */
export const AGAIN_FIELD = '_again';

export function Again({ children }: { children: ComponentChildren }): VNode {
  return (
    <button class="btn" type="submit" name={AGAIN_FIELD} value="1">
      {children}
    </button>
  );
}

/** Filters of a list: a form that only reads, so that the choice stands in the address. */
export function FilterBar({ action, button = 'Lọc', children }: { action: string; button?: string; children: ComponentChildren }): VNode {
  return (
    <form class="filters no-print" method="get" action={action}>
      {children}
      <button class="btn btn--main" type="submit">
        {button}
      </button>
    </form>
  );
}

export interface Quick {
  title: string;
  href: string;
  count?: number;
  current: boolean;
}

/** Ready-made filters with their counts; each count is of the list that it opens. */
export function QuickFilters({ items }: { items: readonly Quick[] }): VNode {
  return (
    <nav class="quick no-print" aria-label="Lọc nhanh">
      {items.map(({ title, href, count, current }) => (
        <a key={title} href={href} aria-current={current ? 'true' : undefined}>
          {title} {count !== undefined && <b>{number(count)}</b>}
        </a>
      ))}
    </nav>
  );
}
