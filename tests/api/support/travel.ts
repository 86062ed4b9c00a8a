/** Time that passes for an API and its cycles: each cycle's clock is moved on the engine, and the API is asked on another day. */
import { randomUUID } from 'node:crypto';
import { temporalGateway } from '../../../api/gateway';
import { type LocalDate, startOfDay } from '../../../domain/dates';
import { workflowIdOf } from '../../../workflows/messages';
import { fastForward, skipInfo } from '../../../rehearsal/skipping';
import type { Answer, Sender, TestApi, TokenName } from './api';

const nineOn = (date: LocalDate): number => startOfDay(date) + 9 * 3_600_000;

/** The API on a day. What it starts begins on that day. */
export interface Era {
  on: LocalDate;
  send: Sender;
  /** Registers a cycle; the location of it. Throws what refuses it. */
  register(body: unknown): Promise<string>;
  /** Does an action of a cycle at its path. Throws what refuses it. */
  does(path: string, who: TokenName, action: string, body?: object): Promise<Record<string, unknown>>;
  /** Tries an action that must be refused. */
  refuses(path: string, who: TokenName, action: string, body?: object): Promise<Answer>;
}

export interface Travel {
  /** The API on that day. */
  era(on: LocalDate): Promise<Era>;
  /** Moves a cycle's clock to nine on a day; what falls due on the way happens. `ended` when the cycle is over before. */
  moveTo(cycleId: string, on: LocalDate): Promise<'there' | 'ended'>;
}

/** Call it beside `useApi`; the servers it starts end with the test file. */
export function useTravel(api: TestApi): Travel {
  const closing: (() => Promise<void>)[] = [];
  const offsets = new Map<string, number>();
  afterAll(async () => {
    for (const close of closing) await close();
  });

  const note = (location: string | null, offset: number): void => {
    const id = location?.split('/').at(-1);
    if (id !== undefined && !offsets.has(id)) offsets.set(id, offset);
  };

  return {
    async era(on) {
      const offset = nineOn(on) - Date.now();
      const clock = { now: () => Date.now() + offset };
      const gateway = temporalGateway(api.temporal.client, { taskQueue: api.taskQueue, clockOffsetMs: offset, deadlineMs: 30_000 });
      const server = await api.another({ clock, gateway });
      closing.push(async () => await server.close());
      const send: Sender = async (method, path, given) => {
        const answer = await server.send(method, path, given);
        if (answer.status === 201) note(answer.headers.get('location'), offset);
        return answer;
      };
      const act = async (path: string, who: TokenName, action: string, body: object = {}): Promise<Answer> =>
        await send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
      return {
        on,
        send,
        async register(body) {
          const answer = await send('POST', '/api/cycles', { body, headers: { 'idempotency-key': randomUUID() } });
          if (answer.status !== 201) throw new Error(answer.text);
          return String(answer.headers.get('location'));
        },
        async does(path, who, action, body) {
          const answer = await act(path, who, action, body);
          if (answer.status !== 200) throw new Error(`${action} of ${path}: ${answer.text}`);
          return answer.body;
        },
        async refuses(path, who, action, body) {
          const answer = await act(path, who, action, body);
          if (answer.status < 400) throw new Error(`${action} of ${path} was not refused`);
          return answer;
        },
      };
    },
    async moveTo(cycleId, on) {
      const { client } = api.temporal;
      const workflowId = workflowIdOf(cycleId);
      const offset = offsets.get(cycleId) ?? api.clockOffsetMs;
      const stands = (await skipInfo(client, workflowId))?.now?.getTime();
      const ahead = nineOn(on) - ((stands ?? Date.now()) + offset);
      if (ahead <= 0) return 'there';
      try {
        await fastForward(client, workflowId, ahead, 120_000);
        return 'there';
      } catch (error) {
        if (!/ended before|not found|already completed/i.test(String(error))) throw error;
        return 'ended';
      }
    },
  };
}
