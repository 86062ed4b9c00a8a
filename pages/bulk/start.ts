/** Starting a change of many dossiers: choose the dossiers and the change, see what it would do, propose it. */
import { propose } from '../../api/bulk/proposals';
import { form, page } from '../page';
import { show } from './choose';
import { proposalIn } from './fields';
import { preview } from './preview';
import { query, START, WHO } from './shared';
import { PATH } from './words';

export const START_PAGES = [
  page({ path: START, who: WHO, query, show }),
  form({ path: `${START}/xem-truoc`, who: WHO, query, show, submit: async (call) => await preview(call, call.fields) }),
  form({
    path: START,
    who: WHO,
    query,
    show,
    async submit(call) {
      const { id } = await propose(call.deps, call.actor, await proposalIn(call, call.fields), call.key);
      return { redirect: `${PATH}/${id}`, notice: 'Đã lập đề xuất. Một người khác duyệt rồi hệ thống mới thực hiện.' };
    },
  }),
];
