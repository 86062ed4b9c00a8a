/** A form that came after its session had ended: nothing is recorded, and what was typed waits until somebody has signed in. */
import type { FormFields } from './form-fields';
import type { View } from './page';
import { CSRF_FIELD, Form, KEY_FIELD, Submit } from './parts/forms';

const OWN_FIELDS = [CSRF_FIELD, KEY_FIELD];
const typedNames = (fields: FormFields): string[] => fields.names().filter((name) => !OWN_FIELDS.includes(name));

/** Whether somebody typed or chose something. */
export const isFilledIn = (fields: FormFields): boolean => typedNames(fields).some((name) => fields.text(name) !== '');

/** The fields as they were typed, to be sent again; files are not among them. Whoever sends them sees the form before it counts. */
export function signedOutView(path: string, fields: FormFields, csrf: string): View {
  return {
    title: 'Phiên đăng nhập đã hết',
    narrow: true,
    status: 401,
    body: (
      <div class="stack">
        <p>Chưa ghi nhận gì. Nội dung vừa nhập còn giữ ở trang này; tệp kèm theo phải chọn lại.</p>
        <ol>
          <li>
            <a href="/dang-nhap" target="_blank" rel="noopener">
              Đăng nhập ở thẻ mới
            </a>
            .
          </li>
          <li>Trở lại thẻ này và mở lại biểu mẫu.</li>
        </ol>
        <Form call={{ csrf, formKey: '' }} action={path}>
          {typedNames(fields).flatMap((name) =>
            fields.all(name).map((value, index) => <input key={`${name} ${index}`} type="hidden" name={name} value={value} />),
          )}
          <Submit main>Mở lại biểu mẫu với nội dung đã nhập</Submit>
        </Form>
      </div>
    ),
  };
}
