/** Why a deadline is what it is: every candidate with its source, the one that applies, and the count drawn as a calendar. */
import type { VNode } from 'preact';
import { reevaluationWindow } from '../../domain/certificates';
import { addDays, daysBetween, isoWeekday, type LocalDate } from '../../domain/dates';
import { leavesCommuneTime } from '../../domain/cycle/due';
import { type Candidate, type Deadline, lastSafeDay } from '../../domain/deadlines';
import type { CycleState } from '../../domain/cycle/state';
import type { Plan } from '../../domain/plans';
import { addWorkingDays, isWorkingDay, type WorkingCalendar, workingDaysBetween } from '../../domain/working-days';
import { day, dayMonth, due, number } from '../formats';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';

interface WhyProps {
  state: CycleState;
  deadline: Deadline;
  today: LocalDate;
  plans: readonly Plan[];
}

export function Why({ state, deadline, today, plans }: WhyProps): VNode {
  const winner = deadline.candidates.findIndex((one) => one.source === deadline.source && lastSafeDay(one) === lastSafeDay(deadline));
  const granted = state.granted.find((one) => one.kind === deadline.kind && one.beyond);
  return (
    <Panel title={`Vì sao hạn là ${day(deadline.date)}`} id="vi-sao" aside={whichApplies(deadline)} bare>
      <DataTable
        caption="Các căn cứ của hạn"
        keyOf={({ at }) => String(at)}
        marked={({ at }) => at === winner}
        rows={deadline.candidates.map((candidate, at) => ({ candidate, at }))}
        columns={[
          { title: 'Căn cứ', cell: ({ candidate }) => <Source written={candidate.source} plans={plans} /> },
          { title: 'Cách tính', cell: ({ candidate }) => howReckoned(candidate, deadline, state) },
          {
            title: 'Ngày an toàn cuối',
            cell: ({ candidate }) => (
              <span>
                <span class="nw">{day(lastSafeDay(candidate))}</span>
                <small class="nw">{due(candidate).slice(0, -5)}</small>
              </span>
            ),
          },
          {
            title: 'Kết quả',
            cell: ({ candidate, at }) =>
              at === winner ? (
                <Chip look="ok" icon="done">
                  Áp dụng
                </Chip>
              ) : (
                <span class="muted">{besides(candidate, deadline)}</span>
              ),
          },
        ]}
      />
      {granted?.beyond && (
        <p class="panel__f">
          Hạn theo quy định là {due(granted.beyond)} ({granted.beyond.source}); hồ sơ này được gia hạn theo{' '}
          {granted.source || 'văn bản gia hạn'}.
        </p>
      )}
      <Calendar count={countOf(state, deadline, today)} calendar={state.rules.calendar} />
    </Panel>
  );
}

const isExtended = ({ candidates, date, operator }: Deadline): boolean =>
  candidates.some((one) => lastSafeDay(one) < lastSafeDay({ date, operator }));

const whichApplies = (deadline: Deadline): string =>
  isExtended(deadline) ? 'Áp dụng ngày đã gia hạn' : 'Hạn áp dụng là ngày sớm nhất trong các căn cứ';

/** How a day that does not apply lies to the one that does. */
function besides(candidate: Candidate, deadline: Deadline): string {
  const [own, applied] = [lastSafeDay(candidate), lastSafeDay(deadline)];
  if (own === applied) return 'Cùng ngày';
  return own > applied ? 'Muộn hơn' : 'Sớm hơn, đã được gia hạn';
}

/** The document on one line, the article beneath. */
function Source({ written, plans }: { written: string; plans: readonly Plan[] }): VNode {
  const [, document = written, article = ''] = /^(.*?)(?:,\s*(Điều .*|dòng .*|Mục .*))$/s.exec(written) ?? [];
  return (
    <span>
      <span class="nw">{shortName(document, plans)}</span>
      {article && <small>{article}</small>}
    </span>
  );
}

function shortName(document: string, plans: readonly Plan[]): string {
  const plan = plans.find(({ id }) => document === `Kế hoạch ${id}`);
  if (!plan) return document.replace('Quyết định ', 'QĐ ').replace('/QĐ-TTg', '');
  return PLAN_LEVELS[plan.issuer.level] ?? 'Kế hoạch';
}

const PLAN_LEVELS: Partial<Record<string, string>> = { province: 'Kế hoạch tỉnh', commune: 'Kế hoạch xã' };

/** In words how a candidate's day comes about: its own quote where it has one. */
function howReckoned(candidate: Candidate, { kind }: Deadline, state: CycleState): string {
  const { basis, quote, source } = candidate;
  if (quote !== undefined) return `“${quote}”`;
  const { procedure } = state.rules;
  const { receivedOn, completeOn, conclusion, forwardedOn } = state.facts;
  const stops =
    state.stops.some(({ to }) => to !== undefined) && procedure.supplementStopsClock.value ? ', không tính thời gian chờ bổ sung' : '';
  if (basis === 'limit' && kind === 'commune-assessment' && receivedOn && procedure.communeLimit)
    return `${procedure.communeLimit.value.workingDays} ngày làm việc kể từ ngày tiếp nhận ${day(receivedOn)}${stops}`;
  if (basis === 'limit' && kind === 'revocation' && conclusion && procedure.revocationLimit)
    return `${procedure.revocationLimit.value.days} ngày kể từ ngày kết luận ${day(conclusion.on)}`;
  if (basis === 'limit' && kind === 'dossier-submission' && state.predecessor) return windowWords(state.predecessor.validUntil, state);
  if (basis === 'limit' && kind.startsWith('reevaluation-window') && state.certificate)
    return windowWords(state.certificate.validUntil, state);
  if (basis === 'limit' && kind === 'certificate-expiry' && state.certificate)
    return `${number(procedure.validity.value.months)} tháng kể từ ngày cấp ${day(state.certificate.issuedOn)}`;
  const since = kind === 'national-scoring' ? forwardedOn : completeOn;
  if (basis === 'limit' && procedure.reevaluationLimit && source === procedure.reevaluationLimit.source && since)
    return `${procedure.reevaluationLimit.value.days} ngày kể từ ngày hồ sơ đủ ${day(since)}${stops}`;
  if (basis === 'round' && kind === 'dossier-submission' && leavesCommuneTime(state, candidate))
    return 'Mốc của đợt đánh giá, trừ thời gian xã cần để đánh giá';
  return BASIS_WORDS[basis];
}

const BASIS_WORDS: Record<Candidate['basis'], string> = {
  round: 'Mốc của đợt đánh giá',
  limit: 'Thời hạn theo quy định',
  plan: 'Thời gian trong kế hoạch',
  transition: 'Quy định chuyển tiếp',
  granted: 'Ngày hẹn riêng cho hồ sơ này',
};

function windowWords(validUntil: LocalDate, { rules }: CycleState): string {
  const rule = rules.procedure.reevaluationWindow;
  const window = reevaluationWindow(validUntil, rule);
  if (!rule || !window) return BASIS_WORDS.limit;
  const { opensDaysBefore, closesDaysBefore } = rule.value;
  return `Nộp từ ${day(window.opensOn)} đến ${day(window.closesOn)}: trước khi hết hạn ${day(validUntil)} từ ${opensDaysBefore} đến ${closesDaysBefore} ngày`;
}

/** What the calendar counts: from a day, up to the last safe day, and from there to today when it has passed. */
interface Count {
  /** The day that is not counted itself; null when the count is only of what is left. */
  from: LocalDate | null;
  start: LocalDate;
  lastSafeOn: LocalDate;
  today: LocalDate;
}

const LONGEST_WEEKS = 9;

function countOf(state: CycleState, deadline: Deadline, today: LocalDate): Count | null {
  const lastSafeOn = lastSafeDay(deadline);
  const { receivedOn } = state.facts;
  const isCommuneLimit = deadline.kind === 'commune-assessment' && deadline.basis === 'limit' && receivedOn !== undefined;
  const from = isCommuneLimit ? receivedOn : null;
  const start = from ?? (lastSafeOn < today ? lastSafeOn : today);
  const end = lastSafeOn < today ? today : lastSafeOn;
  return daysBetween(start, end) > LONGEST_WEEKS * 7 - 7 ? null : { from, start, lastSafeOn, today };
}

function Calendar({ count, calendar }: { count: Count | null; calendar: WorkingCalendar }): VNode | null {
  if (!count) return null;
  const { start, lastSafeOn, today, from } = count;
  const end = lastSafeOn < today ? today : lastSafeOn;
  const monday = addDays(start, 1 - isoWeekday(start));
  const cells = (Math.floor(daysBetween(monday, end) / 7) + 1) * 7;
  const days = Array.from({ length: cells }, (_, index) => addDays(monday, index));
  const daysOff = days.filter((one) => one > start && one <= end && isoWeekday(one) < 6 && !isWorkingDay(calendar, one));
  return (
    <div class="panel__b gap-s">
      <h3>{headingOf(count)}</h3>
      <div class="cal" role="img" aria-label={inWords(count, calendar)}>
        {['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'].map((name) => (
          <span key={name} class="h">
            {name}
          </span>
        ))}
        {days.map((one, index) => (
          <Cell key={one} date={one} count={count} calendar={calendar} isFirst={index === 0} />
        ))}
      </div>
      <p class="small muted gap-s">
        Không đếm thứ Bảy, Chủ nhật
        {daysOff.length ? ` và ngày nghỉ: ${daysOff.map(dayMonth).join(', ')}` : ' và ngày nghỉ lễ; khoảng này không có ngày nghỉ lễ'}.
        {from && ' Ngày tiếp nhận không tính, đếm từ ngày kế tiếp.'}
      </p>
    </div>
  );
}

/** A limit in working days is counted as the law counts it; of any other only what is left of it, or beyond it. */
function headingOf({ from, lastSafeOn, today }: Count): string {
  if (from) return 'Đếm ngày làm việc';
  return lastSafeOn < today ? 'Số ngày làm việc đã quá' : 'Số ngày làm việc còn lại';
}

function Cell({ date, count, calendar, isFirst }: { date: LocalDate; count: Count; calendar: WorkingCalendar; isFirst: boolean }): VNode {
  const { from, start, lastSafeOn, today } = count;
  const works = isWorkingDay(calendar, date);
  const isLate = date > lastSafeOn && date <= today && works;
  const isCounted = date > start && date <= lastSafeOn && works;
  const looks = [
    date === from ? 'w0' : '',
    date === lastSafeOn ? 'end' : isCounted ? 'w' : '',
    isLate ? 'x' : '',
    date === today ? 'td' : '',
  ].filter(Boolean);
  const remark = ((): string => {
    if (date === from) return 'nhận';
    if (date === lastSafeOn) return 'hạn';
    if (isLate) return `+${workingDaysBetween(calendar, lastSafeOn, date)}`;
    return isCounted ? String(workingDaysBetween(calendar, start, date)) : '';
  })();
  return (
    <span class={looks.join(' ') || undefined}>
      {isFirst || date.endsWith('-01') ? `${Number(date.slice(8))}/${Number(date.slice(5, 7))}` : Number(date.slice(8))}
      {remark && <i>{remark}</i>}
    </span>
  );
}

function inWords({ from, lastSafeOn, today }: Count, calendar: WorkingCalendar): string {
  const counted = from
    ? `Nhận ngày ${day(from)}, đếm ${workingDaysBetween(calendar, from, lastSafeOn)} ngày làm việc từ ${day(addWorkingDays(calendar, from, 1))} đến ${day(lastSafeOn)}; `
    : '';
  const now =
    lastSafeOn < today
      ? `từ đó đến hôm nay ${day(today)} quá ${workingDaysBetween(calendar, lastSafeOn, today)} ngày làm việc`
      : `từ hôm nay ${day(today)} còn ${workingDaysBetween(calendar, today, lastSafeOn)} ngày làm việc`;
  return counted + now;
}
