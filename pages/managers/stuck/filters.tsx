import type { VNode } from 'preact';
import { KINDS } from '../../../api/cycles/filter';
import { STAGES } from '../../../domain/cycle/stages';
import { Field, FilterBar } from '../../parts/forms';
import { LATENESS_WORDS } from '../../parts/lateness';
import { KIND_TITLES, PARTY_TITLES } from '../../words';
import { ChoiceField, choicesOf, CommuneField, Kept } from '../filters';
import { STAGE_WORDS } from '../words';
import { type Call, STUCK } from './shared';

/** Questions that come with links and have no field. */
const KEPT = [
  'scope',
  'order',
  'step',
  'dueOn',
  'dueFrom',
  'dueTo',
  'officer',
  'attention',
  'enteredFrom',
  'event',
  'since',
  'work',
] as const;

export function Filters({ call }: { call: Call }): VNode {
  const { deps, actor, query } = call;
  const stages = STAGES.filter((stage) => stage !== 'closed' && stage !== 'validity');
  return (
    <FilterBar action={STUCK}>
      <Kept query={query} names={KEPT} />
      <div class="wide">
        <Field name="q" label="Tìm sản phẩm, mã, chủ thể (không cần dấu)" type="search" value={query.q} optional />
      </div>
      {actor.provinceCode === null && (
        <ChoiceField
          name="province"
          label="Tỉnh"
          value={query.province}
          options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
        />
      )}
      <CommuneField call={call} />
      <ChoiceField
        name="stage"
        label="Giai đoạn"
        value={query.stage}
        options={stages.map((stage) => ({ value: stage, title: STAGE_WORDS[stage][0] }))}
      />
      <ChoiceField name="waitingFor" label="Đến lượt" value={query.waitingFor} options={choicesOf(PARTY_TITLES)} />
      <ChoiceField
        name="lateness"
        label="Tình trạng"
        value={query.lateness}
        options={[{ value: 'overdue,due_soon', title: 'Quá hạn và sắp đến hạn' }, ...choicesOf(LATENESS_WORDS)]}
      />
      <ChoiceField
        name="kind"
        label="Loại đăng ký"
        value={query.kind}
        options={KINDS.map((kind) => ({ value: kind, title: KIND_TITLES[kind] }))}
      />
      <ChoiceField
        name="plan"
        label="Kế hoạch"
        long
        value={query.plan}
        options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
      />
    </FilterBar>
  );
}
