/** Where a dossier is: stage, whose turn, until when, who is in charge. */
import type { CycleView, EventView } from '../../api/cycles/representation';
import type { ApiDeps } from '../../api/deps';
import { marginOf } from '../../api/managers/dossiers';
import { eventTitle } from '../../api/managers/event-titles';
import { deadlinesOf } from '../../domain/cycle/due';
import { STAGE_TITLES } from '../../domain/cycle/stages';
import type { CycleState } from '../../domain/cycle/state';
import { daysBetween, localDateAt } from '../../domain/dates';
import { day, due, longDay, number } from '../formats';
import { Chip, LatenessChip, marginWords, TroubleChip } from '../parts/lateness';
import { Facts, Note, Panel } from '../parts/panel';
import { inSentence, lowerFirst } from '../words';
import type { Names } from './timeline';

interface WhereProps {
  view: CycleView;
  state: CycleState;
  events: readonly EventView[];
  names: Names;
  deps: ApiDeps;
}

export function Where({ view, state, events, names, deps }: WhereProps) {
  const today = deps.today();
  const { due: deadline } = view;
  const margin = deadline && !view.paused ? marginOf(deps, deadline.lastSafeOn, deadline.kind) : null;
  const enteredOn = localDateAt(Date.parse(view.stageEnteredAt));
  const latest = events.find(({ name }) => name !== 'remind');
  const older = deadlinesOf(state).find(({ kind }) => kind === 'older-certificate-expiry');
  return (
    <Panel
      title="Đang ở đâu"
      id="o-dau"
      class="first-s"
      aside={
        state.stage === 'closed' ? (
          <Chip look="plain">Đã kết thúc</Chip>
        ) : (
          <LatenessChip lateness={view.lateness} more={margin && view.lateness === 'overdue' ? marginWords(margin, true) : undefined} />
        )
      }
    >
      <Facts
        pairs={[
          ['Giai đoạn, bước', `${STAGE_TITLES[state.stage].vi}: ${lowerFirst(view.stepTitle.vi)}`],
          ['Đến lượt', turnOf(view, deps)],
          [
            'Hạn',
            deadline ? (
              <>
                <b>{due(deadline)}</b> · {deadline.source}
                {margin && !margin.over && <span class="muted">, {marginWords(margin)}</span>}
              </>
            ) : (
              'chưa có hạn ở bước này'
            ),
          ],
          ['Ở giai đoạn này', `${number(daysBetween(enteredOn, today))} ngày, từ ${day(enteredOn)}`],
          ['Cán bộ phụ trách', officersOf(view, names)],
          ['Việc gần nhất', latest ? `${day(latest.on)}: ${lowerFirst(eventTitle(latest.name).vi)}` : null],
          ['Liên hệ chủ thể', [view.producer.phone, view.producer.email].filter(Boolean).join(' · ') || null],
        ]}
      />
      {view.paused && (
        <div class="gap-s">
          <Note>
            <b>Đang tạm dừng từ {day(view.paused.on)}</b>
            {view.paused.until ? `, dự kiến tiếp tục ngày ${day(view.paused.until)}.` : '.'}
          </Note>
        </div>
      )}
      {deadline && view.lateness !== 'none' && !view.paused && deadline.lastSafeOn >= today && (
        <div class="gap-s">
          <Note {...(view.lateness === 'due_soon' ? { look: 'soon' } : {})}>
            Ngày an toàn cuối: <b class="nw">{longDay(deadline.lastSafeOn)}</b>.
          </Note>
        </div>
      )}
      {older && (
        <div class="gap-s">
          <Note look="soon">
            Giấy chứng nhận trước của sản phẩm có hiệu lực đến <b>{longDay(older.date)}</b>; không tự kéo dài khi còn chờ kết quả trung
            ương.
          </Note>
        </div>
      )}
      {view.attention && (
        <div class="gap-s">
          <Note look="tech">
            <TroubleChip /> Hệ thống đang gặp khó khi ghi hồ sơ này; không phải chậm của đơn vị nào. Quản trị viên đã được báo.
          </Note>
        </div>
      )}
    </Panel>
  );
}

/** The office whose turn it is, never a person. */
function turnOf(view: CycleView, { units }: ApiDeps) {
  const province = units.byCode(view.provinceCode)?.fullName ?? view.provinceCode;
  switch (view.waitingFor) {
    case null:
      return view.paused ? 'không ai, đang tạm dừng' : 'không ai phải làm gì lúc này';
    case 'producer':
      return (
        <>
          <b>Chủ thể: {view.producerName}</b>, UBND {inSentence(view.communeName ?? view.communeCode)} theo dõi
        </>
      );
    case 'commune':
      return <b>UBND {inSentence(view.communeName ?? view.communeCode)}</b>;
    case 'district':
      return <b>Cấp huyện (cũ)</b>;
    case 'province':
      return <b>Cơ quan OCOP {inSentence(province)}</b>;
    case 'ministry':
      return <b>Bộ Nông nghiệp và Môi trường</b>;
  }
}

function officersOf({ officers }: CycleView, names: Names): string {
  const named = [
    officers.commune && `cấp xã: ${names.get(officers.commune) ?? 'chưa rõ'}`,
    officers.province && `cấp tỉnh: ${names.get(officers.province) ?? 'chưa rõ'}`,
  ];
  return named.filter(Boolean).join(' · ') || 'chưa phân công';
}
