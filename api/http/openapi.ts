/** The OpenAPI 3.1 description, made of the same routes and schemas that the requests go through. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { mediaTypesOf } from './body';
import { problemTypes } from './problem';
import type { Route } from './route';

const Problem = z
  .looseObject({
    type: z.string().meta({ format: 'uri-reference', enum: problemTypes().map(({ type }) => type) }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    problems: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Tiếng Việt; tiếng Anh khi Accept-Language: en.' });

/** The document for these routes. */
export function openApiOf(routes: readonly Route[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'OCOP: chu trình sản phẩm',
      version,
      description:
        'Chu trình OCOP của từng sản phẩm: thời hạn, lượt xử lý, giấy chứng nhận. The cycles of OCOP products: deadlines, turns, certificates.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { params, query, body, uploads, method, path, who, summary, description } = route;
  const types = mediaTypesOf(route);
  const content = Object.fromEntries(
    types.map((type) => [type, uploads ? { schema: { type: 'string', format: 'binary' } as const } : { schema: body }]),
  );
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_all, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
    tags: [route.tag],
    summary: `${summary.vi} / ${summary.en}`,
    ...(description ? { description: `${description.vi}\n\n${description.en}` } : {}),
    ...(who === 'anyone' ? { security: [] } : { 'x-roles': [...who] }),
    requestParams: {
      ...(params ? { path: asObject(params) } : {}),
      ...(query ? { query: asObject(query) } : {}),
      ...(method === 'post' ? { header: IdempotencyHeader } : {}),
    },
    ...(types.length ? { requestBody: { required: uploads !== undefined, content } } : {}),
    responses: { ...successes(route), ...refusalsOf(route) },
  } as ZodOpenApiOperationObject;
}

const IdempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .meta({ description: 'Cùng khóa và nội dung: cùng một câu trả lời. / The same key and body get the same answer.' }),
});

function asObject(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError('parameters are described by an object schema');
}

const HTML = { 'text/html': { schema: { type: 'string' as const } } };

function successes(route: Route): Record<string, ZodOpenApiResponseObject> {
  const { status, dryRun } = route.answer;
  return { [String(status)]: success(route), ...(dryRun ? { [String(dryRun)]: success(route) } : {}) };
}

function success({ answer }: Route): ZodOpenApiResponseObject {
  const content = {
    ...(answer.schema ? { 'application/json': { schema: answer.schema } } : {}),
    ...(answer.html ? HTML : {}),
    ...Object.fromEntries((answer.files ?? []).map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
  };
  return { description: `${answer.description.vi} / ${answer.description.en}`, ...(Object.keys(content).length ? { content } : {}) };
}

function refusalsOf(route: Route): Record<string, ZodOpenApiResponseObject> {
  const { who, params, method, refusals = [] } = route;
  const statuses = [
    400,
    ...(who === 'anyone' ? [] : [401, 403]),
    ...(params ? [404] : []),
    ...(method === 'post' ? [409, 413, 415] : []),
    422,
    429,
    500,
    ...refusals,
  ];
  const pages = (status: number): boolean => status === 404 && route.answer.html === true;
  return Object.fromEntries([...new Set(statuses)].map((status) => [String(status), refusal(status, pages(status))]));
}

/** @param asPage whether a browser gets a page of it */
function refusal(status: number, asPage: boolean): ZodOpenApiResponseObject {
  const titles = problemTypes().filter((one) => one.status === status);
  return {
    description: titles.map(({ title }) => `${title.vi} / ${title.en}`).join('; '),
    content: { 'application/problem+json': { schema: Problem }, ...(asPage ? HTML : {}) },
  };
}
