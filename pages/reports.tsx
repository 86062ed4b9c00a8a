/** Papers and files to take away: registers, the periodic report, the national table, the formal reminder, and private calendar addresses. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { createFeed, listFeeds, revokeFeed } from '../api/calendars/feeds';
import { problemsOfIssues } from '../api/http/issues';
import { type FieldProblem, HttpProblem, invalidInput } from '../api/http/problem';
import { EVERYBODY, type FileReply, STAFF, type UserRole } from '../api/http/route';
import { provinceCode } from '../api/http/schemas';
import { periodicReportFile, periodicReportQuestions } from '../api/registers/periodic-routes';
import { registerQuestions } from '../api/registers/rows';
import { certificatesFile, nationalTableFile, registrationsFile, resultsFile } from '../api/registers/routes';
import { type OverdueDossier, reminderQuestions } from '../api/reminders/overdue';
import { reminderAnnexFile, reminderFacts, reminderLetterFile } from '../api/reminders/routes';
import type { LocalDate } from '../domain/dates';
import { spoken } from './dossier/action-words';
import { FormFields } from './form-fields';
import { moment, number, typedDay } from './formats';
import { form, page, type PageAnswer, type PageCall, type Refused, type View } from './page';
import { DayField, Field, Form, FormProblem, type Option, SelectField, Submit } from './parts/forms';
import { Note, Panel } from './parts/panel';
import { Count, DataTable, withQuery } from './parts/tables';

const PATH = '/bao-cao';
const REMINDERS: UserRole[] = ['administrator', 'provincial_staff'];
const NATIONAL_TABLE: UserRole[] = ['administrator', 'provincial_staff', 'manager'];
const FIRST_YEAR = 2018;

type Call = PageCall<unknown, { province?: string | undefined }>;
/** Of a form that downloads: what its fields hold, as typed. */
type Typed = Readonly<Record<string, string>>;

interface NewAddress {
  name: string;
  url: string;
}

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

const refusedIn = ({ refused }: Pick<Call, 'refused'>, name: string): Refused | undefined => (refused?.form === name ? refused : undefined);

/** Where it may be asked which part of the country or province. */
function AreaFields({ call, scope, refused }: { call: Call; scope: string; refused: Refused | undefined }): VNode | null {
  const { actor, deps } = call;
  if (actor.communeCode !== null) return null;
  return (
    <div class="two">
      {actor.provinceCode === null && (
        <SelectField
          name="province"
          label="Tỉnh, thành phố"
          scope={scope}
          optional
          none="Cả nước"
          options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
          refused={refused}
        />
      )}
      <Field name="commune" label="Mã xã" scope={scope} optional inputMode="numeric" maxLength={5} refused={refused} />
    </div>
  );
}

const planOptions = ({ deps }: Call): Option[] => deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }));

const REGISTERS = {
  'dang-ky': { title: 'Danh sách đăng ký kèm nhu cầu hỗ trợ', file: registrationsFile },
  'giay-chung-nhan': { title: 'Sổ giấy chứng nhận', file: certificatesFile },
  'ket-qua': { title: 'Bảng kết quả đánh giá, phân hạng', file: resultsFile },
} as const;
type Register = keyof typeof REGISTERS;
const REGISTER_NAMES = Object.keys(REGISTERS) as [Register, ...Register[]];

function Registers({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'so');
  return (
    <Panel title="Sổ và danh sách (Excel)" id="so">
      <form class="form" method="get" action={`${PATH}/so`}>
        <FormProblem refused={refused} known={['loai', 'plan', 'province', 'commune', 'from', 'to']} />
        <SelectField
          name="loai"
          label="Sổ"
          scope="so"
          value="dang-ky"
          options={REGISTER_NAMES.map((value) => ({ value, title: REGISTERS[value].title }))}
          refused={refused}
        />
        <SelectField name="plan" label="Kế hoạch" scope="so" optional none="Mọi kế hoạch" options={planOptions(call)} refused={refused} />
        <AreaFields call={call} scope="so" refused={refused} />
        <div class="two">
          <DayField name="from" label="Từ ngày" scope="so" optional refused={refused} />
          <DayField name="to" label="Đến ngày" scope="so" optional refused={refused} />
        </div>
        <p class="hint">Ngày đăng ký, ngày cấp giấy hoặc ngày có kết quả Hội đồng, tùy sổ.</p>
        <Submit>Tải Excel</Submit>
      </form>
    </Panel>
  );
}

function Periodic({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'dinh-ky');
  return (
    <Panel title="Báo cáo định kỳ (Word)" id="dinh-ky">
      <form class="form" method="get" action={`${PATH}/dinh-ky`}>
        <FormProblem refused={refused} known={['period', 'plan', 'province', 'commune']} />
        <SelectField name="period" label="Kỳ báo cáo" scope="dk" options={periodsUntil(call.deps.today())} refused={refused} />
        <SelectField
          name="plan"
          label="Kế hoạch"
          scope="dk"
          optional
          none="Không kèm chỉ tiêu"
          hint="Có kế hoạch thì kèm chỉ tiêu của kế hoạch; báo cáo theo đợt phải chọn kế hoạch."
          options={planOptions(call)}
          refused={refused}
        />
        <AreaFields call={call} scope="dk" refused={refused} />
        <Submit>Tải dự thảo báo cáo</Submit>
      </form>
    </Panel>
  );
}

const ROMAN = ['I', 'II', 'III', 'IV'];
const MONTHS_OFFERED = 13;

/** The months, quarters and years that a report may be about, the latest first, and a plan's season. */
function periodsUntil(today: LocalDate): Option[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const months = Array.from({ length: MONTHS_OFFERED }, (_, back) => {
    const count = year * 12 + month - 1 - back;
    const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
    return { value: `${y}-${String(m).padStart(2, '0')}`, title: `Tháng ${m} năm ${y}` };
  });
  const quarters = Array.from({ length: 5 }, (_, back) => {
    const count = year * 4 + Math.floor((month - 1) / 3) - back;
    const [y, q] = [Math.floor(count / 4), (count % 4) + 1];
    return { value: `${y}-Q${q}`, title: `Quý ${ROMAN[q - 1] ?? q} năm ${y}` };
  });
  const years = [year, year - 1].map((y) => ({ value: String(y), title: `Năm ${y}` }));
  return [...months, ...quarters, ...years, { value: 'season', title: 'Đợt của kế hoạch' }];
}

function NationalTable({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'ptnt-ocop');
  const year = Number(call.deps.today().slice(0, 4));
  const years = Array.from({ length: year - FIRST_YEAR + 1 }, (_, back) => String(year - back));
  return (
    <Panel
      title="Bảng PTNT_OCOP (CSV)"
      id="ptnt"
      foot="Cột theo Quyết định 5277/QĐ-BNNMT như nguồn thứ cấp ghi lại: hãy đối chiếu trước khi nộp. Cột doanh thu để trống."
    >
      <form class="form" method="get" action={`${PATH}/ptnt-ocop`}>
        <FormProblem refused={refused} known={['year', 'province']} />
        <SelectField name="year" label="Năm" scope="pt" options={years.map((value) => ({ value, title: value }))} refused={refused} />
        {call.actor.provinceCode === null && (
          <SelectField
            name="province"
            label="Tỉnh, thành phố"
            scope="pt"
            optional
            none="Cả nước"
            options={call.deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
            refused={refused}
          />
        )}
        <Submit>Tải CSV</Submit>
      </form>
    </Panel>
  );
}

interface OverdueByCommune {
  code: string;
  name: string;
  commune: number;
  producer: number;
}

interface FoundOverdue {
  communes: readonly OverdueByCommune[];
  total: number;
  elsewhere: number;
}

/** What the letter would say; null while a province has to be chosen first. */
async function overdueOf({ deps, actor, query: { province } }: Call): Promise<FoundOverdue | null> {
  if (actor.provinceCode === null && province === undefined) return null;
  const { facts, overdue } = await reminderFacts(deps, actor, province === undefined ? {} : { province });
  const byCommune = new Map<string, OverdueDossier[]>();
  for (const one of overdue.dossiers) byCommune.set(one.communeCode, [...(byCommune.get(one.communeCode) ?? []), one]);
  const turn = (dossiers: readonly OverdueDossier[], party: string): number =>
    dossiers.filter(({ waitingFor }) => waitingFor === party).length;
  return {
    total: overdue.dossiers.length,
    elsewhere: overdue.elsewhere.reduce((sum, { count }) => sum + count, 0),
    communes: [...byCommune].map(([code, dossiers]) => ({
      code,
      name: facts.communeName(code),
      commune: turn(dossiers, 'commune'),
      producer: turn(dossiers, 'producer'),
    })),
  };
}

function Reminder({ call, found }: { call: Call; found: FoundOverdue | null }): VNode {
  const { province } = call.query;
  const download = (what: string, commune?: string): string => withQuery(`${PATH}/don-doc/${what}`, { province, commune });
  const list = (commune: string, waitingFor: string): string =>
    withQuery('/dang-tac', { commune, lateness: 'overdue', waitingFor, scope: 'open' });
  return (
    <Panel
      title="Công văn đôn đốc hồ sơ quá hạn"
      id="don-doc"
      aside={found ? `${number(found.total)} hồ sơ` : ''}
      bare
      foot="Chỉ nêu hồ sơ đến lượt xã hoặc chờ chủ thể mà xã hướng dẫn; hồ sơ chậm ở nơi khác không đổ cho xã."
    >
      {call.actor.provinceCode === null && (
        <form class="filters no-print" method="get" action={PATH}>
          <SelectField
            name="province"
            label="Tỉnh, thành phố"
            scope="dd"
            none="Chọn tỉnh"
            value={province}
            options={call.deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
          />
          <button class="btn btn--main" type="submit">
            Xem
          </button>
        </form>
      )}
      <FormProblem refused={refusedIn(call, 'don-doc')} />
      {found && found.total === 0 && <p class="panel__b">Không có hồ sơ quá hạn nào đến lượt xã hoặc chờ chủ thể.</p>}
      {found && found.total > 0 && (
        <>
          <DataTable
            caption="Hồ sơ quá hạn theo xã"
            keyOf={(one) => one.code}
            rows={found.communes}
            columns={[
              { title: 'Xã, phường', cell: (one) => one.name },
              {
                title: 'Đến lượt xã',
                numeric: true,
                cell: (one) => <Count value={one.commune} href={list(one.code, 'commune')} label={`hồ sơ đến lượt ${one.name}`} />,
              },
              {
                title: 'Chờ chủ thể',
                numeric: true,
                cell: (one) => <Count value={one.producer} href={list(one.code, 'producer')} label={`hồ sơ chờ chủ thể ở ${one.name}`} />,
              },
              {
                title: 'Công văn riêng',
                cell: (one) => (
                  <a href={download('cong-van', one.code)} aria-label={`Tải Word: công văn riêng cho ${one.name}`}>
                    Tải Word
                  </a>
                ),
              },
            ]}
          />
          <div class="panel__b form__a no-print">
            <a class="btn btn--main" href={download('cong-van')}>
              Tải công văn (.docx)
            </a>
            <a class="btn" href={download('phu-luc')}>
              Tải phụ lục (.xlsx)
            </a>
            {found.elsewhere > 0 && (
              <span class="hint">{number(found.elsewhere)} hồ sơ quá hạn đang ở nơi khác không nêu trong công văn.</span>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}

interface FeedLine {
  id: string;
  name: string;
  office: string;
  createdAt: string;
}

/** The addresses in use. */
async function feedsOf({ deps, actor }: Call): Promise<FeedLine[]> {
  const feeds = await listFeeds(deps, actor);
  const used = feeds.filter(({ revokedAt }) => revokedAt === null);
  const offices = await deps.db.office.findMany({ where: { code: { in: used.map(({ office }) => office) } } });
  return used.map(({ id, name, office, createdAt }) => ({
    id,
    name,
    office: offices.find(({ code }) => code === office)?.name ?? office,
    createdAt,
  }));
}

function Calendars({ call, feeds, made }: { call: Call; feeds: readonly FeedLine[]; made: NewAddress | undefined }): VNode {
  const refused = refusedIn(call, 'lich');
  return (
    <Panel title="Lịch các hạn của đơn vị" id="lich" aside={`${number(feeds.length)} địa chỉ`}>
      <div class="stack">
        {made && (
          <Note look="soon" alert>
            <p>
              <b>{made.name}</b>: <code class="secret">{made.url}</code>
            </p>
            <p>Chỉ hiện một lần: hãy chép ngay vào chương trình lịch. Ai có địa chỉ này đều đọc được lịch.</p>
          </Note>
        )}
        {feeds.length > 0 && (
          <ul class="plain">
            {feeds.map(({ id, name, office, createdAt }) => (
              <li key={id}>
                {name}
                <small class="sub">
                  {office}, tạo lúc {moment(Date.parse(createdAt))}
                </small>
                <Form call={call} action={`${PATH}/lich/${id}/thu-hoi`} class="inline">
                  <button class="link" type="submit" aria-label={`Thu hồi địa chỉ ${name}`}>
                    Thu hồi
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        )}
        <Form call={call} action={`${PATH}/lich`}>
          <FormProblem refused={refused} known={['name', 'office']} />
          <Field
            name="name"
            label="Tên lịch"
            scope="lich"
            optional
            maxLength={100}
            hint="Địa chỉ để chương trình lịch tự đọc các hạn; thu hồi được bất cứ lúc nào."
            refused={refused}
          />
          {call.actor.role === 'administrator' && (
            <Field name="office" label="Mã đơn vị" scope="lich" maxLength={5} inputMode="numeric" refused={refused} />
          )}
          <Submit main={false}>Tạo địa chỉ lịch</Submit>
        </Form>
      </div>
    </Panel>
  );
}

/** A file, or the page again with what is wrong beside the fields of the form that asked for it. */
async function fileOrForm(call: PageCall<unknown, Typed>, name: string, file: () => Promise<FileReply>): Promise<PageAnswer> {
  try {
    return await file();
  } catch (error) {
    if (!(error instanceof HttpProblem) || !(error.status === 422 || error.status === 404)) throw error;
    const fields = new FormFields(new Map(Object.entries(call.query).map(([field, value]) => [field, [value]])));
    const message = error.problems.length > 0 ? 'Chưa lập được tệp: hãy sửa chỗ được chỉ ra.' : error.detail.vi;
    const refused: Refused = { form: name, fields, message, problems: inWords(error.problems), members: error.members };
    const province = provinceCode.safeParse(call.query['province']).data;
    const view = await show({ ...call, query: { province }, refused });
    return { ...view, status: error.status };
  }
}

const inWords = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map(({ field, message }) => ({ field, message: { ...message, vi: spoken(message.vi) } }));

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

const typed = (...names: string[]): z.ZodType<Typed> =>
  z.object(Object.fromEntries(names.map((name) => [name, z.string().max(200).optional()]))) as unknown as z.ZodType<Typed>;

const registerOf = (name: string | undefined) => REGISTERS[REGISTER_NAMES.find((one) => one === name) ?? 'dang-ky'];
const nationalQuestions = z.object({
  year: z.coerce.number().int().min(FIRST_YEAR).max(2100).optional(),
  province: provinceCode.optional(),
});
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const query = z.object({ province: provinceCode.optional() });
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
      return await show(call, await createFeed(call.deps, call.actor, input));
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
];
