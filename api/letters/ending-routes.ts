/** Letters about decisions that end certificates: the decision itself, and the notice to commune and producer. */
import { z } from 'zod';
import { LETTER_WORDINGS, letterOf } from '../../documents/letter-text';
import { letterDocx } from '../../documents/letter';
import type { Actor } from '../../domain/cycle/state';
import { readCycle, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { writtenCodes } from '../endings/candidates';
import { ENDERS, endingInput, MOST_CERTIFICATES } from '../endings/input';
import { endingParams, readEnding } from '../endings/routes';
import { DOCX } from '../http/media-types';
import { invalidInput, notFound } from '../http/problem';
import { type FileReply, route, type Route } from '../http/route';
import { code, documentNumber, text } from '../http/schemas';
import { endingDecisionFile, endingDraft, kindOf } from './ending-drafts';
import { caseOf, factsOf } from './facts';

const TAG = 'Văn bản';
const { kind, ground } = endingInput.shape;

const ofCertificates = route({
  method: 'get',
  path: '/api/ending-decision-drafts',
  tag: TAG,
  summary: { vi: 'Dự thảo quyết định thu hồi giấy chứng nhận (.docx)', en: 'Draft decision that ends certificates (.docx)' },
  description: {
    vi: 'certificates là các mã cách nhau bởi dấu phẩy, có thể kèm căn cứ riêng (MA:MARK_MISUSE); hoặc recognisedBy là số quyết định công nhận. Không ghi căn cứ thì lấy theo kết luận kiểm tra.',
    en: 'certificates are codes separated by commas, each perhaps with a ground of its own (CODE:MARK_MISUSE); or recognisedBy, the recognising decision. Without a ground it is the inspection’s.',
  },
  who: ENDERS,
  query: z.strictObject({
    kind,
    certificates: writtenCodes.optional(),
    recognisedBy: documentNumber.optional(),
    ground,
    reason: text(4000).optional(),
  }),
  answer: { status: 200, files: [DOCX], description: { vi: 'Dự thảo quyết định', en: 'The draft' } },
  async handler({ deps, actor, query: { certificates, reason = null, ...asked } }) {
    const chosen = { ...asked, ...(certificates === undefined ? {} : { certificates: namedIn(certificates) }) };
    return await endingDraft(deps, actor, asked.kind, chosen, reason);
  },
});

const NAMED = z.array(z.object({ code, ground })).min(1).max(MOST_CERTIFICATES);

/** `CODE,CODE:GROUND`. */
function namedIn(written: string): z.output<typeof NAMED> {
  const given = written.split(',').map((one) => {
    const [named = '', own] = one.trim().split(':');
    return { code: named, ...(own === undefined ? {} : { ground: own }) };
  });
  const parsed = NAMED.safeParse(given);
  if (parsed.success) return parsed.data;
  const message = {
    vi: `phải là từ 1 đến ${MOST_CERTIFICATES} mã, ví dụ A1,A2:MARK_MISUSE`,
    en: `must be 1 to ${MOST_CERTIFICATES} codes, as A1,A2:MARK_MISUSE`,
  };
  throw invalidInput([{ field: 'certificates', message }]);
}

const ofRegister = route({
  method: 'get',
  path: '/api/ending-decisions/{id}/draft',
  tag: TAG,
  summary: { vi: 'Văn bản của một quyết định thu hồi trong sổ (.docx)', en: 'The text of such a decision in the register (.docx)' },
  who: ENDERS,
  params: endingParams,
  answer: { status: 200, files: [DOCX], description: { vi: 'Quyết định', en: 'The decision' } },
  handler: async ({ deps, actor, params }) => await endingDecisionFile(deps, actor, params.id),
});

export const noticeParams = endingParams.extend({ certificate: code });

const notice = route({
  method: 'get',
  path: '/api/ending-decisions/{id}/notices/{certificate}',
  tag: TAG,
  summary: {
    vi: 'Thông báo thu hồi gửi xã và chủ thể của một giấy (.docx)',
    en: 'Notice to commune and producer about one certificate (.docx)',
  },
  who: ENDERS,
  params: noticeParams,
  answer: { status: 200, files: [DOCX], description: { vi: 'Thông báo', en: 'The notice' } },
  handler: async ({ deps, actor, params }) => await endingNoticeFile(deps, actor, params),
});

/** The notice about one certificate of a decision in the register, those that had run out included. Throws "not found" for one that it did not end. */
export async function endingNoticeFile(
  deps: ApiDeps,
  actor: Actor,
  { id, certificate }: z.output<typeof noticeParams>,
): Promise<FileReply> {
  const decision = await readEnding(deps, actor, id);
  const item = decision.items.find((one) => one.code === certificate && one.outcome !== 'refused');
  if (!item)
    throw notFound({
      vi: `Quyết định này không kết thúc giấy chứng nhận ${certificate}`,
      en: `The decision ended no certificate ${certificate}`,
    });
  const row = await readCycle(deps, actor, item.cycleId);
  const state = await stateOf(deps, row);
  const ending = {
    kind: item.outcome === 'noted' ? ('noted' as const) : kindOf(decision),
    number: decision.number,
    on: decision.signedOn,
    ground: decision.kind === 'revocation' ? item.ground : null,
    reason: decision.reason,
  };
  const { facts, writers } = factsOf(deps, { ...(await caseOf(deps, row, state)), ending });
  const { province, agency } = writers;
  const wording = LETTER_WORDINGS['ending-notice'];
  const made = letterOf(wording, facts, { committee: province.committee, agency, place: province.place, on: null });
  return { file: { type: DOCX, name: `${wording.title.vi} ${row.product.name}.docx`, bytes: await letterDocx(made) } };
}

export const ENDING_LETTER_ROUTES: Route[] = [ofCertificates, ofRegister, notice];
