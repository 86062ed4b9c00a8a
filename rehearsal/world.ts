/**
 * The calendar of a rehearsal, gone through day by day. Every cycle has a clock of its own, which skips only when the world moves it: each day whoever
 * has something at night goes on to the morning, then the digest of the day goes out, then people do what they do that day. So the mails of a day see
 * the records of that day, as in production.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { RunReport } from '../activities/digest';
import type { ApiAction } from '../api/cycles/payloads';
import { act } from '../api/cycles/actions';
import { readCycles, type RowOfState, stateOf } from '../api/cycles/read';
import { registerCycle } from '../api/cycles/register';
import type { ApiDeps } from '../api/deps';
import { HttpProblem } from '../api/http/problem';
import { inTurn } from '../api/imports/in-turn';
import type { RecordSuccessor } from '../domain/cycle/actions/record-successor';
import { nextMoment } from '../domain/cycle/agenda';
import { decide } from '../domain/cycle/decide';
import type { CycleState } from '../domain/cycle/state';
import { SYSTEM } from '../domain/cycle/state';
import { addDays, type Instant, type LocalDate } from '../domain/dates';
import { spellingKey } from '../domain/units/spelling';
import { isWorkingDay } from '../domain/working-days';
import { DIGEST_WORKFLOW, digestWorkflowId } from '../workflows/digest-messages';
import { workflowIdOf } from '../workflows/messages';
import { type Act, actorFor, nextAct } from './cast';
import { eightOn, nineOn, type WorldClock } from './clock';
import type { Engine } from './engine';
import type { Profile } from './profiles';
import { fastForward } from './skipping';

const AT_ONCE = 10;
/** A step may follow another on the same day, but not without end. */
const MOST_ACTS_A_DAY = 12;
/** Real time; a machine with other work to do takes its time. */
const PATIENCE_MS = 300_000;

export interface WorldOptions {
  deps: ApiDeps;
  engine: Engine;
  clock: WorldClock;
  profile: Profile;
  seed: string;
  from: LocalDate;
  to: LocalDate;
  /** By how much each cycle's own time is ahead of its workflow's, in milliseconds, as it was started. */
  offsets: ReadonlyMap<string, number>;
  /** Told at the end of each day on which something happened. */
  onDay?: (day: LocalDate, world: World) => void;
  stop?: AbortSignal | undefined;
}

/** An act that was refused: nothing that should happen, so it is told. */
export interface Refused {
  cycleId: string;
  on: LocalDate;
  action: string;
  vi: string;
  en: string;
}

interface Player {
  cycleId: string;
  /** Name of the product with its producer. */
  product: string;
  state: CycleState;
  visits: Map<string, number>;
  /** Step and instant of the visit that `planned` was chosen for. */
  visit: string;
  planned: Act | undefined;
  nextAt: Instant | undefined;
  /** By how much its own time is ahead of the machine's, in milliseconds; true to some seconds. */
  offset: number;
}

const isOpenState = (state: CycleState): boolean => state.stage !== 'closed';
const isOpen = ({ state }: Player): boolean => isOpenState(state);
/** When a cycle goes on by itself; undefined when only people can move it. */
const nextAtOf = (state: CycleState): Instant | undefined => (isOpenState(state) ? nextMoment(state)?.at : undefined);

export class World {
  readonly refused: Refused[] = [];
  mails = 0;
  acts = 0;
  private readonly players = new Map<string, Player>();

  constructor(private readonly options: WorldOptions) {}

  get cycles(): number {
    return this.players.size;
  }

  get open(): number {
    return [...this.players.values()].filter(isOpen).length;
  }

  /** Lives from the first day to the last. */
  async live(): Promise<void> {
    const { from, to, clock, onDay, stop, deps } = this.options;
    await this.meet(
      (await deps.db.cycle.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id),
      from,
    );
    for (let day = from; day <= to; day = addDays(day, 1)) {
      stop?.throwIfAborted();
      clock.set(nineOn(day));
      const moved = await this.night(day);
      const sent = await this.digests(day);
      const done = await this.work(day);
      if (moved || sent || done) onDay?.(day, this);
    }
  }

  /** Takes cycles into the world. */
  private async meet(ids: readonly string[], today: LocalDate): Promise<void> {
    for (let at = 0; at < ids.length; at += 200) {
      const rows = await readCycles(this.options.deps, ids.slice(at, at + 200));
      for (const row of rows) {
        const product = `${spellingKey(row.product.name)}|${spellingKey(row.product.producer.name)}`;
        const state = await stateOf(this.options.deps, row);
        const offset = this.options.offsets.get(row.id) ?? 0;
        const player: Player = {
          cycleId: row.id,
          product,
          state,
          visits: new Map(),
          visit: '',
          planned: undefined,
          nextAt: undefined,
          offset,
        };
        this.players.set(row.id, player);
        this.look(player, state, today);
      }
    }
  }

  /** Notes where a cycle stands, and what its people will do in a step that it has newly entered. */
  private look(player: Player, state: CycleState, today: LocalDate): void {
    const { profile, seed, deps } = this.options;
    player.state = state;
    player.nextAt = nextAtOf(state);
    const visit = `${state.step}@${state.stepEnteredAt}`;
    if (visit === player.visit) return;
    player.visit = visit;
    const times = (player.visits.get(state.step) ?? 0) + 1;
    player.visits.set(state.step, times);
    const plan = deps.rules.plans.find((one) => one.id === state.rules.planId);
    player.planned = isOpen(player) ? nextAct(profile, seed, { state, product: player.product, visit: times, today, plan }) : undefined;
  }

  private async night(day: LocalDate): Promise<boolean> {
    const morning = nineOn(day);
    const movers = [...this.players.values()].filter(
      (one) => isOpen(one) && ((one.nextAt !== undefined && one.nextAt <= morning) || (one.planned !== undefined && one.planned.on <= day)),
    );
    await inTurn(movers, async (player) => await this.forward(player, day), AT_ONCE);
    await this.settle(movers, day);
    return movers.length > 0;
  }

  /** Moves a cycle's clock to nine o'clock of a day. */
  private async forward(player: Player, day: LocalDate): Promise<void> {
    this.options.stop?.throwIfAborted();
    const ahead = nineOn(day) - (Date.now() + player.offset);
    if (ahead <= 0) return;
    await fastForward(this.options.engine.client, workflowIdOf(player.cycleId), ahead, PATIENCE_MS).catch((error: unknown) => {
      // It ended on the way, as a certificate does that expires.
      if (!(error instanceof WorkflowNotFoundError) && !String(error).includes('ended before')) throw error;
    });
    // From there its clock runs on at real speed; the seconds that the answer took do not matter to a day.
    player.offset = nineOn(day) - Date.now();
  }

  /** Reads cycles anew until everything that was due by nine o'clock stands in the records. */
  private async settle(players: readonly Player[], day: LocalDate, until: (state: CycleState) => boolean = () => true): Promise<void> {
    let left = [...players];
    for (let tries = 0, end = Date.now() + PATIENCE_MS; left.length > 0; tries += 1) {
      this.options.stop?.throwIfAborted();
      if (tries > 0) await pause(Math.min(200, 10 * tries));
      const changed = await this.changedOf(left);
      const waiting = left.filter((player) => {
        const state = changed.get(player.cycleId);
        const nextAt = state ? nextAtOf(state) : player.nextAt;
        if ((nextAt !== undefined && nextAt <= nineOn(day)) || !until(state ?? player.state)) return true;
        if (state) this.look(player, state, day);
        return false;
      });
      const [first] = waiting;
      if (first && Date.now() > end) throw new Error(`cycle ${first.cycleId} stands still on ${day} in ${first.state.step}`);
      left = waiting;
    }
  }

  /** The states of those cycles that went on in the records since they were looked at. */
  private async changedOf(players: readonly Player[]): Promise<Map<string, CycleState>> {
    const { deps } = this.options;
    const ids = players.map((one) => one.cycleId);
    const sequences = players.map((one) => one.state.sequence);
    const rows = await deps.db.$queryRaw<RowOfState[]>`
      select c.id, c.rules_version as "rulesVersion", c.state
      from unnest(${ids}::text[], ${sequences}::int[]) as known (id, sequence) join cycle c using (id) where c.sequence > known.sequence`;
    const states = new Map<string, CycleState>();
    for (const row of rows) states.set(row.id, await stateOf(deps, row));
    return states;
  }

  /** The digests of the day, for the provinces where something is due. */
  private async digests(day: LocalDate): Promise<boolean> {
    const { deps, engine } = this.options;
    if (!isWorkingDay(deps.calendar, day)) return false;
    const due = await deps.db.$queryRaw<{ province: string }[]>`
      select distinct c.province_code as province from nudge n join cycle c on c.id = n.cycle_id
      where n.status in ('planned', 'late') and n.planned_for <= ${day}::date order by 1`;
    for (const { province } of due) {
      const options = { taskQueue: engine.mailQueue, workflowId: digestWorkflowId(province, day) };
      const input = { provinceCode: province, clockOffsetMs: eightOn(day) - Date.now(), day };
      const send = async () => (await engine.client.workflow.execute(DIGEST_WORKFLOW, { ...options, args: [input] })) as RunReport | null;
      const report = await engine.skippingEverything(send);
      this.mails += report?.mails ?? 0;
    }
    return due.length > 0;
  }

  private async work(day: LocalDate): Promise<boolean> {
    const today = [...this.players.values()].filter((one) => isOpen(one) && one.planned !== undefined && one.planned.on <= day);
    today.sort((a, b) => (a.cycleId < b.cycleId ? -1 : 1));
    await inTurn(
      today,
      async (player) => {
        for (let acts = 0; acts < MOST_ACTS_A_DAY && isOpen(player) && player.planned && player.planned.on <= day; acts += 1) {
          const { planned } = player;
          player.planned = undefined;
          await this.perform(player, planned, day);
        }
      },
      AT_ONCE,
    );
    return today.length > 0;
  }

  private async perform(player: Player, planned: Act, day: LocalDate): Promise<void> {
    this.options.stop?.throwIfAborted();
    try {
      if (planned.does === 'register-reevaluation') await this.registerAnew(player, day);
      else await this.act(player, planned.does, planned.body, day);
      this.acts += 1;
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const why = (language: 'vi' | 'en'): string =>
        [error.detail[language], ...error.problems.map(({ message }) => message[language])].join(' ');
      this.refused.push({ cycleId: player.cycleId, on: day, action: planned.does, vi: why('vi'), en: why('en') });
    }
  }

  private async act(player: Player, action: ApiAction, body: object, day: LocalDate): Promise<void> {
    const { deps } = this.options;
    const { state } = player;
    const earlier = state.predecessor?.cycleId ? this.players.get(state.predecessor.cycleId) : undefined;
    if (earlier && isOpen(earlier)) {
      await this.forward(earlier, day);
      await this.settle([earlier], day);
    }
    const key = `rehearsal-${player.cycleId}-${state.sequence}`;
    const own = { ...body, on: day, reason: 'Diễn tập', sourceDocument: `DT-${state.sequence}` };
    const row = { id: player.cycleId, rulesVersion: state.rules.version, state };
    await act(deps, { actor: actorFor(action, state), row, action, body: own, key });
    await this.settle([player], day, (now) => now.sequence > state.sequence);
    if (earlier) await this.tell(earlier, player.state, action, day);
  }

  /** A re-evaluation of the product begins; the certificate's cycle hears of it. */
  private async registerAnew(player: Player, day: LocalDate): Promise<void> {
    const { deps } = this.options;
    const { productCode } = player.state;
    const actor = actorFor('submit-dossier', player.state);
    const input = { kind: 'reevaluation' as const, predecessor: { productCode } };
    const cycleId = await registerCycle(deps, actor, input);
    await this.meet([cycleId], day);
    const later = this.players.get(cycleId);
    if (later) await this.tell(player, later.state, 'register', day);
  }

  /** Waits until the earlier cycle has recorded what it hears of the later one. */
  private async tell(earlier: Player, later: CycleState, did: string, day: LocalDate): Promise<void> {
    const event = newsOf(later, did);
    if (!event || !isOpen(earlier)) return;
    const news: RecordSuccessor = { cycleId: later.cycleId, kind: later.kind, event };
    const at = nineOn(day);
    const { sequence } = earlier.state;
    const heard = decide(earlier.state, { action: 'record-successor', payload: news, actor: SYSTEM, on: day }, at).ok;
    if (heard) await this.settle([earlier], day, (state) => state.sequence > sequence);
  }
}

/** What workflows/ocop-cycle tells the earlier cycle about an act. */
function newsOf(later: CycleState, did: string): RecordSuccessor['event'] | undefined {
  if (did === 'register') return 'registered';
  if (did === 'submit-dossier') return 'dossier-filed';
  if (did === 'issue-certificate') return 'certified';
  return later.stage === 'closed' && !later.certificate ? 'ended' : undefined;
}
