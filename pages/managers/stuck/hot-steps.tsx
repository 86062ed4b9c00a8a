/** The steps that hold most dossiers overdue or nearly so. */
import type { VNode } from 'preact';
import type { HeldStep } from '../../../api/managers/dossiers';
import { type Step, STEPS } from '../../../domain/cycle/stages';
import { number } from '../../formats';
import { Panel } from '../../parts/panel';
import { Count } from '../../parts/tables';
import { Bar } from '../parts';
import type { Here } from './shared';

const STEPS_SHOWN = 5;

export function HotSteps({ steps, among }: { steps: readonly HeldStep[]; among: Here }): VNode {
  const shown = steps.slice(0, STEPS_SHOWN);
  const most = Math.max(1, ...shown.map(({ overdue, dueSoon }) => overdue + dueSoon));
  const others = steps.length - shown.length;
  return (
    <Panel
      title="Bước nào giữ nhiều hồ sơ nhất"
      id="hot"
      class="c7"
      bare
      foot={others > 0 ? `Còn ${others} bước khác có hồ sơ quá hạn hoặc sắp đến hạn.` : undefined}
    >
      <div class="tw">
        <table class="matrix hot">
          <caption class="vh">Số hồ sơ quá hạn và sắp đến hạn theo bước</caption>
          <thead>
            <tr>
              <th scope="col">Bước</th>
              <th scope="col" class="n">
                Quá hạn
              </th>
              <th scope="col" class="n">
                Sắp đến hạn
              </th>
              <th scope="col" class="hide-s bar-col">
                <span class="vh">Biểu đồ</span>
              </th>
              <th scope="col" class="n">
                Trung vị chờ
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.length === 0 && (
              <tr>
                <th scope="row">Không bước nào có hồ sơ quá hạn hoặc sắp đến hạn</th>
                <td colSpan={4} />
              </tr>
            )}
            {shown.map(({ step, overdue, dueSoon, days }) => (
              <tr key={step}>
                <th scope="row">{STEPS[step as Step].title.vi}</th>
                <td class={overdue > 0 ? 'n t-late' : 'n'}>
                  <Count value={overdue} href={among({ step: step as Step, lateness: 'overdue' })} />
                </td>
                <td class="n">
                  <Count value={dueSoon} href={among({ step: step as Step, lateness: 'due_soon' })} />
                </td>
                <td class="hide-s bar-col">
                  <Bar
                    parts={[
                      { share: overdue, look: 'late' },
                      { share: dueSoon, look: 'soon' },
                      { share: most - overdue - dueSoon, look: 'nothing' },
                    ]}
                  />
                </td>
                <td class="n nw">{number(days, days % 1 === 0 ? 0 : 1)} ngày</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
