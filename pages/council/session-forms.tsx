/** The forms and files of a session. */
import { z } from 'zod';
import { KEEPERS, READERS, SCORERS } from '../../api/council/access';
import { closeInput, closeSession } from '../../api/council/closing';
import { idParams } from '../../api/council/councils';
import { askRescore, dossierParams, excludeDossier, handOverDossiers, handOverInput, removeDossier } from '../../api/council/dossiers';
import { addDossiers } from '../../api/council/listing';
import { answerInterests, answersInput } from '../../api/council/interests';
import { minutesFile } from '../../api/council/minutes';
import { delegateChair, delegationInput, postponeInput, postponeSession } from '../../api/council/sessions';
import { cycleIdSchema } from '../../api/council/shared';
import { enterWorkbook, ownWorkbook } from '../../api/council/workbook';
import { invalidInput } from '../../api/http/problem';
import type { UserRole } from '../../api/http/route';
import { text } from '../../api/http/schemas';
import { number } from '../formats';
import type { FormFields } from '../form-fields';
import { form, type Page, page, type Redirect } from '../page';
import { type SessionCall, showSession } from './session';
import { checked, COUNCILS, given, givenDay, reasonInput, sessionPath, sheetPath } from './words';

type Sent = SessionCall & { fields: FormFields; key: string };

/** A form of the session's page; `submit` answers what is told afterwards, or also where to go on. */
function sessionForm(name: string, who: readonly UserRole[], submit: (call: Sent) => Promise<string | Redirect>): Page {
  return form({
    path: `${COUNCILS}/phien/{id}/${name}`,
    who,
    params: idParams,
    show: showSession,
    name: () => name,
    async submit(call) {
      const done = await submit(call);
      return typeof done === 'string' ? { redirect: sessionPath(call.params.id), notice: done } : done;
    },
  });
}

const CHOOSE = { vi: 'chọn ít nhất một hồ sơ', en: 'choose at least one dossier' };
const CHOOSE_ONE = { vi: 'chọn một hồ sơ', en: 'choose a dossier' };

/** The dossier that was chosen. */
function placeOf({ params, fields }: Sent): z.output<typeof dossierParams> {
  const parsed = dossierParams.safeParse({ id: params.id, cycleId: fields.text('cycleId') });
  if (parsed.success) return parsed.data;
  throw invalidInput([{ field: 'cycleId', message: CHOOSE_ONE }]);
}

const reasonOf = ({ fields }: Sent): string => checked(reasonInput, { reason: fields.text('reason') }).reason;

const add = sessionForm('them', KEEPERS, async ({ deps, actor, params, fields }) => {
  const cycles = z.array(cycleIdSchema).min(1).max(200).safeParse(fields.all('cycles'));
  if (!cycles.success) throw invalidInput([{ field: 'cycles', message: CHOOSE }]);
  await addDossiers(deps, actor, params.id, cycles.data);
  return `Đã đưa ${number(cycles.data.length)} hồ sơ vào phiên.`;
});

const handOver = sessionForm('chuyen', KEEPERS, async ({ deps, actor, params, fields }) => {
  await handOverDossiers(deps, actor, params.id, checked(handOverInput, givenDay(fields, 'on')));
  return 'Đã ghi ngày chuyển hồ sơ.';
});

const rescore = sessionForm('cham-lai', KEEPERS, async (call) => {
  await askRescore(call.deps, call.actor, placeOf(call), checked(text(1000).optional(), call.fields.given('reason')));
  return 'Đã yêu cầu chấm lại; các thành viên nộp phiếu mới.';
});

const exclude = sessionForm('loai', KEEPERS, async (call) => {
  await excludeDossier(call.deps, call.actor, placeOf(call), reasonOf(call));
  return 'Đã ghi kết luận loại hồ sơ.';
});

const remove = sessionForm('dua-ra', KEEPERS, async (call) => {
  await removeDossier(call.deps, call.actor, placeOf(call), reasonOf(call));
  return 'Đã đưa hồ sơ ra khỏi phiên.';
});

const delegate = sessionForm('uy-quyen', KEEPERS, async ({ deps, actor, params, fields }) => {
  const body = checked(delegationInput, { to: fields.text('to'), ...given(fields, 'cycleId', 'documentNumber', 'reason') });
  await delegateChair(deps, actor, params.id, body);
  return 'Đã ghi người được ủy quyền chủ trì.';
});

const postpone = sessionForm('doi-ngay', KEEPERS, async ({ deps, actor, params, fields }) => {
  const body = checked(postponeInput, { heldOn: '', ...givenDay(fields, 'heldOn'), reason: fields.text('reason') });
  await postponeSession(deps, actor, params.id, body);
  return 'Đã đổi ngày.';
});

const close = sessionForm('ket-thuc', KEEPERS, async ({ deps, actor, params, fields }) => {
  const body = checked(closeInput, { ...givenDay(fields, 'on'), ...given(fields, 'minutesNumber') });
  const { notEntered } = await closeSession(deps, actor, params.id, body);
  if (notEntered.length === 0) return 'Phiên đã kết thúc; kết quả đã ghi vào từng hồ sơ.';
  return `Phiên đã kết thúc; ${number(notEntered.length)} hồ sơ không nhận kết quả: ${notEntered.map(({ reason }) => reason.vi).join('; ')}.`;
});

const INTEREST = /^loi-ich-(.+)$/;

const declare = sessionForm('loi-ich', SCORERS, async ({ deps, actor, params, fields }) => {
  const reason = fields.given('reason');
  const answers = fields.names().flatMap((name) => {
    const [, cycleId] = INTEREST.exec(name) ?? [];
    const answer = fields.text(name);
    if (cycleId === undefined || answer === '') return [];
    const interest = answer === 'co';
    return [{ cycleId, interest, ...(interest && reason !== undefined ? { reason } : {}) }];
  });
  const message = { vi: 'chưa chọn câu trả lời nào', en: 'no answer was chosen' };
  if (answers.length === 0) throw invalidInput([{ field: 'answers', message }]);
  await answerInterests(deps, actor, params.id, checked(answersInput, answers));
  const backTo = cycleIdSchema.safeParse(fields.text('ve'));
  const notice = 'Đã ghi trả lời về lợi ích liên quan.';
  return backTo.success ? { redirect: sheetPath(params.id, backTo.data), notice } : notice;
});

const upload = sessionForm('phieu', SCORERS, async ({ deps, actor, params, fields, key }) => {
  const file = fields.file('file');
  if (!file) throw invalidInput([{ field: 'file', message: { vi: 'chọn sổ tính đã chấm', en: 'choose the workbook' } }]);
  const { entered, unchanged, empty } = await enterWorkbook(deps, actor, params.id, { bytes: file.bytes, key });
  return `Đã nộp ${number(entered)} phiếu; ${number(unchanged)} phiếu như cũ, ${number(empty)} trang để trống.`;
});

export const SESSION_PAGES = [
  page({ path: `${COUNCILS}/phien/{id}`, who: READERS, params: idParams, show: showSession }),
  page({
    path: `${COUNCILS}/phien/{id}/bien-ban`,
    who: READERS,
    params: idParams,
    show: async ({ deps, actor, params }) => ({ file: await minutesFile(deps, actor, params.id) }),
  }),
  page({
    path: `${COUNCILS}/phien/{id}/phieu`,
    who: SCORERS,
    params: idParams,
    query: z.object({ bo: z.coerce.number().int().min(1).max(26) }),
    show: async ({ deps, actor, params, query }) => ({ file: await ownWorkbook(deps, actor, params.id, query.bo) }),
  }),
  add,
  handOver,
  rescore,
  exclude,
  remove,
  delegate,
  postpone,
  close,
  declare,
  upload,
];
