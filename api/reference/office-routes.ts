/** Routes of offices and the people in them. */
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/paging';
import { route, type Route } from '../http/route';
import { code } from '../http/schemas';
import {
  addPerson,
  changeOffice,
  changePerson,
  listOffices,
  officeInput,
  officeQuestions,
  officeView,
  personInput,
  personView,
  readOffice,
  setActive,
} from './offices';

const tag = 'Đơn vị';
const readers = ['administrator', 'provincial_staff', 'commune_staff'] as const;
const editors = ['administrator', 'provincial_staff'] as const;
const personId = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) });

const list = route({
  method: 'get',
  path: '/api/offices',
  tag,
  summary: { vi: 'Đơn vị và đầu mối', en: 'Offices and contacts' },
  who: readers,
  query: z.strictObject({ ...officeQuestions, ...pageQuery }),
  answer: { status: 200, schema: pageOf(officeView), description: { vi: 'Một trang', en: 'A page' } },
  handler: async ({ deps, actor, query }) => ({ body: await listOffices(deps, actor, query) }),
});

const one = route({
  method: 'get',
  path: '/api/offices/{id}',
  tag,
  summary: { vi: 'Một đơn vị', en: 'One office' },
  who: readers,
  params: z.object({ id: code }),
  answer: { status: 200, schema: officeView, description: { vi: 'Đơn vị', en: 'The office' } },
  handler: async ({ deps, actor, params }) => ({ body: await readOffice(deps, actor, params.id) }),
});

const change = route({
  method: 'post',
  path: '/api/offices/{id}',
  tag,
  summary: { vi: 'Sửa địa chỉ của một đơn vị', en: 'Change an office' },
  who: editors,
  params: z.object({ id: code }),
  body: officeInput,
  answer: { status: 200, schema: officeView, description: { vi: 'Đơn vị sau khi sửa', en: 'The office' } },
  handler: async ({ deps, actor, params, body }) => ({ body: await changeOffice(deps, actor, params.id, body) }),
});

const add = route({
  method: 'post',
  path: '/api/offices/{id}/people',
  tag,
  summary: { vi: 'Thêm đầu mối ở một đơn vị', en: 'Add a person to an office' },
  who: editors,
  params: z.object({ id: code }),
  body: personInput,
  answer: { status: 201, schema: personView, description: { vi: 'Người đã thêm', en: 'The person' } },
  handler: async ({ deps, actor, params, body }) => ({ body: await addPerson(deps, actor, params.id, body) }),
});

const edit = route({
  method: 'post',
  path: '/api/people/{id}',
  tag,
  summary: { vi: 'Sửa một đầu mối', en: 'Change a person' },
  who: editors,
  params: personId,
  body: personInput,
  answer: { status: 200, schema: personView, description: { vi: 'Người sau khi sửa', en: 'The person' } },
  handler: async ({ deps, actor, params, body }) => ({ body: await changePerson(deps, actor, params.id, body) }),
});

const service = (verb: 'deactivate' | 'activate', vi: string, en: string): Route =>
  route({
    method: 'post',
    path: `/api/people/{id}/${verb}`,
    tag,
    summary: { vi, en },
    who: editors,
    params: personId,
    answer: { status: 200, schema: personView, description: { vi: 'Người sau khi sửa', en: 'The person' } },
    refusals: [409],
    handler: async ({ deps, actor, params }) => ({ body: await setActive(deps, actor, params.id, verb === 'activate') }),
  });

export const OFFICE_ROUTES: Route[] = [
  list,
  one,
  change,
  add,
  edit,
  service('deactivate', 'Cho một đầu mối nghỉ', 'Take a person out of service'),
  service('activate', 'Cho một đầu mối làm lại', 'Take a person back into service'),
];
