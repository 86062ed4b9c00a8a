/** Establishing a council: the decision, its term and its members. */
import { z } from 'zod';
import { ESTABLISHERS } from '../../api/council/access';
import { regimeOn } from '../../api/managers/season';
import { establishCouncil, establishInput } from '../../api/council/establishing';
import { number, typedDay } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { DayField, Field, Form, SelectField, Submit } from '../parts/forms';
import { Panel } from '../parts/panel';
import { memberAt, MemberRow, newMembers, rowsTyped } from './member-rows';
import { Refusal } from './parts';
import { checked, COUNCILS, given } from './words';

/** Rows of the form; more are asked for in the address. */
const ROWS = 12;
const newQuery = z.object({ dong: z.coerce.number().int().min(1).max(60).optional() });
type NewCall = PageCall<unknown, z.output<typeof newQuery>>;

const FIELDS = ['name', 'province', 'decisionNumber', 'decisionOn', 'termFrom', 'termTo', 'rules'];

async function establishForm(call: NewCall): Promise<View> {
  const { deps, actor, refused, query } = call;
  const rows = rowsTyped(refused) ?? query.dong ?? ROWS;
  return await Promise.resolve({
    title: 'Thành lập Hội đồng',
    lead: 'Theo quyết định của Chủ tịch UBND tỉnh (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b).',
    crumbs: <a href={COUNCILS}>Hội đồng</a>,
    current: COUNCILS,
    body: (
      <Form call={call} action={`${COUNCILS}/moi`}>
        <Refusal
          refused={refused}
          nameOf={(field) => (FIELDS.includes(field) ? null : field === 'members' ? 'Thành viên' : memberAt('members', field, refused))}
        />
        <Panel title="Quyết định và nhiệm kỳ" id="qd">
          <div class="form">
            <div class="two">
              <Field name="decisionNumber" label="Số quyết định" maxLength={100} refused={refused} />
              <DayField name="decisionOn" label="Ngày quyết định" refused={refused} />
            </div>
            <div class="two">
              <DayField name="termFrom" label="Nhiệm kỳ từ ngày" refused={refused} />
              <DayField name="termTo" label="đến ngày" refused={refused} />
            </div>
            <SelectField
              name="rules"
              label="Quy chế hoạt động"
              options={deps.rules.councils.map(({ id, title }) => ({ value: id, title: title.vi }))}
              value={regimeOn(deps.rules.regimes, deps.today()).id}
              refused={refused}
            />
            {actor.provinceCode === null && (
              <SelectField
                name="province"
                label="Tỉnh, thành phố"
                none="Chọn"
                options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
                refused={refused}
              />
            )}
            <Field
              name="name"
              label="Tên Hội đồng"
              optional
              maxLength={300}
              hint="Để trống: Hội đồng đánh giá, phân hạng sản phẩm OCOP của tỉnh."
              refused={refused}
            />
          </div>
        </Panel>
        <Panel title="Thành viên" id="tv" aside="Dòng không ghi họ tên được bỏ qua">
          {Array.from({ length: rows }, (_, index) => (
            <MemberRow key={index} index={index} role={index === 0 ? 'chair' : 'member'} optional={index > 0} refused={refused} />
          ))}
          {rows <= ROWS && (
            <p class="small">
              Nhiều hơn {number(ROWS)} người: <a href={`${COUNCILS}/moi?dong=30`}>mở biểu mẫu 30 dòng</a> trước khi nhập.
            </p>
          )}
        </Panel>
        <Submit>Thành lập</Submit>
      </Form>
    ),
  });
}

export const ESTABLISHING_PAGES = [
  page({ path: `${COUNCILS}/moi`, who: ESTABLISHERS, query: newQuery, show: establishForm }),
  form({
    path: `${COUNCILS}/moi`,
    who: ESTABLISHERS,
    query: newQuery,
    show: establishForm,
    async submit({ deps, actor, fields, key }) {
      const body = checked(establishInput, {
        ...given(fields, 'name', 'province'),
        decisionNumber: fields.text('decisionNumber'),
        decisionOn: typedDay(fields.text('decisionOn')),
        termFrom: typedDay(fields.text('termFrom')),
        termTo: typedDay(fields.text('termTo')),
        rules: fields.text('rules'),
        members: newMembers(fields),
      });
      const { id } = await establishCouncil(deps, actor, body, key);
      return { redirect: `${COUNCILS}/${id}`, notice: 'Đã thành lập Hội đồng. Quản trị viên cấp tài khoản cho từng thành viên.' };
    },
  }),
];
