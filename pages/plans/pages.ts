/** Plans: read with their sources; the next version by one date that a document moves, or whole from a file. */
import { z } from 'zod';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { EVERYBODY } from '../../api/http/route';
import { localDate } from '../../api/http/schemas';
import { enterPlan, moveWindow } from '../../api/reference/plan-versions';
import { typedDay } from '../formats';
import { form, page } from '../page';
import { list } from './list';
import { show } from './plan';
import { EDITORS, params, PATH, query } from './shared';

const moved = z.object({
  window: z.string(),
  closes: z.object({ date: localDate, operator: z.enum(['before', 'on_or_before']) }),
  quote: z.string().min(1).max(1000),
  reason: z.string().min(1).max(2000),
});

export const PLAN_PAGES = [
  page({ path: PATH, who: EVERYBODY, show: list }),
  form({
    path: PATH,
    who: EDITORS,
    show: list,
    async submit({ deps, actor, fields }) {
      const file = fields.file('file');
      if (!file) throw invalidInput([{ field: 'file', message: { vi: 'chưa chọn tệp', en: 'no file was chosen' } }]);
      const reason = fields.text('reason');
      if (!reason) throw invalidInput([{ field: 'reason', message: { vi: 'cần ghi lý do', en: 'a reason is needed' } }]);
      const { id, version } = await enterPlan(deps, actor, objectIn(file.bytes), reason.slice(0, 2000));
      return { redirect: `${PATH}/${id}`, notice: `Đã nhập phiên bản ${version}.` };
    },
  }),
  page({ path: `${PATH}/{id}`, who: EVERYBODY, params, query, show }),
  form({
    path: `${PATH}/{id}/moc`,
    who: EDITORS,
    params,
    show,
    async submit({ deps, actor, params: { id }, fields }) {
      const closes = { date: typedDay(fields.text('date')), operator: fields.text('operator') };
      const given = { window: fields.text('window'), closes, quote: fields.text('quote'), reason: fields.text('reason') };
      const parsed = moved.safeParse(given, { reportInput: true });
      const short = (field: string): string => field.replace(/^closes\./, '');
      if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues).map((one) => ({ ...one, field: short(one.field) })));
      const { window, reason, ...move } = parsed.data;
      const { version } = await moveWindow(deps, actor, { id, window, reason }, move);
      return {
        redirect: `${PATH}/${id}`,
        notice: `Đã lập phiên bản ${version}. Hồ sơ đang chạy chưa đổi; áp dụng ở “Thay đổi nhiều hồ sơ”.`,
      };
    },
  }),
];

function objectIn(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through to the refusal.
  }
  throw invalidInput([{ field: 'file', message: { vi: 'không phải tệp JSON (UTF-8) của một kế hoạch', en: 'is no JSON file of a plan' } }]);
}
