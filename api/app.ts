/** The HTTP application: routes, and what surrounds every one of them. */
import { createHash, randomUUID } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { type ApiDeps, apiDeps, type ApiParts } from './deps';
import { HttpProblem } from './http/problem';
import { answerProblems, noRoute, passageOf, wire } from './http/wiring';
import { ROUTES } from './routes';

const MINUTE_MS = 60_000;
const FAILED_SIGN_INS_PER_MINUTE = 300;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The application on its parts; it does not listen yet. */
export function createApp(parts: ApiParts): Express {
  const deps = apiDeps(parts);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.use(named, logged(deps), securityHeaders());
  wire(app, ROUTES, deps, tooMany(deps));
  app.use(noRoute(ROUTES));
  app.use(answerProblems(deps));
  return app;
}

/** Every request has an id, the caller's own where it is usable; the answer repeats it. */
const named: RequestHandler = (req, res, next) => {
  const given = req.header('x-request-id');
  const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  passageOf(res).requestId = requestId;
  res.set('X-Request-Id', requestId);
  next();
};

/** One line per request: the route's pattern and ids of who asked; no query, no body. */
function logged({ log }: ApiDeps): RequestHandler {
  return (req, res, next) => {
    const began = process.hrtime.bigint();
    res.on('finish', () => {
      const { requestId, route, caller } = passageOf(res);
      const ms = Number((process.hrtime.bigint() - began) / 1_000_000n);
      const who = caller ? { actorId: caller.actor.id, role: caller.role, office: caller.actor.office } : {};
      log.info({ requestId, method: req.method, route: route?.path ?? '(none)', status: res.statusCode, ms, ...who }, 'request');
    });
    next();
  };
}

function securityHeaders(): RequestHandler {
  const nothing = ["'none'"];
  const contentSecurityPolicy = {
    useDefaults: false,
    directives: {
      defaultSrc: nothing,
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      baseUri: nothing,
      formAction: ["'self'"],
      frameAncestors: nothing,
    },
  };
  return helmet({ contentSecurityPolicy, referrerPolicy: { policy: 'no-referrer' } });
}

/** Limits per token, or per address without one; failed sign-ins are counted per address whatever token they bring. */
function tooMany({ requestsPerMinute }: ApiDeps): RequestHandler {
  const refuse: RequestHandler = () => {
    throw new HttpProblem('too-many-requests', { vi: 'Hãy chờ ít phút rồi thử lại', en: 'Wait a minute and try again' });
  };
  const shared = { windowMs: MINUTE_MS, standardHeaders: 'draft-8', legacyHeaders: false, handler: refuse } as const;
  const address = (req: Request): string => ipKeyGenerator(req.ip ?? '');
  const perCaller = rateLimit({ ...shared, limit: requestsPerMinute, keyGenerator: (req) => tokenKey(req) ?? address(req) });
  const failures = rateLimit({
    ...shared,
    limit: FAILED_SIGN_INS_PER_MINUTE,
    keyGenerator: address,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode !== 401,
    standardHeaders: false,
  });
  return (req, res, next) => {
    void failures(req, res, (error?: unknown) => (error === undefined ? void perCaller(req, res, next) : next(error)));
  };
}

function tokenKey(req: Request): string | undefined {
  const { authorization } = req.headers;
  return authorization && createHash('sha256').update(authorization).digest('base64url');
}
