/** What an import did, and how far it has come. */
import { notFound } from '../../api/http/problem';
import { jobView } from '../../api/imports/jobs';
import { moment, number } from '../formats';
import type { View } from '../page';
import { Form, Submit } from '../parts/forms';
import { Facts, Note, Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { Refusals, Warnings } from './rows';
import { type FileCall, KINDS, PATH, StatusChip } from './shared';

export async function result(call: FileCall): Promise<View> {
  const { deps, actor } = call;
  const job = await deps.db.importJob.findUnique({ where: { id: call.params.id } });
  if (!job || (job.actorId !== actor.id && actor.role !== 'administrator')) throw notFound();
  const { counts, status, refused, warnings, kind, startedAt, finishedAt } = jobView(job, deps.clock.now());
  const upload = await deps.db.importUpload.findFirst({ where: { jobId: job.id, actorId: actor.id }, select: { id: true } });
  return {
    title: `Kết quả nhập: ${KINDS[kind].title.toLowerCase()}`,
    lead: (
      <>
        <StatusChip status={status} /> {number(counts.created)} dòng thêm mới, {number(counts.updated)} cập nhật, {number(counts.unchanged)}{' '}
        không đổi, {number(counts.refused)} từ chối.
      </>
    ),
    crumbs: <a href={withQuery(PATH, { loai: KINDS[kind].address })}>Nhập từ tệp</a>,
    current: PATH,
    body: (
      <div class="stack">
        {status === 'running' && (
          <Note look="ok">
            <p>
              <progress value={counts.done} max={Math.max(1, counts.total)} aria-label="Tiến độ" /> Đã làm {number(counts.done)} trong{' '}
              {number(counts.total)} dòng.
            </p>
            <p>
              <a href={`${PATH}/lan/${job.id}`}>Xem lại tiến độ</a>. Đóng hay tải lại trang này không ảnh hưởng việc nhập.
            </p>
          </Note>
        )}
        {status === 'interrupted' && (
          <Note look="soon">
            <p>Việc nhập bị ngắt sau {number(counts.done)} dòng. Làm tiếp với cùng tệp: dòng đã vào không bị trùng.</p>
            {upload ? (
              <Form call={call} action={`${PATH}/tep/${upload.id}`} class="form__a">
                <Submit>Làm tiếp</Submit>
              </Form>
            ) : (
              <p>
                <a href={withQuery(PATH, { loai: KINDS[kind].address })}>Gửi lại tệp</a>
              </p>
            )}
          </Note>
        )}
        <Panel title="Lần nhập" id="lan">
          <Facts
            pairs={[
              ['Bắt đầu', moment(Date.parse(startedAt))],
              ['Xong', finishedAt && moment(Date.parse(finishedAt))],
              ['Số dòng', number(counts.total)],
            ]}
          />
        </Panel>
        <Refusals refused={refused} />
        <Warnings warnings={warnings} />
      </div>
    ),
  };
}
