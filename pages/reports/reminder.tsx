/** The formal reminder about overdue dossiers, with its annex. */
import type { VNode } from 'preact';
import type { OverdueDossier } from '../../api/reminders/overdue';
import { reminderFacts } from '../../api/reminders/routes';
import { number } from '../formats';
import { FormProblem, SelectField } from '../parts/forms';
import { Panel } from '../parts/panel';
import { Count, DataTable, withQuery } from '../parts/tables';
import { type Call, PATH, refusedIn } from './shared';

interface OverdueByCommune {
  code: string;
  name: string;
  commune: number;
  producer: number;
}

interface FoundOverdue {
  communes: readonly OverdueByCommune[];
  total: number;
  elsewhere: number;
}

/** What the letter would say; null while a province has to be chosen first. */
export async function overdueOf({ deps, actor, query: { province } }: Call): Promise<FoundOverdue | null> {
  if (actor.provinceCode === null && province === undefined) return null;
  const { facts, overdue } = await reminderFacts(deps, actor, province === undefined ? {} : { province });
  const byCommune = new Map<string, OverdueDossier[]>();
  for (const one of overdue.dossiers) byCommune.set(one.communeCode, [...(byCommune.get(one.communeCode) ?? []), one]);
  const turn = (dossiers: readonly OverdueDossier[], party: string): number =>
    dossiers.filter(({ waitingFor }) => waitingFor === party).length;
  return {
    total: overdue.dossiers.length,
    elsewhere: overdue.elsewhere.reduce((sum, { count }) => sum + count, 0),
    communes: [...byCommune].map(([code, dossiers]) => ({
      code,
      name: facts.communeName(code),
      commune: turn(dossiers, 'commune'),
      producer: turn(dossiers, 'producer'),
    })),
  };
}

export function Reminder({ call, found }: { call: Call; found: FoundOverdue | null }): VNode {
  const { province } = call.query;
  const download = (what: string, commune?: string): string => withQuery(`${PATH}/don-doc/${what}`, { province, commune });
  const list = (commune: string, waitingFor: string): string =>
    withQuery('/dang-tac', { commune, lateness: 'overdue', waitingFor, scope: 'open' });
  return (
    <Panel
      title="Công văn đôn đốc hồ sơ quá hạn"
      id="don-doc"
      aside={found ? `${number(found.total)} hồ sơ` : ''}
      bare
      foot="Chỉ nêu hồ sơ đến lượt xã hoặc chờ chủ thể mà xã hướng dẫn; hồ sơ chậm ở nơi khác không đổ cho xã."
    >
      {call.actor.provinceCode === null && (
        <form class="filters no-print" method="get" action={PATH}>
          <SelectField
            name="province"
            label="Tỉnh, thành phố"
            scope="dd"
            none="Chọn tỉnh"
            value={province}
            options={call.deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
          />
          <button class="btn btn--main" type="submit">
            Xem
          </button>
        </form>
      )}
      <FormProblem refused={refusedIn(call, 'don-doc')} />
      {found && found.total === 0 && <p class="panel__b">Không có hồ sơ quá hạn nào đến lượt xã hoặc chờ chủ thể.</p>}
      {found && found.total > 0 && (
        <>
          <DataTable
            caption="Hồ sơ quá hạn theo xã"
            keyOf={(one) => one.code}
            rows={found.communes}
            columns={[
              { title: 'Xã, phường', cell: (one) => one.name },
              {
                title: 'Đến lượt xã',
                numeric: true,
                cell: (one) => <Count value={one.commune} href={list(one.code, 'commune')} label={`hồ sơ đến lượt ${one.name}`} />,
              },
              {
                title: 'Chờ chủ thể',
                numeric: true,
                cell: (one) => <Count value={one.producer} href={list(one.code, 'producer')} label={`hồ sơ chờ chủ thể ở ${one.name}`} />,
              },
              {
                title: 'Công văn riêng',
                cell: (one) => (
                  <a href={download('cong-van', one.code)} aria-label={`Tải Word: công văn riêng cho ${one.name}`}>
                    Tải Word
                  </a>
                ),
              },
            ]}
          />
          <div class="panel__b form__a no-print">
            <a class="btn btn--main" href={download('cong-van')}>
              Tải công văn (.docx)
            </a>
            <a class="btn" href={download('phu-luc')}>
              Tải phụ lục (.xlsx)
            </a>
            {found.elsewhere > 0 && (
              <span class="hint">{number(found.elsewhere)} hồ sơ quá hạn đang ở nơi khác không nêu trong công văn.</span>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}
