/** Rows of a form in which people are named for a council. */
import type { VNode } from 'preact';
import { SEAT_ROLES, SEAT_TITLES, type SeatRole } from '../../domain/council/council';
import type { FormFields } from '../form-fields';
import type { Refused } from '../page';
import { Field, SelectField } from '../parts/forms';

interface MemberRowProps {
  index: number;
  role: SeatRole;
  optional: boolean;
  refused: Refused | undefined;
}

export function MemberRow({ index, role, optional, refused }: MemberRowProps): VNode {
  return (
    <div class="seat" role="group" aria-label={`thành viên ${index + 1}`}>
      <Field name={`m${index}-name`} label={`${index + 1}. Họ tên`} optional={optional} maxLength={200} refused={refused} />
      <SelectField
        name={`m${index}-role`}
        label="Trong Hội đồng"
        value={role}
        options={SEAT_ROLES.map((value) => ({ value, title: SEAT_TITLES[value].vi }))}
        refused={refused}
      />
      <Field name={`m${index}-position`} label="Chức vụ, đơn vị" optional maxLength={200} refused={refused} />
    </div>
  );
}

/** How many rows a refused form had. */
export const rowsTyped = (refused: Refused | undefined): number | undefined =>
  refused?.fields.names().filter((name) => /^m\d+-name$/.test(name)).length;

/** Rows of the form in which a name was typed. */
function typedRows(fields: FormFields): number[] {
  return fields.names().flatMap((name) => {
    const [, index] = /^m(\d{1,2})-name$/.exec(name) ?? [];
    return index === undefined || fields.given(name) === undefined ? [] : [Number(index)];
  });
}

/** The people of the rows, as the API takes them. */
export function newMembers(fields: FormFields) {
  return typedRows(fields).map((row) => ({
    person: { name: fields.text(`m${row}-name`) },
    role: fields.text(`m${row}-role`),
    ...(fields.given(`m${row}-position`) ? { position: fields.text(`m${row}-position`) } : {}),
  }));
}

/** The row that a problem of `list.<index>` is about, in words; `before` people of the list stand in no row. */
export function memberAt(list: string, field: string, refused: Refused | undefined, before = 0): string | undefined {
  const [, name, index] = /^(\w+)\.(\d+)/.exec(field) ?? [];
  const row = name !== list || !refused ? undefined : typedRows(refused.fields)[Number(index) - before];
  return row === undefined ? undefined : `Thành viên ở dòng ${row + 1}`;
}
