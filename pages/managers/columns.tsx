/** The columns of dossiers. */
import type { VNode } from 'preact';
import type { StuckDossier } from '../../api/managers/dossiers';
import type { LocalDate } from '../../domain/dates';
import type { DeadlineDate } from '../../domain/deadlines';
import { day, dayMonth, due, number } from '../formats';
import { Chip, LatenessChip, marginWords, TroubleChip } from '../parts/lateness';
import type { Column } from '../parts/tables';
import { KIND_TITLES } from '../words';
import { officerWord, recipientWord, shortSource, turnWord } from './words';

export const Limit = ({ deadline }: { deadline: (DeadlineDate & { source: string }) | null }): VNode =>
  deadline ? (
    <span>
      <span class="nw">{due(deadline)}</span>
      <small>{shortSource(deadline.source)}</small>
    </span>
  ) : (
    <span class="muted">không đặt hạn</span>
  );

/** Nothing extends the older certificate while a national result is pending. */
const OlderCertificate = ({ ends }: { ends: LocalDate }): VNode => (
  <>
    <Chip look="soon" icon="late">
      Giấy cũ hết hạn
    </Chip>
    <small>{day(ends)}</small>
  </>
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
        <small>{row.margin && marginWords(row.margin)}</small>
        {row.olderCertificateEnds !== null && <OlderCertificate ends={row.olderCertificateEnds} />}
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
  { title: 'Đã quá', numeric: true, cell: (row) => row.margin && <span class="t-late">{marginWords(row.margin, true)}</span> },
  nudged,
];
