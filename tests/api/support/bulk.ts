/** Changes of many dossiers for HTTP tests: dossiers at a commune, a proposal, a second person who approves. */
import { eventually } from '../../support/eventually';
import { COMMUNE, PROVINCE, type TestApi, type TokenName } from './api';

export const PATH = '/api/bulk-changes';

/** A change as the API shows it. */
export interface ChangeView {
  id: string;
  status: string;
  counts: Record<string, number>;
  trouble: string | null;
  may: Record<string, boolean>;
}

export interface ItemView {
  cycleId: string;
  status: string;
  before: { due: { date: string } | null };
  after: { due: { date: string } | null } | null;
  keepsExtension: boolean;
  nudges: { cancelled: { subjectOn: string }[]; added: { subjectOn: string }[] };
  reason: { vi: string } | null;
}

/** A later limit for dossiers, by a document. */
export const extension = (cycles: string[], more: object = {}) => ({
  change: { action: 'extend-deadline', body: { date: '2026-10-20' } },
  choose: { cycles },
  reason: 'Bão số 9',
  sourceDocument: '45/UBND-NN',
  ...more,
});

/** What the tests of a file do with changes; `second()` is the token of the person who approves. */
export function useBulkChanges(api: TestApi) {
  let secondToken = '';
  beforeAll(async () => {
    const { body } = await api.send('POST', '/api/tokens', { body: { name: 'second', role: 'provincial_staff', office: PROVINCE } });
    secondToken = String(body['token']);
  });

  async function does(path: string, who: TokenName, action: string, body: object = {}): Promise<void> {
    const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
    if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  }

  /** Dossiers that the commune has had since that morning: their limit is 01/10/2026. */
  async function atCommune(...names: string[]): Promise<string[]> {
    const made = names.map(async (name) => {
      const path = await api.register({
        productName: name,
        producer: { name: `HTX ${name}` },
        productSet: 4,
        kind: 'new',
        communeCode: COMMUNE,
      });
      await does(path, 'commune', 'accept-idea');
      await does(path, 'commune', 'submit-dossier');
      return path.split('/').at(-1) ?? '';
    });
    return (await Promise.all(made)).sort();
  }

  async function propose(body: object): Promise<ChangeView> {
    const answer = await api.send('POST', PATH, { body, token: api.tokens.province });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body['change'] as unknown as ChangeView;
  }

  const read = async (id: string): Promise<ChangeView> => (await api.send('GET', `${PATH}/${id}`)).body as unknown as ChangeView;
  const itemsOf = async (id: string): Promise<ItemView[]> =>
    (await api.send('GET', `${PATH}/${id}/items`)).body['items'] as unknown as ItemView[];
  const finished = async (id: string, status = 'done'): Promise<ChangeView> =>
    await eventually(async () => {
      const view = await read(id);
      expect(view.status).toBe(status);
      return view;
    }, 40_000);

  async function approved(body: object): Promise<ChangeView> {
    const { id } = await propose(body);
    const answer = await api.send('POST', `${PATH}/${id}/approve`, { token: secondToken });
    expect(answer.status).toBe(202);
    return await finished(id);
  }

  const dueOf = async (id: string): Promise<unknown> => (await api.send('GET', `/api/cycles/${id}`)).body['due'];
  const eventsOf = async (id: string) =>
    await api.database.db.cycleEvent.findMany({ where: { cycleId: id }, orderBy: { sequence: 'asc' } });

  return { second: () => secondToken, does, atCommune, propose, read, itemsOf, finished, approved, dueOf, eventsOf };
}
