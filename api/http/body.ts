/** Request bodies: JSON read strictly, files as they are, both within their limits. */
import express, { type RequestHandler } from 'express';
import { HttpProblem } from './problem';
import type { Route } from './route';

const JSON_LIMIT = '1mb';
const UPLOAD_LIMIT = '10mb';
const JSON_TYPE = 'application/json';

/** Reads the bytes of a body, whatever their type. */
export function readBytes({
  uploads,
  limit = uploads ? UPLOAD_LIMIT : JSON_LIMIT,
}: Pick<Route, 'uploads'> & { limit?: string }): RequestHandler {
  return express.raw({ type: () => true, limit });
}

/** The media types that a route takes. */
export function mediaTypesOf({ body, uploads }: Pick<Route, 'body' | 'uploads'>): readonly string[] {
  return uploads ?? (body ? [JSON_TYPE] : []);
}

/** The media type of a request without its parameters. */
export function mediaTypeOf(header: string | undefined): string {
  return (header ?? '').split(';', 1).join('').trim().toLowerCase();
}

/** Refuses a body of a type that the route does not take. */
export function requireMediaType(route: Pick<Route, 'body' | 'uploads'>, mediaType: string): void {
  const allowed = mediaTypesOf(route);
  if (allowed.length === 0 || allowed.includes(mediaType)) return;
  const list = allowed.join(', ');
  throw new HttpProblem(
    'unsupported-media-type',
    { vi: `Content-Type phải là: ${list}`, en: `Content-Type must be: ${list}` },
    { headers: { accept: list } },
  );
}

/** The JSON value of a body; an empty one counts as `{}`. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpProblem('malformed-body', { vi: 'Nội dung không phải JSON (UTF-8) hợp lệ', en: 'The body is not valid JSON in UTF-8' });
  }
}
