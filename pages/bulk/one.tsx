/** One change of many dossiers: where it is, what it does, and what the reader may do with it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { viewOfOne } from '../../api/bulk/routes';
import { ITEM_STATUSES, type ItemStatus, readChange } from '../../api/bulk/store';
import { type ChangeView, namesOf, viewsOfItems } from '../../api/bulk/views';
import { moment, number } from '../formats';
import type { PageCall, View } from '../page';
import { Form, FormProblem, QuickFilters, Submit, TextField } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Facts, Note, Panel } from '../parts/panel';
import { Pager, withQuery } from '../parts/tables';
import { ItemsTable } from './items';
import { by, LISTED, LOOKS, officerIn } from './looks';
import { changeWords, PATH } from './words';

export const params = z.object({ id: z.uuid() });

export const query = z.object({
  'ket-qua': z.enum(ITEM_STATUSES).optional(),
  tu: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
});

type Call = PageCall<z.output<typeof params>, z.output<typeof query>>;

const ITEM_WORDS: Record<ItemStatus, string> = {
  planned: 'Sẽ thay đổi',
  done: 'Đã thay đổi',
  undone: 'Đã hoàn tác',
  kept: 'Không hoàn tác được',
  unchanged: 'Không đổi',
  refused: 'Không áp dụng được',
};

export async function show(call: Call): Promise<View> {
  const { deps, actor, query: asked } = call;
  const change = await viewOfOne(deps, actor, await readChange(deps, actor, call.params.id));
  const only = asked['ket-qua'];
  const from = Number(asked.tu ?? -1);
  const rows = await deps.db.bulkChangeItem.findMany({
    where: { changeId: change.id, position: { gt: from }, ...(only ? { status: only } : {}) },
    orderBy: { position: 'asc' },
    take: LISTED + 1,
  });
  const items = await viewsOfItems(deps, rows.slice(0, LISTED));
  const names = await namesOf(deps, [
    officerIn(change),
    ...items.flatMap(({ before, after }) => [before, after].flatMap((one) => (one ? [one.officers.commune, one.officers.province] : []))),
  ]);
  const path = `${PATH}/${change.id}`;
  const last = rows[LISTED - 1];
  const shown = only ? change.counts[only] : change.counts.total;
  return {
    title: changeWords(change.action, change.body, names),
    lead: <StatusLine change={change} />,
    crumbs: <a href={PATH}>Thay đổi nhiều hồ sơ</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Progress change={change} path={path} />
        <div class="grid">
          <Panel title="Đề xuất" id="de-xuat" class="c7">
            <Facts
              pairs={[
                ['Lý do', change.reason],
                ['Văn bản', change.sourceDocument],
                ['Người lập', by(change.proposed)],
                [change.status === 'rejected' ? 'Người không duyệt' : 'Người duyệt', by(change.decided)],
                ['Lý do không duyệt', change.decisionReason],
                ['Xong lúc', change.finishedAt && moment(Date.parse(change.finishedAt))],
                ['Người hoàn tác', by(change.undone)],
                ['Lý do hoàn tác', change.undoReason],
              ]}
            />
          </Panel>
          <Panel title="Việc của bạn" id="viec" class="c5 no-print">
            <Decisions call={call} change={change} path={path} />
          </Panel>
        </div>
        <Panel title="Từng hồ sơ" id="tung-ho-so" bare>
          <div class="gap-s" />
          <QuickFilters
            items={[
              { title: 'Tất cả', href: path, count: change.counts.total, current: only === undefined },
              ...(Object.keys(ITEM_WORDS) as ItemStatus[])
                .filter((one) => change.counts[one] > 0)
                .map((one) => ({
                  title: ITEM_WORDS[one],
                  href: withQuery(path, { 'ket-qua': one }),
                  count: change.counts[one],
                  current: only === one,
                })),
            ]}
          />
          <ItemsTable
            action={change.action}
            body={change.body}
            items={items}
            names={names}
            caption="Từng hồ sơ của đề xuất"
            past={change.status !== 'proposed' && change.status !== 'rejected'}
          />
          <Pager
            shown={items.length}
            total={shown}
            first={from >= 0 ? withQuery(path, { 'ket-qua': only }) : null}
            next={rows.length > LISTED && last ? withQuery(path, { 'ket-qua': only, tu: last.position }) : null}
          />
        </Panel>
      </div>
    ),
  };
}

function StatusLine({ change: { status, statusTitle, counts } }: { change: ChangeView }): VNode {
  return (
    <>
      <Chip look={LOOKS[status]} {...(status === 'done' ? { icon: 'done' as const } : {})}>
        {statusTitle.vi}
      </Chip>{' '}
      {number(counts.total)} hồ sơ
      {counts.refused > 0 && `, ${number(counts.refused)} không áp dụng được`}.
    </>
  );
}

function Progress({ change: { status, counts, trouble }, path }: { change: ChangeView; path: string }): VNode | null {
  if (status !== 'running' && status !== 'undoing') return null;
  const left = status === 'running' ? counts.planned : counts.done;
  const done = status === 'running' ? counts.done : counts.undone + counts.kept;
  return (
    <Note look={trouble ? 'tech' : 'ok'}>
      <p>
        <progress value={done} max={Math.max(1, done + left)} aria-label="Tiến độ" /> Đã làm {number(done)} trong {number(done + left)} hồ
        sơ.
      </p>
      {trouble && <p>Bộ phận xử lý chưa trả lời; hệ thống tự làm tiếp, không hồ sơ nào bị làm hai lần.</p>}
      <p>
        <a href={path}>Xem lại tiến độ</a>. Đóng trang này việc vẫn chạy tiếp.
      </p>
    </Note>
  );
}

function Decisions({ call, change, path }: { call: Call; change: ChangeView; path: string }): VNode {
  const { may, status, proposed } = change;
  const own = proposed?.id === call.actor.id;
  const refusedIn = (name: string) => (call.refused?.form === name ? call.refused : undefined);
  return (
    <div class="stack">
      {status === 'proposed' && own && <p>Bạn lập đề xuất này, nên một người khác phải duyệt. Hãy gửi họ địa chỉ trang này.</p>}
      {may.approve && (
        <Form call={call} action={`${path}/duyet`}>
          <p>
            Duyệt thì hệ thống thực hiện ngay với tên bạn trong lịch sử của từng hồ sơ. Hồ sơ nào đã đổi sau khi lập đề xuất thì bỏ qua.
          </p>
          <Submit>Duyệt và thực hiện</Submit>
        </Form>
      )}
      {may.reject && (
        <details class="act" open={refusedIn('khong-duyet') !== undefined}>
          <summary>{own ? 'Rút đề xuất' : 'Không duyệt'}</summary>
          <Form call={call} action={`${path}/khong-duyet`}>
            <FormProblem refused={refusedIn('khong-duyet')} known={['reason']} />
            <TextField name="reason" label="Lý do" scope="no" refused={refusedIn('khong-duyet')} rows={2} />
            <Submit main={false}>{own ? 'Rút đề xuất' : 'Không duyệt'}</Submit>
          </Form>
        </details>
      )}
      {may.undo && (
        <details class="act" open={refusedIn('hoan-tac') !== undefined}>
          <summary>Hoàn tác</summary>
          <Form call={call} action={`${path}/hoan-tac`}>
            <FormProblem refused={refusedIn('hoan-tac')} known={['reason']} />
            <p>
              Được đến khi thư nhắc đầu tiên nói về hồ sơ đã gửi. Hồ sơ đã có thư hoặc đã đi tiếp thì giữ nguyên, có ghi lý do; việc hoàn
              tác ghi vào lịch sử như mọi thao tác.
            </p>
            <TextField name="reason" label="Lý do" scope="undo" refused={refusedIn('hoan-tac')} rows={2} />
            <Submit main={false}>Hoàn tác</Submit>
          </Form>
        </details>
      )}
      {!may.approve && !may.reject && !may.undo && <p class="muted">Không còn việc nào ở đề xuất này.</p>}
    </div>
  );
}
