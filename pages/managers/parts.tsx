/** What the managers' pages share: numbers that open their lists, a list's tools, the columns of dossiers. */
import type { ComponentChildren, VNode } from 'preact';
import type { Counter } from '../../api/managers/counter';
import type { StuckDossier } from '../../api/managers/dossiers';
import type { DeadlineDate } from '../../domain/deadlines';
import { dayMonth, due, number } from '../formats';
import { Form, type FormCall } from '../parts/forms';
import { Icon } from '../parts/icons';
import { LatenessChip, TroubleChip } from '../parts/lateness';
import { type Column, Count } from '../parts/tables';
import { KIND_TITLES } from '../words';
import { marginWord, officerWord, recipientWord, shortSource, turnWord } from './words';

/** The page over the list of a counter: the same questions at the page's address. */
export function pageOf({ list }: Pick<Counter, 'list'>): string {
  return list.replace(/^\/api\/stuck/, '/dang-tac').replace(/^\/api\/certificates/, '/ra-soat/danh-sach');
}

/** A number that opens its list. */
export const Opens = ({ counter, label }: { counter: Counter; label?: string }): VNode => (
  <Count value={counter.count} href={pageOf(counter)} {...(label === undefined ? {} : { label })} />
);

/** A count with its noun as one link, inside a sentence. */
export function Said({ counter, children, look }: { counter: Counter; children: ComponentChildren; look?: 'late' | 'soon' }): VNode {
  const words = (
    <b>
      {number(counter.count)} {children}
    </b>
  );
  if (counter.count === 0) return words;
  return (
    <a class={look && `t-${look}`} href={pageOf(counter)}>
      {words}
    </a>
  );
}

/** Excel of exactly what is shown, and a short address of it. */
export function Tools({ call, excel, rows }: { call: FormCall & { url: string }; excel: string; rows?: string }): VNode {
  return (
    <>
      <a class="btn" href={excel}>
        <Icon name="down" />
        Tải Excel{rows && ` (${rows})`}
      </a>
      <Form call={call} action="/lien-ket" class="inline">
        <input type="hidden" name="path" value={call.url} />
        <button class="btn" type="submit">
          Liên kết ngắn
        </button>
      </Form>
    </>
  );
}

/** The same questions as Excel. */
export function excelOf(path: string, url: string): string {
  const [, query] = url.split('?');
  return `${path}/excel${query === undefined ? '' : `?${query}`}`;
}

export const Limit = ({ deadline }: { deadline: (DeadlineDate & { source: string }) | null }): VNode =>
  deadline ? (
    <span>
      <span class="nw">{due(deadline)}</span>
      <small>{shortSource(deadline.source)}</small>
    </span>
  ) : (
    <span class="muted">không đặt hạn</span>
  );

const product: Column<StuckDossier> = {
  title: 'Sản phẩm',
  cell: (row) => (
    <>
      <a class="pn" href={`/ho-so/${row.id}`}>
        {row.productName}
      </a>
      <small>
        {row.productCode} · {KIND_TITLES[row.kind]}
      </small>
    </>
  ),
};
const place: Column<StuckDossier> = { title: 'Xã, phường', cell: (row) => row.communeName ?? row.communeCode };
const nudged: Column<StuckDossier> = {
  title: 'Nhắc gần nhất',
  cell: ({ lastNudge }) =>
    lastNudge ? (
      <span>
        {dayMonth(lastNudge.on)}
        <small>
          lần {number(lastNudge.count)} · {recipientWord(lastNudge.recipient)}
        </small>
      </span>
    ) : (
      <span class="muted">chưa nhắc</span>
    ),
};

/** The nine columns of the queue. */
export const QUEUE: readonly Column<StuckDossier>[] = [
  product,
  place,
  {
    title: 'Giai đoạn, bước',
    cell: (row) => (
      <span>
        {row.stageTitle.vi}
        <small>{row.stepTitle.vi}</small>
      </span>
    ),
  },
  {
    title: 'Đến lượt',
    cell: (row) => (
      <span>
        {turnWord(row.waitingFor ?? 'nobody')}
        <small>{officerWord(row)}</small>
      </span>
    ),
  },
  { title: 'Ở giai đoạn', numeric: true, sorted: 'descending', cell: (row) => <b>{number(row.daysInStage)} ngày</b> },
  {
    title: 'Tình trạng',
    cell: (row) => (
      <span>
        <LatenessChip lateness={row.lateness} />
        {row.needsAttention && <TroubleChip />}
        <small>{marginWord(row.margin)}</small>
      </span>
    ),
  },
  { title: 'Hạn và căn cứ', cell: (row) => <Limit deadline={row.due} /> },
  {
    title: 'Sự kiện gần nhất',
    cell: ({ lastEvent }) =>
      lastEvent && (
        <span>
          {dayMonth(lastEvent.on)}
          <small>{lastEvent.title.vi}</small>
        </span>
      ),
  },
  nudged,
];

/** The short list of the overview. */
export const LONGEST: readonly Column<StuckDossier>[] = [
  {
    ...product,
    cell: (row) => (
      <>
        <a class="pn" href={`/ho-so/${row.id}`}>
          {row.productName}
        </a>
        <small>{KIND_TITLES[row.kind]}</small>
      </>
    ),
  },
  place,
  { title: 'Bước', cell: (row) => row.stepTitle.vi },
  { title: 'Đến lượt', cell: (row) => turnWord(row.waitingFor ?? 'nobody') },
  { title: 'Hạn và căn cứ', cell: (row) => <Limit deadline={row.due} /> },
  { title: 'Đã quá', numeric: true, cell: (row) => <span class="t-late">{marginWord(row.margin).replace(/^quá /, '')}</span> },
  nudged,
];

/** A bar of parts in proportion; the numbers stand beside it. */
export function Bar({ parts }: { parts: readonly { share: number; look: string }[] }): VNode {
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ share, look }) => {
        const width = total === 0 ? 0 : (100 * share) / total;
        x += width;
        return width > 0 ? (
          <rect
            key={look}
            class={`fill-${look}`}
            x={(x - width).toFixed(2)}
            y="0"
            width={Math.max(width - 0.6, 0.4).toFixed(2)}
            height="10"
          />
        ) : null;
      })}
    </svg>
  );
}
