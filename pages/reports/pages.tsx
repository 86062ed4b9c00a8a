/** Papers and files to take away: registers, the periodic report, the national table, the formal reminder, and private calendar addresses. */
import { z } from 'zod';
import { createFeed, revokeFeed } from '../../api/calendars/feeds';
import { problemsOfIssues } from '../../api/http/issues';
import { HttpProblem, invalidInput } from '../../api/http/problem';
import { EVERYBODY, type FileReply, STAFF, type UserRole } from '../../api/http/route';
import { provinceCode } from '../../api/http/schemas';
import { periodicReportFile, periodicReportQuestions } from '../../api/registers/periodic-routes';
import { registerQuestions } from '../../api/registers/rows';
import { nationalTableFile } from '../../api/registers/routes';
import { reminderQuestions } from '../../api/reminders/overdue';
import { reminderAnnexFile, reminderLetterFile } from '../../api/reminders/routes';
import { spokenProblem } from '../dossier/action-words';
import { FormFields } from '../form-fields';
import { typedDay } from '../formats';
import { form, page, type PageAnswer, type PageCall, type Refused, type View } from '../page';
import { Panel } from '../parts/panel';
import { Calendars, feedsOf } from './calendars';
import { NationalTable, Periodic, REGISTERS, REGISTER_NAMES, Registers } from './files';
import { Reminder, overdueOf } from './reminder';
import { REVENUE, REVENUE_PAGES, REVENUE_PATH } from './revenue';
import { type Call, FIRST_YEAR, NATIONAL_TABLE, type NewAddress, PATH, REMINDERS, type Typed } from './shared';

async function show(call: Call, made?: NewAddress): Promise<View> {
  const { caller } = call;
  const may = (who: readonly UserRole[]): boolean => who.includes(caller.role);
  return {
    title: 'Báo cáo và tải về',
    lead: 'Các tệp lập từ hồ sơ lúc bấm nút; văn bản là dự thảo, số, ngày và chữ ký để trống.',
    current: PATH,
    body: (
      <div class="grid">
        <div class="c6 stack loose-s">
          <Registers call={call} />
          {may(NATIONAL_TABLE) && <NationalTable call={call} />}
          {may(REVENUE) && (
            <Panel title="Doanh thu sản phẩm trong năm" id="doanh-thu">
              <p>Số do chủ thể báo, để tỉnh lập bảng PTNT_OCOP.</p>
              <a class="btn" href={REVENUE_PATH}>
                Ghi doanh thu
              </a>
            </Panel>
          )}
        </div>
        <div class="c6 stack loose-s">
          <Periodic call={call} />
          {may(STAFF) && <Calendars call={call} feeds={await feedsOf(call)} made={made} />}
        </div>
        {may(REMINDERS) && (
          <div class="c12">
            <Reminder call={call} found={await overdueOf(call)} />
          </div>
        )}
      </div>
    ),
  };
}

/** A file, or the page again with what is wrong beside the fields of the form that asked for it. */
async function fileOrForm(call: PageCall<unknown, Typed>, name: string, file: () => Promise<FileReply>): Promise<PageAnswer> {
  try {
    return await file();
  } catch (error) {
    if (!(error instanceof HttpProblem) || !(error.status === 422 || error.status === 404)) throw error;
    const fields = new FormFields(new Map(Object.entries(call.query).map(([field, value]) => [field, [value]])));
    const message = error.problems.length > 0 ? 'Chưa lập được tệp: hãy sửa chỗ được chỉ ra.' : error.detail.vi;
    const refused: Refused = { form: name, fields, message, problems: error.problems.map(spokenProblem), members: error.members };
    const province = provinceCode.safeParse(call.query['province']).data;
    const view = await show({ ...call, query: { province }, refused });
    return { ...view, status: error.status };
  }
}

/** As the schema wants it; empty fields are not asked, days are read as people type them. Throws the problem of each field that is wrong. */
function checked<Value>(schema: z.ZodType<Value>, typed: Typed): Value {
  const given = Object.entries(typed).flatMap(([name, value]) => {
    if (value.trim() === '') return [];
    return [[name, name === 'from' || name === 'to' ? typedDay(value) : value.trim()]];
  });
  const parsed = schema.safeParse(Object.fromEntries(given), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(problemsOfIssues(parsed.error.issues));
}

export const typed = (...names: string[]): z.ZodType<Typed> =>
  z.object(Object.fromEntries(names.map((name) => [name, z.string().max(200).optional()]))) as unknown as z.ZodType<Typed>;

const registerOf = (name: string | undefined) => REGISTERS[REGISTER_NAMES.find((one) => one === name) ?? 'dang-ky'];
const nationalQuestions = z.object({
  year: z.coerce.number().int().min(FIRST_YEAR).max(2100).optional(),
  province: provinceCode.optional(),
});
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
export const query = z.object({ province: provinceCode.optional() });
const reminderFields = typed('province', 'commune', 'plan');

export const REPORT_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show: async (call) => await show(call) }),
  page({
    path: `${PATH}/so`,
    who: EVERYBODY,
    query: typed('loai', 'plan', 'province', 'commune', 'from', 'to'),
    async show(call) {
      const { loai, ...rest } = call.query;
      const { deps, actor } = call;
      return await fileOrForm(call, 'so', async () => await registerOf(loai).file(deps, actor, checked(z.object(registerQuestions), rest)));
    },
  }),
  page({
    path: `${PATH}/dinh-ky`,
    who: EVERYBODY,
    query: typed('period', 'plan', 'province', 'commune'),
    show: async (call) =>
      await fileOrForm(
        call,
        'dinh-ky',
        async () => await periodicReportFile(call.deps, call.actor, checked(periodicReportQuestions, call.query)),
      ),
  }),
  page({
    path: `${PATH}/ptnt-ocop`,
    who: NATIONAL_TABLE,
    query: typed('year', 'province'),
    show: async (call) =>
      await fileOrForm(
        call,
        'ptnt-ocop',
        async () => await nationalTableFile(call.deps, call.actor, checked(nationalQuestions, call.query)),
      ),
  }),
  page({
    path: `${PATH}/don-doc/cong-van`,
    who: REMINDERS,
    query: reminderFields,
    show: async (call) =>
      await fileOrForm(
        call,
        'don-doc',
        async () => await reminderLetterFile(call.deps, call.actor, checked(reminderQuestions, call.query)),
      ),
  }),
  page({
    path: `${PATH}/don-doc/phu-luc`,
    who: REMINDERS,
    query: reminderFields,
    show: async (call) =>
      await fileOrForm(call, 'don-doc', async () => await reminderAnnexFile(call.deps, call.actor, checked(reminderQuestions, call.query))),
  }),
  form({
    path: `${PATH}/lich`,
    who: STAFF,
    query,
    name: () => 'lich',
    show: async (call) => await show(call),
    async submit(call) {
      const { fields } = call;
      const [name, office] = [fields.given('name'), fields.given('office')];
      const input = { ...(name === undefined ? {} : { name: name.slice(0, 100) }), ...(office === undefined ? {} : { office }) };
      return await show(call, await createFeed(call.deps, call.actor, input, call.key));
    },
  }),
  form({
    path: `${PATH}/lich/{id}/thu-hoi`,
    who: STAFF,
    params,
    query,
    name: () => 'thu-hoi',
    show: async (call) => await show(call),
    async submit({ deps, actor, params: { id } }) {
      await revokeFeed(deps, actor, id);
      return { redirect: PATH, notice: 'Đã thu hồi địa chỉ lịch.' };
    },
  }),
  ...REVENUE_PAGES,
];
