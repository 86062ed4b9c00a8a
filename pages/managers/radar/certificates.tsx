/** The list behind every bar and number of the radar. */
import type { z } from 'zod';
import { EVERYBODY } from '../../../api/http/route';
import { type CertificateRow, certificateQuery, countCertificates, listCertificates } from '../../../api/managers/certificates';
import { day, number } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { FilterBar } from '../../parts/forms';
import { Chip } from '../../parts/lateness';
import { type Column, DataTable, Pager, withQuery } from '../../parts/tables';
import { ChoiceField, choicesOf, CommuneField, Kept } from '../filters';
import { excelOf, Tools } from '../parts';
import { ANSWER_WORDS, WINDOW_WORDS } from '../words';

type Query = z.output<typeof certificateQuery>;
type Call = PageCall<unknown, Query>;

export const CERTIFICATES = '/ra-soat/danh-sach';
const ROWS = 40;

async function show(call: Call): Promise<View> {
  const { deps, actor, query } = call;
  const { cursor, limit = ROWS, ...filter } = query;
  const [list, total] = await Promise.all([
    listCertificates(deps, actor, filter, { cursor, limit }),
    countCertificates(deps, actor, filter),
  ]);
  const asked = inWords(query);
  return {
    title: 'Giấy chứng nhận còn hiệu lực',
    crumbs: <a href="/ra-soat">Rà soát 36 tháng</a>,
    lead: `${number(total)} giấy${asked.length ? ` ${asked.join(', ')}` : ''}. Hết hiệu lực sớm nhất trước.`,
    tools: <Tools call={call} excel={excelOf(CERTIFICATES, call.url)} rows={`${number(total)} giấy`} />,
    current: '/ra-soat',
    signatures: true,
    body: (
      <section class="panel" aria-labelledby="h-list">
        <h2 id="h-list" class="vh">
          Danh sách giấy chứng nhận
        </h2>
        <Filters call={call} />
        {list.items.length === 0 ? (
          <p class="empty">Không có giấy chứng nhận nào đúng với điều kiện lọc.</p>
        ) : (
          <DataTable caption="Giấy chứng nhận" columns={columns(call)} rows={list.items} keyOf={({ code }) => code} />
        )}
        <Pager
          shown={list.items.length}
          total={total}
          next={list.nextCursor === null ? null : withQuery(CERTIFICATES, { ...query, cursor: list.nextCursor })}
          first={cursor === undefined ? null : withQuery(CERTIFICATES, { ...query, cursor: undefined })}
        />
      </section>
    ),
  };
}

function inWords({ month, decision, issuedOn, validUntil, season, expiringBefore, answer, window }: Query): string[] {
  return [
    month && `hết hiệu lực trong tháng ${month.slice(5)}/${month.slice(0, 4)}`,
    decision && (decision === 'none' ? 'không ghi số quyết định' : `theo ${decision}`),
    issuedOn && `cấp ngày ${day(issuedOn)}`,
    !month && validUntil && `hết hiệu lực ngày ${day(validUntil)}`,
    season && `phải vào mùa ${season}`,
    expiringBefore && `hết hiệu lực trước ${day(expiringBefore)}`,
    window && `thời gian nộp ${WINDOW_WORDS[window].toLowerCase()}`,
    answer && (answer === 'unfiled' ? 'chưa nộp hồ sơ' : ANSWER_WORDS[answer].toLowerCase()),
  ].flatMap((one) => one || []);
}

function Filters({ call }: { call: Call }) {
  const { query } = call;
  return (
    <FilterBar action={CERTIFICATES}>
      <Kept query={query} names={['province', 'month', 'decision', 'issuedOn', 'validUntil', 'season', 'expiringBefore']} />
      <CommuneField call={call} />
      <ChoiceField name="window" label="Thời gian nộp" value={query.window} options={choicesOf(WINDOW_WORDS)} />
      <ChoiceField
        name="answer"
        label="Chủ thể trả lời"
        value={query.answer}
        options={[{ value: 'unfiled', title: 'Chưa nộp hồ sơ' }, ...choicesOf(ANSWER_WORDS)]}
      />
    </FilterBar>
  );
}

function columns({ deps }: Call): Column<CertificateRow>[] {
  return [
    {
      title: 'Sản phẩm',
      cell: (row) => (
        <>
          <a class="pn" href={`/ho-so/${row.cycleId}`}>
            {row.productName}
          </a>
          <small>
            {row.productCode} · {row.star} sao
          </small>
        </>
      ),
    },
    { title: 'Chủ thể', cell: (row) => row.producerName },
    { title: 'Xã, phường', cell: (row) => deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode },
    {
      title: 'Hết hiệu lực',
      sorted: 'ascending',
      cell: (row) => (
        <span>
          {day(row.extendedUntil ?? row.validUntil)}
          <small>{row.daysLeft < 0 ? `quá ${number(-row.daysLeft)} ngày` : `còn ${number(row.daysLeft)} ngày`}</small>
        </span>
      ),
    },
    {
      title: 'Quyết định',
      cell: (row) => (
        <span>
          {row.decisionNumber ?? 'không ghi số'}
          <small>
            ngày {day(row.issuedOn)} · {row.issuedBy ?? 'không ghi cơ quan'}
          </small>
        </span>
      ),
    },
    {
      title: 'Thời gian nộp',
      cell: ({ window, answer }) => (
        <Chip look={window === 'open' ? 'soon' : window === 'closed' && answer !== 'filed' ? 'late' : 'plain'}>{WINDOW_WORDS[window]}</Chip>
      ),
    },
    { title: 'Mùa an toàn cuối', cell: ({ lastSafeSeason }) => (lastSafeSeason === null ? '–' : `Mùa ${lastSafeSeason}`) },
    {
      title: 'Chủ thể trả lời',
      cell: ({ answer, successorId }) =>
        successorId === null ? ANSWER_WORDS[answer] : <a href={`/ho-so/${successorId}`}>{ANSWER_WORDS[answer]}</a>,
    },
  ];
}

export const certificateListPage = page({ path: CERTIFICATES, who: EVERYBODY, query: certificateQuery, show });
