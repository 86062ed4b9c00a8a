/** One dossier: where it is, why that date, what may be done, what happened. */
import { z } from 'zod';
import { act } from '../../api/cycles/actions';
import { API_ACTIONS, type ApiAction } from '../../api/cycles/payloads';
import { readCycle, stateOf } from '../../api/cycles/read';
import { eventViews, viewOf } from '../../api/cycles/representation';
import { CYCLE_ID } from '../../api/cycles/routes';
import { lookupSecret } from '../../api/cycles/lookup';
import { documentsOf, keepDocuments } from '../../api/documents/keep';
import { EVERYBODY, STAFF } from '../../api/http/route';
import { dueDeadline } from '../../domain/cycle/due';
import { ACTIONS } from '../../domain/cycle/actions';
import { form, page, type PageCall, type View } from '../page';
import { withQuery } from '../parts/tables';
import { Supervision, supervisionOf } from '../supervision/in-dossier';
import { KIND_TITLES, lowerFirst } from '../words';
import { Actions, choicesFor } from './actions';
import { bodyOf } from './action-fields';
import { LETTER_PAGES, Letters } from './letters';
import { Nudges, nudgesOf } from './nudges';
import { CertificatePanel, LookUp, OtherCycles } from './panels';
import { FILE_PAGES, FILES, Papers } from './papers';
import { RECEIPT_PAGES } from './receipt';
import { Steps } from './steps';
import { namesIn, Timeline } from './timeline';
import { Where } from './where';
import { Why } from './why';

const query = z.object({ viec: z.enum(API_ACTIONS as [ApiAction, ...ApiAction[]]).optional() });
type Call = PageCall<{ id: string }, z.output<typeof query>>;

const MOST_EVENTS = 200;

async function show(call: Call): Promise<View> {
  const { deps, actor, params: asked } = call;
  const row = await readCycle(deps, actor, asked.id);
  const [view, state, rows] = await Promise.all([
    viewOf(deps, actor, row),
    stateOf(deps, row),
    deps.db.cycleEvent.findMany({ where: { cycleId: row.id }, orderBy: { sequence: 'desc' }, take: MOST_EVENTS }),
  ]);
  const events = await eventViews(deps, rows);
  const [names, choices, nudges, papers, others, secret, supervision] = await Promise.all([
    namesIn(deps, events, [view.officers.commune, view.officers.province]),
    choicesFor(deps, state, actor),
    nudgesOf(deps, state),
    documentsOf(deps, row.id),
    deps.db.cycle.findMany({ where: { productCode: row.productCode, id: { not: row.id } }, orderBy: { cycleNumber: 'desc' } }),
    actor.role === 'manager' ? null : lookupSecret(deps, row.id),
    supervisionOf(deps, actor, state),
  ]);
  const today = deps.today();
  const bound = dueDeadline(state);
  return {
    title: view.productName,
    current: '/dang-tac',
    crumbs: (
      <>
        <a href={withQuery('/dang-tac', { commune: view.communeCode })}>{view.communeName ?? view.communeCode}</a>
        <span class="muted"> / {view.id}</span>
      </>
    ),
    lead: [view.id, KIND_TITLES[view.kind], view.producerName, `chu trình ${view.cycleNumber}`].join(' · '),
    signatures: true,
    body: (
      <>
        <Steps state={state} events={events.toReversed()} lateness={view.lateness} today={today} />
        <div class="grid">
          <div class="c7 stack loose-s">
            <Where view={view} state={state} events={events} names={names} deps={deps} />
            {bound && <Why state={state} deadline={bound} today={today} plans={deps.rules.plans} />}
            {view.certificate && <CertificatePanel view={view} />}
            {supervision && <Supervision {...supervision} />}
            <Papers cycleId={row.id} papers={papers} />
            <Letters state={state} actor={actor} />
            <Nudges {...nudges} />
            <OtherCycles others={others} />
          </div>
          <div class="c5 stack loose-s">
            <Actions call={call} state={state} actor={actor} choices={choices} today={today} wanted={call.query.viec} />
            <Timeline events={events} names={names} />
            {secret && <LookUp id={view.id} secret={secret} publicUrl={deps.publicUrl} />}
          </div>
        </div>
      </>
    ),
  };
}

const dossierPage = page({ path: '/ho-so/{id}', who: EVERYBODY, params: CYCLE_ID, query, show });

const dossierAction = form({
  path: '/ho-so/{id}/{action}',
  who: STAFF,
  params: CYCLE_ID.extend({ action: z.enum(API_ACTIONS as [ApiAction, ...ApiAction[]]) }),
  name: ({ params: { action } }) => action,
  show: async (call) => await show({ ...call, query: {} }),
  async submit({ deps, actor, params: { id: cycleId, action }, fields, key }) {
    const row = await readCycle(deps, actor, cycleId);
    const body = bodyOf(action, fields);
    const documents = await keepDocuments(deps, actor, cycleId, fields.files(FILES));
    await act(deps, { actor, row, action, body: { ...body, documents }, key });
    return { redirect: `/ho-so/${cycleId}`, notice: `Đã ghi nhận: ${lowerFirst(ACTIONS[action].title.vi)}.` };
  },
});

export const DOSSIER_PAGES = [dossierPage, dossierAction, ...FILE_PAGES, ...LETTER_PAGES, ...RECEIPT_PAGES];
