/** The pages of the register of decisions. */
import { enterDecision } from '../../api/decisions/enter';
import { foresee } from '../../api/decisions/foresee';
import { issueCertificates } from '../../api/decisions/issue';
import { certificatesPdfFile, decisionParams } from '../../api/decisions/routes';
import { EVERYBODY } from '../../api/http/route';
import { decisionFile } from '../../api/letters/routes';
import { number } from '../formats';
import { form, page } from '../page';
import { PATH, NEW, PROVINCE, query, onceMore } from './shared';
import { start, decisionIn, inForm, previewDecision } from './new-decision';
import { type OneCall, one, toIssue, previewIssue } from './one-decision';
import { register } from './register';

const common = { who: PROVINCE, query };
const ofOne = { who: PROVINCE, params: decisionParams, name: () => 'cap', show: async (call: OneCall) => await one(call) };

export const DECISION_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show: register }),
  page({ ...common, path: NEW, show: start }),
  form({
    ...common,
    path: `${NEW}/xem-truoc`,
    show: start,
    submit: async (call) => await previewDecision(call, call.fields),
  }),
  form({
    ...common,
    path: PATH,
    show: start,
    async submit({ deps, actor, query: { kind = 'recognition' }, fields }) {
      const input = decisionIn(kind, fields);
      const { id, refused } = await inForm(
        fields.all('cycle'),
        async () => await enterDecision(deps, actor, input, await foresee(deps, actor, input)),
      );
      return { redirect: `${PATH}/${id}`, notice: `Đã ghi Quyết định ${input.number} vào sổ.${onceMore(refused.size)}` };
    },
  }),
  page({ path: `${PATH}/{id}`, who: EVERYBODY, params: decisionParams, show: one }),
  page({
    path: `${PATH}/{id}/du-thao`,
    who: PROVINCE,
    params: decisionParams,
    show: async ({ deps, actor, params: { id } }) => await decisionFile(deps, actor, id),
  }),
  page({
    path: `${PATH}/{id}/giay-chung-nhan`,
    who: PROVINCE,
    params: decisionParams,
    show: async ({ deps, actor, params: { id } }) => await certificatesPdfFile(deps, actor, id),
  }),
  form({ ...ofOne, path: `${PATH}/{id}/cap/xem-truoc`, submit: async (call) => await previewIssue(call, call.fields) }),
  form({
    ...ofOne,
    path: `${PATH}/{id}/cap`,
    async submit(call) {
      const { decision, input, list } = await toIssue(call, call.fields);
      const refused = await issueCertificates(call.deps, call.actor, { decision, input, list });
      const issued = list.filter(({ done }) => !done).length - refused.size;
      return { redirect: `${PATH}/${decision.id}`, notice: `Đã cấp ${number(issued)} giấy chứng nhận.${onceMore(refused.size)}` };
    },
  }),
];
