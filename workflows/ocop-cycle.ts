/**
 * One product's cycle: waits for people (updates) and for moments of its agenda (one timer), decides with domain/, records, and goes round. A new run
 * begins at each stage, so that code changes reach cycles that sleep for years and histories stay short.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { ACTION_NAMES } from '../domain/cycle/actions';
import type { RecordSuccessor } from '../domain/cycle/actions/record-successor';
import { nextMoment } from '../domain/cycle/agenda';
import { decide, type Refusal, type Transition } from '../domain/cycle/decide';
import { takeMoment } from '../domain/cycle/moments';
import { register } from '../domain/cycle/register';
import { type CycleState, SYSTEM } from '../domain/cycle/state';
import { upgradeState } from '../domain/cycle/upgrade';
import { localDateAt } from '../domain/dates';
import { Alarm } from './alarm';
import {
  type ActAnswer,
  actionUpdates,
  type ActMessage,
  type Answered,
  type CycleInput,
  REFUSED,
  retrySignal,
  stateQuery,
  successorSignal,
  workflowIdOf,
} from './messages';
import { Recorder } from './recording';
import { Turnstile } from './turnstile';
import { Visibility } from './visibility';

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
  private readonly visibility = new Visibility();
  private readonly recorder = new Recorder(() => this.visibility.show(this.state, this.recorder.attention));
  private readonly fromSuccessors: RecordSuccessor[] = [];
  private readonly toPredecessor: RecordSuccessor[] = [];

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
    setHandler(successorSignal, (news) => void this.fromSuccessors.push(news));
    setHandler(retrySignal, () => this.recorder.retryNow());
    setHandler(stateQuery, () => this.state);
  }

  /** Records the registration before anything else may happen. */
  async begin(): Promise<void> {
    const { begun } = this;
    if (begun) await this.turnstile.pass(() => this.commit(begun, null));
    else this.visibility.carryOver(this.state);
  }

  get stageLeft(): boolean {
    return this.state.stage !== this.firstStage;
  }

  hasWork(): boolean {
    return this.alarm.rang || this.stageLeft || this.fromSuccessors.length > 0 || this.toPredecessor.length > 0;
  }

  answer(): ActAnswer {
    const { cycleId, sequence, stage, step, waitingFor, outcome } = this.state;
    return { cycleId, sequence, stage, step, waitingFor, outcome };
  }

  /** Deals with everything that is due and everything that later or earlier cycles must know. */
  async attend(): Promise<void> {
    await this.turnstile.pass(async () => {
      for (let due = takeMoment(this.state, this.now()); due; due = takeMoment(this.state, this.now())) await this.commit(due, null);
      for (let news = this.fromSuccessors.shift(); news; news = this.fromSuccessors.shift()) await this.hear(news);
      this.setAlarm();
    });
    for (let news = this.toPredecessor.shift(); news; news = this.toPredecessor.shift()) await this.tell(news);
  }

  /** Starts the next run once no update is under way and nothing is left to attend to. */
  async nextRun(): Promise<void> {
    await condition(allHandlersFinished);
    if (this.fromSuccessors.length || this.toPredecessor.length || this.state.stage === 'closed') return;
    await continueAsNew<typeof ocopCycle>({
      carried: { state: this.state, answered: this.answered.slice(-ANSWERS_KEPT) },
      clockOffsetMs: this.input.clockOffsetMs,
    });
  }

  private known(key: string): Answered | undefined {
    return this.answered.find((one) => one.key === key);
  }

  private check(message: ActMessage): void {
    if (this.known(message.key)) return;
    const decision = decide(this.state, message.request, this.now());
    if (!decision.ok) throw refused(decision.refusal);
  }

  private async act({ request, key }: ActMessage): Promise<ActAnswer> {
    const before = this.known(key);
    if (before) return before.answer;
    const decision = decide(this.state, request, this.now());
    if (!decision.ok) throw refused(decision.refusal);
    await this.commit(decision, key);
    this.answered.push({ key, answer: this.answer() });
    return this.answer();
  }

  /** A later cycle's news, as an action of the system; news that no longer fit are left aside. */
  private async hear(news: RecordSuccessor): Promise<void> {
    const at = this.now();
    const decision = decide(this.state, { action: 'record-successor', payload: news, actor: SYSTEM, on: localDateAt(at) }, at);
    if (decision.ok) await this.commit(decision, null);
    else log.info('news of a later cycle left aside', { cycleId: this.state.cycleId, step: this.state.step });
  }

  private async tell(news: RecordSuccessor): Promise<void> {
    const earlier = this.state.predecessor?.cycleId;
    if (!earlier) return;
    try {
      await getExternalWorkflowHandle(workflowIdOf(earlier)).signal(successorSignal, news);
    } catch {
      log.info('the earlier cycle has ended already', { cycleId: this.state.cycleId });
    }
  }

  /** The state changes only after its record stands. */
  private async commit({ state, event }: Transition, key: string | null): Promise<void> {
    const { rules, ...recorded } = state;
    await this.recorder.record({ event, state: recorded, planId: rules.planId, regimeId: rules.regimeId, key });
    const had = this.state;
    this.state = state;
    const news = newsFor(had, state, event.name);
    if (news) this.toPredecessor.push(news);
    this.show();
    this.setAlarm();
  }

  private show(): void {
    this.visibility.show(this.state, this.recorder.attention);
  }

  private setAlarm(): void {
    const next = this.stageLeft ? undefined : nextMoment(this.state);
    this.alarm.set(next && next.at - this.input.clockOffsetMs, next ? `${next.name} ${localDateAt(next.at)}` : '');
  }
}

/** What the earlier cycle of the product must hear about a transition. */
function newsFor(before: CycleState, after: CycleState, name: string): RecordSuccessor | undefined {
  if (!after.predecessor?.cycleId) return undefined;
  const news = (event: RecordSuccessor['event']): RecordSuccessor => ({ cycleId: after.cycleId, kind: after.kind, event });
  if (name === 'register') return news('registered');
  if (name === 'submit-dossier') return news('dossier-filed');
  if (name === 'issue-certificate') return news('certified');
  if (after.stage === 'closed' && !before.certificate) return news('ended');
  return undefined;
}

function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ message: refusal.message.en, type: REFUSED, nonRetryable: true, details: [refusal] });
}
