/** The work on an approved change of many dossiers: killed in the middle, and while the engine does not answer. */
import { workOff } from '../../api/bulk/run';
import { type ApiDeps, apiDeps } from '../../api/deps';
import type { CycleGateway } from '../../api/gateway';
import { eventually } from '../support/eventually';
import { useApi } from './support/api';
import { extension, PATH, useBulkChanges } from './support/bulk';

const api = useApi({ on: '2026-09-10' });
const { second, atCommune, propose, read, eventsOf } = useBulkChanges(api);
const HOUR = 3_600_000;

describe('the work on a change', () => {
  /** Dependencies as of another process, some hours later, so that what an earlier one held is free. */
  const laterBy = (hours: number, gateway: Partial<CycleGateway> = {}): ApiDeps =>
    apiDeps({
      ...api.parts,
      clock: { now: () => api.parts.clock.now() + hours * HOUR },
      gateway: { ...api.parts.gateway, ...gateway },
    });

  /** Approved, but held back from the API's own worker. */
  async function heldBack(ids: string[]): Promise<string> {
    const { id } = await propose(extension(ids));
    await api.database.db.bulkChange.update({ where: { id }, data: { claimedUntil: new Date(api.parts.clock.now() + HOUR) } });
    await api.send('POST', `${PATH}/${id}/approve`, { token: second() });
    return id;
  }

  const timesDone = async (ids: string[], changeId: string): Promise<number[]> =>
    await Promise.all(ids.map(async (id) => (await eventsOf(id)).filter((one) => one.idempotencyKey === `bulk-${changeId}`).length));

  it('goes on after a kill in the middle, and nothing is done twice', async () => {
    const ids = await atCommune('Cá kho A', 'Cá kho B', 'Cá kho C', 'Cá kho D');
    const id = await heldBack(ids);
    let acts = 0;
    let reached = (): void => undefined;
    const killed = new Promise<void>((resolve) => {
      reached = resolve;
    });
    // The third act takes effect, but its process does not live to hear of it; later ones are never sent.
    const act: CycleGateway['act'] = async (cycleId, request, key) => {
      acts += 1;
      const mine = acts;
      if (mine <= 3) {
        const answer = await api.parts.gateway.act(cycleId, request, key);
        if (mine < 3) return answer;
        reached();
      }
      return await new Promise<never>(() => undefined);
    };
    void workOff(laterBy(2, { act }));
    await killed;
    await eventually(async () => expect((await timesDone(ids, id)).filter((times) => times === 1)).toHaveLength(3), 30_000);
    expect((await read(id)).status).toBe('running');
    await workOff(laterBy(2));
    expect((await read(id)).status).toBe('running'); // still held by the one that was killed
    await workOff(laterBy(4));
    expect(await read(id)).toMatchObject({ status: 'done', counts: { done: 4, planned: 0 } });
    expect(await timesDone(ids, id)).toEqual([1, 1, 1, 1]);
  });

  it('waits while the engine does not answer, says so, and goes on later', async () => {
    const ids = await atCommune('Mắm A', 'Mắm B');
    const id = await heldBack(ids);
    await workOff(laterBy(2, { act: async () => ({ kind: 'unavailable' }) }));
    expect(await read(id)).toMatchObject({ status: 'running', trouble: 'unavailable', counts: { planned: 2 } });
    await workOff(laterBy(3));
    expect(await read(id)).toMatchObject({ status: 'done', trouble: null, counts: { done: 2 } });
  });
});
