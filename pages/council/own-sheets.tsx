/** What a member has to do in a session: answer about interests, score, or send the workbook. */
import { z } from 'zod';
import type { VNode } from 'preact';
import type { SessionView } from '../../api/council/session-view';
import { number } from '../formats';
import type { Refused } from '../page';
import { Field, Form, type FormCall, REFUSAL_ID, SelectField, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { Refusal } from './parts';
import { INTEREST_TITLES, type SessionDossier, sessionPath, sheetPath } from './words';

interface OwnProps {
  call: FormCall;
  session: SessionView;
  /** The member's seat. */
  code: string;
}

interface OwnSheetsProps extends OwnProps {
  /** Dossiers whose sheet the member has begun and not handed in. */
  begun: ReadonlySet<string>;
}

export function OwnSheets({ call, session, code, begun }: OwnSheetsProps): VNode {
  const { dossiers } = session;
  const isOpen = session.status === 'open';
  const rows = dossiers.map((dossier) => ({ ...dossier, mine: dossier.members.find((one) => one.code === code) }));
  const toDo = rows.filter(({ mine, standing }) => mine?.interest !== 'interest' && !mine?.handedIn && standing !== 'excluded');
  const refusedIn = (form: string): Refused | undefined => (call.refused?.form === form ? call.refused : undefined);
  const sets = [...new Map(dossiers.map(({ productSet, setName }) => [productSet, setName]))].sort(([a], [b]) => a - b);
  return (
    <Panel
      title="Phiếu chấm của tôi"
      id="phieu-cua-toi"
      aside={isOpen ? (toDo.length === 0 ? 'Đã nộp đủ' : `Còn ${number(toDo.length)} phiếu`) : 'Phiên đã kết thúc'}
      bare
    >
      {rows.length === 0 ? (
        <p class="panel__b muted">Chưa có hồ sơ nào trong phiên.</p>
      ) : (
        <DataTable
          caption="Phiếu chấm của tôi"
          keyOf={({ cycleId }) => cycleId}
          rows={rows}
          columns={[
            {
              title: 'Sản phẩm',
              cell: ({ cycleId, place, productName, producerName }) => (
                <>
                  <a class="pn" href={sheetPath(session.id, cycleId)}>
                    {place}. {productName}
                  </a>
                  <small>{producerName}</small>
                </>
              ),
            },
            {
              title: 'Phiếu',
              cell: ({ cycleId, mine, standing }) => <SheetChip mine={mine} standing={standing} begun={begun.has(cycleId)} />,
            },
            { title: 'Lợi ích liên quan', cell: ({ mine }) => INTEREST_TITLES[mine?.interest ?? 'unanswered'] },
            { title: 'Bộ', cell: ({ productSet, setName }) => `${productSet}. ${setName}` },
          ]}
        />
      )}
      {isOpen && rows.length > 0 && (
        <div class="panel__b">
          <details class="act" open={rows.some(({ mine }) => mine?.interest === 'unanswered') || refusedIn('loi-ich') !== undefined}>
            <summary>Lợi ích liên quan</summary>
            <InterestForm call={call} session={session} dossiers={dossiers} code={code} refused={refusedIn('loi-ich')} />
          </details>
          <details class="act" open={refusedIn('phieu') !== undefined}>
            <summary>Chấm bằng sổ tính</summary>
            <p>Tải phiếu của bộ sản phẩm, chọn điểm, lưu rồi gửi lại. Sản phẩm để trống được bỏ qua.</p>
            <ul>
              {sets.map(([set, name]) => (
                <li key={set}>
                  <a href={`${sessionPath(session.id)}/phieu?bo=${set}`}>
                    Bộ {set}: {name} (.xlsx)
                  </a>
                </li>
              ))}
            </ul>
            <Form call={call} action={`${sessionPath(session.id)}/phieu`} files>
              <RefusedCells refused={refusedIn('phieu')} />
              <Field name="file" label="Sổ tính đã chấm (.xlsx)" type="file" accept=".xlsx" refused={refusedIn('phieu')} />
              <Submit>Nộp sổ tính</Submit>
            </Form>
          </details>
        </div>
      )}
    </Panel>
  );
}

function SheetChip({
  mine,
  standing,
  begun,
}: {
  mine: SessionDossier['members'][number] | undefined;
  standing: SessionDossier['standing'];
  begun: boolean;
}): VNode {
  if (standing === 'excluded') return <Chip look="pause">Đã loại</Chip>;
  if (mine?.interest === 'interest') return <Chip look="pause">Không chấm</Chip>;
  if (mine?.handedIn) return <Chip look="ok">{begun ? 'Đã nộp, có bản nháp mới' : 'Đã nộp'}</Chip>;
  if (begun) return <Chip look="soon">Bản nháp, chưa nộp</Chip>;
  return standing === 'handover' ? <Chip look="none">Chờ chuyển hồ sơ</Chip> : <Chip look="soon">Chưa nộp</Chip>;
}

const ANSWERS = [
  { value: 'khong', title: 'Không có' },
  { value: 'co', title: 'Có, không chấm' },
];

interface InterestProps extends OwnProps {
  dossiers: readonly SessionDossier[];
  refused: Refused | undefined;
  /** The sheet that is opened again afterwards. */
  backTo?: string;
}

/** The question of interest about some dossiers; those without an answer are left as they are. */
export function InterestForm({ call, session, dossiers, code, refused, backTo }: InterestProps): VNode {
  return (
    <Form call={call} action={`${sessionPath(session.id)}/loi-ich`}>
      <Refusal refused={refused} nameOf={(field) => dossiers.find(({ cycleId }) => cycleId === field)?.productName} />
      <p>Anh, chị có lợi ích liên quan đến chủ thể không? Người có lợi ích liên quan không chấm hồ sơ đó.</p>
      {dossiers.map(({ cycleId, place, productName, producerName, members }) => {
        const answer = members.find((one) => one.code === code)?.interest ?? 'unanswered';
        return (
          <SelectField
            key={cycleId}
            name={`loi-ich-${cycleId}`}
            label={`${place}. ${productName}, ${producerName}`}
            none="Chưa trả lời"
            value={answer === 'interest' ? 'co' : answer === 'none' ? 'khong' : ''}
            options={ANSWERS}
            refused={refused}
          />
        );
      })}
      <Field name="reason" label="Lý do, nếu có lợi ích liên quan" optional maxLength={1000} refused={refused} />
      {backTo !== undefined && <input type="hidden" name="ve" value={backTo} />}
      <Submit>Ghi trả lời</Submit>
    </Form>
  );
}

const cellsOf = z.array(
  z.object({
    sheet: z.string(),
    cell: z.string(),
    value: z.string().nullable(),
    reason: z.object({ vi: z.string() }),
    allowed: z.array(z.union([z.number(), z.string()])),
  }),
);

/** The cells of a workbook that were refused; the page's other refusals have none. */
function RefusedCells({ refused }: { refused: Refused | undefined }): VNode | null {
  const cells = cellsOf.safeParse(refused?.members['cells']).data ?? [];
  if (cells.length === 0) return <Refusal refused={refused} nameOf={(field) => (field === 'file' ? null : undefined)} />;
  return (
    <>
      <div class="note note--late" role="alert" id={REFUSAL_ID}>
        <b>Có {number(cells.length)} ô cần sửa; chưa ghi phiếu nào.</b>
      </div>
      <DataTable
        caption="Các ô cần sửa"
        keyOf={({ sheet, cell }) => `${sheet} ${cell}`}
        rows={cells}
        columns={[
          {
            title: 'Trang, ô',
            cell: ({ sheet, cell }) => (
              <>
                {sheet} <code class="cell">{cell}</code>
              </>
            ),
          },
          {
            title: 'Đang ghi',
            cell: ({ value }) => (value === null ? <span class="muted">trống</span> : <code class="cell">{value}</code>),
          },
          { title: 'Vì sao', cell: ({ reason }) => reason.vi },
          { title: 'Được ghi', cell: ({ allowed }) => allowed.join(', ') },
        ]}
      />
    </>
  );
}
