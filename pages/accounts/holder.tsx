/** Whose an account or token is: role, office and person. */
import type { VNode } from 'preact';
import { invalidInput } from '../../api/http/problem';
import { USER_ROLES } from '../../api/http/route';
import type { FormFields } from '../form-fields';
import { Field, SelectField } from '../parts/forms';
import { ROLE_TITLES } from '../words';
import type { Call } from './shared';

export function HolderFields({ scope, refused }: { scope: string; refused: Call['refused'] }): VNode {
  return (
    <>
      <div class="two">
        <SelectField
          name="role"
          label="Vai trò"
          scope={scope}
          value="commune_staff"
          options={USER_ROLES.map((role) => ({ value: role, title: ROLE_TITLES[role] }))}
          refused={refused}
        />
        <Field
          name="office"
          label="Mã đơn vị"
          optional
          scope={scope}
          hint={
            <>
              Mã xã 5 chữ số hoặc mã tỉnh 2 chữ số; tra ở <a href="/don-vi">Đơn vị và đầu mối</a>
            </>
          }
          refused={refused}
        />
      </div>
      <Field
        name="personId"
        label="Thư điện tử của người dùng trong danh bạ"
        optional
        type="email"
        scope={scope}
        hint="Gắn với một người thì lịch sử ghi tên người ấy; người ấy nghỉ thì không đăng nhập được nữa."
        refused={refused}
      />
    </>
  );
}

/** Role, office and person as the fields give them; the person is found by the address in the register. */
export async function holderIn({ deps }: Call, fields: FormFields): Promise<{ role: string; office?: string; personId?: string }> {
  const [office, email] = [fields.given('office'), fields.given('personId')];
  const common = { role: fields.text('role'), ...(office ? { office } : {}) };
  if (!email) return common;
  const people = await deps.db.person.findMany({
    where: { email: email.toLowerCase(), active: true, ...(office ? { officeCode: office } : {}) },
    take: 2,
  });
  const [person] = people;
  if (person && people.length === 1) return { ...common, office: office ?? person.officeCode, personId: person.id };
  const message = {
    vi: person ? 'nhiều người có địa chỉ này; hãy ghi mã đơn vị' : 'không có ai trong danh bạ của đơn vị có địa chỉ này',
    en: person ? 'several people have this address; give the office' : 'nobody in the office’s register has this address',
  };
  throw invalidInput([{ field: 'personId', message }]);
}
