import { COMMUNE, useApi } from './support/api';

const api = useApi({ on: '2026-08-03' });

const PRODUCT = {
  productName: 'Mắm tép Gia Viễn',
  producer: { name: 'Hợp tác xã Gia Viễn', type: 'Hợp tác xã', phone: '0912345678' },
  productSet: 4,
  kind: 'new',
  communeCode: COMMUNE,
};

describe('a product registered over HTTP', () => {
  it('gets a cycle with its number, its plan and whose turn it is', async () => {
    const made = await api.send('POST', '/api/cycles', { body: PRODUCT, token: api.tokens.commune });
    expect(made.body).toMatchObject({
      id: '37-14329-001-2026.1',
      plan: 'ninh-binh-2026',
      stage: 'idea_registration',
      waitingFor: 'commune',
    });
    expect(made.status).toBe(201);
    const read = await api.send('GET', String(made.headers.get('location')));
    expect(read.status).toBe(200);
    expect(read.body).toEqual({ ...made.body, availableActions: read.body['availableActions'] });
  });
});
