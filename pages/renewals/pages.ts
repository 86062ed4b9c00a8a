/** Re-evaluations prepared at T-200: the commune asks the producer, then starts the later cycle or records that the producer does not go on. */
import { z } from 'zod';
import { act } from '../../api/cycles/actions';
import { readCycle } from '../../api/cycles/read';
import { HttpProblem } from '../../api/http/problem';
import { EVERYBODY } from '../../api/http/route';
import { code } from '../../api/http/schemas';
import { confirmRenewal, RENEWAL_KINDS } from '../../api/renewals/routes';
import { bodyOf } from '../dossier/action-fields';
import { form, page, type Redirect } from '../page';
import { withQuery } from '../parts/tables';
import { show } from './list';
import { asked, CONFIRM, CONFIRMERS, DECLINE, formOf, PATH, query } from './shared';

const params = z.object({ id: code });

/** The later cycle is there already: the same form sent twice, or somebody was quicker. */
function alreadyStarted(error: unknown): Redirect {
  const cycleId = error instanceof HttpProblem && error.kind === 'already-exists' ? error.members['cycleId'] : undefined;
  if (typeof cycleId !== 'string') throw error;
  return { redirect: `/ho-so/${cycleId}`, notice: 'Chu trình mới đã được bắt đầu từ trước.' };
}

export const RENEWAL_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show }),
  form({
    path: `${PATH}/{id}/${CONFIRM}`,
    who: CONFIRMERS,
    params,
    query,
    name: ({ params: { id } }) => formOf(CONFIRM, id),
    show: async (call) => await show(call),
    async submit({ deps, actor, params: { id }, fields }) {
      const kind = z.enum(RENEWAL_KINDS).safeParse(fields.text('kind')).data;
      try {
        const started = await confirmRenewal(deps, actor, id, kind === undefined ? {} : { kind });
        return { redirect: `/ho-so/${started}`, notice: 'Đã bắt đầu chu trình mới của sản phẩm.' };
      } catch (error) {
        return alreadyStarted(error);
      }
    },
  }),
  form({
    path: `${PATH}/{id}/${DECLINE}`,
    who: CONFIRMERS,
    params,
    query,
    name: ({ params: { id } }) => formOf(DECLINE, id),
    show: async (call) => await show(call),
    async submit(call) {
      const { deps, actor, fields, key } = call;
      const row = await readCycle(deps, actor, call.params.id);
      await act(deps, { actor, row, action: 'decline-renewal', body: bodyOf('decline-renewal', fields), key });
      return { redirect: withQuery(PATH, asked(call.query)), notice: `Đã ghi nhận: chủ thể không tiếp tục với ${row.product.name}.` };
    },
  }),
];
