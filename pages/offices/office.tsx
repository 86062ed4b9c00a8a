/** One office: its people and how it is reached. */
import { z } from 'zod';
import { code } from '../../api/http/schemas';
import { readOffice } from '../../api/reference/offices';
import { number } from '../formats';
import type { PageCall, View } from '../page';
import { Field, Form, FormProblem, Submit } from '../parts/forms';
import { Facts, Note, Panel } from '../parts/panel';
import { inSentence } from '../words';
import { PERSON_FIELDS, PersonBlock, PersonFields } from './person';
import { EDITORS, PATH, titleOf } from './shared';

export const params = z.object({ id: code });

export type OfficeCall = PageCall<z.output<typeof params>, unknown>;

export async function office(call: OfficeCall): Promise<View> {
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
