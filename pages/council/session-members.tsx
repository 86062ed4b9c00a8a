/** Who scores in a session: who has answered and handed in, never the points. */
import type { VNode } from 'preact';
import type { SessionView } from '../../api/council/session-view';
import { SEAT_TITLES } from '../../domain/council/council';
import { number } from '../formats';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';

export function MembersTable({ session }: { session: SessionView }): VNode {
  const { members, dossiers } = session;
  const rows = members.map((member) => {
    const own = dossiers.map((dossier) => ({ dossier, mine: dossier.members.find(({ code }) => code === member.code) }));
    const take = own.filter(({ dossier, mine }) => mine?.interest !== 'interest' && dossier.standing !== 'excluded');
    return {
      ...member,
      unanswered: own.filter(({ mine }) => mine?.interest === 'unanswered').length,
      interests: own.flatMap(({ dossier, mine }) => (mine?.interest === 'interest' ? [dossier.productName] : [])),
      missing: take.flatMap(({ dossier, mine }) => (mine?.handedIn ? [] : [dossier.productName])),
      expected: take.length,
    };
  });
  return (
    <Panel title="Thành viên chấm điểm" id="ai-da-nop" aside={`${number(members.length)} người`} bare>
      <DataTable
        caption="Ai đã trả lời và nộp phiếu"
        keyOf={({ code }) => code}
        rows={rows}
        columns={[
          {
            title: 'Thành viên',
            cell: ({ name, code, role }) => (
              <>
                {name}
                <small>
                  {code} · {SEAT_TITLES[role].vi}
                </small>
              </>
            ),
          },
          {
            title: 'Lợi ích liên quan',
            cell: ({ unanswered, interests }) =>
              dossiers.length === 0 ? (
                <span class="muted">–</span>
              ) : (
                [
                  ...(interests.length > 0 ? [`có ở ${interests.join(', ')}`] : []),
                  ...(unanswered > 0 ? [`chưa trả lời ${number(unanswered)} hồ sơ`] : []),
                ].join('; ') || 'không có'
              ),
          },
          { title: 'Phiếu', numeric: true, cell: ({ expected, missing }) => `${number(expected - missing.length)}/${number(expected)}` },
          { title: 'Chưa nộp', cell: ({ missing }) => (missing.length === 0 ? 'không' : shortList(missing)) },
        ]}
      />
    </Panel>
  );
}

const SHOWN = 3;
const shortList = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} và ${number(names.length - SHOWN)} hồ sơ nữa`;
