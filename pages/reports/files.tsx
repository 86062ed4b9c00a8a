/** Registers, periodic reports and the national table, as files to take away. */
import type { VNode } from 'preact';
import { certificatesFile, registrationsFile, resultsFile } from '../../api/registers/routes';
import type { LocalDate } from '../../domain/dates';
import { DayField, FormProblem, type Option, SelectField, Submit } from '../parts/forms';
import { Panel } from '../parts/panel';
import { AreaFields, type Call, FIRST_YEAR, PATH, planOptions, refusedIn } from './shared';

export const REGISTERS = {
  'dang-ky': { title: 'Danh sách đăng ký kèm nhu cầu hỗ trợ', file: registrationsFile },
  'giay-chung-nhan': { title: 'Sổ giấy chứng nhận', file: certificatesFile },
  'ket-qua': { title: 'Bảng kết quả đánh giá, phân hạng', file: resultsFile },
} as const;
type Register = keyof typeof REGISTERS;
export const REGISTER_NAMES = Object.keys(REGISTERS) as [Register, ...Register[]];

export function Registers({ call }: { call: Call }): VNode {
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

export function Periodic({ call }: { call: Call }): VNode {
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

export function NationalTable({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'ptnt-ocop');
  const year = Number(call.deps.today().slice(0, 4));
  const years = Array.from({ length: year - FIRST_YEAR + 1 }, (_, back) => String(year - back));
  return (
    <Panel
      title="Bảng PTNT_OCOP (CSV)"
      id="ptnt"
      foot="Cột theo Quyết định 5277/QĐ-BNNMT như nguồn thứ cấp ghi lại: hãy đối chiếu trước khi nộp. Doanh thu là số đã báo; sản phẩm chưa báo thì để trống."
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
