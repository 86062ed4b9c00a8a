/** From pages to Express: one chain for all of them. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { type Session, sessionOf } from '../api/auth/sessions';
import type { ApiDeps } from '../api/deps';
import { unusableText } from '../api/http/issues';
import { HttpProblem, notFound } from '../api/http/problem';
import { isKept, keepRefusal } from '../api/http/refusals';
import { passageOf, problemOf } from '../api/http/wiring';
import { cookieOf, setCookie } from './cookies';
import { layout } from './layout';
import { type Entry, MAIN, MORE } from './navigation';
import type { Page, PageAnswer, View } from './page';
import { problemView } from './problem-view';
import { html } from './render';
import { AGAIN_FIELD } from './parts/forms';
import { fieldsOf, keyOf, readForms, refuseForeign, requireUsable } from './sent-form';
import { isSecure, sessionCookie, visitorCookie } from './session-cookie';
import { isFilledIn, signedOutView } from './signed-out';

const NOTICE = 'ocop-notice';
const NOTICE_SECONDS = 60;

/** What the chain knows of a request for a page on its way. */
interface PageVisit {
  session?: Session;
  csrf: string;
}

const visitOf = (res: Response): PageVisit => (res.locals as { visit: PageVisit }).visit;

/** Adds every page to the app. */
export function wirePages(app: Express, pages: readonly Page[], deps: ApiDeps, guard: RequestHandler): void {
  for (const page of pages) {
    const path = page.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const body = page.method === 'post' ? [readForms] : [];
    app[page.method](path, note(page), guard, ...body, answer(page, pages, deps));
  }
}

const note =
  (page: Page): RequestHandler =>
  (_req, res, next) => {
    passageOf(res).route = page;
    next();
  };

/** Finds who is signed in, and the secret that goes with their forms; visitors get one of their own. */
async function visit(req: Request, res: Response, deps: ApiDeps): Promise<PageVisit> {
  const session = await sessionOf(deps, cookieOf(req, sessionCookie(deps)));
  if (session) return { session, csrf: session.csrf };
  const known = cookieOf(req, visitorCookie(deps));
  const visitor = known || randomBytes(24).toString('base64url');
  if (!known) setCookie(res, isSecure(deps), { name: visitorCookie(deps), value: visitor });
  return { csrf: createHash('sha256').update(`csrf:${visitor}`).digest('base64url') };
}

function answer(page: Page, pages: readonly Page[], deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const visited = await visit(req, res, deps);
    res.locals['visit'] = visited;
    const { session } = visited;
    if (session) passageOf(res).caller = session.caller;
    const show = (view: PageAnswer, status?: number): void => send(req, res, { answer: view, status, deps, pages });
    if (page.who !== 'anyone') {
      if (!session) return show(await toSignIn(req, visited.csrf));
      if (session.mustChangePassword && req.path !== '/tai-khoan-cua-toi' && !req.path.startsWith('/tai-khoan-cua-toi/'))
        return show({ redirect: '/tai-khoan-cua-toi', notice: 'Hãy đặt mật khẩu mới trước khi làm việc tiếp.' });
      if (!page.who.includes(session.caller.role)) throw notForRole();
    }
    const call = callOf(req, res, page, deps);
    if (page.method === 'get') return show(await page.show(call));
    refuseForeign(req);
    const fields = await fieldsOf(req);
    const key = keyOf(session, fields);
    const form = page.name?.(call) ?? page.path;
    try {
      requireUsable(req, fields, visited.csrf);
      if (fields.has(AGAIN_FIELD)) return show(await page.show({ ...call, refused: { ...NOTHING_WRONG, form, fields } }));
      show((await page.submit?.({ ...call, fields, key })) ?? { redirect: '/' });
    } catch (error) {
      const problem = problemOf(error);
      if (!isShownAgain(problem)) throw error;
      await keep(req, res, deps, problem);
      const refused = { form, fields, message: messageOf(problem), problems: problem.problems, members: problem.members };
      const again = await page.show({ ...call, refused });
      if ('redirect' in again) throw problem;
      send(req, res, { answer: again, status: problem.status, isRefused: true, deps, pages });
    }
  };
}

type AnyCall = Parameters<Page['show']>[0];

function callOf(req: Request, res: Response, page: Page, deps: ApiDeps): AnyCall {
  const { session, csrf } = visitOf(res);
  const { caller } = session ?? {};
  const call = {
    deps,
    params: paramsOf(page, req),
    query: queryOf(page.query, req.query as Record<string, unknown>),
    url: req.originalUrl,
    requestId: passageOf(res).requestId,
    csrf,
    formKey: randomUUID(),
    ...(session ? { session, caller, actor: caller?.actor } : {}),
    device: req.header('user-agent') ?? '',
    cookie: (name: string) => cookieOf(req, name),
    setCookie: (name: string, value: string | null, maxAgeSeconds?: number) => {
      setCookie(res, isSecure(deps), { name, value, maxAgeSeconds });
    },
  };
  return call as unknown as AnyCall;
}

function paramsOf(page: Page, req: Request): unknown {
  if (!page.params) return {};
  const parsed = page.params.safeParse(req.params);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/** A link that was cut or is old still opens the page: what cannot be used is left out. */
function queryOf(schema: z.ZodType | undefined, given: Record<string, unknown>): unknown {
  if (!schema) return {};
  const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && unusableText(value).length === 0));
  for (;;) {
    const parsed = schema.safeParse(query);
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]));
    const removable = wrong.filter((name) => name in query);
    if (removable.length === 0) throw notFound();
    for (const name of removable) delete query[name];
  }
}

/** Back where one wanted to go, after signing in. A form that was filled in meanwhile waits, unless it holds passwords. */
async function toSignIn(req: Request, csrf: string): Promise<PageAnswer> {
  if (req.method !== 'GET') {
    refuseForeign(req);
    const fields = await fieldsOf(req);
    if (isFilledIn(fields) && !req.path.startsWith('/tai-khoan-cua-toi')) return signedOutView(req.originalUrl, fields, csrf);
    return { redirect: '/dang-nhap', notice: 'Phiên đăng nhập đã hết. Hãy đăng nhập rồi làm lại việc vừa rồi.' };
  }
  return { redirect: req.originalUrl === '/' ? '/dang-nhap' : `/dang-nhap?${new URLSearchParams({ tiep: req.originalUrl }).toString()}` };
}

function notForRole(): HttpProblem {
  return new HttpProblem('not-allowed', {
    vi: 'Vai trò của tài khoản này không dùng trang này.',
    en: 'The role of this account may not use this page.',
  });
}

const NOTHING_WRONG = { message: '', problems: [], members: {} };
const SHOWN_AGAIN = [400, 409, 413, 422, 429, 503];
const isShownAgain = ({ status, kind }: HttpProblem): boolean =>
  kind === 'form-outdated' || (SHOWN_AGAIN.includes(status) && kind !== 'malformed-body');

function messageOf(problem: HttpProblem): string {
  return problem.problems.length ? 'Chưa ghi nhận: hãy sửa chỗ được chỉ ra.' : problem.detail.vi;
}

async function keep(req: Request, res: Response, deps: ApiDeps, problem: HttpProblem): Promise<void> {
  const { caller, route, requestId } = passageOf(res);
  if (!isKept(problem, req.method)) return;
  const { id } = req.params;
  const refused = {
    caller,
    action: `${req.method} ${route?.path ?? ''}`,
    cycleId: typeof id === 'string' ? id.slice(0, 80) : undefined,
    problem,
  };
  await keepRefusal(deps, refused).catch((error: unknown) => deps.log.error({ err: error, requestId }, 'a refusal could not be kept'));
}

interface Sending {
  answer: PageAnswer;
  status?: number | undefined;
  /** A form of the page was refused. */
  isRefused?: boolean;
  deps: ApiDeps;
  pages: readonly Page[];
}

function send(req: Request, res: Response, { answer: given, status, isRefused = false, deps, pages }: Sending): void {
  res.set('cache-control', 'no-store');
  if ('redirect' in given) {
    if (given.notice)
      setCookie(res, isSecure(deps), { name: NOTICE, value: encodeURIComponent(given.notice), maxAgeSeconds: NOTICE_SECONDS });
    res.redirect(303, given.redirect);
    return;
  }
  if ('file' in given) return void res.attachment(given.file.name).set('content-type', given.file.type).send(given.file.bytes);
  if (given.refresh !== undefined) res.set('refresh', String(given.refresh));
  res
    .status(given.status ?? status ?? 200)
    .type('html')
    .send(documentOf(req, res, given, { deps, pages, isRefused }));
}

function documentOf(
  req: Request,
  res: Response,
  view: View,
  { deps, pages, isRefused }: Pick<Sending, 'deps' | 'pages' | 'isRefused'>,
): string {
  const { session } = visitOf(res);
  const mayOpen = ({ path }: Entry): boolean =>
    session !== undefined &&
    pages.some((page) => page.path === path && page.method === 'get' && page.who !== 'anyone' && page.who.includes(session.caller.role));
  const more = MORE.filter(mayOpen).filter(({ path }) => path !== '/thu' || deps.mailFolder !== undefined);
  const notice = noticeOf(req, res, deps);
  return html(
    layout(view, {
      deps,
      session,
      main: MAIN.filter(mayOpen),
      more,
      path: req.path,
      notice,
      isRefused: isRefused === true,
      formKey: randomUUID(),
    }),
  );
}

/** Told once. */
function noticeOf(req: Request, res: Response, deps: ApiDeps): string | undefined {
  const written = cookieOf(req, NOTICE);
  if (!written) return undefined;
  setCookie(res, isSecure(deps), { name: NOTICE, value: null });
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

/** Problems of pages, and of addresses where a person looked for a page, as a page; the others go on to the API's answers. */
export function answerPageProblems(pages: readonly Page[], deps: ApiDeps) {
  return async (error: unknown, req: Request, res: Response, next: NextFunction): Promise<void> => {
    const passage = passageOf(res);
    const isPage = pages.some((page) => page === passage.route);
    const looksForPage = !passage.route && !req.path.startsWith('/api/') && req.accepts(['html', 'json']) === 'html';
    if (res.headersSent || !(isPage || looksForPage)) return next(error);
    const problem = problemOf(error);
    if (problem.kind === 'internal-error')
      deps.log.error({ err: error, requestId: passage.requestId, route: passage.route?.path }, 'page failed');
    await keep(req, res, deps, problem);
    res.locals['visit'] ??= await visit(req, res, deps).catch(() => ({ csrf: '' }));
    res.set(problem.headers);
    send(req, res, { answer: problemView(problem, passage.requestId), status: problem.status, deps, pages });
  };
}
