/** The pages of decisions that end certificates. */
import { ENDERS } from '../../api/endings/input';
import { ENDING_READERS, endCertificates, endingParams } from '../../api/endings/routes';
import { endingDecisionFile, endingDraft } from '../../api/letters/ending-drafts';
import { endingNoticeFile, noticeParams } from '../../api/letters/ending-routes';
import { number } from '../formats';
import { form, page } from '../page';
import { chosenIn, endingIn, start } from './new-ending';
import { one } from './one-ending';
import { preview } from './preview';
import { register, registerQuery } from './register';
import { NEW, PATH, query } from './shared';

const common = { who: ENDERS, query, show: start };

export const ENDING_PAGES = [
  page({ path: PATH, who: ENDING_READERS, query: registerQuery, show: register }),
  page({ ...common, path: NEW }),
  form({ ...common, path: `${NEW}/xem-truoc`, submit: async (call) => await preview(call, call.fields) }),
  form({
    ...common,
    path: `${NEW}/du-thao`,
    async submit({ deps, actor, query: { kind = 'revocation' }, fields }) {
      return await endingDraft(deps, actor, kind, chosenIn(kind, fields), fields.given('reason') ?? null);
    },
  }),
  form({
    ...common,
    path: PATH,
    async submit({ deps, actor, query: { kind = 'revocation' }, fields }) {
      const input = endingIn(kind, fields);
      const { id, counts } = await endCertificates(deps, actor, input, fields.text('mode') === 'good' ? 'good' : 'all');
      const ended = (counts['ended'] ?? 0) + (counts['noted'] ?? 0);
      return { redirect: `${PATH}/${id}`, notice: `Đã ghi Quyết định ${input.decisionNumber}: ${number(ended)} giấy chứng nhận.` };
    },
  }),
  page({ path: `${PATH}/{id}`, who: ENDING_READERS, params: endingParams, show: one }),
  page({
    path: `${PATH}/{id}/du-thao`,
    who: ENDERS,
    params: endingParams,
    show: async ({ deps, actor, params: { id } }) => await endingDecisionFile(deps, actor, id),
  }),
  page({
    path: `${PATH}/{id}/thong-bao/{certificate}`,
    who: ENDERS,
    params: noticeParams,
    show: async ({ deps, actor, params }) => await endingNoticeFile(deps, actor, params),
  }),
];
