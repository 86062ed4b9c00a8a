/** One decision for many products: what is chosen, what is sent on after the preview, and what a register tells of each decision. */
import type { ComponentChildren, VNode } from 'preact';
import type { FormFields } from '../form-fields';
import { day } from '../formats';
import type { Refused } from '../page';
import { Again, Form, type FormCall } from './forms';
import type { Column } from './tables';

interface TickedProps {
  /** Of the box; its value is what stands for the product. */
  name: string;
  value: string;
  product: string | null;
  /** Whose it is, and where. */
  sub: ComponentChildren;
  refused: Refused | undefined;
}

/** A product with its box: ticked until somebody takes the tick away. */
export function TickedProduct({ name, value, product, sub, refused }: TickedProps): VNode {
  return (
    <label class="ck">
      <input type="checkbox" name={name} value={value} checked={refused ? refused.fields.all(name).includes(value) : true} />
      <span>
        <span class="pn">{product}</span>
        <small class="sub">{sub}</small>
      </span>
    </label>
  );
}

interface ConfirmProps {
  call: FormCall;
  action: string;
  /** What was filled in, sent on unseen. */
  fields: FormFields;
  children: ComponentChildren;
}

/** Under a preview: does what was previewed, or shows what was filled in once more. */
export function Confirm({ call, action, fields, children }: ConfirmProps): VNode {
  return (
    <Form call={call} action={action} class="form gap-s">
      {fields
        .names()
        .filter((name) => !name.startsWith('_'))
        .flatMap((name) => fields.all(name).map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />))}
      <div class="form__a no-print">
        {children}
        <Again>Sửa lại</Again>
      </div>
    </Form>
  );
}

/** The number of each decision, which leads to it, its kind, and the day it was signed; newest first. */
export function signedDecision<Row extends { id: string; number: string; signedOn: string }>(
  path: string,
  kindOf: (row: Row) => string,
): Column<Row>[] {
  return [
    {
      title: 'Số',
      cell: (row) => (
        <>
          <a class="pn" href={`${path}/${row.id}`}>
            {row.number}
          </a>
          <small class="sub">{kindOf(row)}</small>
        </>
      ),
    },
    { title: 'Ngày ký', sorted: 'descending', cell: ({ signedOn }) => <span class="nw">{day(signedOn)}</span> },
  ];
}
