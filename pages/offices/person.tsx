/** A person of an office: who they are, and the fields to change it. */
import type { VNode } from 'preact';
import type { z } from 'zod';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { COMMUNE_ROLES, type OfficeView, personInput, type PersonRole, type PersonView, PROVINCE_ROLES } from '../../api/reference/offices';
import type { FormFields } from '../form-fields';
import { number } from '../formats';
import { Field, Form, FormProblem, SelectField, Submit } from '../parts/forms';
import { Note } from '../parts/panel';
import type { OfficeCall } from './office';
import { PATH, PERSON_TITLES, titleOf } from './shared';

export const PERSON_FIELDS = ['name', 'role', 'email', 'phone', 'language'];

interface PersonProps {
  call: OfficeCall;
  office: OfficeView;
  person: PersonView;
  edits: boolean;
  refused: OfficeCall['refused'];
}

export function PersonBlock({ call, office: one, person, edits, refused }: PersonProps): VNode {
  const { id, name, role, email, emailProblem, phone, follows } = person;
  return (
    <div class="person">
      <p>
        <b>{name}</b>, {titleOf(role)}
        <small class="sub">
          {[email ?? 'không có thư điện tử', phone].filter(Boolean).join(' · ')}
          {follows > 0 && ` · đang theo dõi ${number(follows)} hồ sơ`}
        </small>
      </p>
      {emailProblem && <Note look="late">Máy chủ thư từ chối: {emailProblem}. Sửa địa chỉ thì hệ thống thử lại.</Note>}
      {edits && (
        <details class="act" open={refused !== undefined}>
          <summary>Sửa {name}</summary>
          <Form call={call} action={`${PATH}/nguoi/${id}`}>
            <FormProblem refused={refused} known={PERSON_FIELDS} />
            <PersonFields office={one} person={person} scope={id} refused={refused} />
            <Submit>Lưu</Submit>
          </Form>
          <Form call={call} action={`${PATH}/nguoi/${id}/nghi`} class="form__a gap-s">
            <Submit main={false}>Cho nghỉ</Submit>
            <span class="hint">
              Không nhận thư, không đăng nhập được nữa.
              {follows > 0 && ` ${number(follows)} hồ sơ đang theo dõi cần phân công lại.`}
            </span>
          </Form>
        </details>
      )}
    </div>
  );
}

interface FieldsProps {
  office: OfficeView;
  person?: PersonView;
  scope: string;
  refused: OfficeCall['refused'];
}

export function PersonFields({ office: one, person, scope, refused }: FieldsProps): VNode {
  const roles: readonly PersonRole[] = one.communeCode === null ? PROVINCE_ROLES : COMMUNE_ROLES;
  const common = { scope, refused };
  return (
    <>
      <div class="two">
        <Field {...common} name="name" label="Họ tên" value={person?.name} maxLength={200} />
        <SelectField
          {...common}
          name="role"
          label="Vai trò"
          value={person?.role ?? roles[0]}
          options={roles.map((role) => ({ value: role, title: PERSON_TITLES[role] }))}
        />
      </div>
      <div class="two">
        <Field {...common} name="email" label="Thư điện tử" optional type="email" value={person?.email ?? ''} />
        <Field {...common} name="phone" label="Điện thoại" optional type="tel" value={person?.phone ?? ''} />
      </div>
      <SelectField
        {...common}
        name="language"
        label="Thư nhắc bằng"
        value={person?.language ?? 'vi'}
        options={[
          { value: 'vi', title: 'Tiếng Việt' },
          { value: 'en', title: 'Tiếng Anh' },
        ]}
      />
    </>
  );
}

/** The person that the fields describe. Throws the problem of each field that is wrong. */
export function personIn(fields: FormFields): z.output<typeof personInput> {
  const given = {
    name: fields.text('name'),
    role: fields.text('role'),
    email: fields.given('email') ?? null,
    phone: fields.given('phone') ?? null,
    language: fields.given('language') ?? 'vi',
  };
  const parsed = personInput.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(problemsOfIssues(parsed.error.issues));
}
