/** The form of a rehearsal: plan and lists, how everybody behaves, which days, one date tried, a comparison. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { ApiDeps } from '../../api/deps';
import type { RehearsalDesk, Run } from '../../api/rehearsals/desk';
import type { LocalDate } from '../../domain/dates';
import { firstDayOf } from '../../rehearsal/rules';
import { day, moment } from '../formats';
import type { PageCall, Refused } from '../page';
import { CheckBox, DayField, Field, Form, FormProblem, SelectField, Submit } from '../parts/forms';
import { Icon } from '../parts/icons';
import { Panel } from '../parts/panel';
import { SOURCES, TOUR } from './wanted';
import { PATH, SHIPPED_WORDS, WINDOWS } from './words';

export const query = z.object({ 'so-voi': z.uuid().optional() });
export type Call = PageCall<unknown, z.output<typeof query>>;

const SOURCE_WORDS: Record<(typeof SOURCES)[number], string> = {
  shipped: SHIPPED_WORDS,
  own: 'Hồ sơ, giấy chứng nhận và danh bạ đang có trong phần mềm',
  files: 'Tệp của tôi (chọn ở dưới)',
  again: 'Danh sách của lần diễn tập chọn ở phần so sánh',
};

const KNOWN = [
  'plan',
  'list',
  'registrations',
  'certificates',
  'contacts',
  'place',
  'from',
  'until',
  'behaviour',
  'seed',
  'window',
  'date',
  'compare',
];

/** What a rehearsal is asked for: lists, behaviour, days; filled in as in an earlier one when that is to be compared with. */
export function Ask({ call, runs }: { call: Call; runs: readonly Run[] }): VNode {
  const { deps, actor, query: asked } = call;
  const refused = call.refused?.form === PATH ? call.refused : undefined;
  const done = runs.filter(({ status }) => status === 'done');
  const basis = done.find(({ id }) => id === asked['so-voi']);
  const own = deps.rules.plans.find(({ issuer }) => issuer.level === 'province' && issuer.provinceCode === actor.provinceCode);
  const plan = basis?.asked.plan.id ?? own?.id ?? TOUR.plan;
  const sources = SOURCES.filter((one) => one !== 'again' || done.length > 0);
  return (
    <Form call={call} action={PATH} files class="stack">
      <FormProblem refused={refused} known={KNOWN} />
      <div class="grid stretch">
        <Panel title="1. Kế hoạch và danh sách" id="danh-sach" class="c7">
          <div class="form">
            <SelectField
              name="plan"
              label="Kế hoạch"
              value={plan}
              options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
              refused={refused}
            />
            <SelectField
              name="list"
              label="Danh sách"
              value={basis ? 'again' : 'shipped'}
              options={sources.map((value) => ({ value, title: SOURCE_WORDS[value] }))}
              refused={refused}
            />
            <div class="two">
              <TableFile name="registrations" label="Tệp danh sách đăng ký" refused={refused} />
              <TableFile name="certificates" label="Tệp giấy chứng nhận còn hiệu lực" refused={refused} />
            </div>
            <TableFile
              name="contacts"
              label="Tệp danh bạ đơn vị"
              hint="Thiếu danh bạ thì mỗi đơn vị có hai người nhận giả định. Các cột như ở “Nhập từ tệp”; mỗi tệp tối đa 5 MB, 2.000 dòng."
              refused={refused}
            />
            <CheckBox
              name="place"
              label="Đặt các sản phẩm vào xã, phường của tỉnh có kế hoạch (danh sách của tỉnh khác)"
              checked={basis?.asked.place ?? false}
              refused={refused}
            />
          </div>
        </Panel>
        <Panel title="2. Các bên làm thế nào" id="ung-xu" class="c5">
          <div class="form">
            <Behaviours desk={deps.rehearsals} chosen={basis?.asked.behaviour ?? TOUR.behaviour} refused={refused} />
            <Field
              name="seed"
              label="Hạt giống ngẫu nhiên"
              value={basis?.asked.seed ?? TOUR.seed}
              maxLength={20}
              hint="Cùng danh sách và cùng số này thì báo cáo giống hệt; đổi số thì các bên trả lời khác đi."
              refused={refused}
            />
          </div>
        </Panel>
      </div>
      <Panel title="3. Thời gian, đổi mốc, so sánh" id="thoi-gian">
        <div class="form">
          <div class="two">
            <DayField
              name="from"
              label="Bắt đầu ngày"
              value={written(basis?.asked.from)}
              optional
              hint={`Bỏ trống: vài tuần trước mốc đầu của kế hoạch${firstDayWords(deps, plan)}.`}
              refused={refused}
            />
            <DayField
              name="until"
              label="Đến ngày"
              optional
              hint="Bỏ trống: 50 tháng sau, đủ một vòng giấy chứng nhận."
              refused={refused}
            />
          </div>
          <div class="two">
            <SelectField
              name="window"
              label="Thử đổi một mốc"
              optional
              none="Giữ nguyên các mốc của kế hoạch"
              options={Object.entries(WINDOWS).map(([value, title]) => ({ value, title }))}
              refused={refused}
            />
            <DayField name="date" label="Ngày thử của mốc ấy" optional hint="Ví dụ 15/10/2026." refused={refused} />
          </div>
          {done.length > 0 && (
            <SelectField
              name="compare"
              label="So sánh với lần trước"
              optional
              none="Không so sánh"
              value={basis?.id}
              options={done.map((run) => ({ value: run.id, title: `${run.asked.plan.title}, ${moment(Date.parse(run.startedAt))}` }))}
              hint="Báo cáo so sánh đặt hai lần cạnh nhau."
              refused={refused}
            />
          )}
          <div class="form__a">
            <Submit>Bắt đầu diễn tập</Submit>
            <span class="hint">Chạy riêng, không ghi vào hồ sơ thật, không gửi thư nào ra ngoài.</span>
          </div>
        </div>
      </Panel>
    </Form>
  );
}

const written = (date: LocalDate | undefined): string | undefined => date && day(date);

function firstDayWords({ rules }: ApiDeps, id: string): string {
  const plan = rules.plans.find((one) => one.id === id);
  return plan ? ` (${day(firstDayOf(plan, rules))})` : '';
}

function TableFile({ name, label, hint, refused }: { name: string; label: string; hint?: string; refused: Refused | undefined }): VNode {
  return (
    <Field
      name={name}
      label={label}
      type="file"
      optional
      accept=".xlsx,.xls,.csv,.tsv,text/csv"
      refused={refused}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

function Behaviours({ desk, chosen, refused }: { desk: RehearsalDesk | undefined; chosen: string; refused: Refused | undefined }): VNode {
  const wrong = refused?.problems.filter(({ field }) => field === 'behaviour') ?? [];
  const current = refused?.fields.given('behaviour') ?? chosen;
  // The usual one first.
  const behaviours = [...(desk?.behaviours ?? [])].sort((a, b) => Number(b.id === TOUR.behaviour) - Number(a.id === TOUR.behaviour));
  return (
    <fieldset class="fld behaviours" aria-describedby={wrong.length > 0 ? 'f-behaviour-p' : undefined}>
      <legend class="lab">Cách thực hiện</legend>
      {behaviours.map(({ id, title, description }) => (
        <label key={id} class="ck">
          <input type="radio" name="behaviour" value={id} checked={id === current} />
          <span>
            {title.vi}
            <small class="sub">{description.vi}</small>
          </span>
        </label>
      ))}
      {wrong.length > 0 && (
        <span class="wrong" id="f-behaviour-p">
          <Icon name="late" /> {wrong.map(({ message }) => message.vi).join('; ')}
        </span>
      )}
    </fieldset>
  );
}
