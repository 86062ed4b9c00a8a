/** Signing in through the province's single sign-on. */
import { z } from 'zod';
import { accountOf } from '../api/auth/sign-on';
import { HttpProblem, notFound } from '../api/http/problem';
import { FormFields } from './form-fields';
import { type OpenCall, openPage, type PageAnswer } from './page';
import { enter, showSignIn } from './sign-in';

const CHECKS = 'ocop-sso';
const CHECKS_SECONDS = 600;

const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() });
const query = z.object({ tiep: z.string().max(2000).optional() });

/** Goes to the provider; what must match on the way back stays in this browser for ten minutes. */
const begin = openPage({
  path: '/dang-nhap/mot-lan',
  query,
  async show({ deps, query: { tiep = '/' }, setCookie, ...call }) {
    if (!deps.signOn) throw notFound();
    const begun = await deps.signOn.begin().catch((error: unknown) => {
      deps.log.error({ err: error }, 'single sign-on cannot be reached');
      return undefined;
    });
    if (!begun)
      return await refused(
        { ...call, deps, query: {} },
        'Chưa kết nối được máy chủ đăng nhập một lần. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.',
      );
    setCookie(CHECKS, Buffer.from(JSON.stringify({ ...begun.checks, next: tiep })).toString('base64url'), CHECKS_SECONDS);
    return { redirect: begun.url };
  },
});

/** Comes back from the provider. */
const back = openPage({
  path: '/dang-nhap/mot-lan/ve',
  async show({ deps, device, setCookie, cookie, ...call }) {
    const { signOn } = deps;
    if (!signOn) throw notFound();
    const checks = readChecks(cookie(CHECKS));
    setCookie(CHECKS, null);
    const again = { ...call, deps, query: {} };
    if (!checks) return await refused(again, 'Lượt đăng nhập đã quá mười phút hoặc bắt đầu ở trình duyệt khác. Hãy đăng nhập lại.');
    try {
      const signedOn = await signOn.finish(new URL(call.url, 'http://site').search, checks);
      return await enter(deps, await accountOf(deps, signedOn), device, setCookie, checks.next);
    } catch (error) {
      if (error instanceof HttpProblem) return await refused(again, error.detail.vi);
      deps.log.warn({ err: error }, 'single sign-on refused');
      return await refused(again, 'Máy chủ đăng nhập một lần không xác nhận lượt này. Hãy đăng nhập lại.');
    }
  },
});

async function refused(call: OpenCall<unknown, { tiep?: string | undefined }>, message: string): Promise<PageAnswer> {
  const view = await showSignIn({
    ...call,
    refused: { form: 'mot-lan', fields: new FormFields(new Map()), message, problems: [], members: {} },
  });
  return { ...view, status: 401 };
}

function readChecks(written: string): z.output<typeof kept> | undefined {
  try {
    return kept.parse(JSON.parse(Buffer.from(written, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

export const SINGLE_SIGN_ON_PAGES = [begin, back];
