/** The receipt that the producer takes home: what was handed in, by when it is answered, and the two codes to look the dossier up with. */
import type { VNode } from 'preact';
import { lookupSecret } from '../../api/cycles/lookup';
import { readCycle, stateOf } from '../../api/cycles/read';
import { type CycleView, dateOf, viewOf } from '../../api/cycles/representation';
import { CYCLE_ID } from '../../api/cycles/routes';
import type { ApiDeps } from '../../api/deps';
import { documentsOf, type DocumentView } from '../../api/documents/keep';
import { STAFF } from '../../api/http/route';
import type { LocalDate } from '../../domain/dates';
import { due, wordyDay } from '../formats';
import { page, type PageCall, type View } from '../page';
import { Note } from '../parts/panel';
import { Qr } from '../parts/qr';
import { withQuery } from '../parts/tables';
import { inSentence, KIND_TITLES } from '../words';

/** When the dossier was handed in, the last time if it was more than once. */
interface Received {
  on: LocalDate;
  receiptNumber: string | null;
  documents: string[];
}

const RECEPTION = 'submit-dossier';

async function receivedOf({ db }: Pick<ApiDeps, 'db'>, cycleId: string, papers: readonly DocumentView[]): Promise<Received | null> {
  const event = await db.cycleEvent.findFirst({ where: { cycleId, name: RECEPTION }, orderBy: { sequence: 'desc' } });
  if (!event) return null;
  const { receiptNumber } = event.payload as { receiptNumber?: string };
  const brought = papers.filter(({ broughtBy }) => broughtBy.some(({ sequence }) => sequence === event.sequence));
  return { on: dateOf(event.legalOn), receiptNumber: receiptNumber ?? null, documents: brought.map(({ name }) => name) };
}

async function show({ deps, actor, params }: PageCall<{ id: string }, unknown>): Promise<View> {
  const row = await readCycle(deps, actor, params.id);
  const [view, state, papers, secret] = await Promise.all([
    viewOf(deps, actor, row),
    stateOf(deps, row),
    documentsOf(deps, row.id),
    lookupSecret(deps, row.id),
  ]);
  const received = await receivedOf(deps, row.id, papers);
  return {
    title: 'Giấy tiếp nhận hồ sơ',
    lead: 'Một trang A4, in hai bản: chủ thể giữ một bản, xã lưu một bản.',
    crumbs: <a href={`/ho-so/${view.id}`}>{view.productName}</a>,
    current: '/dang-tac',
    body: (
      <div class="stack">
        {!received && (
          <div class="no-print">
            <Note look="soon">Chưa ghi nhận ngày tiếp nhận hồ sơ: số và ngày để trống trên giấy.</Note>
          </div>
        )}
        <article class="receipt" aria-label="Giấy tiếp nhận hồ sơ">
          <Head view={view} received={received} units={deps.units} />
          <p class="receipt__t">GIẤY TIẾP NHẬN HỒ SƠ</p>
          <dl class="receipt__f">
            <Line term="Chủ thể">{view.producer.name}</Line>
            <Line term="Sản phẩm">{view.productName}</Line>
            <Line term="Nội dung">{`Đánh giá, phân hạng sản phẩm OCOP (${KIND_TITLES[view.kind]})`}</Line>
            <Line term="Nơi tiếp nhận">{inSentence(officeOf(view))}</Line>
            <Line term="Ngày tiếp nhận">{received ? wordyDay(received.on) : BLANK_DAY}</Line>
          </dl>
          <Handed documents={received?.documents ?? []} />
          <Promised view={view} isPaused={state.paused !== null} />
          <Codes code={view.id} secret={secret} publicUrl={deps.publicUrl} />
          <div class="receipt__s">
            <p>
              <b>NGƯỜI NỘP HỒ SƠ</b>
              <br />
              <i>(Ký, ghi rõ họ tên)</i>
            </p>
            <p>
              <b>NGƯỜI TIẾP NHẬN HỒ SƠ</b>
              <br />
              <i>(Ký, ghi rõ họ tên)</i>
            </p>
          </div>
        </article>
      </div>
    ),
  };
}

const BLANK_DAY = 'ngày …… tháng …… năm ………';

const officeOf = ({ communeName, communeCode }: CycleView): string => `UBND ${communeName ?? communeCode}`;

/** As Decree 30/2020 heads a paper; the receipt is the commune's, whoever prints it. */
function Head({ view, received, units }: { view: CycleView; received: Received | null; units: ApiDeps['units'] }): VNode {
  const province = units.byCode(view.provinceCode)?.fullName ?? '';
  const commune = units.byCode(view.communeCode)?.name ?? '';
  return (
    <div class="receipt__h">
      <div>
        {`UBND ${province}`.toUpperCase()}
        <br />
        <b class="u">{officeOf(view).toUpperCase()}</b>
        <br />
        Số: {received?.receiptNumber ?? '…………'}
      </div>
      <div>
        <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>
        <br />
        <b class="u">Độc lập - Tự do - Hạnh phúc</b>
        <br />
        <i>
          {commune}, {received ? wordyDay(received.on) : BLANK_DAY}
        </i>
      </div>
    </div>
  );
}

function Line({ term, children }: { term: string; children: string }): VNode {
  return (
    <div>
      <dt>{term}:</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What was handed in with the dossier; lines to write on where no file was kept. */
function Handed({ documents }: { documents: readonly string[] }): VNode {
  return (
    <div>
      <p>Thành phần hồ sơ đã nộp:</p>
      <ol class="receipt__d">
        {documents.length > 0
          ? documents.map((name) => <li key={name}>{name}</li>)
          : [1, 2, 3, 4].map((line) => <li key={line} class="blank" />)}
      </ol>
    </div>
  );
}

/** By when the next step is promised, as the public look-up tells it too. */
function Promised({ view, isPaused }: { view: CycleView; isPaused: boolean }): VNode {
  const { due: deadline, waitingFor, stepTitle } = view;
  const isPromised = deadline !== null && waitingFor !== null && !isPaused;
  return (
    <dl class="receipt__f">
      <Line term="Bước tiếp theo">{stepTitle.vi}</Line>
      <Line term="Ngày hẹn">{isPromised ? due(deadline) : 'chưa có; xem trên trang tra cứu'}</Line>
      {isPromised && <Line term="Căn cứ">{deadline.source}</Line>}
    </dl>
  );
}

function Codes({ code, secret, publicUrl }: { code: string; secret: string; publicUrl: string }): VNode {
  const address = `${publicUrl}${withQuery('/tra-cuu', { ma: code, khoa: secret })}`;
  return (
    <div class="receipt__c">
      <div>
        <p>Tra cứu hồ sơ đang ở đâu, không cần tài khoản:</p>
        <dl class="receipt__f">
          <div>
            <dt>Mã hồ sơ:</dt>
            <dd class="code">{code}</dd>
          </div>
          <div>
            <dt>Mã bí mật:</dt>
            <dd class="code">{secret}</dd>
          </div>
          <Line term="Địa chỉ">{`${publicUrl}/tra-cuu`}</Line>
        </dl>
        <p class="small">Ai có mã bí mật thì xem được tình trạng hồ sơ; xin giữ kín. Hoặc quét mã QR bằng điện thoại.</p>
      </div>
      <Qr text={address} label="Mã QR mở trang tra cứu của hồ sơ này" />
    </div>
  );
}

/** For those who see the secret on the dossier's page. */
export const RECEIPT_PAGES = [page({ path: '/ho-so/{id}/giay-tiep-nhan', who: STAFF, params: CYCLE_ID, show })];
