/** Score sheets: a member enters and sees only their own while the session is open; nobody enters anything after it. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { Text } from '../../domain/sources';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { instant, text } from '../http/schemas';
import { READERS, SCORERS } from './access';
import { idParams } from './councils';
import { enterSheets, type GivenSheet, type SheetProblem } from './enter-sheets';
import { inOpenSession, readSession, requireSeat, seatOf, type SheetRow } from './session-records';
import { cycleIdSchema, TAG } from './shared';

export const givenSheet = z
  .strictObject({
    cycleId: cycleIdSchema,
    options: z.record(z.string().max(20), z.number()).meta({ description: 'Điểm theo mã tiêu chí. / Points by criterion code.' }),
    disqualified: z.strictObject({ reason: text(500) }).optional(),
    asksMeeting: text(500).optional().meta({ description: 'Khi lấy ý kiến bằng văn bản: vì sao cần họp. / Why a meeting is needed.' }),
  })
  .meta({ id: 'GivenSheet' });

export const enteredView = z.object({ entered: z.number().int(), unchanged: z.number().int() }).meta({ id: 'SheetsEntered' });

const enter = route({
  method: 'post',
  path: '/api/sessions/{id}/sheets',
  tag: TAG,
  summary: { vi: 'Thành viên nộp phiếu chấm của mình', en: 'A member hands in their own sheets' },
  description: {
    vi: 'Mỗi phiếu đủ mọi tiêu chí của bộ sản phẩm. Nộp lại trước khi phiên kết thúc là một bản mới; bản cũ được giữ.',
    en: 'Every sheet has every criterion of its set. Handing in again before the session closes makes a new version; old ones are kept.',
  },
  who: SCORERS,
  params: idParams,
  body: z.strictObject({ sheets: z.array(givenSheet).min(1).max(200) }),
  answer: { status: 200, schema: enteredView, description: { vi: 'Số phiếu đã ghi', en: 'How many were entered' } },
  handler: async ({ deps, actor, params, body: { sheets }, key }) => ({
    body: await enterOwnSheets(deps, actor, params.id, { sheets, key }),
  }),
});

/** A member hands in their own sheets. Throws what is wrong, under `sheets.<index>.options.<criterion>`. */
export async function enterOwnSheets(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { sheets, key }: { sheets: readonly GivenSheet[]; key: string },
): Promise<z.output<typeof enteredView>> {
  const done = await inOpenSession(deps, actor, id, async (tx, session) => {
    const { code: member } = requireSeat(session, actor);
    const once = sheets.filter(({ cycleId }, index) => sheets.findIndex((one) => one.cycleId === cycleId) === index);
    if (once.length < sheets.length) throw invalidInput([{ field: 'sheets', message: TWICE }]);
    return await enterSheets(deps, tx, session, sheets, { actor, member, source: 'form', key });
  });
  if (done.problems.length) throw invalidInput(done.problems.map((problem) => ({ field: fieldOf(problem), message: problem.text })));
  return { entered: done.entered, unchanged: done.unchanged };
}

const TWICE: Text = { vi: 'hai phiếu cho cùng một hồ sơ', en: 'two sheets for one dossier' };

/** Where a problem of a sheet stands in the request. */
export const fieldOf = ({ sheet, criterion }: SheetProblem): string =>
  `sheets.${sheet}${criterion === null ? '' : `.options.${criterion}`}`;

const sheetView = z
  .object({
    cycleId: z.string(),
    member: z.string(),
    scoringRound: z.number().int(),
    version: z.number().int(),
    options: z.record(z.string(), z.number()),
    total: z.number().int(),
    disqualified: z.string().nullable(),
    asksMeeting: z.string().nullable(),
    source: z.string(),
    enteredBy: z.string(),
    office: z.string(),
    enteredAt: instant,
  })
  .meta({ id: 'ScoreSheet' });

function viewOf(row: SheetRow): z.input<typeof sheetView> {
  const { cycleId, memberCode, scoringRound, version, total, disqualified, asksMeeting, source } = row;
  return {
    cycleId,
    member: memberCode,
    scoringRound,
    version,
    options: row.options as Record<string, number>,
    total,
    disqualified,
    asksMeeting,
    source,
    enteredBy: row.actorId,
    office: row.officeCode,
    enteredAt: row.enteredAt.toISOString(),
  };
}

const read = route({
  method: 'get',
  path: '/api/sessions/{id}/sheets',
  tag: TAG,
  summary: {
    vi: 'Phiếu chấm: của mình; mọi phiếu sau khi phiên kết thúc',
    en: 'Sheets: one’s own; all of them once the session is closed',
  },
  description: {
    vi: 'Mọi bản, cả bản đã được thay. Trước khi phiên kết thúc, không ai xem được phiếu của người khác. Sau đó thành viên vẫn chỉ xem phiếu của mình.',
    en: 'Every version, replaced ones included. Before the session closes nobody sees another’s sheet. After it a member still sees their own.',
  },
  who: READERS,
  params: idParams,
  answer: {
    status: 200,
    schema: z.object({ items: z.array(sheetView) }),
    description: { vi: 'Theo thứ tự ghi', en: 'In the order entered' },
  },
  refusals: [409],
  handler: async ({ deps, actor, params }) => ({ body: { items: await sheetsFor(deps, actor, params.id) } }),
});

/** The sheets of a session that the actor may see: their own, and all of them once it is closed. */
export async function sheetsFor(deps: ApiDeps, actor: Actor, id: string): Promise<z.input<typeof sheetView>[]> {
  const session = await readSession(deps.db, actor, id);
  const seat = seatOf(session, actor);
  const seesAll = session.status === 'closed' && actor.role !== 'council_member';
  if (!seesAll && !seat)
    throw new HttpProblem('not-allowed-now', {
      vi: 'Phiếu chấm chỉ xem được sau khi phiên kết thúc',
      en: 'Sheets can be seen once the session is closed',
    });
  const sheets = seesAll ? session.sheets : session.sheets.filter(({ memberCode }) => memberCode === seat?.code);
  return sheets.map(viewOf);
}

export const SHEET_ROUTES: Route[] = [enter, read];
