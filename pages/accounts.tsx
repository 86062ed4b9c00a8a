/** Who signs in, and the programs' tokens. A first password and a token's secret are shown once, on the page that follows. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { accountInput, type AccountView, createAccount, disableAccount, listAccounts, resetPassword } from '../api/auth/accounts';
import { listTokens, makeToken, revokeToken, tokenInput } from '../api/auth/tokens';
import { problemsOfIssues } from '../api/http/issues';
import { HttpProblem, invalidInput } from '../api/http/problem';
import { USER_ROLES } from '../api/http/route';
import type { FormFields } from './form-fields';
import { moment, number } from './formats';
import { form, page, type PageCall, type View } from './page';
import { Field, Form, FormProblem, SelectField, Submit } from './parts/forms';
import { Chip } from './parts/lateness';
import { Note, Panel } from './parts/panel';
import { DataTable } from './parts/tables';
import { inSentence, ROLE_TITLES } from './words';

const PATH = '/tai-khoan';
const WHO = ['administrator'] as const;
type Call = PageCall<unknown, unknown>;

/** Something that is shown once: a first password, a token. */
interface Secret {
  what: string;
  secret: string;
  hint: string;
}

const at = (instant: string | null): string | null => instant && moment(Date.parse(instant));

async function show(call: Call, secret?: Secret): Promise<View> {
  const { deps, refused } = call;
  const [accounts, tokens] = await Promise.all([listAccounts(deps), listTokens(deps)]);
  const offices = await deps.db.office.findMany({
    where: { code: { in: [...accounts, ...tokens].flatMap(({ office }) => (office === null ? [] : [office])) } },
    select: { code: true, name: true },
  });
  const officeName = new Map(offices.map((one) => [one.code, one.name]));
  const nameOf = (office: string | null): string => (office === null ? 'toàn hệ thống' : inSentence(officeName.get(office) ?? office));
  const usable = accounts.filter(({ disabledAt }) => disabledAt === null).length;
  const refusedIn = (name: string) => (refused?.form === name ? refused : undefined);
  return {
    title: 'Tài khoản và mã truy cập',
    lead: `${number(usable)} tài khoản và ${number(tokens.filter(({ revokedAt }) => revokedAt === null).length)} mã truy cập đang dùng được.`,
    current: PATH,
    body: (
      <div class="stack">
        {secret && (
          <Note look="soon" alert>
            <p>
              <b>{secret.what}</b>: <code class="secret">{secret.secret}</code>
            </p>
            <p>{secret.hint}</p>
          </Note>
        )}
        <Panel title="Tài khoản" id="tai-khoan" bare>
          {accounts.length === 0 ? (
            <div class="panel__b">
              <p class="muted">Chưa có tài khoản nào.</p>
            </div>
          ) : (
            <DataTable
              caption="Tài khoản"
              keyOf={(one) => one.id}
              rows={accounts}
              columns={[
                {
                  title: 'Tên đăng nhập',
                  cell: (one) => (
                    <>
                      <span class="pn">{one.login}</span>
                      {one.person && <small class="sub">{one.person.name}</small>}
                    </>
                  ),
                },
                {
                  title: 'Vai trò và đơn vị',
                  cell: (one) => (
                    <>
                      {ROLE_TITLES[one.role]}
                      <small class="sub">{nameOf(one.office)}</small>
                    </>
                  ),
                },
                { title: 'Tình trạng', cell: (one) => <Standing account={one} now={deps.clock.now()} /> },
                { title: 'Lập lúc', onlyWide: true, cell: (one) => at(one.createdAt) },
                { title: 'Việc', cell: (one) => <AccountActs call={call} account={one} /> },
              ]}
            />
          )}
        </Panel>
        <details class="panel fold-list no-print" open={refusedIn('tai-khoan') !== undefined}>
          <summary>Lập tài khoản</summary>
          <div class="panel__b">
            <Form call={call} action={PATH}>
              <FormProblem refused={refusedIn('tai-khoan')} known={['login', ...HOLDER]} />
              <Field name="login" label="Tên đăng nhập" hint="Chữ cái, chữ số hoặc . _ @ + -" scope="tk" refused={refusedIn('tai-khoan')} />
              <HolderFields scope="tk" refused={refusedIn('tai-khoan')} />
              <Submit>Lập tài khoản</Submit>
            </Form>
          </div>
        </details>
        <Panel title="Mã truy cập" id="ma" aside="cho chương trình, và để vào lần đầu" bare>
          <DataTable
            caption="Mã truy cập"
            keyOf={(one) => one.id}
            rows={tokens}
            columns={[
              { title: 'Dùng cho', cell: (one) => <span class="pn">{one.name}</span> },
              {
                title: 'Vai trò và đơn vị',
                cell: (one) => (
                  <>
                    {ROLE_TITLES[one.role]}
                    <small class="sub">{nameOf(one.office)}</small>
                  </>
                ),
              },
              { title: 'Dùng gần nhất', cell: (one) => at(one.lastUsedAt) ?? <span class="muted">chưa dùng</span> },
              {
                title: 'Tình trạng',
                cell: (one) => (one.revokedAt === null ? <Chip look="ok">Dùng được</Chip> : <Chip look="none">Đã thu hồi</Chip>),
              },
              {
                title: 'Việc',
                cell: (one) =>
                  one.revokedAt === null && one.id !== call.caller.tokenId ? (
                    <Form call={call} action={`${PATH}/ma/${one.id}/thu-hoi`} class="inline">
                      <button class="link" type="submit" aria-label={`Thu hồi mã ${one.name}`}>
                        Thu hồi
                      </button>
                    </Form>
                  ) : (
                    <span class="muted">–</span>
                  ),
              },
            ]}
          />
        </Panel>
        <details class="panel fold-list no-print" open={refusedIn('ma') !== undefined}>
          <summary>Cấp mã truy cập</summary>
          <div class="panel__b">
            <Form call={call} action={`${PATH}/ma`}>
              <FormProblem refused={refusedIn('ma')} known={['name', ...HOLDER]} />
              <Field
                name="name"
                label="Dùng cho"
                hint="Tên chương trình hoặc việc, không ghi tên người"
                scope="ma"
                maxLength={100}
                refused={refusedIn('ma')}
              />
              <HolderFields scope="ma" refused={refusedIn('ma')} />
              <Submit>Cấp mã</Submit>
            </Form>
          </div>
        </details>
      </div>
    ),
  };
}

const HOLDER = ['role', 'office', 'personId'];

function HolderFields({ scope, refused }: { scope: string; refused: Call['refused'] }): VNode {
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

function Standing({ account: { disabledAt, lockedUntil, singleSignOn }, now }: { account: AccountView; now: number }): VNode {
  if (disabledAt) return <Chip look="none">Đã khóa</Chip>;
  if (lockedUntil && Date.parse(lockedUntil) > now) return <Chip look="soon">Tạm khóa đến {moment(Date.parse(lockedUntil))}</Chip>;
  return <Chip look="ok">{singleSignOn ? 'Dùng được, có đăng nhập một lần' : 'Dùng được'}</Chip>;
}

function AccountActs({ call, account: { id, login, disabledAt } }: { call: Call; account: AccountView }): VNode {
  if (disabledAt !== null || id === call.caller.tokenId) return <span class="muted">–</span>;
  return (
    <div class="acts">
      <Form call={call} action={`${PATH}/${id}/dat-lai`} class="inline">
        <button class="link" type="submit" aria-label={`Đặt lại mật khẩu của ${login}`}>
          Đặt lại mật khẩu
        </button>
      </Form>
      <Form call={call} action={`${PATH}/${id}/khoa`} class="inline">
        <button class="link" type="submit" aria-label={`Khóa tài khoản ${login}`}>
          Khóa
        </button>
      </Form>
    </div>
  );
}

/** Role, office and person as the fields give them; the person is found by the address in the register. */
async function holderIn({ deps }: Call, fields: FormFields): Promise<{ role: string; office?: string; personId?: string }> {
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

const checked = <Value,>(schema: z.ZodType<Value>, given: object): Value => {
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
      const { token, name } = await makeToken(call.deps, checked(tokenInput, given));
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
