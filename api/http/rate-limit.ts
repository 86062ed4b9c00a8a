/** How many requests one caller may make. */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { EnvironmentProblem } from '../../clients/environment';
import type { ApiDeps } from '../deps';
import { HttpProblem } from './problem';

const MINUTE_MS = 60_000;
const FAILED_SIGN_INS_PER_MINUTE = 300;
const VARIABLE = 'OCOP_RATE_LIMIT';

/** Requests per minute as the environment sets them; undefined = the default. Throws EnvironmentProblem. */
export function requestsPerMinuteIn(env: NodeJS.ProcessEnv): number | undefined {
  const written = env[VARIABLE]?.trim();
  if (!written) return undefined;
  const parsed = z.coerce.number().int().min(1).max(1_000_000).safeParse(written);
  if (parsed.success) return parsed.data;
  throw new EnvironmentProblem([
    {
      variable: VARIABLE,
      vi: 'phải là số nguyên từ 1 đến 1000000 (yêu cầu mỗi phút)',
      en: 'must be a whole number from 1 to 1000000 (requests per minute)',
    },
  ]);
}

/** Limits per token, or per address without one; failed sign-ins are counted per address whatever token they bring. */
export function tooMany({ requestsPerMinute }: Pick<ApiDeps, 'requestsPerMinute'>): RequestHandler {
  const refuse: RequestHandler = () => {
    throw new HttpProblem('too-many-requests', { vi: 'Hãy chờ ít phút rồi thử lại', en: 'Wait a minute and try again' });
  };
  const shared = { windowMs: MINUTE_MS, legacyHeaders: false, handler: refuse } as const;
  const address = (req: Request): string => ipKeyGenerator(req.ip ?? '');
  const perCaller = rateLimit({
    ...shared,
    standardHeaders: 'draft-8',
    limit: requestsPerMinute,
    keyGenerator: (req) => tokenKey(req) ?? address(req),
  });
  const failures = rateLimit({
    ...shared,
    standardHeaders: false,
    limit: FAILED_SIGN_INS_PER_MINUTE,
    keyGenerator: address,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode !== 401,
  });
  return (req, res, next) => {
    void failures(req, res, (error?: unknown) => (error === undefined ? void perCaller(req, res, next) : next(error)));
  };
}

function tokenKey(req: Request): string | undefined {
  const { authorization } = req.headers;
  return authorization && createHash('sha256').update(authorization).digest('base64url');
}
