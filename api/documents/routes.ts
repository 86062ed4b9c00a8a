/** Files of a dossier: sent first, named in an action after, read by whoever may see the dossier. */
import { z } from 'zod';
import { readCycle } from '../cycles/read';
import { attachmentView } from '../cycles/representation';
import { CYCLE_ID } from '../cycles/routes';
import { EVERYBODY, route, type Route, STAFF } from '../http/route';
import { localDate, sha256 } from '../http/schemas';
import { ACCEPTED } from './accept';
import { documentFile, documentsOf, keepDocument } from './keep';

const TAG = 'Tệp của hồ sơ';
const PATH = '/api/cycles/{id}/documents';
const MEDIA_TYPES = Object.values(ACCEPTED).map(({ mediaType }) => mediaType);

const documentView = attachmentView
  .extend({
    name: z.string(),
    mediaType: z.string(),
    /** Every event that brought it. */
    broughtBy: z.array(z.object({ sequence: z.int(), name: z.string(), on: localDate })),
  })
  .meta({ id: 'Document' });

const upload = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Gửi một tệp cho hồ sơ', en: 'Send a file for a dossier' },
  description: {
    vi: 'Nội dung yêu cầu là chính tệp, tối đa 10 MB. Tệp được giữ theo mã SHA-256 và chỉ thuộc hồ sơ khi một thao tác nêu mã đó trong `documents`; tệp không được nêu bị xóa sau 30 ngày. Gửi lại cùng tệp không tạo bản thứ hai.',
    en: 'The body is the file itself, 10 MB at most. It is kept by its SHA-256 and belongs to the dossier once an action names that sum in `documents`; one that is not named goes after 30 days. Sending it again makes no second one.',
  },
  who: STAFF,
  params: CYCLE_ID,
  query: z.object({
    name: z.string().min(1).max(300).meta({ description: 'Tên tệp có đuôi, như bao-cao.pdf / The name with its ending' }),
  }),
  uploads: [...MEDIA_TYPES, 'application/octet-stream'],
  answer: { status: 201, schema: attachmentView, description: { vi: 'Tệp đã giữ', en: 'The file is kept' } },
  async handler({ deps, actor, params, query, upload: { bytes } }) {
    const { id } = await readCycle(deps, actor, params.id);
    return { body: await keepDocument(deps, actor, id, { name: query.name, bytes }) };
  },
});

const list = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Các tệp của hồ sơ', en: 'Files of a dossier' },
  who: EVERYBODY,
  params: CYCLE_ID,
  answer: { status: 200, schema: z.object({ items: z.array(documentView) }), description: { vi: 'Các tệp', en: 'The files' } },
  async handler({ deps, actor, params }) {
    const { id } = await readCycle(deps, actor, params.id);
    return { body: { items: await documentsOf(deps, id) } };
  },
});

const download = route({
  method: 'get',
  path: `${PATH}/{sha256}`,
  tag: TAG,
  summary: { vi: 'Tải một tệp của hồ sơ', en: 'Download a file of a dossier' },
  who: EVERYBODY,
  params: CYCLE_ID.extend({ sha256 }),
  answer: { status: 200, files: MEDIA_TYPES, description: { vi: 'Tệp', en: 'The file' } },
  async handler({ deps, actor, params }) {
    const { id } = await readCycle(deps, actor, params.id);
    return { file: await documentFile(deps, id, params.sha256), headers: { 'cache-control': 'no-store' } };
  },
});

export const DOCUMENT_ROUTES: Route[] = [upload, list, download];
