/** Minutes of a closed session, drafted from what the records hold. */
import { councilMinutes, type Minutes } from '../../documents/council-minutes';
import { letterDocx } from '../../documents/letter';
import { SEAT_TITLES, type SeatRole } from '../../domain/council/council';
import { countingSheets, interestOf, presidesOver } from '../../domain/council/session';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import { route } from '../http/route';
import { READERS } from './access';
import { idParams } from './councils';
import { asLocalDate } from './dates';
import { dossierFacts, factsOf, listedDossiers, readSession, type SessionRow } from './session-records';
import { namesOf, type SessionView, viewOfSession } from './session-view';
import { TAG } from './shared';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const minutes = route({
  method: 'get',
  path: '/api/sessions/{id}/minutes',
  tag: TAG,
  summary: { vi: 'Biên bản của phiên đã kết thúc (.docx)', en: 'Minutes of a closed session (.docx)' },
  description: {
    vi: 'Dự thảo để thư ký hoàn thiện và ký; số để trống.',
    en: 'A draft for the secretary to finish and sign; its number is left blank.',
  },
  who: READERS,
  params: idParams,
  answer: { status: 200, files: [DOCX], description: { vi: 'Biên bản', en: 'The minutes' } },
  refusals: [409],
  handler: async ({ deps, actor, params }) => ({ file: await minutesFile(deps, actor, params.id) }),
});

/** The draft of a closed session’s minutes. Throws while the session is open. */
export async function minutesFile(deps: ApiDeps, actor: Actor, id: string): Promise<{ type: string; name: string; bytes: Buffer }> {
  const session = await readSession(deps.db, actor, id);
  if (session.status !== 'closed')
    throw new HttpProblem('not-allowed-now', {
      vi: 'Biên bản có sau khi phiên kết thúc',
      en: 'There are minutes once the session is closed',
    });
  const view = await viewOfSession(deps, session);
  const bytes = await letterDocx(councilMinutes(await minutesOf(deps, session, view)));
  return { type: DOCX, name: `Biên bản Hội đồng ${view.heldOn}.docx`, bytes };
}

async function minutesOf(deps: ApiDeps, session: SessionRow, view: SessionView): Promise<Minutes> {
  const facts = factsOf(session);
  const names = await namesOf(deps, session);
  const nameOf = new Map(facts.seats.map(({ code, personId }) => [code, names.get(personId) ?? code]));
  const positions = new Map(session.council.members.map(({ code, position }) => [code, position]));
  const dossiers = (await listedDossiers(deps, session)).map(({ dossier }) => dossierFacts(session, dossier));
  const scored = dossiers.flatMap((dossier) => countingSheets(facts, dossier).map(({ member }) => member));
  const chair =
    facts.delegations.findLast(({ cycleId }) => cycleId === null)?.to ?? facts.seats.find(({ role }) => role === 'chair')?.code ?? '';
  const province = deps.units.byCode(session.council.provinceCode);
  const { council, rules } = { council: session.council, rules: facts.rules };
  return {
    issuer: { superior: `UBND ${province?.fullName ?? ''}`.toUpperCase(), office: 'HỘI ĐỒNG ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP' },
    place: province?.name ?? '',
    written: facts.procedure === 'written-opinions',
    heldOn: facts.heldOn,
    closedOn: view.closedOn ?? facts.heldOn,
    venue: session.place,
    council: { name: council.name, decisionNumber: council.decisionNumber, decisionOn: asLocalDate(council.decisionOn) },
    rules: { title: rules.title.vi, quorum: quorumText(facts) },
    chair: nameOf.get(chair) ?? '',
    members: facts.seats.map(({ code, role }) => ({
      code,
      name: nameOf.get(code) ?? '',
      role: SEAT_TITLES[role as SeatRole].vi,
      position: positions.get(code) ?? null,
      sheets: scored.filter((member) => member === code).length,
    })),
    dossiers: view.dossiers.flatMap((one, index) => {
      const own = dossiers[index];
      if (!own || !one.result) return [];
      const presides = presidesOver(facts, own);
      const named = (codes: string[]): string[] => codes.map((code) => nameOf.get(code) ?? code);
      return [
        {
          ...one,
          ...one.result,
          members: countingSheets(facts, own).length,
          recused: named(facts.seats.filter(({ code }) => interestOf(own, code) === 'interest').map(({ code }) => code)),
          scoringRounds: one.scoringRound,
          presides: presides === chair || presides === null ? null : (nameOf.get(presides) ?? presides),
          excluded: one.status === 'excluded' ? one.reason : null,
        },
      ];
    }),
  };
}

function quorumText({ rules: { quorum } }: ReturnType<typeof factsOf>): string {
  const { members, chairMustAttend } = quorum.value;
  return `ít nhất ${members.numerator}/${members.denominator} số thành viên${chairMustAttend ? ', có Chủ tịch hoặc người được ủy quyền' : ''}`;
}
