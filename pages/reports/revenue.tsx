/** What products brought in a year: a commune types in what its producers told it; the national table takes it from there. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { invalidInput, type FieldProblem } from '../../api/http/problem';
import type { UserRole } from '../../api/http/route';
import { heldIn } from '../../api/registers/national-table';
import { millionVnd, reportRevenue, revenueOf } from '../../api/registers/revenue';
import { type CertificateRow, certificates } from '../../api/registers/rows';
import type { FormFields } from '../form-fields';
import { number } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { Field, FilterBar, Form, FormProblem, SelectField, Submit } from '../parts/forms';
import { Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { FIRST_YEAR, PATH as REPORTS } from './shared';

/** Communes report; whoever keeps several of them has the API. */
export const REVENUE: UserRole[] = ['commune_staff'];
export const REVENUE_PATH = `${REPORTS}/doanh-thu`;

const query = z.object({ nam: z.coerce.number().int().min(FIRST_YEAR).max(2100).optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

const yearOf = ({ query: { nam }, deps }: Call): number => Math.min(nam ?? Infinity, Number(deps.today().slice(0, 4)));
const fieldOf = ({ productCode }: Pick<CertificateRow, 'productCode'>): string => `so-${productCode}`;

/** One row for each product with a certificate that held in the year. */
async function productsOf({ deps, actor }: Call, year: number): Promise<CertificateRow[]> {
  const held = heldIn(await certificates(deps, actor, {}), year, deps.today());
  return [...new Map(held.map((one) => [one.productCode, one])).values()];
}

async function show(call: Call): Promise<View> {
  const year = yearOf(call);
  const products = await productsOf(call, year);
  const known = await revenueOf(call.deps.db, year);
  const reported = products.filter(({ productCode }) => known.has(productCode)).length;
  return {
    title: `Doanh thu sản phẩm năm ${year}`,
    lead: `${number(reported)}/${number(products.length)} sản phẩm đã có số. Chưa báo thì để trống, không ghi 0.`,
    crumbs: <a href={REPORTS}>Báo cáo và tải về</a>,
    current: REPORTS,
    narrow: true,
    body: (
      <div class="stack">
        <YearFilter call={call} year={year} />
        {products.length === 0 ? (
          <Note>Không có sản phẩm nào có giấy chứng nhận còn hiệu lực trong năm này.</Note>
        ) : (
          <Form call={call} action={`${REVENUE_PATH}?nam=${year}`}>
            <FormProblem refused={call.refused} known={products.map(fieldOf)} />
            <Panel title="Từng sản phẩm" id="so" aside="doanh thu cả năm, triệu đồng" bare>
              <DataTable
                caption={`Doanh thu từng sản phẩm năm ${year}`}
                keyOf={({ productCode }) => productCode}
                rows={products}
                columns={[
                  {
                    title: 'Sản phẩm',
                    cell: (one) => (
                      <>
                        <span class="pn">{one.product}</span>
                        <small class="sub">{one.producer}</small>
                      </>
                    ),
                  },
                  { title: 'Hạng', cell: ({ star }) => `${star} sao` },
                  {
                    title: 'Doanh thu (triệu đồng)',
                    cell: (one) => (
                      <Field
                        name={fieldOf(one)}
                        label={<span class="vh">Doanh thu của {one.product}, triệu đồng</span>}
                        optional
                        inputMode="decimal"
                        value={written(known.get(one.productCode))}
                        refused={call.refused}
                      />
                    ),
                  },
                ]}
              />
              <p class="panel__b form__a">
                <Submit>Ghi doanh thu</Submit>
                <span class="hint">Ví dụ 1.250,5. Ghi lại thì số sau thay số trước.</span>
              </p>
            </Panel>
          </Form>
        )}
      </div>
    ),
  };
}

function YearFilter({ call, year }: { call: Call; year: number }): VNode {
  const thisYear = Number(call.deps.today().slice(0, 4));
  const years = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, back) => String(thisYear - back));
  return (
    <FilterBar action={REVENUE_PATH} button="Xem">
      <SelectField name="nam" label="Năm" value={String(year)} options={years.map((value) => ({ value, title: value }))} />
    </FilterBar>
  );
}

/** As it is written in Vietnamese: 1250.50 → `1250,5`. */
const written = (known: string | undefined): string => (known === undefined ? '' : String(Number(known)).replace('.', ','));

/** `1.250,5`, `1250,5` or `1250.5`; undefined for anything else. */
function amountIn(text: string): number | undefined {
  const grouped = /^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(text);
  const plain = grouped ? text.replaceAll('.', '').replace(',', '.') : text.replace(',', '.');
  const amount = /^\d+(\.\d{1,2})?$/.test(plain) ? millionVnd.safeParse(Number(plain)) : undefined;
  return amount?.data;
}

const WRONG = {
  vi: 'ghi số triệu đồng từ 0, tối đa hai chữ số sau dấu phẩy, ví dụ 1.250,5',
  en: 'million đồng from 0 with at most two decimals, such as 1.250,5',
};

/** What differs from what is known, product by product. Throws what is no number. */
function changesIn(fields: FormFields, products: readonly CertificateRow[], known: ReadonlyMap<string, string>) {
  const problems: FieldProblem[] = [];
  const changes = products.flatMap((one) => {
    const text = fields.text(fieldOf(one));
    if (text === '' || text === written(known.get(one.productCode))) return [];
    const amount = amountIn(text);
    if (amount === undefined) problems.push({ field: fieldOf(one), message: WRONG });
    return amount === undefined ? [] : [{ productCode: one.productCode, millionVnd: amount }];
  });
  if (problems.length > 0) throw invalidInput(problems);
  return changes;
}

export const REVENUE_PAGES = [
  page({ path: REVENUE_PATH, who: REVENUE, query, show }),
  form({
    path: REVENUE_PATH,
    who: REVENUE,
    query,
    show,
    async submit(call) {
      const { deps, actor, fields } = call;
      const year = yearOf(call);
      const changes = changesIn(fields, await productsOf(call, year), await revenueOf(deps.db, year));
      await reportRevenue(deps, actor, year, changes);
      const notice = changes.length > 0 ? `Đã ghi doanh thu của ${number(changes.length)} sản phẩm.` : 'Không có số nào thay đổi.';
      return { redirect: `${REVENUE_PATH}?nam=${year}`, notice };
    },
  }),
];
