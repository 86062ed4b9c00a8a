/** Lists as files: sent once, looked at with what is wrong beside each cell, then imported; every step has an address that can be loaded again. */
import { invalidInput } from '../../api/http/problem';
import { importUpload, keepUpload, readUpload } from '../../api/imports/uploads';
import { form, page } from '../page';
import { preview } from './preview';
import { result } from './result';
import { params, PATH, WHO } from './shared';
import { kindAsked, start, startQuery } from './start';

export const IMPORT_PAGES = [
  page({ path: PATH, who: WHO, query: startQuery, show: start }),
  form({
    path: PATH,
    who: WHO,
    query: startQuery,
    show: start,
    async submit(call) {
      const kind = kindAsked(call);
      const file = call.fields.file('file');
      if (!file) throw invalidInput([{ field: 'file', message: { vi: 'chưa chọn tệp', en: 'no file was chosen' } }]);
      const id = await keepUpload(call.deps, call.actor, kind, file, call.fields.given('plan'));
      return { redirect: `${PATH}/tep/${id}` };
    },
  }),
  page({ path: `${PATH}/tep/{id}`, who: WHO, params, show: preview }),
  form({
    path: `${PATH}/tep/{id}`,
    who: WHO,
    params,
    show: preview,
    async submit({ deps, actor, params: { id } }) {
      return { redirect: `${PATH}/lan/${await importUpload(deps, actor, await readUpload(deps, actor, id))}` };
    },
  }),
  page({ path: `${PATH}/lan/{id}`, who: WHO, params, show: result }),
];
