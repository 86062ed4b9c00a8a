/** The description of the API, and that it is of what is wired. */
import { createApp } from '../../api/app';
import { apiDeps } from '../../api/deps';
import { PAGES } from '../../pages/pages';
import { useApi } from './support/api';

const api = useApi({ on: '2026-08-03' });

describe('the description', () => {
  it('is OpenAPI 3.1 and says for every operation what it takes, answers and refuses', async () => {
    const { body } = await api.send('GET', '/api/openapi.json', { token: null });
    expect(body['openapi']).toBe('3.1.0');
    const paths = body['paths'] as Record<
      string,
      Record<string, { operationId: string; responses: object; parameters?: { name: string }[] }>
    >;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => ({ path, method, one })),
    );
    expect(new Set(operations.map(({ one }) => one.operationId)).size).toBe(operations.length);
    for (const { path, one } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect((one.parameters ?? []).map(({ name }) => name)).toEqual(expect.arrayContaining(named));
      expect(Object.keys(one.responses)).toEqual(expect.arrayContaining(['500']));
    }
    const schemas = (body['components'] as { schemas: object }).schemas;
    const references = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => String(name));
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining([...new Set(references)]));
  });

  it('says that whoever looks up a certificate gets a page also when there is none', async () => {
    const { body } = await api.send('GET', '/api/openapi.json', { token: null });
    const paths = body['paths'] as Record<string, { get?: { responses: Record<string, { content?: object }> } }>;
    expect(Object.keys(paths['/c/{code}']?.get?.responses['404']?.content ?? {})).toEqual(['application/problem+json', 'text/html']);
    expect(Object.keys(paths['/api/certificates']?.get?.responses['422']?.content ?? {})).toEqual(['application/problem+json']);
  });

  it('knows the seasons of the programme only: the year 1000 is refused, not a fault', async () => {
    const asked = async (season: string) =>
      (await api.send('GET', `/api/certificates?season=${season}`, { token: api.tokens.province })).status;
    expect([await asked('2027'), await asked('1000'), await asked('9999')]).toEqual([200, 422, 422]);
  });
});

describe('the wiring', () => {
  it('and the description know the same routes; the rest are pages and their assets', async () => {
    const { body } = await api.send('GET', '/api/openapi.json', { token: null });
    const described = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const layers = createApp(apiDeps(api.parts)).router.stack as unknown as {
      route?: { path: string; methods: Record<string, boolean> };
    }[];
    const pages = new Set(PAGES.map(({ method, path }) => `${method} ${path}`));
    const wired = layers
      .flatMap(({ route }) =>
        route ? Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`) : [],
      )
      .filter((one) => !pages.has(one));
    expect(new Set(wired)).toEqual(new Set(described));
    expect(wired.length).toBe(described.length);
  });
});
