/**
 * What a page is: its address, who may open it, what it asks for and what it shows, in one place; and a form, which acts and then goes somewhere. The
 * express wiring, the navigation and the table of roles come from these.
 */
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Session } from '../api/auth/sessions';
import type { Caller } from '../api/auth/callers';
import type { ApiDeps } from '../api/deps';
import type { FieldProblem } from '../api/http/problem';
import type { UserRole } from '../api/http/route';
import type { Actor } from '../domain/cycle/state';
import type { FormFields } from './form-fields';

/** What a page shows inside the frame. */
export interface View {
  /** The one h1, and the window's title. */
  title: string;
  /** The sentence under it: what is wrong and by when. */
  lead?: ComponentChildren;
  /** Where one came from, above the title. */
  crumbs?: ComponentChildren;
  /** Buttons at the right of the title; they do not print. */
  tools?: ComponentChildren;
  body: ComponentChildren;
  /** Address in the navigation that counts as open; the page's own unless told. */
  current?: string;
  status?: number;
  /** One column for a form or an answer. */
  narrow?: boolean;
  /** A block for signatures at the end of the print. */
  signatures?: boolean;
  /** Seconds after which the browser asks for the page again, while something runs that it tells of. */
  refresh?: number;
}

export interface Redirect {
  /** Path in this site. */
  redirect: string;
  /** Told once on the page that comes next. */
  notice?: string;
}

export interface FileAnswer {
  file: { name: string; type: string; bytes: Buffer };
}

export type PageAnswer = View | Redirect | FileAnswer;

/** What was sent and refused: shown again beside its fields. */
export interface Refused {
  /** The form that was sent: its `name`, where a page has several. */
  form: string;
  fields: FormFields;
  /** Empty where nothing was refused: somebody wanted to see the form once more. */
  message: string;
  problems: readonly FieldProblem[];
  /** What else the refusal tells, such as the communes that a name may mean. */
  members: Readonly<Record<string, unknown>>;
}

/** A request for a page by nobody in particular. */
export interface OpenCall<Params, Query> {
  deps: ApiDeps;
  params: Params;
  query: Query;
  /** Path and query as asked for. */
  url: string;
  requestId: string;
  /** Goes into every form, with `formKey`: the component Form does it. */
  csrf: string;
  /** Names this filling-in of a form, so that sending it twice acts once. */
  formKey: string;
  /** Set when a form of the page was refused and the page is shown again. */
  refused?: Refused;
  /** Whoever is signed in, on open pages too. */
  session?: Session;
}

/** A request of somebody signed in: the same caller and actor as a bearer token gives. */
export interface PageCall<Params, Query> extends OpenCall<Params, Query> {
  session: Session;
  caller: Caller;
  actor: Actor;
}

interface Sent {
  fields: FormFields;
  /** Names this request to the engine; the same each time this filling-in is sent. */
  key: string;
  /** Browser and address that it came from. */
  device: string;
  /** Sets or clears a cookie of this site. */
  setCookie: (name: string, value: string | null, maxAgeSeconds?: number) => void;
  cookie: (name: string) => string;
}

interface Described<Params, Query> {
  /** As in routes: `/ho-so/{id}`. Paths are Vietnamese without marks. */
  path: string;
  params?: z.ZodType<Params>;
  /** Query parameters; unknown ones and unusable values are left out rather than refused. */
  query?: z.ZodType<Query>;
}

export interface PageSpec<Params, Query> extends Described<Params, Query> {
  who: readonly UserRole[];
  show(call: PageCall<Params, Query>): Promise<PageAnswer>;
}

export interface FormSpec<Params, Query> extends Described<Params, Query> {
  who: readonly UserRole[];
  /** Which form of the page it is; the path tells unless given. */
  name?: (call: { params: Params }) => string;
  submit(call: PageCall<Params, Query> & Sent): Promise<PageAnswer>;
  /** The page that the form stands on, to show it again with what is wrong. */
  show(call: PageCall<Params, Query>): Promise<PageAnswer>;
}

export interface OpenPageSpec<Params, Query> extends Described<Params, Query> {
  show(call: OpenCall<Params, Query> & Omit<Sent, 'fields' | 'key'>): Promise<PageAnswer>;
}

export interface OpenFormSpec<Params, Query> extends Described<Params, Query> {
  name?: (call: { params: Params }) => string;
  submit(call: OpenCall<Params, Query> & Sent): Promise<PageAnswer>;
  show(call: OpenCall<Params, Query> & Omit<Sent, 'fields' | 'key'>): Promise<PageAnswer>;
}

type AnyCall = PageCall<unknown, unknown> & Sent;

/** A page or a form of any shape, as the wiring sees it. */
export interface Page {
  method: 'get' | 'post';
  path: string;
  who: readonly UserRole[] | 'anyone';
  params?: z.ZodType;
  query?: z.ZodType;
  name?: (call: { params: unknown }) => string;
  show(call: AnyCall): Promise<PageAnswer>;
  submit?(call: AnyCall): Promise<PageAnswer>;
}

/** A page for people signed in. */
export function page<Params, Query>(spec: PageSpec<Params, Query>): Page {
  return { ...spec, method: 'get' } as unknown as Page;
}

/** A form on such a page. */
export function form<Params, Query>(spec: FormSpec<Params, Query>): Page {
  return { ...spec, method: 'post' } as unknown as Page;
}

/** A page for everybody. */
export function openPage<Params, Query>(spec: OpenPageSpec<Params, Query>): Page {
  return { ...spec, who: 'anyone', method: 'get' } as unknown as Page;
}

/** A form for everybody. */
export function openForm<Params, Query>(spec: OpenFormSpec<Params, Query>): Page {
  return { ...spec, who: 'anyone', method: 'post' } as unknown as Page;
}
