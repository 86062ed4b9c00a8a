/** What the secretary and the province's staff do in a session; only what may be done now. */
import type { VNode } from 'preact';
import type { waitingDossiers } from '../../api/council/listing';
import type { SessionView } from '../../api/council/session-view';
import { day, number } from '../formats';
import type { Refused } from '../page';
import { CheckBoxes, DayField, Field, Form, type FormCall, type Option, SelectField, Submit, TextField } from '../parts/forms';
import { Panel } from '../parts/panel';
import { KIND_TITLES } from '../words';
import { Refusal } from './parts';
import { type SessionDossier, sessionPath, withoutSource } from './words';

interface KeepingProps {
  call: FormCall;
  session: SessionView;
  waiting: Awaited<ReturnType<typeof waitingDossiers>>;
}

const optionsOf = (dossiers: readonly SessionDossier[]): Option[] =>
  dossiers.map(({ cycleId, place, productName }) => ({ value: cycleId, title: `${place}. ${productName}` }));

export function Keeping({ call, session, waiting }: KeepingProps): VNode {
  if (session.status === 'closed') return <EnteringAgain call={call} session={session} />;
  const { dossiers } = session;
  return (
    <>
      <Closing call={call} session={session} />
      <Panel title="Việc của phiên" id="viec">
        <Adding call={call} session={session} waiting={waiting} />
        {dossiers.some(({ handedOverOn }) => handedOverOn === null) && <HandingOver call={call} session={session} />}
        <OnDossier
          call={call}
          session={session}
          name="cham-lai"
          title="Thảo luận và chấm lại"
          dossiers={dossiers.filter(({ standing }) => standing === 'rescore' || standing === 'exclusion')}
          hint="Phiếu cũ được giữ, không tính; mọi thành viên nộp phiếu mới."
          optional
        />
        <OnDossier
          call={call}
          session={session}
          name="loai"
          title="Kết luận loại hồ sơ"
          dossiers={dossiers.filter(({ status }) => status === 'listed')}
          hint="Là một kết luận của Hội đồng (Phụ lục II), không phải điểm 0."
        />
        <OnDossier
          call={call}
          session={session}
          name="dua-ra"
          title="Đưa ra khỏi phiên"
          dossiers={dossiers}
          hint="Ví dụ khi ý kiến bằng văn bản khác nhau và cần họp."
        />
        <Delegating call={call} session={session} />
        <Postponing call={call} session={session} />
      </Panel>
    </>
  );
}

type Props = Omit<KeepingProps, 'waiting'>;

const refusedIn = ({ refused }: FormCall, name: string): Refused | undefined => (refused?.form === name ? refused : undefined);

/** The product that a problem is about, by the session's list. */
const namesIn = (session: SessionView, shown: readonly string[]) => (field: string) =>
  shown.includes(field) ? null : session.dossiers.find(({ cycleId }) => cycleId === field)?.productName;

function Closing({ call, session }: Props): VNode {
  const refused = refusedIn(call, 'ket-thuc');
  const missing = session.dossiers.filter(({ openPoints }) => openPoints.length > 0);
  return (
    <Panel title="Kết thúc phiên" id="ket-thuc">
      {session.dossiers.length === 0 ? (
        <p class="gap-b">Chưa thể: phiên chưa có hồ sơ nào.</p>
      ) : missing.length > 0 ? (
        refused === undefined && (
          <div class="gap-b">
            <p>Chưa thể, còn thiếu:</p>
            <ul>
              {missing.map(({ cycleId, productName, openPoints }) => (
                <li key={cycleId}>
                  <b>{productName}</b>: {openPoints.map(({ vi }) => withoutSource(vi).text).join('; ')}
                </li>
              ))}
            </ul>
          </div>
        )
      ) : (
        <p class="gap-b">Mọi hồ sơ đã đủ để kết luận. Kết quả được tính một lần và không ai sửa được nữa.</p>
      )}
      <Form call={call} action={`${sessionPath(session.id)}/ket-thuc`}>
        <Refusal refused={refused} nameOf={namesIn(session, ['on', 'minutesNumber'])} />
        <DayField name="on" label="Ngày kết thúc" optional hint="Để trống: hôm nay." scope="kt" refused={refused} />
        <Field name="minutesNumber" label="Số biên bản" optional maxLength={100} refused={refused} />
        <Submit>Kết thúc phiên</Submit>
      </Form>
    </Panel>
  );
}

/** After closing, while results have not all entered their cycles. */
function EnteringAgain({ call, session }: Props): VNode | null {
  const waiting = session.dossiers.filter(({ result }) => result !== null && !result.recorded);
  if (waiting.length === 0) return null;
  const refused = refusedIn(call, 'ket-thuc');
  return (
    <Panel title="Ghi kết quả vào hồ sơ" id="ghi-tiep">
      <p>{number(waiting.length)} kết quả chưa được ghi vào hồ sơ. Gửi lại thì hệ thống làm tiếp chỗ dở, không ghi hai lần.</p>
      <Form call={call} action={`${sessionPath(session.id)}/ket-thuc`}>
        <Refusal refused={refused} nameOf={namesIn(session, [])} />
        <Submit>Ghi tiếp</Submit>
      </Form>
    </Panel>
  );
}

function Adding({ call, session, waiting }: KeepingProps): VNode {
  const refused = refusedIn(call, 'them');
  const names = (field: string) => (field === 'cycles' ? null : waiting.find(({ cycleId }) => cycleId === field)?.productName);
  return (
    <details class="act" open={session.dossiers.length === 0 || refused !== undefined}>
      <summary>Đưa hồ sơ vào phiên ({number(waiting.length)} chờ)</summary>
      {waiting.length === 0 ? (
        <p class="muted">Không có hồ sơ nào đã qua tiếp nhận và Tổ tư vấn mà chưa ở trong một phiên.</p>
      ) : (
        <Form call={call} action={`${sessionPath(session.id)}/them`}>
          <Refusal refused={refused} nameOf={names} />
          <CheckBoxes
            name="cycles"
            label="Hồ sơ chờ Hội đồng, gần hạn trước"
            options={waiting.map(({ cycleId, productName, producerName, kind, dueOn }) => ({
              value: cycleId,
              title: [
                `${productName}, ${producerName}`,
                KIND_TITLES[kind as keyof typeof KIND_TITLES] ?? kind,
                ...(dueOn ? [`hạn ${day(dueOn)}`] : []),
              ].join(' · '),
            }))}
            refused={refused}
          />
          <Submit>Đưa vào phiên</Submit>
        </Form>
      )}
    </details>
  );
}

function HandingOver({ call, session }: Props): VNode {
  const refused = refusedIn(call, 'chuyen');
  const waiting = session.dossiers.filter(({ handedOverOn }) => handedOverOn === null).length;
  return (
    <details class="act" open={session.dossiers.some(({ standing }) => standing === 'handover') || refused !== undefined}>
      <summary>Ghi ngày chuyển hồ sơ</summary>
      <Form call={call} action={`${sessionPath(session.id)}/chuyen`}>
        <Refusal refused={refused} nameOf={namesIn(session, ['on'])} />
        <DayField
          name="on"
          label={`Ngày chuyển ${number(waiting)} hồ sơ cho thành viên`}
          scope="chuyen"
          optional
          hint={`Để trống: hôm nay.${session.handOverBy ? ` Theo Quy chế, chậm nhất ${day(session.handOverBy)}.` : ''}`}
          refused={refused}
        />
        <Submit>Ghi ngày chuyển</Submit>
      </Form>
    </details>
  );
}

interface OnDossierProps extends Props {
  name: 'cham-lai' | 'loai' | 'dua-ra';
  title: string;
  dossiers: readonly SessionDossier[];
  hint: string;
  /** The reason may be left out. */
  optional?: boolean;
}

/** One dossier of the list and a reason. */
function OnDossier({ call, session, name, title, dossiers, hint, optional }: OnDossierProps): VNode | null {
  if (dossiers.length === 0) return null;
  const refused = refusedIn(call, name);
  return (
    <details class="act" open={name === 'cham-lai' || refused !== undefined}>
      <summary>{title}</summary>
      <Form call={call} action={`${sessionPath(session.id)}/${name}`}>
        <Refusal refused={refused} nameOf={namesIn(session, ['cycleId', 'reason'])} />
        <SelectField name="cycleId" label="Hồ sơ" scope={name} none="Chọn" options={optionsOf(dossiers)} refused={refused} />
        <TextField name="reason" label="Lý do" scope={name} hint={hint} optional={optional} rows={2} refused={refused} />
        <Submit main={false}>{title}</Submit>
      </Form>
    </details>
  );
}

function Delegating({ call, session }: Props): VNode {
  const refused = refusedIn(call, 'uy-quyen');
  const unpresided = session.dossiers.some(({ presides }) => presides === null);
  return (
    <details class="act" open={unpresided || refused !== undefined}>
      <summary>Ủy quyền chủ trì</summary>
      <Form call={call} action={`${sessionPath(session.id)}/uy-quyen`}>
        <Refusal refused={refused} nameOf={namesIn(session, ['to', 'cycleId', 'documentNumber', 'reason'])} />
        <SelectField
          name="to"
          label="Người chủ trì thay Chủ tịch"
          none="Chọn"
          options={session.members.map(({ code, name }) => ({ value: code, title: `${name} (${code})` }))}
          refused={refused}
        />
        <SelectField
          name="cycleId"
          label="Cho"
          scope="uy-quyen"
          none="Cả phiên"
          options={optionsOf(session.dossiers)}
          hint="Chọn một hồ sơ khi người chủ trì có lợi ích liên quan ở hồ sơ đó."
          refused={refused}
        />
        <Field name="documentNumber" label="Số văn bản ủy quyền" optional maxLength={100} refused={refused} />
        <Field name="reason" label="Lý do" scope="uy-quyen" optional maxLength={1000} refused={refused} />
        <Submit main={false}>Ghi ủy quyền</Submit>
      </Form>
    </details>
  );
}

function Postponing({ call, session }: Props): VNode {
  const refused = refusedIn(call, 'doi-ngay');
  const title = session.procedure === 'meeting' ? 'Đổi ngày họp' : 'Đổi hạn gửi ý kiến';
  return (
    <details class="act" open={refused !== undefined}>
      <summary>{title}</summary>
      <Form call={call} action={`${sessionPath(session.id)}/doi-ngay`}>
        <Refusal refused={refused} nameOf={namesIn(session, ['heldOn', 'reason'])} />
        <DayField name="heldOn" label="Ngày mới" refused={refused} />
        <Field name="reason" label="Lý do" scope="doi-ngay" maxLength={1000} refused={refused} />
        <Submit main={false}>{title}</Submit>
      </Form>
    </details>
  );
}
