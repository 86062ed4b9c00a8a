/** Reminders sent and coming about a dossier. */
import type { VNode } from 'preact';
import type { ApiDeps } from '../../api/deps';
import { titleOfRule } from '../../api/nudges/titles';
import { nudgesAhead } from '../../domain/nudges/ahead';
import type { CycleState } from '../../domain/cycle/state';
import { addMonths, type LocalDate, localDateAt } from '../../domain/dates';
import type { NudgeRecipient } from '../../domain/nudge-rules';
import { workingDayOnOrAfter } from '../../domain/working-days';
import { day, number } from '../formats';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';

export interface DossierNudge {
  key: string;
  on: LocalDate;
  title: string;
  /** The day that it is about: a limit, or the day a step began. */
  about: LocalDate;
  to: string;
  status: string;
  reason: string | null;
}

const MOST_SENT = 6;
const MOST_COMING = 5;
/** Of the ledger, sent or not. */
const MOST_READ = 60;
const MONTHS_AHEAD = 13;

export const RECIPIENT_TITLES: Record<NudgeRecipient, string> = {
  commune_officer: 'Cán bộ phụ trách OCOP cấp xã',
  commune_leadership: 'Lãnh đạo UBND cấp xã',
  provincial_officer: 'Chuyên viên OCOP cấp tỉnh',
  provincial_leadership: 'Lãnh đạo cơ quan OCOP cấp tỉnh',
  council_secretary: 'Thư ký Hội đồng',
  district_officer: 'Cấp huyện (cũ)',
};

export interface DossierNudges {
  rows: DossierNudge[];
  sent: number;
  /** Fell due and were not sent, each with its reason, latest last. */
  unsent: DossierNudge[];
}

/** The latest reminders of the ledger and the next ones of the agenda, by day. */
export async function nudgesOf(deps: ApiDeps, state: CycleState): Promise<DossierNudges> {
  const where = { cycleId: state.cycleId };
  const [ledger, sent] = await Promise.all([
    deps.db.nudge.findMany({ where: { ...where, status: { not: 'passed_over' } }, orderBy: { id: 'desc' }, take: MOST_READ }),
    deps.db.nudge.count({ where: { ...where, status: { in: ['sent', 'merged'] } } }),
  ]);
  const title = (ruleId: string): string => titleOfRule(deps.rules, ruleId).vi;
  const past = ledger.map((row) => ({
    key: String(row.id),
    on: row.settledAt ? localDateAt(row.settledAt.getTime()) : row.plannedFor.toISOString().slice(0, 10),
    title: title(row.ruleId),
    about: row.subjectOn.toISOString().slice(0, 10),
    to: RECIPIENT_TITLES[row.recipient as NudgeRecipient] ?? row.recipient,
    status: row.status,
    reason: row.reasonVi,
  }));
  const ahead = state.stage === 'closed' ? [] : nudgesAhead(state, addMonths(deps.today(), MONTHS_AHEAD));
  const coming = ahead.slice(0, MOST_COMING).map((one, index) => ({
    key: `ahead ${index}`,
    on: workingDayOnOrAfter(deps.calendar, one.plannedFor),
    title: title(one.ruleId),
    about: one.subjectOn,
    to: RECIPIENT_TITLES[one.recipient],
    status: 'coming',
    reason: null,
  }));
  const unsent = past.filter(({ status }) => status === 'suppressed').toReversed();
  const told = past.filter(({ status }) => status !== 'suppressed').slice(0, MOST_SENT);
  const rows = [...told.toReversed(), ...coming].sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
  return { rows, sent, unsent };
}

export function Nudges({ rows, sent, unsent }: DossierNudges): VNode {
  return (
    <Panel
      title="Nhắc việc đã gửi và sắp gửi"
      id="nhac"
      aside={`Đã gửi ${number(sent)} lần; gộp trong thư 08:00 mỗi ngày làm việc`}
      bare
      foot="Khi việc được ghi nhận, các lần nhắc còn lại của bước đó tự ngừng và sổ nhắc ghi rõ lý do."
    >
      {rows.length === 0 ? (
        <p class="panel__b">Bước này không có mốc nhắc nào trong {MONTHS_AHEAD} tháng tới.</p>
      ) : (
        <NudgeTable caption="Nhắc việc" rows={rows} />
      )}
      {unsent.length > 0 && (
        <details class="act within no-print">
          <summary>{number(unsent.length)} lần nhắc không gửi, vì sao</summary>
          <NudgeTable caption="Nhắc việc không gửi" rows={unsent} />
        </details>
      )}
    </Panel>
  );
}

function NudgeTable({ caption, rows }: { caption: string; rows: readonly DossierNudge[] }): VNode {
  return (
    <DataTable
      caption={caption}
      keyOf={({ key }) => key}
      rows={rows}
      columns={[
        { title: 'Ngày', cell: ({ on }) => <span class="nw plain">{day(on)}</span> },
        {
          title: 'Mốc nhắc',
          cell: ({ title, about }) => (
            <>
              {title} <small class="sub">về ngày {day(about)}</small>
            </>
          ),
        },
        { title: 'Người nhận', cell: ({ to }) => to },
        {
          title: 'Trạng thái',
          cell: ({ status, reason }) => (
            <span>
              <Status status={status} />
              {reason && <small>{reason}</small>}
            </span>
          ),
        },
      ]}
    />
  );
}

function Status({ status }: { status: string }): VNode {
  switch (status) {
    case 'sent':
      return (
        <Chip look="ok" icon="mail">
          Đã gửi
        </Chip>
      );
    case 'merged':
      return (
        <Chip look="ok" icon="mail">
          Đã gửi, gộp
        </Chip>
      );
    case 'failed':
      return <Chip look="tech">Không gửi được</Chip>;
    case 'suppressed':
      return <Chip look="plain">Không gửi</Chip>;
    case 'coming':
      return <Chip look="plain">Sẽ gửi</Chip>;
    default:
      return <Chip look="plain">Chờ gửi</Chip>;
  }
}
