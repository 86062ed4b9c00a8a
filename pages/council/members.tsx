/** The members of a council, and their change by a decision: who leaves, who takes another role, who is new. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { ESTABLISHERS } from '../../api/council/access';
import { type CouncilView, idParams, readCouncil, viewOf } from '../../api/council/councils';
import { changeCouncil, changeInput } from '../../api/council/members';
import { SEAT_ROLES, SEAT_TITLES } from '../../domain/council/council';
import type { LocalDate } from '../../domain/dates';
import type { FormFields } from '../form-fields';
import { day, number, typedDay } from '../formats';
import { form, page, type PageCall, type Refused, type View } from '../page';
import { CheckBox, DayField, Field, Form, SelectField, Submit } from '../parts/forms';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence } from '../words';
import { memberAt, MemberRow, newMembers, rowsTyped } from './member-rows';
import { Refusal } from './parts';
import { checked, COUNCILS } from './words';

type Member = CouncilView['members'][number];

interface MembersProps {
  council: CouncilView;
  today: LocalDate;
  /** Whether the reader may change them. */
  changes: boolean;
}

export function Members({ council, today, changes }: MembersProps): VNode {
  const held = byRank(council.members.filter(({ until }) => until === null || today < until));
  const left = council.members.filter((member) => !held.includes(member));
  const scoring = held.filter(({ scores, from }) => scores && from <= today).length;
  return (
    <Panel title="Thành viên" id="thanh-vien" aside={`${number(scoring)} người chấm điểm`} bare>
      <DataTable
        caption="Thành viên Hội đồng"
        keyOf={({ code }) => code}
        rows={held}
        columns={[
          { title: 'Họ tên', cell: (member) => <Name member={member} /> },
          { title: 'Trong Hội đồng', cell: ({ role }) => SEAT_TITLES[role].vi },
          { title: 'Chấm điểm', cell: ({ scores }) => (scores ? 'có' : <span class="muted">không</span>) },
          {
            title: 'Từ ngày',
            cell: ({ from, until, decisionNumber }) => (
              <>
                {day(from)}
                {until !== null && `, đến hết ngày trước ${day(until)}`}
                <small>{decisionNumber}</small>
              </>
            ),
          },
        ]}
      />
      {left.length > 0 && (
        <details class="act panel__b">
          <summary>Trước đây ({number(left.length)})</summary>
          <DataTable
            caption="Thành viên trước đây"
            keyOf={({ code }) => code}
            rows={left}
            columns={[
              { title: 'Họ tên', cell: (member) => <Name member={member} /> },
              { title: 'Trong Hội đồng', cell: ({ role }) => SEAT_TITLES[role].vi },
              { title: 'Từ ngày', cell: ({ from }) => day(from) },
              { title: 'Đến trước ngày', cell: ({ until }) => (until === null ? '' : day(until)) },
            ]}
          />
        </details>
      )}
      {changes && (
        <p class="panel__b no-print">
          <a class="btn" href={pathOf(council.id)}>
            Thay đổi thành viên theo quyết định
          </a>
        </p>
      )}
    </Panel>
  );
}

/** The chair first. */
const byRank = (members: readonly Member[]): Member[] =>
  members.toSorted((a, b) => SEAT_ROLES.indexOf(a.role) - SEAT_ROLES.indexOf(b.role));

function Name({ member: { name, code, position } }: { member: Member }): VNode {
  return (
    <>
      {name}
      <small>{[code, position].filter(Boolean).join(' · ')}</small>
    </>
  );
}

const pathOf = (id: string): string => `${COUNCILS}/${id}/thanh-vien`;

/** Empty rows for people who join; more are asked for in the address. */
const ROWS = 3;
const query = z.object({ dong: z.coerce.number().int().min(1).max(30).optional() });
type Call = PageCall<z.output<typeof idParams>, z.output<typeof query>>;

const LEAVES = 'thoi';
const choiceOf = (seat: string): string => `cho-${seat}`;
const FIELDS = ['decisionNumber', 'on'];

async function changeForm(call: Call): Promise<View> {
  const { deps, actor, params, refused } = call;
  const council = viewOf(await readCouncil(deps.db, actor, params.id));
  const held = byRank(council.members.filter(({ until }) => until === null));
  const rows = rowsTyped(refused) ?? call.query.dong ?? ROWS;
  const sheets = refused?.problems.some(({ field }) => field === 'setAsideSheets') ?? false;
  const nameOf = (field: string) =>
    FIELDS.includes(field)
      ? null
      : field.startsWith('join.')
        ? memberAt('join', field, refused, refused ? movers(held, refused.fields).length : 0)
        : undefined;
  return {
    title: 'Thay đổi thành viên Hội đồng',
    lead: 'Theo quyết định của Chủ tịch UBND tỉnh. Phiên đã kết thúc giữ nguyên; phiên đang mở theo thành viên của ngày họp.',
    crumbs: <a href={`${COUNCILS}/${council.id}`}>{inSentence(council.name)}</a>,
    current: COUNCILS,
    body: (
      <Form call={call} action={pathOf(council.id)} class="form stack">
        <Refusal refused={refused} nameOf={nameOf} />
        {sheets && (
          <CheckBox
            name="setAsideSheets"
            label="Vẫn thay đổi từ ngày này: các phiếu nêu trên được giữ nhưng không còn được tính."
            refused={refused}
          />
        )}
        <Panel title="Quyết định" id="qd">
          <div class="form">
            <div class="two">
              <Field name="decisionNumber" label="Số quyết định" maxLength={100} refused={refused} />
              <DayField name="on" label="Có hiệu lực từ ngày" refused={refused} />
            </div>
          </div>
        </Panel>
        <Panel
          title="Thành viên hiện nay"
          id="hien-nay"
          aside={`${number(held.length)} người`}
          bare
          foot="Ủy quyền Thủ trưởng cơ quan chuyên môn làm Chủ tịch Hội đồng (Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm b): chuyển người ấy làm Chủ tịch, đồng thời cho Chủ tịch cũ thôi hoặc chuyển vai trò. Ủy quyền chủ trì một phiên thì ghi ở trang của phiên."
        >
          <DataTable
            caption="Thành viên hiện nay và thay đổi"
            keyOf={({ code }) => code}
            rows={held}
            columns={[
              { title: 'Họ tên', cell: (member) => <Name member={member} /> },
              { title: 'Vai trò hiện nay', cell: ({ role }) => SEAT_TITLES[role].vi },
              { title: 'Từ ngày', cell: ({ from }) => day(from) },
              { title: 'Thay đổi', cell: (member) => <Choice member={member} refused={refused} /> },
            ]}
          />
        </Panel>
        <Panel title="Người mới tham gia" id="moi" aside="Dòng không ghi họ tên được bỏ qua">
          {Array.from({ length: rows }, (_, index) => (
            <MemberRow key={index} index={index} role="member" optional refused={refused} />
          ))}
          {rows <= ROWS && (
            <p class="small">
              Nhiều hơn {number(ROWS)} người: <a href={`${pathOf(council.id)}?dong=12`}>mở biểu mẫu 12 dòng</a> trước khi nhập.
            </p>
          )}
        </Panel>
        <div class="form__a">
          <Submit>Ghi thay đổi</Submit>
          <span class="hint">Ghi kèm tên cơ quan và thời điểm, không sửa được sau đó; sai thì ghi một quyết định khác.</span>
        </div>
      </Form>
    ),
  };
}

function Choice({ member: { code, name, role }, refused }: { member: Member; refused: Refused | undefined }): VNode {
  const roles = SEAT_ROLES.filter((one) => one !== role);
  return (
    <SelectField
      name={choiceOf(code)}
      label={<span class="vh">Thay đổi với {name}</span>}
      none="Giữ nguyên"
      options={[
        { value: LEAVES, title: 'Thôi tham gia' },
        ...roles.map((value) => ({ value, title: `Chuyển làm ${SEAT_TITLES[value].vi}` })),
      ]}
      refused={refused}
    />
  );
}

/** Members who stay with another role. */
const movers = (held: readonly Member[], fields: FormFields): Member[] =>
  held.filter(({ code }) => SEAT_ROLES.some((role) => role === fields.text(choiceOf(code))));

const common = { path: `${COUNCILS}/{id}/thanh-vien`, who: ESTABLISHERS, params: idParams, query, show: changeForm };

export const MEMBER_PAGES = [
  page(common),
  form({
    ...common,
    async submit({ deps, actor, params, fields }) {
      const { members } = viewOf(await readCouncil(deps.db, actor, params.id));
      const moved = movers(members, fields);
      const change = checked(changeInput, {
        decisionNumber: fields.text('decisionNumber'),
        on: typedDay(fields.text('on')),
        leave: members.flatMap(({ code }) => (fields.given(choiceOf(code)) === undefined ? [] : [code])),
        join: [
          ...moved.map(({ code, personId, position }) => ({
            personId,
            role: fields.text(choiceOf(code)),
            ...(position === null ? {} : { position }),
          })),
          ...newMembers(fields),
        ],
        ...(fields.given('setAsideSheets') ? { setAsideSheets: true } : {}),
      });
      await changeCouncil(deps, actor, params.id, change);
      return { redirect: `${COUNCILS}/${params.id}`, notice: `Đã ghi thay đổi theo Quyết định ${change.decisionNumber}.` };
    },
  }),
];
