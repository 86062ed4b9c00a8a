/** A council's members changed by decision: seats are closed and opened, never rewritten; open sessions follow, closed ones stay as they are. */
import { z } from 'zod';
import { type HeldSeat, seatProblems, seatsOn } from '../../domain/council/council';
import { changeDayProblems } from '../../domain/council/membership';
import type { Actor } from '../../domain/cycle/state';
import { formatVietnamese } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import { route } from '../http/route';
import { code, documentNumber, localDate } from '../http/schemas';
import { ESTABLISHERS } from './access';
import { type CouncilRow, type CouncilView, councilView, idParams, readCouncil, seatsOf, viewOf } from './councils';
import { asDate, asLocalDate } from './dates';
import { recordChanges } from './events';
import { enterSeats, memberInput, seatsFor } from './seats';
import { applySessionChange, openSessionChanges, type SessionChange } from './session-members';
import { TAG, TRANSACTION } from './shared';

export const changeInput = z.strictObject({
  decisionNumber: documentNumber,
  on: localDate.meta({ description: 'Ngày đầu tiên có hiệu lực. / The first day it holds.' }),
  leave: z.array(code).max(60).optional().meta({ description: 'Mã các chỗ thôi giữ (M1, M2, …). / Seats given up.' }),
  join: z.array(memberInput).max(60).optional().meta({
    description:
      'Chỗ mới. Đổi vai trò: một chỗ trong leave và một chỗ mới của cùng người. / New seats; another role is a seat left and a new one of the same person.',
  }),
  setAsideSheets: z.boolean().optional().meta({
    description:
      'Biết rằng phiếu đã nộp của người thôi tham gia không còn được tính ở phiên đang mở; phiếu vẫn được giữ. / Sheets of those who leave count no more in open sessions; they are kept.',
  }),
});
type Change = z.output<typeof changeInput>;

export const changeMembers = route({
  method: 'post',
  path: '/api/councils/{id}/members',
  tag: TAG,
  summary: { vi: 'Thay đổi thành viên Hội đồng theo quyết định', en: 'Change a council’s members by decision' },
  description: {
    vi: 'Chỗ cũ được đóng, chỗ mới được mở, kể cả chỗ Chủ tịch được ủy quyền. Phiên đang mở theo thành viên của ngày họp; phiên đã kết thúc giữ nguyên. Người thôi tham gia đã nộp phiếu ở phiên đang mở: từ chối (409) đến khi gửi setAsideSheets.',
    en: 'Old seats are closed and new ones opened, the chair’s included. Open sessions take the members of the day they are held; closed ones stay. When one who leaves has handed in a sheet in an open session it is refused (409) until setAsideSheets is sent.',
  },
  who: ESTABLISHERS,
  params: idParams,
  body: changeInput,
  answer: { status: 200, schema: councilView, description: { vi: 'Hội đồng sau thay đổi', en: 'The council after the change' } },
  refusals: [409],
  handler: async ({ deps, actor, params, body }) => ({ body: await changeCouncil(deps, actor, params.id, body) }),
});

/**
 * Changes a council's members. The same change sent again changes nothing. Throws what is wrong with its day or its seats, and "not allowed now" while
 * sheets of open sessions would count no more and `setAsideSheets` does not say that this is meant.
 */
export async function changeCouncil(deps: ApiDeps, actor: Actor, id: string, change: Change): Promise<CouncilView> {
  const row = await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from council where id = ${id} for update`;
    const council = await readCouncil(tx, actor, id);
    const { decisionNumber, on, leave = [] } = change;
    const before = seatsOf(council);
    const joining = await newSeats(tx, council, change);
    if (await standsAlready(tx, id, change, joining)) return council;
    const problems = changeProblems(council, before, change, joining);
    if (problems.length) throw invalidInput(problems);

    const left = before.map((seat) => (leave.includes(seat.code) ? { ...seat, untilOn: on } : seat));
    const sessions = await openSessionChanges(tx, id, [...left, ...joining]);
    const fallen = sessions.filter(({ setAside }) => setAside.length > 0);
    if (fallen.length > 0 && change.setAsideSheets !== true) throw sheetsStand(council, fallen);

    await tx.councilMember.updateMany({ where: { councilId: id, code: { in: leave } }, data: { untilOn: asDate(on) } });
    await enterSeats(tx, id, joining, decisionNumber);
    const payload = { leave, join: joining.map(({ code: seat, personId, role, scores }) => ({ code: seat, personId, role, scores })) };
    await recordChanges(deps, tx, actor, [{ name: 'change-members', councilId: id, on, payload, sourceDocument: decisionNumber }]);
    for (const session of sessions) await applySessionChange(deps, tx, actor, session, { on, sourceDocument: decisionNumber });
    return await readCouncil(tx, actor, id);
  }, TRANSACTION);
  return viewOf(row);
}

async function newSeats(tx: Prisma.TransactionClient, council: CouncilRow, { on, join = [] }: Change) {
  const province = { provinceCode: council.provinceCode, officeCode: council.provinceCode };
  return await seatsFor(tx, join, { province, firstNumber: council.members.length + 1, fromOn: on });
}

type Joining = Awaited<ReturnType<typeof newSeats>>;

/** Whether this very change was entered before: same decision and day, the same seats left, the same people in the same roles. */
async function standsAlready(tx: Prisma.TransactionClient, councilId: string, change: Change, joining: Joining): Promise<boolean> {
  const events = await tx.councilEvent.findMany({
    where: { councilId, name: 'change-members', sourceDocument: change.decisionNumber, legalOn: asDate(change.on) },
  });
  const wanted = said({ leave: change.leave ?? [], join: joining });
  return events.some(({ payload }) => said(payload as unknown as Entered) === wanted);
}

interface Entered {
  leave: string[];
  join: { personId: string; role: string; scores: boolean }[];
}

const said = ({ leave, join }: Entered): string =>
  [...leave.toSorted(), ...join.map(({ personId, role, scores }) => `${personId} ${role} ${scores}`).sort()].join('\n');

function changeProblems(council: CouncilRow, before: readonly HeldSeat[], { on, leave = [] }: Change, joining: Joining): FieldProblem[] {
  if (leave.length + joining.length === 0)
    return [
      {
        field: 'leave',
        message: {
          vi: 'không có thay đổi nào: ghi người thôi tham gia hoặc người mới',
          en: 'nothing changes: name who leaves or who joins',
        },
      },
    ];
  const term = { termFrom: asLocalDate(council.termFrom), termTo: asLocalDate(council.termTo) };
  const dayProblems = changeDayProblems(term, before, on);
  if (dayProblems.length) return dayProblems;
  const held = seatsOn(before, on);
  const unknown = leave.filter((seat) => !held.some((one) => one.code === seat));
  if (unknown.length) return unknown.map((seat) => noSuchSeat(seat, held));
  return seatProblems([...held.filter((seat) => !leave.includes(seat.code)), ...joining], 'join');
}

function noSuchSeat(seat: string, held: readonly HeldSeat[]): FieldProblem {
  const codes = held.map((one) => one.code).join(', ');
  return { field: 'leave', message: { vi: `không có ${seat}; các thành viên: ${codes}`, en: `there is no ${seat}; members: ${codes}` } };
}

/** Sheets of open sessions that would count no more; told before, so that nobody learns it when the session closes. */
function sheetsStand({ members }: CouncilRow, fallen: readonly SessionChange[]): HttpProblem {
  const nameOf = (seat: string): string => members.find((member) => member.code === seat)?.person.name ?? seat;
  const problems = fallen.flatMap(({ session, leave, setAside }) =>
    leave.flatMap(({ code: seat }) => {
      const count = setAside.filter(({ member }) => member === seat).length;
      const held = asLocalDate(session.heldOn);
      return count === 0
        ? []
        : [
            {
              field: 'setAsideSheets',
              message: {
                vi: `${nameOf(seat)} (${seat}) đã nộp ${count} phiếu ở phiên ngày ${formatVietnamese(held)}`,
                en: `${nameOf(seat)} (${seat}) has handed in ${count} sheets in the session of ${held}`,
              },
            },
          ];
    }),
  );
  return new HttpProblem(
    'not-allowed-now',
    {
      vi: 'Người thôi tham gia đã nộp phiếu ở phiên chưa kết thúc. Nếu vẫn thay đổi từ ngày này, các phiếu ấy được giữ nhưng không còn được tính',
      en: 'One who leaves has handed in sheets in a session that is open. They would be kept and count no more; say so with setAsideSheets',
    },
    { problems, members: { sessions: fallen.map(({ session }) => session.id) } },
  );
}
