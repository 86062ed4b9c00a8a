/** What the form of a rehearsal asks for, or what is wrong beside each of its fields. */
import type { ApiDeps } from '../../api/deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../../api/http/problem';
import { ownLists } from '../../api/rehearsals/own-lists';
import { LISTS, type ListFile, type ListName, type RehearsalDesk, type Run, type Wanted } from '../../api/rehearsals/desk';
import { MOST_ROWS, rowsOf, whyNoRow } from '../../api/rehearsals/read-list';
import type { Actor } from '../../domain/cycle/state';
import { addMonths, isLocalDate, type LocalDate } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import { firstDayOf, WINDOW_STAGES, type WindowName } from '../../rehearsal/rules';
import type { FormFields } from '../form-fields';
import { day, fileSize, number, typedDay } from '../formats';

/** Which lists are rehearsed. */
export const SOURCES = ['shipped', 'own', 'files', 'again'] as const;
type Source = (typeof SOURCES)[number];

const LARGEST_FILE = 5 * 1024 * 1024;
const EARLIEST = '2019-01-01';
const LATEST = '2045-12-31';
const MOST_MONTHS = 72;
const SEED = /^[a-z0-9]{1,20}$/i;
/** The shipped list is of Lâm Đồng. */
const SHIPPED_PROVINCE = '68';

/** What the tour rehearses: the real list that ships, under the decision in force. */
export const TOUR = { plan: 'qd-26-2026', behaviour: 'punctual', seed: '1' } as const;

interface Asking {
  deps: ApiDeps;
  actor: Actor;
  desk: RehearsalDesk;
  fields: FormFields;
  /** Earlier ones that this person may see and that have a report. */
  earlier: readonly Run[];
}

/** The tour, with nothing to fill in. */
export async function tourWanted(deps: ApiDeps, desk: RehearsalDesk): Promise<Wanted> {
  const plan = deps.rules.plans.find(({ id }) => id === TOUR.plan);
  if (!plan) throw new Error(`the plan ${TOUR.plan} is missing`);
  const nothing = { province: undefined, from: undefined, until: undefined, compareWith: undefined };
  const lists = { registrations: await desk.shippedList() };
  return { ...TOUR, ...nothing, plan, calendar: deps.rules.calendar, lists, place: false, changes: [] };
}

/**
 * Reads the form.
 * @throws HttpProblem with every field that is wrong
 */
export async function wantedIn(asking: Asking): Promise<Wanted> {
  const { deps, actor, desk, fields, earlier } = asking;
  const problems: FieldProblem[] = [];
  const wrong = (field: string, vi: string, en: string): void => void problems.push({ field, message: { vi, en } });

  const plan = deps.rules.plans.find(({ id }) => id === fields.text('plan'));
  if (!plan) wrong('plan', 'chọn một kế hoạch trong danh sách', 'choose a plan of the list');
  const behaviour = desk.behaviours.find(({ id }) => id === fields.text('behaviour'));
  if (!behaviour) wrong('behaviour', 'chọn một kiểu ứng xử', 'choose a behaviour');
  const seed = fields.text('seed');
  if (!SEED.test(seed)) wrong('seed', 'từ 1 đến 20 chữ cái không dấu hoặc chữ số', '1 to 20 letters or digits');
  const from = dayIn(fields, 'from', problems);
  const until = dayIn(fields, 'until', problems);
  if (plan && until !== undefined) checkSpan(from ?? firstDayOf(plan, deps.rules), until, problems);
  const compare = fields.given('compare');
  const compared = earlier.find(({ id }) => id === compare);
  if (compare !== undefined && !compared)
    wrong('compare', 'lần này không còn hoặc không có báo cáo', 'that rehearsal is gone or has no report');
  const changes = plan ? changesIn(fields, plan, problems) : [];
  const source = SOURCES.find((one) => one === fields.text('list'));
  const lists = source ? await listsIn(asking, source, compared, problems) : {};
  if (!source) wrong('list', 'chọn danh sách nào được diễn tập', 'choose which lists are rehearsed');

  const place = fields.text('place') !== '';
  if (plan && source === 'files' && !place) problems.push(...unusable(deps, lists, plan, plan.issuer.provinceCode ?? actor.provinceCode));
  if (!plan || !behaviour || problems.length > 0) throw invalidInput(problems);
  const ofPlan = plan.issuer.provinceCode;
  const isElsewhere = source === 'shipped' && ofPlan !== null && ofPlan !== SHIPPED_PROVINCE;
  return {
    plan,
    calendar: deps.rules.calendar,
    lists,
    place: isElsewhere || (place && ofPlan !== null),
    province: source === 'again' ? compared?.asked.province : source === 'files' ? (actor.provinceCode ?? undefined) : undefined,
    from,
    until,
    behaviour: behaviour.id,
    seed,
    changes,
    compareWith: compared?.id,
  };
}

function dayIn(fields: FormFields, name: string, problems: FieldProblem[]): LocalDate | undefined {
  if (fields.given(name) === undefined) return undefined;
  const written = typedDay(fields.text(name));
  if (isLocalDate(written) && written >= EARLIEST && written <= LATEST) return written;
  const message = isLocalDate(written)
    ? { vi: `từ ${day(EARLIEST)} đến ${day(LATEST)}`, en: `from ${EARLIEST} to ${LATEST}` }
    : { vi: 'phải là một ngày có thật, dạng ngày/tháng/năm', en: 'must be a real date' };
  problems.push({ field: name, message });
  return undefined;
}

function checkSpan(first: LocalDate, until: LocalDate, problems: FieldProblem[]): void {
  const latest = addMonths(first, MOST_MONTHS);
  if (until >= first && until <= latest) return;
  problems.push({
    field: 'until',
    message: { vi: `từ ngày bắt đầu ${day(first)} đến ${day(latest)}`, en: `from ${first} to ${latest}` },
  });
}

/** The date that is tried: of the plan's windows of that stage, or as a window that the plan does not have. */
function changesIn(fields: FormFields, plan: Plan, problems: FieldProblem[]): Wanted['changes'] {
  const name = fields.given('window');
  const date = dayIn(fields, 'date', problems);
  if (name === undefined && fields.given('date') === undefined) return [];
  const isKnown = (one: string): one is WindowName => one in WINDOW_STAGES;
  if (name === undefined || !isKnown(name))
    problems.push({ field: 'window', message: { vi: 'chọn mốc nào được đổi', en: 'choose the window to move' } });
  else if (fields.given('date') === undefined)
    problems.push({ field: 'date', message: { vi: 'ghi ngày thử cho mốc này', en: 'write the date to try' } });
  if (name === undefined || !isKnown(name) || date === undefined) return [];
  const own = plan.windows.filter(({ stage }) => stage === WINDOW_STAGES[name]).map(({ id }) => id);
  return (own.length > 0 ? own : [name]).map((window) => ({ window, date }));
}

const LIST_WORDS: Record<ListName, string> = {
  registrations: 'danh sách đăng ký',
  certificates: 'danh sách giấy chứng nhận',
  contacts: 'danh bạ',
};

async function listsIn(asking: Asking, source: Source, compared: Run | undefined, problems: FieldProblem[]): Promise<Wanted['lists']> {
  const { deps, actor, desk, fields } = asking;
  const wrong = (field: string, vi: string, en: string): void => void problems.push({ field, message: { vi, en } });
  const sent = sentLists(fields, problems);
  const isSent = sent.registrations !== undefined || sent.certificates !== undefined;
  if (source !== 'files' && isSent) wrong('list', 'có tệp được gửi: hãy chọn “Tệp của tôi”', 'files were sent: choose “my files”');
  const contacts = sent.contacts ? { contacts: sent.contacts } : {};
  switch (source) {
    case 'shipped':
      return { registrations: await desk.shippedList(), ...contacts };
    case 'files':
      if (!isSent && !problems.some(({ field }) => field === 'registrations' || field === 'certificates'))
        wrong('registrations', 'cần danh sách đăng ký hoặc giấy chứng nhận', 'registrations or certificates are needed');
      return sent;
    case 'own': {
      const own = await ownLists(deps, actor);
      const rows = own.rows;
      if (rows === 0) wrong('list', 'phần mềm chưa có hồ sơ hay giấy chứng nhận nào của đơn vị', 'there is no dossier or certificate yet');
      if (rows > MOST_ROWS)
        wrong('list', `có ${number(rows)} dòng, trang này diễn tập nhiều nhất ${number(MOST_ROWS)}`, `at most ${MOST_ROWS} rows`);
      return { ...own.lists, ...contacts };
    }
    case 'again': {
      const lists = compared ? await desk.listsOf(compared) : {};
      if (!compared) wrong('compare', 'chọn lần diễn tập có danh sách ấy', 'choose the rehearsal that has the lists');
      return { ...lists, ...contacts };
    }
  }
}

/** Lists of which no row is of the province: they are probably another province's. */
function unusable(deps: ApiDeps, lists: Wanted['lists'], plan: Plan, province: string | null): FieldProblem[] {
  if (province === null) return [];
  return (['registrations', 'certificates'] as const).flatMap((list) => {
    const file = lists[list];
    const why = file && whyNoRow(deps, list, { ...file, type: '' }, { plan, province });
    if (!why) return [];
    const name = deps.units.byCode(province)?.fullName ?? province;
    return [{ field: list, message: { vi: `không dòng nào dùng được với ${name}: ${why.vi}`, en: `no row can be used: ${why.en}` } }];
  });
}

/** The files that were sent, each one that imports can read. */
function sentLists(fields: FormFields, problems: FieldProblem[]): Partial<Record<ListName, ListFile>> {
  const lists: Partial<Record<ListName, ListFile>> = {};
  for (const list of LISTS) {
    const file = fields.file(list);
    if (!file) continue;
    if (file.bytes.length > LARGEST_FILE) {
      problems.push({
        field: list,
        message: { vi: `tệp có ${fileSize(file.bytes.length)}, nhiều nhất ${fileSize(LARGEST_FILE)}`, en: 'the file is too large' },
      });
      continue;
    }
    try {
      const rows = rowsOf(list, file);
      if (rows <= MOST_ROWS) lists[list] = { name: file.name.slice(0, 200), bytes: file.bytes };
      else
        problems.push({
          field: list,
          message: {
            vi: `${LIST_WORDS[list]} có ${number(rows)} dòng, trang này diễn tập nhiều nhất ${number(MOST_ROWS)}; danh sách dài hơn: dùng lệnh npm run rehearse`,
            en: `at most ${MOST_ROWS} rows; use npm run rehearse for more`,
          },
        });
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const reasons = error.problems.length > 0 ? error.problems.map(({ message }) => message) : [error.detail];
      problems.push(...reasons.map(({ vi, en }) => ({ field: list, message: { vi: vi.replace(/\.$/, ''), en } })));
    }
  }
  return lists;
}
