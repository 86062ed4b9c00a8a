/** Pages and forms of offices and the people in them. */
import { z } from 'zod';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { addPerson, changeOffice, changePerson, officeInput, setActive } from '../../api/reference/offices';
import { form, page, type PageCall, type View } from '../page';
import { list, query } from './list';
import { office, params } from './office';
import { personIn } from './person';
import { EDITORS, PATH, READERS } from './shared';

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
