/** A session: its dossiers, who has handed in (never the points before it closes), what is still missing, and the results after it. */
import type { z } from 'zod';
import type { VNode } from 'preact';
import { KEEPERS, SCORERS } from '../../api/council/access';
import type { idParams } from '../../api/council/councils';
import { waitingDossiers } from '../../api/council/listing';
import { draftsOf } from '../../api/council/drafts';
import { readSession } from '../../api/council/session-records';
import { type SessionView, viewOfSession } from '../../api/council/session-view';
import { vietnameseDecimal } from '../../domain/stars/totals';
import { day, due, longDay, number } from '../formats';
import type { PageCall, View } from '../page';
import { Chip } from '../parts/lateness';
import { Facts, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence } from '../words';
import { OwnSheets } from './own-sheets';
import { MembersTable } from './session-members';
import { Timeline, timelineOf } from './timeline';
import { COUNCILS, PROCEDURE_TITLES, ROUTE_TITLES, type SessionDossier, roundTitle, sessionPath, STANDINGS, withoutSource } from './words';
import { Keeping } from './keeping';

export type SessionCall = PageCall<z.output<typeof idParams>, unknown>;

export async function showSession(call: SessionCall): Promise<View> {
  const { deps, actor, params } = call;
  const row = await readSession(deps.db, actor, params.id);
  const session = await viewOfSession(deps, row);
  const isOpen = session.status === 'open';
  const keeps = KEEPERS.some((role) => role === actor.role);
  const scores = SCORERS.some((role) => role === actor.role);
  const seat = scores ? session.members.find(({ personId }) => personId === actor.id) : undefined;
  const begun = new Set(seat && isOpen ? (await draftsOf(deps, actor, session.id)).map(({ cycleId }) => cycleId) : []);
  const waiting = keeps && isOpen ? await waitingDossiers(deps, actor, session.councilId) : [];
  const linked = actor.role !== 'council_member';
  return {
    title: `${session.procedure === 'meeting' ? 'Phiên họp Hội đồng' : 'Lấy ý kiến Hội đồng'} ${day(session.heldOn)}`,
    lead: leadOf(session),
    crumbs: (
      <>
        <a href={COUNCILS}>Hội đồng</a> › <a href={`${COUNCILS}/${session.councilId}`}>{inSentence(row.council.name)}</a>
      </>
    ),
    current: COUNCILS,
    tools: !isOpen && (
      <a class="btn" href={`${sessionPath(session.id)}/bien-ban`}>
        Tải biên bản (.docx)
      </a>
    ),
    body: (
      <div class="grid">
        <div class="c8 stack">
          {seat && <OwnSheets call={call} session={session} code={seat.code} begun={begun} />}
          {isOpen ? <Dossiers session={session} linked={linked} /> : <Results session={session} linked={linked} />}
          <MembersTable session={session} />
          <Timeline {...(await timelineOf(deps, actor, session))} />
        </div>
        <div class="c4 stack">
          <About session={session} />
          {keeps && <Keeping call={call} session={session} waiting={waiting} />}
        </div>
      </div>
    ),
  };
}

function leadOf({ status, closedOn, dossiers }: SessionView): string {
  if (status === 'closed')
    return `Phiên đã kết thúc${closedOn ? ` ngày ${day(closedOn)}` : ''}: ${number(dossiers.length)} hồ sơ có kết quả.`;
  if (dossiers.length === 0) return 'Phiên chưa có hồ sơ nào.';
  const unfinished = dossiers.filter(({ openPoints }) => openPoints.length > 0).length;
  return unfinished === 0
    ? `Cả ${number(dossiers.length)} hồ sơ đã đủ để kết luận.`
    : `Còn ${number(unfinished)} trong ${number(dossiers.length)} hồ sơ chưa đủ để kết luận.`;
}

function About({ session }: { session: SessionView }): VNode {
  const { procedure, heldOn, place, round, rules, handOverBy, status } = session;
  return (
    <Panel title="Phiên này" id="phien-nay">
      <Facts
        pairs={[
          ['Hình thức', PROCEDURE_TITLES[procedure]],
          [procedure === 'meeting' ? 'Ngày họp' : 'Hạn gửi ý kiến', longDay(heldOn)],
          ['Địa điểm', place],
          [
            'Đợt',
            round && `${roundTitle(round.id)}, kết luận ${due({ ...round.conclusion, operator: operatorOf(round.conclusion.operator) })}`,
          ],
          ['Chuyển hồ sơ', status === 'open' && handOverBy ? `chậm nhất ${day(handOverBy)}` : null],
          ['Quy chế', rules.title.vi],
        ]}
      />
      {round && !round.inTime && <p class="wrong-cell">Ngày này muộn hơn hạn kết luận của đợt.</p>}
    </Panel>
  );
}

const operatorOf = (operator: string): 'before' | 'on_or_before' => (operator === 'before' ? 'before' : 'on_or_before');

function ProductName({ dossier, linked }: { dossier: SessionDossier; linked: boolean }): VNode {
  const { cycleId, place, productName, producerName, commune } = dossier;
  return (
    <>
      {linked ? (
        <a class="pn" href={`/ho-so/${cycleId}`}>
          {place}. {productName}
        </a>
      ) : (
        <>
          {place}. {productName}
        </>
      )}
      <small>
        {producerName} · {commune}
      </small>
    </>
  );
}

function Dossiers({ session, linked }: { session: SessionView; linked: boolean }): VNode {
  const { dossiers } = session;
  if (dossiers.length === 0)
    return (
      <Panel title="Hồ sơ trong phiên" id="ho-so">
        <p class="muted">Chưa có hồ sơ nào.</p>
      </Panel>
    );
  return (
    <Panel title="Hồ sơ trong phiên" id="ho-so" aside="Điểm chỉ hiện sau khi phiên kết thúc" bare>
      <DataTable
        caption="Hồ sơ trong phiên"
        keyOf={({ cycleId }) => cycleId}
        rows={dossiers}
        columns={[
          { title: 'Sản phẩm', cell: (dossier) => <ProductName dossier={dossier} linked={linked} /> },
          {
            title: 'Tình trạng',
            cell: ({ standing, scoringRound }) => (
              <div>
                <Chip look={STANDINGS[standing].look}>{STANDINGS[standing].title}</Chip>
                {scoringRound > 1 && <small>chấm lần {scoringRound}</small>}
              </div>
            ),
          },
          { title: 'Đã chuyển', cell: ({ handedOverOn }) => (handedOverOn ? day(handedOverOn) : <span class="muted">chưa</span>) },
          { title: 'Phiếu', numeric: true, cell: ({ members }) => handedIn(members) },
          {
            title: 'Còn thiếu',
            cell: ({ openPoints, reason, standing }) =>
              standing === 'excluded' ? reason : openPoints.length === 0 ? 'không' : <OpenPoints points={openPoints.map(({ vi }) => vi)} />,
          },
        ]}
      />
    </Panel>
  );
}

/** What is missing, and under it on what that stands. */
function OpenPoints({ points }: { points: readonly string[] }): VNode {
  const told = points.map(withoutSource);
  const sources = [...new Set(told.flatMap(({ source }) => source ?? []))];
  return (
    <div>
      {told.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
      {sources.length > 0 && (
        <details class="fold">
          <summary>Căn cứ</summary>
          {sources.map((source) => (
            <small key={source}>{source}</small>
          ))}
        </details>
      )}
    </div>
  );
}

/** Sheets that are in, of those that are to come. */
function handedIn(members: SessionDossier['members']): string {
  const take = members.filter(({ interest }) => interest !== 'interest');
  return `${number(take.filter((one) => one.handedIn).length)}/${number(take.length)}`;
}

function Results({ session, linked }: { session: SessionView; linked: boolean }): VNode {
  return (
    <Panel title="Kết quả" id="ket-qua" aside="Điểm trung bình cắt bớt phần lẻ, không làm tròn" bare>
      <DataTable
        caption="Kết quả của phiên"
        keyOf={({ cycleId }) => cycleId}
        rows={session.dossiers}
        columns={[
          { title: 'Sản phẩm', cell: (dossier) => <ProductName dossier={dossier} linked={linked} /> },
          {
            title: 'Điểm',
            numeric: true,
            cell: ({ result }) => (result?.mean ? <b>{vietnameseDecimal(result.mean)}</b> : <span class="muted">không có</span>),
          },
          {
            title: 'Hạng',
            cell: ({ result }) =>
              typeof result?.star === 'number' ? (
                <div>
                  {result.star} sao
                  {result.band !== null && result.band !== result.star && <small>theo điểm: {result.band} sao</small>}
                </div>
              ) : (
                <span class="muted">không xếp</span>
              ),
          },
          { title: 'Phiếu', numeric: true, cell: ({ result }) => number(result?.members ?? 0) },
          { title: 'Chênh', numeric: true, cell: ({ result }) => (typeof result?.spread === 'number' ? number(result.spread) : '–') },
          { title: 'Kết luận', cell: (dossier) => <Conclusion dossier={dossier} /> },
        ]}
      />
    </Panel>
  );
}

function Conclusion({ dossier: { result, reason } }: { dossier: SessionDossier }): VNode {
  if (!result) return <span class="muted">chưa có</span>;
  return (
    <div>
      {ROUTE_TITLES[result.route] ?? result.route}
      {reason !== null && <small>{reason}</small>}
      {result.missedMinimums.map(({ criterion, title, level, needed }) => (
        <small key={`${criterion} ${level}`}>
          thiếu yêu cầu {level} sao ở {criterion} “{title}”: cần {needed} điểm
        </small>
      ))}
      {!result.recorded && <small class="wrong-cell">chưa ghi vào hồ sơ</small>}
      {result.steps.length > 0 && (
        <details class="fold">
          <summary>Cách tính</summary>
          <ol>
            {result.steps.map(({ vi, source }) => (
              <li key={vi}>
                {vi} <small>{source}</small>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
