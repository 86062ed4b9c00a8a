/** Signing in and out. */
import { z } from 'zod';
import { beginSession, endSession, type Subject } from '../api/auth/sessions';
import { signIn, signInByToken } from '../api/auth/sign-in';
import type { ApiDeps } from '../api/deps';
import { USER_ROLES } from '../api/http/route';
import { form, openForm, openPage, type OpenCall, type Redirect, type View } from './page';
import { Field, Form, FormProblem, Submit } from './parts/forms';
import { sessionCookie } from './session-cookie';

const query = z.object({ tiep: z.string().max(2000).optional() });
type Query = z.output<typeof query>;

/** Only paths of this site: whatever else stands there is somebody's trick. */
function pathIn(written: string | undefined): string {
  return written !== undefined && /^\/(?![/\\])[\x20-\x7e]*$/.test(written) ? written : '/';
}

/** The sign-in page. */
export async function showSignIn(call: OpenCall<unknown, Query>): Promise<View> {
  const next = pathIn(call.query.tiep);
  const { refused } = call;
  const action = (way: string): string => `/dang-nhap/${way}?${new URLSearchParams({ tiep: next }).toString()}`;
  const byToken = refused?.form === 'ma';
  return {
    title: 'Đăng nhập',
    narrow: true,
    body: (
      <div class="stack">
        <div class="panel sign-in">
          <Form call={call} action={action('mat-khau')}>
            {!byToken && <FormProblem refused={refused} />}
            <Field name="login" label="Tên đăng nhập" autoComplete="username" refused={byToken ? undefined : refused} />
            <Field name="password" label="Mật khẩu" type="password" autoComplete="current-password" />
            <Submit>Đăng nhập</Submit>
          </Form>
          {call.deps.signOn && (
            <p class="sign-in__or">
              <a class="btn" href={`/dang-nhap/mot-lan?${new URLSearchParams({ tiep: next }).toString()}`}>
                {call.deps.signOn.title}
              </a>
            </p>
          )}
          <details class="act" open={byToken}>
            <summary>Đăng nhập bằng mã truy cập</summary>
            <Form call={call} action={action('ma')}>
              {byToken && <FormProblem refused={refused} />}
              <input type="text" name="username" autocomplete="username" value="mã truy cập" hidden />
              <Field
                name="token"
                label="Mã truy cập"
                type="password"
                hint="Lần đầu: dán mã quản trị in ra khi khởi động, rồi đặt tên đăng nhập và mật khẩu ở trang “Tài khoản của tôi”."
              />
              <Submit main={false}>Đăng nhập bằng mã</Submit>
            </Form>
          </details>
        </div>
        <p class="small muted">
          Quên mật khẩu: quản trị viên đặt lại. Chủ thể OCOP không cần tài khoản: <a href="/tra-cuu">tra cứu hồ sơ</a> bằng mã trên giấy
          tiếp nhận.
        </p>
      </div>
    ),
  };
}

type SetCookie = (name: string, value: string | null) => void;

/** The way in, whatever was proven. */
export async function enter(
  deps: ApiDeps,
  subject: Subject,
  device: string,
  setCookie: SetCookie,
  next: string | undefined,
): Promise<Redirect> {
  setCookie(sessionCookie(deps), await beginSession(deps, subject, device));
  return { redirect: pathIn(next) };
}

const signInPage = openPage({ path: '/dang-nhap', query, show: showSignIn });

const byPassword = openForm({
  path: '/dang-nhap/mat-khau',
  query,
  name: () => 'mat-khau',
  show: showSignIn,
  async submit({ deps, fields, device, setCookie, query: { tiep } }) {
    // The password as it was typed: spaces at its ends count.
    return await enter(deps, await signIn(deps, fields.text('login'), fields.raw('password')), device, setCookie, tiep);
  },
});

const byToken = openForm({
  path: '/dang-nhap/ma',
  query,
  name: () => 'ma',
  show: showSignIn,
  async submit({ deps, fields, device, setCookie, query: { tiep } }) {
    return await enter(deps, await signInByToken(deps, fields.text('token')), device, setCookie, tiep);
  },
});

const signOut = form({
  path: '/dang-xuat',
  who: USER_ROLES,
  show: async () => ({ redirect: '/' }),
  async submit({ deps, session, setCookie }) {
    await endSession(deps, session.id);
    setCookie(sessionCookie(deps), null);
    return { redirect: '/dang-nhap', notice: 'Đã đăng xuất.' };
  },
});

export const SIGN_IN_PAGES = [signInPage, byPassword, byToken, signOut];
