/**
 * What a route is: who may use it, what it takes, what it answers, in one place. The express wiring and the OpenAPI document both come from it.
 */
import type { z } from 'zod';
import type { Actor, Role } from '../../domain/cycle/state';
import type { Text } from '../../domain/sources';
import type { Caller } from '../auth/callers';
import type { ApiDeps } from '../deps';
import type { Language } from './problem';

/** People and programs that have tokens; the system has none. */
export type UserRole = Exclude<Role, 'system'>;

/** Everybody who reads about cycles. A council's member reads what is before the council's own sessions, and nothing else. */
export const EVERYBODY = [
  'administrator',
  'provincial_staff',
  'commune_staff',
  'council_secretary',
  'manager',
] as const satisfies UserRole[];
/** Everybody who may have a token. */
export const USER_ROLES = [...EVERYBODY, 'council_member'] as const satisfies UserRole[];
/** Everybody but managers, who only read. */
export const STAFF = ['administrator', 'provincial_staff', 'commune_staff', 'council_secretary'] as const satisfies UserRole[];

/** A file sent as the body itself. */
export interface Upload {
  mediaType: string;
  bytes: Buffer;
}

/** A request as a handler sees it: signed in, allowed by role, and checked against the schemas. */
export interface Call<Params, Query, Body> {
  deps: ApiDeps;
  caller: Caller;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** The file, on routes that take one. */
  upload: Upload;
  language: Language;
  requestId: string;
  /** Names this request to the engine; the same for every repetition with the same Idempotency-Key. */
  key: string;
  /** What an earlier attempt with the same key left before it was cut off. */
  progress: unknown;
  /** Leaves something for a later attempt with the same key. */
  saveProgress(progress: object): Promise<void>;
}

/** A request without a token. */
export type OpenCall<Params, Query> = Pick<Call<Params, Query, undefined>, 'deps' | 'params' | 'query' | 'language' | 'requestId'> & {
  /** What the reader's program would rather have. */
  prefers: 'json' | 'html';
};

/** An answer; `body` is JSON unless `html` is given. */
export interface Reply<Body> {
  status?: number;
  body?: Body;
  html?: string;
  /** Plain text of a media type of its own. */
  text?: { type: string; content: string };
  /** A file to be saved under a name, which may hold Vietnamese letters. */
  file?: { type: string; name: string; bytes: Buffer };
  headers?: Record<string, string>;
}

/** An answer that is a file. */
export interface FileReply {
  file: { type: string; name: string; bytes: Buffer };
}

interface Described<Params, Query, Answer> {
  method: 'get' | 'post' | 'delete';
  /** As in OpenAPI: `/api/cycles/{id}`. */
  path: string;
  tag: string;
  summary: Text;
  description?: Text;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  /** The answer of success; a missing schema means no body. */
  answer: {
    status: 200 | 201 | 202 | 204;
    /** Of a dry run, where nothing was made. */
    dryRun?: 200;
    schema?: z.ZodType<Answer>;
    description: Text;
    html?: boolean;
    /** Media types of a file that is the answer. */
    files?: readonly string[];
  };
  /** Refusals besides those that every route of its kind has. */
  refusals?: readonly number[];
}

export interface RouteSpec<Params, Query, Body, Answer> extends Described<Params, Query, Answer> {
  who: readonly UserRole[];
  body?: z.ZodType<Body>;
  /** Media types of a file that is the body itself, instead of JSON. */
  uploads?: readonly string[];
  /** The answer as it may be kept for repetitions; for answers that hold a secret. */
  kept?: (answer: Answer) => Answer;
  handler(call: Call<Params, Query, Body>): Promise<Reply<Answer>>;
}

export interface OpenRouteSpec<Params, Query, Answer> extends Described<Params, Query, Answer> {
  handler(call: OpenCall<Params, Query>): Promise<Reply<Answer>>;
}

/** A route of any shape, as the wiring sees it. */
export interface Route extends Omit<RouteSpec<unknown, unknown, unknown, unknown>, 'who' | 'handler'> {
  who: readonly UserRole[] | 'anyone';
  handler(call: Call<unknown, unknown, unknown> & { prefers: 'json' | 'html' }): Promise<Reply<unknown>>;
}

/** A route for people and programs with a token. */
export function route<Params, Query, Body, Answer>(spec: RouteSpec<Params, Query, Body, Answer>): Route {
  return spec as unknown as Route;
}

/** A route without a token; it reads only. */
export function openRoute<Params, Query, Answer>(spec: OpenRouteSpec<Params, Query, Answer>): Route {
  return { ...spec, who: 'anyone' } as unknown as Route;
}
