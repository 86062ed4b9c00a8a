/** The HTTP application: routes, and what surrounds every one of them. */
import { randomUUID } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './deps';
import { tooMany } from './http/rate-limit';
import { answerProblems, noRoute, passageOf, wire } from './http/wiring';
import { ROUTES } from './routes';
import { serveAssets } from '../pages/assets';
import { PAGES } from '../pages/pages';
import { answerPageProblems, wirePages } from '../pages/wiring';

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The application; it does not listen yet. */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.use(named, logged(deps), securityHeaders());
  app.use(serveAssets);
  const guard = tooMany(deps);
  wire(app, ROUTES, deps, guard);
  wirePages(app, PAGES, deps, guard);
  app.use(noRoute([...ROUTES, ...PAGES]));
  app.use(answerPageProblems(PAGES, deps));
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
      fontSrc: ["'self'"],
      baseUri: nothing,
      formAction: ["'self'"],
      frameAncestors: nothing,
    },
  };
  return helmet({ contentSecurityPolicy, referrerPolicy: { policy: 'same-origin' } });
}
