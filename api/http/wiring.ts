/** From routes to Express: one chain for all of them. */
import { createHash, randomUUID } from 'node:crypto';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { type Caller, callerOfToken } from '../auth/callers';
import type { ApiDeps } from '../deps';
import { Prisma } from '../../prisma/generated/client';
import { mediaTypeOf, parseJson, readBytes, requireMediaType } from './body';
import { type KeptAnswer, type Reserved, reserve } from './idempotency';
import { problemsOfIssues, unusableText } from './issues';
import { type FieldProblem, HttpProblem, invalidInput, type Language, notFound, unavailable } from './problem';
import { isKept, keepRefusal } from './refusals';
import type { Reply, Route } from './route';

/** What the chain knows of a request on its way. */
export interface Passage {
  requestId: string;
  /** The route, or the page. */
  route?: { path: string };
  caller?: Caller;
  /** The cycle that the request is about. */
  cycleId?: string;
}

const LONGEST_ID = 80;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

/** The passage of a request; made by the first handler of the chain. */
export function passageOf(res: Response): Passage {
  return res.locals as Passage;
}

/** Adds every route to the app. */
export function wire(app: Express, routes: readonly Route[], deps: ApiDeps, guard: RequestHandler): void {
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const steps = [note(route), guard, signIn(route, deps), ...(route.method === 'post' ? [readBytes(route)] : []), answer(route, deps)];
    app[route.method](path, ...steps);
  }
}

function note(route: Route): RequestHandler {
  const isAboutCycle = route.path.startsWith('/api/cycles/{id}');
  return (req, res, next) => {
    const passage = passageOf(res);
    passage.route = route;
    const { id } = req.params;
    if (isAboutCycle && typeof id === 'string' && id.length <= LONGEST_ID) passage.cycleId = id;
    next();
  };
}

/** Finds the caller and whether the role may use the route. */
function signIn(route: Route, deps: ApiDeps): RequestHandler {
  return async (req, res, next) => {
    if (route.who !== 'anyone') {
      const caller = await callerOfToken(deps, bearerOf(req));
      if (!caller) throw notSignedIn();
      passageOf(res).caller = caller;
      if (!route.who.includes(caller.role)) throw notForRole(route, caller);
    }
    next();
  };
}

function bearerOf(req: Request): string {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  return token;
}

function notSignedIn(): HttpProblem {
  return new HttpProblem(
    'not-signed-in',
    { vi: 'Cần mã truy cập còn hiệu lực: Authorization: Bearer …', en: 'A valid token is needed: Authorization: Bearer …' },
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

function notForRole({ summary }: Route, { role }: Caller): HttpProblem {
  return new HttpProblem('not-allowed', {
    vi: `Vai trò ${role} không được dùng chức năng “${summary.vi}”`,
    en: `The role ${role} may not use “${summary.en}”`,
  });
}

function answer(route: Route, deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { requestId, caller } = passageOf(res);
    const bytes: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const mediaType = mediaTypeOf(req.headers['content-type']);
    if (bytes.length > 0) requireMediaType(route, mediaType);
    const input = checked(route, req, route.body ? parseJson(bytes) : undefined);
    const key = idempotencyKey(req);
    const engineKey = caller && key ? createHash('sha256').update(`${caller.tokenId} ${key}`).digest('hex').slice(0, 40) : randomUUID();
    const call = { ...input, deps, caller, actor: caller?.actor, language: languageOf(req), requestId, key: engineKey };
    const prefers = req.accepts(['html', 'json']) === 'json' ? 'json' : 'html';
    const run = async (reserved?: Reserved): Promise<Reply<unknown>> =>
      await route.handler({
        ...call,
        prefers,
        upload: { mediaType, bytes },
        progress: reserved?.progress,
        saveProgress: async (progress: object) => await reserved?.saveProgress(progress),
      } as Parameters<Route['handler']>[0]);
    if (route.method !== 'post' || !key || !caller) return send(res, route, await run());
    const reservation = await reserve(
      deps.db,
      { tokenId: caller.tokenId, key, request: `POST ${req.originalUrl}`, body: bytes },
      deps.clock.now(),
    );
    if (reservation.kind === 'answered') return resend(res, reservation.answer);
    return await keepingAnswer(res, route, reservation, async () => await run(reservation));
  };
}

/** Does the work under a key: a final answer is kept, also one that refuses; a fault or "not now" leaves the key open. */
async function keepingAnswer(res: Response, route: Route, reserved: Reserved, run: () => Promise<Reply<unknown>>): Promise<void> {
  try {
    const reply = await run();
    const body = route.kept && reply.body !== undefined ? route.kept(reply.body) : reply.body;
    await reserved.keep({ status: reply.status ?? route.answer.status, body: body ?? null, headers: reply.headers ?? {} });
    send(res, route, reply);
  } catch (error) {
    if (error instanceof HttpProblem && error.status < 500) {
      const { kind, detail, problems, members, headers } = error;
      await reserved.keep({ status: error.status, body: { kind, detail, problems, members }, headers });
    } else {
      await reserved.release();
    }
    throw error;
  }
}

function send(res: Response, route: Route, reply: Reply<unknown>): void {
  const status = reply.status ?? route.answer.status;
  res.status(status).set(reply.headers ?? {});
  if (reply.html !== undefined) res.type('html').send(reply.html);
  else if (reply.text !== undefined) res.set('content-type', reply.text.type).send(reply.text.content);
  else if (reply.file !== undefined) res.attachment(reply.file.name).set('content-type', reply.file.type).send(reply.file.bytes);
  else if (reply.body === undefined) res.end();
  else res.json(reply.body);
}

/** The kept answer again; a kept refusal is thrown, so that it is told in the language asked for now. */
function resend(res: Response, { status, body, headers }: KeptAnswer): void {
  res.set('Idempotency-Replayed', 'true');
  if (status >= 400) {
    const { kind, detail, ...more } = body as Pick<HttpProblem, 'kind' | 'detail' | 'problems' | 'members'>;
    throw new HttpProblem(kind, detail, { ...more, headers });
  }
  res.status(status).set(headers);
  if (body === null) res.end();
  else res.json(body);
}

function idempotencyKey(req: Request): string | undefined {
  const key = req.header('idempotency-key');
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  const message = { vi: 'gồm 1 đến 200 ký tự ASCII không có khoảng trắng', en: 'has 1 to 200 ASCII characters without spaces' };
  throw invalidInput([{ field: 'Idempotency-Key', message }]);
}

/** Parameters, query and body against their schemas; every problem at once. */
function checked(route: Route, req: Request, body: unknown): { params: unknown; query: unknown; body: unknown } {
  const problems: FieldProblem[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, missing: unknown): unknown => {
    if (!schema) return missing;
    const unusable = unusableText(value);
    problems.push(...unusable);
    if (unusable.length) return missing;
    const parsed = schema.safeParse(value, { reportInput: true });
    if (!parsed.success) problems.push(...problemsOfIssues(parsed.error.issues));
    return parsed.data;
  };
  const params = route.params?.safeParse(req.params);
  if (params && !params.success) throw notFound();
  const query = route.query ? read(route.query, req.query, {}) : noQuery(req, problems);
  const input = { params: params?.data, query, body: read(route.body, body, undefined) };
  if (problems.length) throw invalidInput(problems);
  return input;
}

function noQuery(req: Request, problems: FieldProblem[]): object {
  const message = { vi: 'không có tham số này', en: 'there is no such parameter' };
  problems.push(...Object.keys(req.query).map((field) => ({ field, message })));
  return {};
}

/** The reader's language: Vietnamese unless English is preferred. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages(['vi', 'en']) === 'en' ? 'en' : 'vi';
}

/** What no route took: a wrong method, or nothing there. */
export function noRoute(routes: readonly Pick<Route, 'path' | 'method'>[]): RequestHandler {
  const patterns = routes.map(({ path, method }) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));
  return (req) => {
    const allowed = [...new Set(patterns.filter(({ pattern }) => pattern.test(req.path)).map(({ method }) => method.toUpperCase()))];
    if (allowed.length === 0) throw notFound();
    const list = allowed.join(', ');
    throw new HttpProblem(
      'method-not-allowed',
      { vi: `Địa chỉ này chỉ nhận: ${list}`, en: `This address takes only: ${list}` },
      { headers: { allow: list } },
    );
  };
}

/** The last handler: everything thrown becomes a problem answer, and refusals are kept. */
export function answerProblems(deps: ApiDeps) {
  return async (error: unknown, req: Request, res: Response, _next: NextFunction): Promise<void> => {
    const passage = passageOf(res);
    const { requestId, route } = passage;
    const problem = problemOf(error);
    const replayed = res.getHeader('Idempotency-Replayed') !== undefined;
    if (problem.kind === 'internal-error') deps.log.error({ err: error, requestId, route: route?.path }, 'request failed');
    if (isKept(problem, req.method) && !replayed) await keep(deps, req.method, problem, passage);
    if (res.headersSent) return void res.destroy();
    res.status(problem.status).set(problem.headers).type('application/problem+json');
    res.send(JSON.stringify(problem.body(languageOf(req), requestId)));
  };
}

async function keep(deps: ApiDeps, method: string, problem: HttpProblem, { requestId, route, caller, cycleId }: Passage): Promise<void> {
  const action = route ? (route.path.split('/actions/')[1] ?? `${method} ${route.path}`) : method;
  const fields = problem.problems.map(({ field }) => field);
  const who = { actorId: caller?.actor.id, role: caller?.role, office: caller?.actor.office };
  deps.log.warn({ requestId, action, cycleId, problem: problem.type, fields, ...who }, 'refused');
  try {
    await keepRefusal(deps, { caller, action, cycleId, problem });
  } catch (error) {
    deps.log.error({ err: error, requestId }, 'a refusal could not be kept');
  }
}

/** Prisma's codes for a database that cannot be reached, closed the connection, or had none free in time. */
const RECORDS_AWAY: readonly string[] = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'];

function tooLarge(limit = 0): HttpProblem {
  const most = `${limit / 1_048_576} MB`;
  return new HttpProblem('too-large', {
    vi: `Nội dung gửi lên vượt quá ${most}, là mức nhiều nhất của một lần gửi`,
    en: `The content is larger than ${most}, the most that may be sent at once`,
  });
}

/** Whatever was thrown, as a problem. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const { type, status, limit } = error instanceof Error ? (error as Error & { type?: string; status?: number; limit?: number }) : {};
  if (type === 'entity.too.large') return tooLarge(limit);
  if (status === 415)
    return new HttpProblem('unsupported-media-type', { vi: 'Kiểu nén không được hỗ trợ', en: 'Unsupported content encoding' });
  if (error instanceof Prisma.PrismaClientKnownRequestError && RECORDS_AWAY.includes(error.code)) return unavailable();
  if (error instanceof URIError || (status !== undefined && status >= 400 && status < 500))
    return new HttpProblem('malformed-request', { vi: 'Yêu cầu không đúng dạng', en: 'The request is malformed' });
  return new HttpProblem('internal-error', {
    vi: 'Hệ thống gặp lỗi; hãy báo quản trị viên kèm mã yêu cầu (requestId)',
    en: 'Something went wrong; tell the administrator with the requestId',
  });
}
