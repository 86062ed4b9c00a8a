/** The list of offices: who hears of what, and where mails do not arrive. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { provinceCode } from '../../api/http/schemas';
import { countOffices, listOffices, OFFICE_FINDINGS, type OfficeView, type PersonView } from '../../api/reference/offices';
import { number } from '../formats';
import type { PageCall, View } from '../page';
import { Field, FilterBar, QuickFilters, SelectField } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable, Pager, withQuery } from '../parts/tables';
import { inSentence } from '../words';
import { EDITORS, PATH, titleOf } from './shared';

const PAGE = 50;

const FINDINGS: Record<(typeof OFFICE_FINDINGS)[number], string> = {
  unreachable: 'Không gửi thư tới được',
  refused: 'Có địa chỉ bị từ chối',
  nobody: 'Chưa có đầu mối',
};

export const query = z.object({
  q: z.string().max(100).optional(),
  tinh: provinceCode.optional(),
  can: z.enum(OFFICE_FINDINGS).optional(),
  ho_so: z.enum(['co']).optional(),
  cursor: z.string().max(400).optional(),
});

type Call = PageCall<unknown, z.output<typeof query>>;

export async function list(call: Call): Promise<View> {
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
