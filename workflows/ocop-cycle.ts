/**
 * One product's cycle: waits for people (updates) and for moments of its agenda (one timer), decides with domain/, records, and goes round. A new run
 * begins at each stage, so that code changes reach cycles that sleep for years and histories stay short.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  getExternalWorkflowHandle,
  log,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { ACTION_NAMES } from '../domain/cycle/actions';
import type { RecordPredecessor } from '../domain/cycle/actions/record-predecessor';
import type { RecordSuccessor } from '../domain/cycle/actions/record-successor';
import { nextMoment } from '../domain/cycle/agenda';
import { decide, type Refusal, type Transition } from '../domain/cycle/decide';
import { certificateEnds } from '../domain/cycle/due';
import { takeMoment } from '../domain/cycle/moments';
import { register } from '../domain/cycle/register';
import type { Later } from '../activities/cycle-activities';
import type { EventName } from '../domain/cycle/events';
import { type CycleState, SYSTEM } from '../domain/cycle/state';
import { upgradeState } from '../domain/cycle/upgrade';
import { localDateAt } from '../domain/dates';
import type { CycleRules } from '../domain/rules';
import { Alarm } from './alarm';
import {
  type ActAnswer,
  actionUpdates,
  type ActMessage,
  type Answered,
  catchUpSignal,
  type CycleInput,
  predecessorSignal,
  REFUSED,
  retrySignal,
  stateQuery,
  successorSignal,
  workflowIdOf,
} from './messages';
import { Recorder } from './recording';
import { startedWith } from './search-attributes';
import { Turnstile } from './turnstile';
import { showDetails, showSearchAttributes } from './visibility';

/** How many answers a cycle remembers across runs; more than a dossier sees in a stage. */
const ANSWERS_KEPT = 40;

/** A cycle from registration to its end; returns where it ended. */
export async function ocopCycle(input: CycleInput): Promise<ActAnswer> {
  const cycle = new Cycle(input);
  cycle.listen();
  await cycle.begin();
  while (cycle.state.stage !== 'closed') {
    await cycle.attend();
    if (cycle.stageLeft || workflowInfo().continueAsNewSuggested) await cycle.nextRun();
    else await condition(() => cycle.hasWork());
  }
  await cycle.attend();
  await condition(allHandlersFinished);
  return cycle.answer();
}

class Cycle {
  state: CycleState;
  private readonly begun: Transition | undefined;
  private readonly answered: Answered[];
  private readonly firstStage: string;
  private readonly alarm = new Alarm();
  private readonly turnstile = new Turnstile();
  private readonly recorder = new Recorder(() => this.show());
  private readonly heard: News[] = [];
  private readonly toTell: Told[] = [];
  private behind = false;

  constructor(private readonly input: CycleInput) {
    const { registration, carried } = input;
    if (carried) {
      this.state = upgradeState(carried.state);
      this.answered = carried.answered;
    } else if (registration) {
      this.begun = register(registration, this.now());
      this.state = this.begun.state;
      this.answered = [];
    } else {
      throw ApplicationFailure.nonRetryable('a cycle starts with a registration', 'InvalidInput');
    }
    this.firstStage = this.state.stage;
  }

  /** The cycle's own time: the workflow's, shifted by the offset of a rehearsal. The one place where a clock is read. */
  private now(): number {
    return Date.now() + this.input.clockOffsetMs;
  }

  listen(): void {
    for (const name of ACTION_NAMES)
      setHandler(actionUpdates[name], (message) => this.turnstile.pass(() => this.act(message)), {
        validator: (message) => this.check(message),
      });
    setHandler(successorSignal, (payload) => void this.heard.push({ action: 'record-successor', payload }));
    setHandler(predecessorSignal, (payload) => void this.heard.push({ action: 'record-predecessor', payload }));
    setHandler(catchUpSignal, () => void (this.behind = true));
    setHandler(retrySignal, () => this.recorder.retryNow());
    setHandler(stateQuery, () => this.state);
  }

  /** Records the registration before anything else may happen. */
  async begin(): Promise<void> {
    const { begun } = this;
    if (begun) await this.turnstile.pass(() => this.commit(begun, null));
    else this.show();
  }

  get stageLeft(): boolean {
    return this.state.stage !== this.firstStage;
  }

  hasWork(): boolean {
    return this.behind || this.alarm.rang || this.stageLeft || this.heard.length > 0 || this.toTell.length > 0;
  }

  answer(): ActAnswer {
    return answerOf(this.state);
  }

  /** Deals with everything that is due and everything that the product's other cycles say or must know. */
  async attend(): Promise<void> {
    await this.turnstile.pass(async () => {
      await this.catchUp();
      for (let due = takeMoment(this.state, this.now()); due; due = takeMoment(this.state, this.now())) await this.commit(due, null);
      for (let news = this.heard.shift(); news; news = this.heard.shift()) await this.hear(news);
      this.setAlarm();
    });
    for (let news = this.toTell.shift(); news; news = this.toTell.shift()) await this.tell(news);
  }

  /** Starts the next run once no update is under way and nothing is left to attend to. */
  async nextRun(): Promise<void> {
    await condition(allHandlersFinished);
    if (this.behind || this.heard.length || this.toTell.length || this.state.stage === 'closed') return;
    const next = makeContinueAsNewFunc<typeof ocopCycle>({ typedSearchAttributes: startedWith(this.state) });
    await next({
      carried: { state: this.state, answered: this.answered.slice(-ANSWERS_KEPT) },
      clockOffsetMs: this.input.clockOffsetMs,
    });
  }

  private known(key: string): Answered | undefined {
    return this.answered.find((one) => one.key === key);
  }

  private check(message: ActMessage): void {
    if (this.behind || this.known(message.key)) return;
    const decision = decide(this.state, message.request, this.now());
    if (!decision.ok) throw refused(decision.refusal);
  }

  private async act({ request, key }: ActMessage): Promise<ActAnswer> {
    await this.catchUp();
    const before = this.known(key);
    if (before) return before.answer;
    for (let done = false; !done; ) {
      const decision = decide(this.state, request, this.now());
      if (!decision.ok) throw refused(decision.refusal);
      done = await this.commit(decision, key);
    }
    if (!this.known(key)) this.answered.push({ key, answer: this.answer() });
    return this.answer();
  }

  /** Reads on in the records, when told that they know more. */
  private async catchUp(): Promise<void> {
    if (!this.behind) return;
    this.behind = false;
    const later = await this.recorder.later(this.state);
    if (later) this.adopt(later, this.state.rules);
  }

  /** Another cycle's news, as an action of the system; news that no longer fit are left aside. */
  private async hear(news: News): Promise<void> {
    const at = this.now();
    const decideOnNews = () => decide(this.state, { ...news, actor: SYSTEM, on: localDateAt(at) }, at);
    let decision = decideOnNews();
    while (decision.ok && !(await this.commit(decision, null))) decision = decideOnNews();
    if (!decision.ok) log.info('news of another cycle left aside', { cycleId: this.state.cycleId, step: this.state.step });
  }

  private async tell({ to, ...news }: Told): Promise<void> {
    const other = getExternalWorkflowHandle(workflowIdOf(to));
    try {
      if (news.action === 'record-successor') await other.signal(successorSignal, news.payload);
      else await other.signal(predecessorSignal, news.payload);
    } catch {
      log.info('the other cycle has ended already', { cycleId: this.state.cycleId, to });
    }
  }

  /**
   * The state changes only after its record stands. A task of the engine that was lost after its record stood (the engine was killed in between) has left
   * the cycle behind its records: they hold, and the cycle goes on from them.
   * @returns false when others' transitions stood in its place and it is not among them
   */
  private async commit({ state, event }: Transition, key: string | null): Promise<boolean> {
    const { rules, ...recorded } = state;
    const later = await this.recorder.record({ event, state: recorded, planId: rules.planId, regimeId: rules.regimeId, key });
    if (later) {
      this.adopt(later, rules);
      return later.events.some((one) => one.key === key && one.name === event.name);
    }
    this.goTo(state, [event.name]);
    return true;
  }

  private adopt({ state, rules, events }: Later, present: CycleRules): void {
    log.warn('caught up with the records', { cycleId: state.cycleId, sequence: state.sequence });
    for (const { key } of events) if (key !== null) this.answered.push({ key, answer: answerOf(state) });
    this.goTo(
      upgradeState({ ...state, rules: rules ?? present }),
      events.map((one) => one.name),
    );
  }

  private goTo(state: CycleState, events: readonly EventName[]): void {
    const had = this.state;
    this.state = state;
    for (const name of events) this.toTell.push(...newsForEarlier(had, state, name), ...newsForLater(had, state, name));
    this.show();
    this.setAlarm();
  }

  /** The next stage is searched for in the run that begins with it. */
  private show(): void {
    showDetails(this.state, this.recorder.attention);
    if (!this.stageLeft || this.state.stage === 'closed') showSearchAttributes(this.state);
  }

  private setAlarm(): void {
    const next = this.stageLeft ? undefined : nextMoment(this.state);
    this.alarm.set(next && next.at - this.input.clockOffsetMs, next ? `${next.name} ${localDateAt(next.at)}` : '');
  }
}

function answerOf({ cycleId, sequence, stage, step, waitingFor, outcome }: Omit<CycleState, 'rules'>): ActAnswer {
  return { cycleId, sequence, stage, step, waitingFor, outcome };
}

/** What cycles of one product tell one another. */
type News = { action: 'record-successor'; payload: RecordSuccessor } | { action: 'record-predecessor'; payload: RecordPredecessor };
type Told = News & { to: string };

/** What the earlier cycle of the product must hear about a transition. */
function newsForEarlier(before: CycleState, after: CycleState, name: EventName): Told[] {
  const to = after.predecessor?.cycleId;
  if (!to) return [];
  const { cycleId, kind } = after;
  const news = (event: RecordSuccessor['event']): Told[] => [{ action: 'record-successor', payload: { cycleId, kind, event }, to }];
  if (name === 'register') return news('registered');
  if (name === 'submit-dossier') return news('dossier-filed');
  if (name === 'issue-certificate') return news('certified');
  return after.stage === 'closed' && !before.certificate ? news('ended') : [];
}

/** What the later cycle must hear: a decision by which the certificate holds until another day. The transitional rule it reckons for itself. */
function newsForLater(before: CycleState, after: CycleState, name: EventName): Told[] {
  const holdsUntil = certificateEnds(after);
  const to = after.successor?.cycleId;
  if (name !== 'extend-deadline' || !to || holdsUntil === undefined || holdsUntil === certificateEnds(before)) return [];
  return [{ action: 'record-predecessor', payload: { cycleId: after.cycleId, holdsUntil }, to }];
}

function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ message: refusal.message.en, type: REFUSED, nonRetryable: true, details: [refusal] });
}
