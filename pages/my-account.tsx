/** One's own account: password, and where one is signed in. */
import { z } from 'zod';
import { createOwnAccount } from '../api/auth/accounts';
import { beginSession, endSession, sessionsOf, type Session, type Subject } from '../api/auth/sessions';
import { changePassword } from '../api/auth/sign-in';
import { notFound } from '../api/http/problem';
import { USER_ROLES } from '../api/http/route';
import { moment } from './formats';
import { form, page, type PageCall, type View } from './page';
import { Field, Form, FormProblem, Submit } from './parts/forms';
import { Facts, Note, Panel } from './parts/panel';
import { sessionCookie } from './session-cookie';
import { inSentence, ROLE_TITLES } from './words';

type Call = PageCall<unknown, unknown>;

const subjectOf = ({ accountId, caller }: Session): Subject => (accountId === null ? { tokenId: caller.tokenId } : { accountId });

async function show(call: Call): Promise<View> {
  const { deps, session, refused } = call;
  const sessions = await sessionsOf(deps, subjectOf(session));
  const isFirst = session.accountId === null && session.caller.role === 'administrator';
  return {
    title: 'Tài khoản của tôi',
    lead: session.mustChangePassword ? 'Mật khẩu hiện tại do quản trị viên đặt: hãy đổi trước khi làm việc tiếp.' : undefined,
    body: (
      <div class="grid">
        <div class="c6 stack">
          <Panel title="Tôi là ai" id="toi">
            <Facts
              pairs={[
                ['Họ tên', session.name],
                ['Vai trò', ROLE_TITLES[session.caller.role]],
                ['Đơn vị', session.officeName === null ? 'không thuộc đơn vị nào' : inSentence(session.officeName)],
                ['Đăng nhập bằng', session.accountId === null ? 'mã truy cập' : 'tài khoản'],
              ]}
            />
          </Panel>
          {session.accountId !== null && <PasswordForm call={call} />}
          {isFirst && (
            <Panel title="Đặt tên đăng nhập và mật khẩu" id="lap">
              <p class="small muted gap-b">
                Mã truy cập chỉ nên dùng cho lần đầu và cho máy. Sau khi đặt, hãy đăng nhập bằng tên và mật khẩu này.
              </p>
              <Form call={call} action="/tai-khoan-cua-toi/lap">
                <FormProblem refused={refused?.form === 'lap' ? refused : undefined} known={['login', 'password']} />
                <Field name="login" label="Tên đăng nhập" autoComplete="username" refused={refused?.form === 'lap' ? refused : undefined} />
                <Field
                  name="password"
                  label="Mật khẩu"
                  type="password"
                  hint="Từ 10 ký tự."
                  autoComplete="new-password"
                  refused={refused?.form === 'lap' ? refused : undefined}
                />
                <Submit>Lập tài khoản quản trị</Submit>
              </Form>
            </Panel>
          )}
          {session.accountId === null && !isFirst && (
            <Note>Tài khoản này đăng nhập bằng mã truy cập. Quản trị viên có thể lập tài khoản có mật khẩu.</Note>
          )}
        </div>
        <div class="c6">
          <Panel title="Đang đăng nhập ở" id="phien" aside={`${sessions.length} nơi`} bare>
            <ul>
              {sessions.map(({ id, device, createdAt, lastSeenAt }) => (
                <li key={id} class="li">
                  <span>
                    <b>{deviceName(device)}</b>
                    {id === session.id && ' (phiên này)'}
                    <small class="sub">
                      Từ {moment(createdAt.getTime())}, dùng gần nhất {moment(lastSeenAt.getTime())}
                    </small>
                  </span>
                  {id !== session.id && (
                    <Form call={call} action={`/tai-khoan-cua-toi/phien/${id}`} class="">
                      <button class="btn" type="submit" aria-label={`Đăng xuất ${deviceName(device)}`}>
                        Đăng xuất
                      </button>
                    </Form>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    ),
  };
}

function PasswordForm({ call }: { call: Call }) {
  const refused = call.refused?.form === 'mat-khau' ? call.refused : undefined;
  return (
    <Panel title="Đổi mật khẩu" id="doi">
      <Form call={call} action="/tai-khoan-cua-toi/mat-khau">
        <FormProblem refused={refused} known={['present', 'next', 'again']} />
        <input type="text" name="username" autocomplete="username" value={call.session.login ?? ''} hidden />
        <Field name="present" label="Mật khẩu hiện tại" type="password" autoComplete="current-password" refused={refused} />
        <Field
          name="next"
          label="Mật khẩu mới"
          type="password"
          autoComplete="new-password"
          hint="Từ 10 ký tự; một câu dễ nhớ là tốt nhất."
          refused={refused}
        />
        <Field name="again" label="Nhập lại mật khẩu mới" type="password" autoComplete="new-password" refused={refused} />
        <Submit>Đổi mật khẩu</Submit>
      </Form>
      <p class="small muted gap-s">Đổi xong, các nơi đăng nhập khác bị đăng xuất.</p>
    </Panel>
  );
}

/** Browser and system, as far as the browser tells. */
function deviceName(device: string): string {
  const browser = ['Edg', 'OPR', 'CocCoc', 'coc_coc', 'Firefox', 'Chrome', 'Safari'].find((name) => device.includes(name));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) => device.includes(name));
  const named = browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser === 'coc_coc' ? 'Cốc Cốc' : browser;
  return [named, system].filter(Boolean).join(', ') || 'Trình duyệt khác';
}

const mine = page({ path: '/tai-khoan-cua-toi', who: USER_ROLES, show });

const password = form({
  path: '/tai-khoan-cua-toi/mat-khau',
  who: USER_ROLES,
  name: () => 'mat-khau',
  show,
  async submit({ deps, session, fields }) {
    if (session.accountId === null) throw notFound();
    const given = { present: fields.raw('present'), next: fields.raw('next'), again: fields.raw('again') };
    await changePassword(deps, { accountId: session.accountId, sessionId: session.id }, given);
    return { redirect: '/tai-khoan-cua-toi', notice: 'Đã đổi mật khẩu.' };
  },
});

/** The first administrator, signed in by the token that was printed, becomes an account; the session goes on as that account's. */
const first = form({
  path: '/tai-khoan-cua-toi/lap',
  who: ['administrator'],
  name: () => 'lap',
  show,
  async submit({ deps, session, fields, device, setCookie }) {
    if (session.accountId !== null) throw notFound();
    const accountId = await createOwnAccount(deps, { login: fields.text('login'), password: fields.raw('password') });
    await endSession(deps, session.id);
    setCookie(sessionCookie(deps), await beginSession(deps, { accountId }, device));
    return { redirect: '/tai-khoan-cua-toi', notice: 'Đã lập tài khoản. Từ nay hãy đăng nhập bằng tên và mật khẩu vừa đặt.' };
  },
});

const end = form({
  path: '/tai-khoan-cua-toi/phien/{id}',
  who: USER_ROLES,
  params: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  show: async (call) => await show({ ...call, params: {} }),
  async submit({ deps, session, params: { id } }) {
    if (!(await endSession(deps, id, subjectOf(session)))) throw notFound();
    return { redirect: '/tai-khoan-cua-toi', notice: 'Đã đăng xuất nơi đó.' };
  },
});

export const MY_ACCOUNT_PAGES = [mine, password, first, end];
