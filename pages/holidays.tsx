/** Days off and days worked instead: the year's table with its sources; administrators enter further ones. */
import { z } from 'zod';
import {
  enterHoliday,
  HOLIDAY_KINDS,
  HOLIDAY_TITLES,
  type HolidayView,
  holidayInput,
  holidaysOf,
  removeHoliday,
} from '../api/reference/holidays';
import { problemsOfIssues } from '../api/http/issues';
import { EVERYBODY } from '../api/http/route';
import { invalidInput } from '../api/http/problem';
import { localDate } from '../api/http/schemas';
import { isoWeekday } from '../domain/dates';
import { day, number, typedDay, weekday } from './formats';
import { form, page, type PageCall, type View } from './page';
import { DayField, Field, Form, FormProblem, SelectField, Submit } from './parts/forms';
import { Chip } from './parts/lateness';
import { Note, Panel } from './parts/panel';
import { DataTable, withQuery } from './parts/tables';

const PATH = '/ngay-nghi';
const ADMINISTRATORS = ['administrator'] as const;
const query = z.object({
  nam: z
    .string()
    .regex(/^(19|20)\d\d$/)
    .optional(),
});
type Call = PageCall<unknown, z.output<typeof query>>;

async function show(call: Call): Promise<View> {
  const { deps, actor, refused } = call;
  const year = Number(call.query.nam ?? deps.today().slice(0, 4));
  const days = await holidaysOf(deps, year);
  const off = days.filter(({ kind, date }) => kind !== 'working' && isoWeekday(date) <= 5).length;
  const edits = actor.role === 'administrator';
  const announced = Number(deps.calendar.announcedTo.slice(0, 4));
  return {
    title: `Ngày nghỉ năm ${year}`,
    lead: `${number(off)} ngày nghỉ rơi vào ngày làm việc; thư nhắc không gửi vào các ngày này, và không ngày nào tính là ngày làm việc.`,
    tools: (
      <>
        <a class="btn" href={withQuery(PATH, { nam: year - 1 })}>
          {year - 1}
        </a>
        <a class="btn" href={withQuery(PATH, { nam: year + 1 })}>
          {year + 1}
        </a>
      </>
    ),
    body: (
      <div class="stack">
        {year > announced && (
          <Note look="soon">Nhà nước chưa thông báo lịch nghỉ năm {year}; các ngày dưới đây theo luật và âm lịch, có thể thay đổi.</Note>
        )}
        <div class="grid">
          <Panel title="Trong năm" id="bang" class={edits ? 'c8' : 'c12'} bare>
            {days.length === 0 ? (
              <div class="panel__b">
                <p class="muted">Chưa có ngày nào của năm {year}.</p>
              </div>
            ) : (
              <DataTable
                caption={`Ngày nghỉ và làm bù năm ${year}`}
                keyOf={(one) => one.date}
                rows={days}
                columns={[
                  {
                    title: 'Ngày',
                    cell: (one) => (
                      <>
                        <b class="nw">{day(one.date)}</b>
                        <small class="sub">{weekday(one.date)}</small>
                      </>
                    ),
                  },
                  { title: 'Loại', cell: (one) => <Chip look={one.kind === 'working' ? 'none' : 'plain'}>{one.kindTitle.vi}</Chip> },
                  { title: 'Tên', cell: (one) => one.name },
                  { title: 'Căn cứ', cell: (one) => <span class="small">{one.source}</span> },
                  ...(edits
                    ? [
                        {
                          title: 'Nhập tại đây',
                          cell: (one: HolidayView) =>
                            one.entered ? (
                              <Form call={call} action={`${PATH}/${one.date}/bo`} class="inline">
                                <button class="link" type="submit" aria-label={`Bỏ ngày ${day(one.date)}`}>
                                  Bỏ
                                </button>
                              </Form>
                            ) : (
                              <span class="muted">–</span>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
            )}
          </Panel>
          {edits && (
            <Panel title="Nhập một ngày" id="nhap" class="c4 no-print">
              <Form call={call} action={withQuery(PATH, { nam: year })}>
                <FormProblem refused={refused} known={['date', 'kind', 'name', 'source']} />
                <DayField name="date" label="Ngày" refused={refused} />
                <SelectField
                  name="kind"
                  label="Loại"
                  options={HOLIDAY_KINDS.map((kind) => ({ value: kind, title: HOLIDAY_TITLES[kind].vi }))}
                  value="holiday"
                  refused={refused}
                />
                <Field name="name" label="Tên" hint="Ví dụ: Nghỉ bù Quốc khánh" refused={refused} maxLength={200} />
                <Field name="source" label="Căn cứ" hint="Số, ngày của thông báo" refused={refused} maxLength={500} />
                <Submit>Nhập</Submit>
              </Form>
              <p class="small muted gap-s">
                Thư nhắc và hồ sơ mới tính theo ngay. Hồ sơ đang chạy giữ lịch cũ đến khi{' '}
                <a href={withQuery('/thay-doi/moi', { viec: 'ke-hoach-moi' })}>áp dụng lịch mới</a>.
              </p>
            </Panel>
          )}
        </div>
      </div>
    ),
  };
}

const params = z.object({ date: localDate });

export const HOLIDAY_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show }),
  form({
    path: PATH,
    who: ADMINISTRATORS,
    query,
    show,
    async submit({ deps, actor, fields }) {
      const given = {
        date: typedDay(fields.text('date')),
        kind: fields.text('kind'),
        name: fields.text('name'),
        source: fields.text('source'),
      };
      const parsed = holidayInput.safeParse(given, { reportInput: true });
      if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues));
      const { date } = await enterHoliday(deps, actor, parsed.data);
      return { redirect: withQuery(PATH, { nam: date.slice(0, 4) }), notice: `Đã nhập ngày ${day(date)}.` };
    },
  }),
  form({
    path: `${PATH}/{date}/bo`,
    who: ADMINISTRATORS,
    params,
    show: async (call) => await show({ ...call, params: {}, query: { nam: call.params.date.slice(0, 4) } }),
    async submit({ deps, params: { date } }) {
      await removeHoliday(deps, date);
      return { redirect: withQuery(PATH, { nam: date.slice(0, 4) }), notice: `Đã bỏ ngày ${day(date)}.` };
    },
  }),
];
