/** What is nobody's delay, apart from the queue: technical trouble, pauses, steps without a date. */
import type { ComponentChildren, VNode } from 'preact';
import type { StuckDossier } from '../../../api/managers/dossiers';
import { number } from '../../formats';
import { LatenessChip, TroubleChip } from '../../parts/lateness';
import { Panel } from '../../parts/panel';
import { DataTable } from '../../parts/tables';
import type { Counts, Here } from './shared';

export function NotTheirDelay({ counts: { trouble, paused, withoutDate, certificates }, among }: { counts: Counts; among: Here }): VNode {
  return (
    <Panel title="Không phải chậm của đơn vị" id="not-theirs" class="c5">
      <p>
        <TroubleChip />{' '}
        {trouble === 0 ? (
          'Không có.'
        ) : (
          <>
            <a href="#ky-thuat">
              <b>{number(trouble)}</b> việc đang chờ quản trị hệ thống
            </a>
            . Không cộng vào số quá hạn.
          </>
        )}
      </p>
      <p>
        <LatenessChip lateness="paused" />{' '}
        <Dossiers count={paused} href={among({ lateness: 'paused' })}>
          dừng có lý do. Thời hạn riêng của hồ sơ không chạy.
        </Dossiers>
      </p>
      <p>
        <LatenessChip lateness="none" />{' '}
        <Dossiers count={withoutDate} href={among({ lateness: 'none' })}>
          ở bước không đặt ngày. Vẫn đếm số ngày chờ.
        </Dossiers>
      </p>
      {certificates > 0 && (
        <p>
          Ngoài mùa: <a href={among({ scope: 'validity' })}>giấy chứng nhận còn hiệu lực</a>, trong đó <b>{number(certificates)}</b> giấy
          đang chờ một bên xử lý.
        </p>
      )}
    </Panel>
  );
}

/** So many dossiers, with their list, and what of them; none is said so. */
function Dossiers({ count, href, children }: { count: number; href: string; children: ComponentChildren }): VNode {
  if (count === 0) return <>Không có.</>;
  return (
    <>
      <a href={href}>
        <b>{number(count)}</b> hồ sơ
      </a>{' '}
      {children}
    </>
  );
}

export function Troubles({ items, count, href }: { items: readonly StuckDossier[]; count: number; href: string }): VNode {
  return (
    <div id="ky-thuat" class="below">
      <Panel
        title="Sự cố kỹ thuật"
        id="trouble"
        class="panel--tech"
        bare
        aside={<a href={href}>Xem cả {number(count)}</a>}
        foot="Việc của quản trị hệ thống, không tính là chậm của đơn vị nào."
      >
        <DataTable
          caption="Hồ sơ có sự cố kỹ thuật"
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Sản phẩm',
              cell: (row) => (
                <a class="pn" href={`/ho-so/${row.id}`}>
                  {row.productName}
                </a>
              ),
            },
            { title: 'Xã, phường', cell: (row) => row.communeName ?? row.communeCode },
            { title: 'Bước', cell: (row) => row.stepTitle.vi },
            { title: 'Sự cố', cell: (row) => row.attention },
          ]}
        />
      </Panel>
    </div>
  );
}
