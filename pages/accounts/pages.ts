/** Who signs in, and the programs’ tokens. A first password and a token’s secret are shown once, on the page that follows. */
import { z } from 'zod';
import { accountInput, createAccount, disableAccount, resetPassword } from '../../api/auth/accounts';
import { makeToken, revokeToken, tokenInput } from '../../api/auth/tokens';
import { problemsOfIssues } from '../../api/http/issues';
import { HttpProblem, invalidInput } from '../../api/http/problem';
import { form, page, type PageCall, type View } from '../page';
import { show } from './accounts';
import { holderIn } from './holder';
import { PATH, WHO } from './shared';

const checked = <Value>(schema: z.ZodType<Value>, given: object): Value => {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(problemsOfIssues(parsed.error.issues));
};

const ONCE = 'Chỉ hiện một lần: hãy chép ngay và trao tận tay. Tải lại trang này sẽ không thấy nữa.';
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const listed = async (call: PageCall<unknown, unknown>): Promise<View> => await show(call);

export const ACCOUNT_PAGES = [
  page({ path: PATH, who: WHO, show: listed }),
  form({
    path: PATH,
    who: WHO,
    show: listed,
    name: () => 'tai-khoan',
    async submit(call) {
      const given = { login: call.fields.text('login'), ...(await holderIn(call, call.fields)) };
      const input = checked(accountInput, given);
      const { password } = await createAccount(call.deps, input);
      return await show(call, { what: `Mật khẩu đầu của ${input.login}`, secret: password, hint: `${ONCE} Lần đăng nhập đầu phải đổi.` });
    },
  }),
  form({
    path: `${PATH}/{id}/dat-lai`,
    who: WHO,
    params,
    show: async (call) => await show(call),
    name: () => 'dat-lai',
    async submit(call) {
      const password = await resetPassword(call.deps, call.params.id);
      return await show(call, {
        what: 'Mật khẩu mới',
        secret: password,
        hint: `${ONCE} Mọi phiên cũ đã kết thúc; lần đăng nhập tới phải đổi.`,
      });
    },
  }),
  form({
    path: `${PATH}/{id}/khoa`,
    who: WHO,
    params,
    show: async (call) => await show(call),
    name: () => 'khoa',
    async submit({ deps, caller, params: { id } }) {
      if (id === caller.tokenId)
        throw new HttpProblem('not-allowed-now', { vi: 'Không khóa được tài khoản đang dùng', en: 'An account cannot disable itself' });
      await disableAccount(deps, id);
      return { redirect: PATH, notice: 'Đã khóa tài khoản và kết thúc mọi phiên của tài khoản ấy.' };
    },
  }),
  form({
    path: `${PATH}/ma`,
    who: WHO,
    show: listed,
    name: () => 'ma',
    async submit(call) {
      const given = { name: call.fields.text('name'), ...(await holderIn(call, call.fields)) };
      const { token, name } = await makeToken(call.deps, checked(tokenInput, given), call.key);
      return await show(call, { what: `Mã truy cập cho ${name}`, secret: token, hint: ONCE });
    },
  }),
  form({
    path: `${PATH}/ma/{id}/thu-hoi`,
    who: WHO,
    params,
    show: async (call) => await show(call),
    name: () => 'thu-hoi',
    async submit({ deps, caller, params: { id } }) {
      await revokeToken(deps, id, caller.tokenId);
      return { redirect: PATH, notice: 'Đã thu hồi mã.' };
    },
  }),
];
