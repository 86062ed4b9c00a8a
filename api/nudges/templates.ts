/** Wording of the digest: read it, see how a change would look, change it, go back to what ships. */
import { z } from 'zod';
import { addDays } from '../../domain/dates';
import { digestOf, type Dossier } from '../../domain/nudges/lines';
import { digestMail } from '../../domain/nudges/mail/digest-mail';
import type { DigestTemplate } from '../../domain/nudges/mail/template';
import { addWorkingDays } from '../../domain/working-days';
import { DIGEST_TEMPLATE, digestTemplateSchema, shippedDigestTemplate } from '../../plans/mail-templates';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';

const TAG = 'Mẫu thư';
const PATH = '/api/mail-templates/digest';
const templateView = z.object({ changed: z.boolean(), template: digestTemplateSchema });

const read = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Lời của thư tổng hợp', en: 'Wording of the digest' },
  who: ['administrator', 'provincial_staff'],
  answer: { status: 200, schema: templateView, description: { vi: 'Lời đang dùng', en: 'The wording in use' } },
  handler: async ({ deps }) => ({ body: await wordingNow(deps) }),
});

const change = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Sửa lời của thư tổng hợp', en: 'Change the wording of the digest' },
  who: ['administrator'],
  body: digestTemplateSchema,
  answer: { status: 200, schema: templateView, description: { vi: 'Lời đang dùng', en: 'The wording in use' } },
  async handler({ deps, actor, body }) {
    const content = { vi: { ...body.vi }, en: { ...body.en } };
    const changed = { content, changedBy: actor.id, changedAt: new Date(deps.clock.now()) };
    await deps.db.mailTemplate.upsert({ where: { id: DIGEST_TEMPLATE }, create: { id: DIGEST_TEMPLATE, ...changed }, update: changed });
    return { body: await wordingNow(deps) };
  },
});

const reset = route({
  method: 'delete',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Trở lại lời mặc định', en: 'Go back to the shipped wording' },
  who: ['administrator'],
  answer: { status: 204, description: { vi: 'Đã trở lại', en: 'Done' } },
  async handler({ deps }) {
    await deps.db.mailTemplate.deleteMany({ where: { id: DIGEST_TEMPLATE } });
    return {};
  },
});

const tryOut = route({
  method: 'post',
  path: `${PATH}/preview`,
  tag: TAG,
  summary: { vi: 'Xem trước thư với dữ liệu ví dụ', en: 'See the mail with made-up data' },
  description: { vi: 'Không lưu và không gửi gì.', en: 'Nothing is kept and nothing is sent.' },
  who: ['administrator'],
  body: digestTemplateSchema,
  answer: {
    status: 200,
    schema: z.object({ vi: mailSchema(), en: mailSchema() }),
    description: { vi: 'Thư bằng hai ngôn ngữ', en: 'The mail in both languages' },
  },
  handler: async ({ deps, body }) => ({ body: { vi: exampleMail(deps, body, 'vi'), en: exampleMail(deps, body, 'en') } }),
});

function mailSchema() {
  return z.object({ subject: z.string(), text: z.string(), html: z.string() });
}

async function wordingNow({ db }: ApiDeps): Promise<z.output<typeof templateView>> {
  const row = await db.mailTemplate.findUnique({ where: { id: DIGEST_TEMPLATE } });
  const own = digestTemplateSchema.safeParse(row?.content);
  return own.success ? { changed: true, template: own.data } : { changed: false, template: shippedDigestTemplate() };
}

/** One dossier in each bucket, so that every part of the mail is seen. */
function exampleMail({ calendar, today }: ApiDeps, template: DigestTemplate, language: 'vi' | 'en') {
  const day = today();
  const entered = addDays(day, -20);
  const dossier = (number: number, product: string, lastSafeOn: string | null, more: Partial<Dossier> = {}): Dossier => ({
    cycleId: `00-00000-00${number}-${day.slice(0, 4)}.1`,
    product,
    producer: 'HTX Ví dụ',
    commune: 'Xã Ví dụ',
    step: 'commune_review',
    waitingFor: 'commune',
    lastSafeOn,
    stepEnteredOn: entered,
    ownTurn: true,
    unassigned: false,
    ...more,
  });
  const inWorkingDays = (days: number): string => addWorkingDays(calendar, day, days);
  const dossiers = [
    dossier(1, 'Mật ong ví dụ', inWorkingDays(-2)),
    dossier(2, 'Chè ví dụ', inWorkingDays(2), { unassigned: true }),
    dossier(3, 'Gạo ví dụ', inWorkingDays(9)),
    dossier(4, 'Miến ví dụ', inWorkingDays(20), { ownTurn: false, waitingFor: 'producer', step: 'awaiting_dossier' }),
  ];
  const reader = { office: 'UBND xã Ví dụ', province: 'tỉnh Ví dụ', contact: 'Cơ quan OCOP tỉnh Ví dụ', manyCommunes: false };
  return digestMail({ template, digest: digestOf(day, dossiers, [], calendar), reader, language, publicUrl: 'https://ocop.example.vn' });
}

export const TEMPLATE_ROUTES: Route[] = [read, change, reset, tryOut];
