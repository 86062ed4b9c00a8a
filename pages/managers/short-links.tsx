/** Short addresses: made from any list, told on the page one was on. */
import { z } from 'zod';
import { notFound } from '../../api/http/problem';
import { EVERYBODY } from '../../api/http/route';
import { pathOfShortCode, shortCodeOf } from '../../api/managers/short-links';
import { form, page, type Page } from '../page';

/** Pages of this site whose addresses may be shortened. */
const SHORTENED = /^\/(tong-quan|dang-tac|ra-soat|theo-xa|chi-tieu|nhac-viec)(\/[a-z-]+)*(\?[\w=&%.,+~-]*)?$/;
const LONGEST_PATH = 600;

const goes = page({
  path: '/l/{code}',
  who: EVERYBODY,
  params: z.object({ code: z.string().regex(/^[a-z2-9]{6,12}$/) }),
  async show({ deps, params }) {
    const path = await pathOfShortCode(deps, params.code);
    if (path === null) throw notFound({ vi: 'Không có liên kết ngắn này', en: 'There is no such short address' });
    return { redirect: path };
  },
});

const make = form({
  path: '/lien-ket',
  who: EVERYBODY,
  show: async () => ({ redirect: '/' }),
  async submit({ deps, actor, fields }) {
    const path = fields.text('path');
    if (path.length > LONGEST_PATH || !SHORTENED.test(path))
      throw notFound({ vi: 'Trang này không có liên kết ngắn', en: 'No short address for this page' });
    const code = await shortCodeOf(deps, actor, path);
    return { redirect: path, notice: `Liên kết ngắn của danh sách này: ${deps.publicUrl}/l/${code}` };
  },
});

export const SHORT_LINK_PAGES: readonly Page[] = [goes, make];
