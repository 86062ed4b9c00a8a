/** Offices and the people in them: who hears of what, and where mails do not arrive. */
import { z } from 'zod';
import type { VNode } from 'preact';
import {
  addPerson,
  changeOffice,
  changePerson,
  COMMUNE_ROLES,
  countOffices,
  listOffices,
  OFFICE_FINDINGS,
  officeInput,
  type OfficeView,
  personInput,
  type PersonRole,
  type PersonView,
  PROVINCE_ROLES,
  readOffice,
  setActive,
} from '../api/reference/offices';
import { problemsOfIssues } from '../api/http/issues';
import { invalidInput } from '../api/http/problem';
import { code, provinceCode } from '../api/http/schemas';
import type { FormFields } from './form-fields';
import { number } from './formats';
import { form, page, type PageCall, type View } from './page';
import { Field, FilterBar, Form, FormProblem, QuickFilters, SelectField, Submit } from './parts/forms';
import { Chip } from './parts/lateness';
import { Facts, Note, Panel } from './parts/panel';
import { DataTable, Pager, withQuery } from './parts/tables';
import { inSentence } from './words';

const PATH = '/don-vi';
const READERS = ['administrator', 'provincial_staff', 'commune_staff'] as const;
const EDITORS = ['administrator', 'provincial_staff'] as const;
const PAGE = 50;

export const PERSON_TITLES: Record<PersonRole, string> = {
  commune_officer: 'Cán bộ phụ trách OCOP cấp xã',
  commune_leadership: 'Lãnh đạo UBND cấp xã',
  provincial_officer: 'Chuyên viên OCOP cấp tỉnh',
  provincial_leadership: 'Lãnh đạo cơ quan OCOP cấp tỉnh',
  council_secretary: 'Thư ký Hội đồng',
  council_member: 'Thành viên Hội đồng',
};
const titleOf = (role: string): string => PERSON_TITLES[role as PersonRole] ?? role;

const FINDINGS: Record<(typeof OFFICE_FINDINGS)[number], string> = {
  unreachable: 'Không gửi thư tới được',
  refused: 'Có địa chỉ bị từ chối',
  nobody: 'Chưa có đầu mối',
};

const query = z.object({
  q: z.string().max(100).optional(),
  tinh: provinceCode.optional(),
  can: z.enum(OFFICE_FINDINGS).optional(),
  ho_so: z.enum(['co']).optional(),
  cursor: z.string().max(400).optional(),
});
type Call = PageCall<unknown, z.output<typeof query>>;

async function list(call: Call): Promise<View> {
  const { deps, actor, query: asked } = call;
  const { q, tinh, can, ho_so: withDossiers, cursor } = asked;
  const narrowed = { ...(q ? { q } : {}), ...(tinh ? { province: tinh } : {}), ...(withDossiers ? { withDossiers: 'yes' as const } : {}) };
  const questions = { ...narrowed, ...(can ? { finding: can } : {}) };
  const [{ items, nextCursor }, total, ...found] = await Promise.all([
    listOffices(deps, actor, { ...questions, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    countOffices(deps, actor, questions),
    countOffices(deps, actor, narrowed),
    ...OFFICE_FINDINGS.map(async (finding) => await countOffices(deps, actor, { ...narrowed, finding })),
  ]);
  const [everything, ...byFinding] = found;
  const deaf = await countOffices(deps, actor, { finding: 'unreachable', withDossiers: 'yes' });
  const here = (more: Record<string, string | undefined>): string => withQuery(PATH, { q, tinh, can, ho_so: withDossiers, ...more });
  return {
    title: 'Đơn vị và đầu mối',
    lead:
      deaf === 0 ? (
        'Mọi đơn vị đang có hồ sơ đều nhận được thư nhắc.'
      ) : (
        <>
          <a href={withQuery(PATH, { can: 'unreachable', ho_so: 'co' })}>{number(deaf)} đơn vị</a> đang có hồ sơ mà không nhận được thư
          nhắc.
        </>
      ),
    tools: EDITORS.some((role) => role === actor.role) && (
      <a class="btn" href={withQuery('/nhap-tep', { loai: 'danh-ba' })}>
        Nhập danh bạ từ tệp
      </a>
    ),
    body: (
      <Panel title="Danh bạ" id="ds" aside={`${number(total)} đơn vị`} bare>
        <FilterBar action={PATH}>
          <Field name="q" label="Tìm tên hoặc mã" optional type="search" value={q} />
          {actor.provinceCode === null && (
            <SelectField
              name="tinh"
              label="Tỉnh, thành phố"
              optional
              none="Cả nước"
              value={tinh}
              options={deps.units.provinces.map(({ code: value, fullName }) => ({ value, title: fullName }))}
            />
          )}
          <SelectField
            name="ho_so"
            label="Hồ sơ"
            optional
            none="Mọi đơn vị"
            value={withDossiers}
            options={[{ value: 'co', title: 'Đang có hồ sơ' }]}
          />
          {can && <input type="hidden" name="can" value={can} />}
        </FilterBar>
        <QuickFilters
          items={[
            { title: 'Tất cả', href: here({ can: undefined }), count: everything, current: can === undefined },
            ...OFFICE_FINDINGS.map((finding, index) => ({
              title: FINDINGS[finding],
              href: here({ can: finding }),
              count: byFinding[index] ?? 0,
              current: can === finding,
            })),
          ]}
        />
        <DataTable
          caption="Đơn vị và đầu mối"
          keyOf={(one) => one.code}
          rows={items}
          columns={[
            {
              title: 'Đơn vị',
              cell: (one) => (
                <>
                  <a class="pn" href={`${PATH}/${one.code}`}>
                    {inSentence(one.name)}
                  </a>
                  <small class="sub">mã {one.code}</small>
                </>
              ),
            },
            { title: 'Thư nhắc', cell: (one) => <Reach office={one} /> },
            { title: 'Đầu mối', cell: (one) => <People people={one.people.filter(({ active }) => active)} /> },
            {
              title: 'Liên hệ chung',
              cell: (one) => [one.email, one.phone].filter(Boolean).join(' · ') || <span class="muted">chưa có</span>,
            },
          ]}
        />
        <Pager shown={items.length} total={total} first={cursor ? here({}) : null} next={nextCursor && here({ cursor: nextCursor })} />
      </Panel>
    ),
  };
}

function Reach({ office }: { office: OfficeView }): VNode {
  const refused = office.emailProblem !== null || office.people.some((one) => one.active && one.emailProblem !== null);
  if (!office.reachable) return refused ? <Chip look="late">Địa chỉ bị từ chối</Chip> : <Chip look="none">Chưa có địa chỉ</Chip>;
  return refused ? <Chip look="soon">Có địa chỉ bị từ chối</Chip> : <Chip look="ok">Tới được</Chip>;
}

function People({ people }: { people: readonly PersonView[] }): VNode {
  if (people.length === 0) return <span class="muted">chưa có</span>;
  const [first, ...others] = people;
  return (
    <>
      {first?.name}
      <small class="sub">
        {first && titleOf(first.role)}
        {others.length > 0 && `, và ${number(others.length)} người nữa`}
      </small>
    </>
  );
}

const params = z.object({ id: code });
type OfficeCall = PageCall<z.output<typeof params>, unknown>;

async function office(call: OfficeCall): Promise<View> {
  const { deps, actor, refused } = call;
  const one = await readOffice(deps, actor, call.params.id);
  const edits = EDITORS.some((role) => role === actor.role);
  const active = one.people.filter((person) => person.active);
  const resting = one.people.filter((person) => !person.active);
  const refusedIn = (name: string) => (refused?.form === name ? refused : undefined);
  return {
    title: inSentence(one.name),
    lead: one.reachable ? 'Thư nhắc tới được đơn vị này.' : 'Không có địa chỉ nào dùng được, nên đơn vị này không nhận được thư nhắc.',
    crumbs: <a href={PATH}>Đơn vị và đầu mối</a>,
    current: PATH,
    body: (
      <div class="grid">
        <Panel title="Đầu mối" id="nguoi" class="c8" aside={`${number(active.length)} người`}>
          <div class="stack">
            {active.length === 0 && <p class="muted">Chưa có ai.</p>}
            {active.map((person) => (
              <PersonBlock key={person.id} call={call} office={one} person={person} edits={edits} refused={refusedIn(person.id)} />
            ))}
            {edits && (
              <details class="act" open={active.length === 0 || refusedIn('them') !== undefined}>
                <summary>Thêm đầu mối</summary>
                <Form call={call} action={`${PATH}/${one.code}/nguoi`}>
                  <FormProblem refused={refusedIn('them')} known={PERSON_FIELDS} />
                  <PersonFields office={one} scope="them" refused={refusedIn('them')} />
                  <Submit>Thêm</Submit>
                </Form>
              </details>
            )}
            {resting.length > 0 && (
              <details class="act">
                <summary>Đã nghỉ ({number(resting.length)})</summary>
                {resting.map((person) => (
                  <div key={person.id} class="person">
                    <p>
                      <b>{person.name}</b>, {titleOf(person.role)}
                    </p>
                    {edits && (
                      <Form call={call} action={`${PATH}/nguoi/${person.id}/lam-lai`} class="inline">
                        <button class="link" type="submit" aria-label={`${person.name} làm lại`}>
                          Cho làm lại
                        </button>
                      </Form>
                    )}
                  </div>
                ))}
              </details>
            )}
          </div>
        </Panel>
        <Panel title="Liên hệ chung" id="chung" class="c4">
          {one.emailProblem && (
            <Note look="late">Máy chủ thư từ chối địa chỉ này: {one.emailProblem}. Sửa địa chỉ thì hệ thống thử lại.</Note>
          )}
          {edits ? (
            <Form call={call} action={`${PATH}/${one.code}`}>
              <FormProblem refused={refusedIn('don-vi')} known={['name', 'email', 'phone']} />
              <Field name="name" label="Tên đơn vị" value={one.name} scope="dv" refused={refusedIn('don-vi')} maxLength={200} />
              <Field
                name="email"
                label="Thư điện tử"
                optional
                type="email"
                value={one.email ?? ''}
                scope="dv"
                refused={refusedIn('don-vi')}
              />
              <Field name="phone" label="Điện thoại" optional type="tel" value={one.phone ?? ''} scope="dv" refused={refusedIn('don-vi')} />
              <Submit>Lưu</Submit>
            </Form>
          ) : (
            <Facts
              pairs={[
                ['Thư điện tử', one.email ?? 'chưa có'],
                ['Điện thoại', one.phone ?? 'chưa có'],
              ]}
            />
          )}
        </Panel>
      </div>
    ),
  };
}

const PERSON_FIELDS = ['name', 'role', 'email', 'phone', 'language'];

interface PersonProps {
  call: OfficeCall;
  office: OfficeView;
  person: PersonView;
  edits: boolean;
  refused: OfficeCall['refused'];
}

function PersonBlock({ call, office: one, person, edits, refused }: PersonProps): VNode {
  const { id, name, role, email, emailProblem, phone, follows } = person;
  return (
    <div class="person">
      <p>
        <b>{name}</b>, {titleOf(role)}
        <small class="sub">
          {[email ?? 'không có thư điện tử', phone].filter(Boolean).join(' · ')}
          {follows > 0 && ` · đang theo dõi ${number(follows)} hồ sơ`}
        </small>
      </p>
      {emailProblem && <Note look="late">Máy chủ thư từ chối: {emailProblem}. Sửa địa chỉ thì hệ thống thử lại.</Note>}
      {edits && (
        <details class="act" open={refused !== undefined}>
          <summary>Sửa {name}</summary>
          <Form call={call} action={`${PATH}/nguoi/${id}`}>
            <FormProblem refused={refused} known={PERSON_FIELDS} />
            <PersonFields office={one} person={person} scope={id} refused={refused} />
            <Submit>Lưu</Submit>
          </Form>
          <Form call={call} action={`${PATH}/nguoi/${id}/nghi`} class="form__a gap-s">
            <Submit main={false}>Cho nghỉ</Submit>
            <span class="hint">
              Không nhận thư, không đăng nhập được nữa.
              {follows > 0 && ` ${number(follows)} hồ sơ đang theo dõi cần phân công lại.`}
            </span>
          </Form>
        </details>
      )}
    </div>
  );
}

interface FieldsProps {
  office: OfficeView;
  person?: PersonView;
  scope: string;
  refused: OfficeCall['refused'];
}

function PersonFields({ office: one, person, scope, refused }: FieldsProps): VNode {
  const roles: readonly PersonRole[] = one.communeCode === null ? PROVINCE_ROLES : COMMUNE_ROLES;
  const common = { scope, refused };
  return (
    <>
      <div class="two">
        <Field {...common} name="name" label="Họ tên" value={person?.name} maxLength={200} />
        <SelectField
          {...common}
          name="role"
          label="Vai trò"
          value={person?.role ?? roles[0]}
          options={roles.map((role) => ({ value: role, title: PERSON_TITLES[role] }))}
        />
      </div>
      <div class="two">
        <Field {...common} name="email" label="Thư điện tử" optional type="email" value={person?.email ?? ''} />
        <Field {...common} name="phone" label="Điện thoại" optional type="tel" value={person?.phone ?? ''} />
      </div>
      <SelectField
        {...common}
        name="language"
        label="Thư nhắc bằng"
        value={person?.language ?? 'vi'}
        options={[
          { value: 'vi', title: 'Tiếng Việt' },
          { value: 'en', title: 'Tiếng Anh' },
        ]}
      />
    </>
  );
}

/** The person that the fields describe. Throws the problem of each field that is wrong. */
function personIn(fields: FormFields): z.output<typeof personInput> {
  const given = {
    name: fields.text('name'),
    role: fields.text('role'),
    email: fields.given('email') ?? null,
    phone: fields.given('phone') ?? null,
    language: fields.given('language') ?? 'vi',
  };
  const parsed = personInput.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(problemsOfIssues(parsed.error.issues));
}

const personParams = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) });
type PersonCall = PageCall<z.output<typeof personParams>, unknown>;

/** The office's page, for a form about one of its people. */
async function officeOfPerson(call: PersonCall): Promise<View> {
  const row = await call.deps.db.person.findUnique({ where: call.params, select: { officeCode: true } });
  return await office({ ...call, params: { id: row?.officeCode ?? 'unknown' } });
}

const back = async ({ deps, params: { id } }: PersonCall, notice: string) => {
  const { officeCode } = await deps.db.person.findUniqueOrThrow({ where: { id }, select: { officeCode: true } });
  return { redirect: `${PATH}/${officeCode}`, notice };
};

const service = (path: string, active: boolean, notice: string) =>
  form({
    path: `${PATH}/nguoi/{id}/${path}`,
    who: EDITORS,
    params: personParams,
    show: officeOfPerson,
    name: ({ params: { id } }) => id,
    async submit(call) {
      await setActive(call.deps, call.actor, call.params.id, active);
      return await back(call, notice);
    },
  });

export const OFFICE_PAGES = [
  page({ path: PATH, who: READERS, query, show: list }),
  page({ path: `${PATH}/{id}`, who: READERS, params, show: office }),
  form({
    path: `${PATH}/{id}`,
    who: EDITORS,
    params,
    show: office,
    name: () => 'don-vi',
    async submit({ deps, actor, params: { id }, fields }) {
      const given = { name: fields.text('name'), email: fields.given('email') ?? null, phone: fields.given('phone') ?? null };
      const parsed = officeInput.safeParse(given, { reportInput: true });
      if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues));
      await changeOffice(deps, actor, id, parsed.data);
      return { redirect: `${PATH}/${id}`, notice: 'Đã lưu.' };
    },
  }),
  form({
    path: `${PATH}/{id}/nguoi`,
    who: EDITORS,
    params,
    show: office,
    name: () => 'them',
    async submit({ deps, actor, params: { id }, fields }) {
      const { name } = await addPerson(deps, actor, id, personIn(fields));
      return { redirect: `${PATH}/${id}`, notice: `Đã thêm ${name}.` };
    },
  }),
  form({
    path: `${PATH}/nguoi/{id}`,
    who: EDITORS,
    params: personParams,
    show: officeOfPerson,
    name: ({ params: { id } }) => id,
    async submit(call) {
      const { name } = await changePerson(call.deps, call.actor, call.params.id, personIn(call.fields));
      return await back(call, `Đã lưu ${name}.`);
    },
  }),
  service('nghi', false, 'Đã cho nghỉ.'),
  service('lam-lai', true, 'Đã cho làm lại.'),
];
