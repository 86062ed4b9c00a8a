/** What an action carries into its cycle, made of the body: payload, rules to pin, and what must be true in the records first. */
import { validityFrom } from '../../domain/certificates';
import type { Request } from '../../domain/cycle/action';
import type { CycleState } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { Level } from '../../domain/regimes';
import type { CycleRules } from '../../domain/rules';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import type { ApiAction, BODIES } from './payloads';
import type { z } from 'zod';
import { NATIONAL_PLAN, pinOrRefuse } from './pinning';
import { planElsewhere } from './plans-of-place';
import { publicCode } from './certificates';
import { type Scored, verdictOf } from './verdicts';
import { requireNoSession } from '../council/plain-results';

type Body<A extends ApiAction> = z.output<(typeof BODIES)[A]>;
type Prepared = Pick<Request, 'payload' | 'rules'> & Pick<Scored, 'scoring'>;

interface Situation {
  state: CycleState;
  on: LocalDate;
  /** The request's key: what is made up from it is the same in every repetition. */
  key: string;
}

type Preparation<A extends ApiAction> = (deps: ApiDeps, situation: Situation, body: Body<A>) => Prepared | Promise<Prepared>;

const scored =
  (level: Level) =>
  (deps: ApiDeps, { state }: Situation, body: Body<'record-district-result'>): Prepared => {
    const { decisionNumber, ...result } = body;
    const { verdict, ...kept } = verdictOf(deps, state, level, result);
    return { payload: { verdict, ...(decisionNumber === undefined ? {} : { decisionNumber }) }, ...kept };
  };

/** Actions whose payload is more than their body. */
const PREPARATIONS: { [A in ApiAction]?: Preparation<A> } = {
  'record-district-result': scored('district'),
  'record-national-result': scored('national'),
  'record-council-result': async (deps, { state }, { sessionId, ...result }) => {
    await requireNoSession(deps, state.cycleId);
    const { verdict, ...kept } = verdictOf(deps, state, 'province', result);
    return { payload: { verdict, ...(sessionId === undefined ? {} : { sessionId }) }, ...kept };
  },
  'submit-dossier': (deps, { state, on }, payload) => ({ payload, rules: rulesFrom(deps, state, on) }),
  'publish-result': (deps, { state, on }, payload) => ({ payload, rules: rulesFrom(deps, state, on) }),
  'adopt-rules': (deps, { state, on }, { plan }) => {
    const elsewhere = planElsewhere(deps.rules.plans, plan, state);
    if (elsewhere) throw invalidInput([elsewhere]);
    const submittedOn = state.certificate ? on : (state.facts.receivedOn ?? on);
    return { payload: {}, rules: pinOrRefuse(deps, { planId: plan, kind: state.kind, submittedOn }, 'on') };
  },
  'issue-certificate': async (deps, { state, on, key }, body) => {
    const {
      code = publicCode(`${state.cycleId} ${key}`),
      validUntil = validityFrom(on, state.rules.procedure.validity).validUntil,
      ...rest
    } = body;
    const standing = await deps.db.certificate.findUnique({ where: { code } });
    if (standing && standing.cycleId !== state.cycleId)
      throw invalidInput([
        { field: 'code', message: { vi: 'mã này đã cấp cho giấy chứng nhận khác', en: 'another certificate has this code' } },
      ]);
    return { payload: { ...rest, code, validUntil } };
  },
  'assign-officer': async (deps, { state }, payload) => {
    const { side, officerId } = payload;
    if (officerId === null) return { payload };
    const person = await deps.db.person.findUnique({ where: { id: officerId }, include: { office: true } });
    const office = person?.active ? person.office : undefined;
    const fits =
      side === 'commune' ? office?.communeCode === state.communeCode : office?.provinceCode === state.provinceCode && !office.communeCode;
    if (!fits)
      throw invalidInput([
        { field: 'officerId', message: { vi: 'không phải cán bộ đang làm việc ở đơn vị này', en: 'is no active officer of this office' } },
      ]);
    return { payload };
  },
};

/** The rules of the day, under the cycle's own plan where it is still there. */
function rulesFrom(deps: ApiDeps, state: CycleState, on: LocalDate): CycleRules {
  const planId = deps.rules.plans.some((plan) => plan.id === state.rules.planId) ? state.rules.planId : NATIONAL_PLAN;
  return pinOrRefuse(deps, { planId, kind: state.kind, submittedOn: on }, 'on');
}

/** Payload and rules of an action's request. Throws the problem of a body that gives none. */
export async function prepareAction(deps: ApiDeps, action: ApiAction, situation: Situation, body: object): Promise<Prepared> {
  const preparation = PREPARATIONS[action] as
    | ((deps: ApiDeps, situation: Situation, body: object) => Prepared | Promise<Prepared>)
    | undefined;
  return preparation ? await preparation(deps, situation, body) : { payload: body };
}
