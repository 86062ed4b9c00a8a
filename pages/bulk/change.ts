/** Changes of many dossiers, and the decisions on one. */
import { approve, reject, undo } from '../../api/bulk/proposals';
import { invalidInput } from '../../api/http/problem';
import { form, page } from '../page';
import { list } from './list';
import { params, query, show } from './one';
import { WHO } from './shared';
import { PATH } from './words';

/** The reason that a decision needs. */
function reasonIn(text: string): string {
  if (text === '') throw invalidInput([{ field: 'reason', message: { vi: 'cần ghi lý do', en: 'a reason is needed' } }]);
  return text.slice(0, 4000);
}

export const CHANGE_PAGES = [
  page({ path: PATH, who: WHO, show: list }),
  page({ path: `${PATH}/{id}`, who: WHO, params, query, show }),
  form({
    path: `${PATH}/{id}/duyet`,
    who: WHO,
    params,
    show,
    name: () => 'duyet',
    async submit({ deps, actor, params: { id } }) {
      await approve(deps, actor, id);
      return { redirect: `${PATH}/${id}`, notice: 'Đã duyệt. Hệ thống đang thực hiện.' };
    },
  }),
  form({
    path: `${PATH}/{id}/khong-duyet`,
    who: WHO,
    params,
    show,
    name: () => 'khong-duyet',
    async submit({ deps, actor, params: { id }, fields }) {
      await reject(deps, actor, id, reasonIn(fields.text('reason')));
      return { redirect: `${PATH}/${id}`, notice: 'Đề xuất không được thực hiện.' };
    },
  }),
  form({
    path: `${PATH}/{id}/hoan-tac`,
    who: WHO,
    params,
    show,
    name: () => 'hoan-tac',
    async submit({ deps, actor, params: { id }, fields }) {
      await undo(deps, actor, id, reasonIn(fields.text('reason')));
      return { redirect: `${PATH}/${id}`, notice: 'Đang hoàn tác từng hồ sơ.' };
    },
  }),
];
