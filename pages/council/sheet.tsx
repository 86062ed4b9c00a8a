/** A member's own sheet for a dossier: every criterion of the product set with its choices. Nobody sees another's. */
import type { z } from 'zod';
import type { VNode } from 'preact';
import { SCORERS } from '../../api/council/access';
import { dossierParams } from '../../api/council/dossiers';
import { draftsOf, saveDraft } from '../../api/council/drafts';
import { readSession, requireSeat } from '../../api/council/session-records';
import { type SessionView, viewOfSession } from '../../api/council/session-view';
import { enterOwnSheets, givenSheet, sheetsFor } from '../../api/council/sheets';
import { notFound } from '../../api/http/problem';
import { PART_TITLES } from '../../documents/score-sheet/workbook';
import { type CriteriaSet, type Criterion, findSet, minimumFor, offeredPoints, type Part, STAR_LEVELS } from '../../domain/stars/criteria';
import { day, moment, number } from '../formats';
import type { FormFields } from '../form-fields';
import { form, page, type PageCall, type Refused, type View } from '../page';
import { Form, SelectField, Submit, TextField } from '../parts/forms';
import { Facts, Note, Panel } from '../parts/panel';
import { InterestForm } from './own-sheets';
import { Refusal } from './parts';
import { checked, COUNCILS, type SessionDossier, sessionPath, sheetPath } from './words';

type Call = PageCall<z.output<typeof dossierParams>, unknown>;
type Sheet = Awaited<ReturnType<typeof sheetsFor>>[number];
type Draft = Awaited<ReturnType<typeof draftsOf>>[number];

const PARTS: readonly Part[] = ['A', 'B', 'C'];
const fieldOf = ({ code }: Criterion): string => `diem-${code}`;
const problemOf = ({ code }: Criterion): string => `sheets.0.options.${code}`;

async function show(call: Call): Promise<View> {
  const { deps, actor, params, refused } = call;
  const row = await readSession(deps.db, actor, params.id);
  const { code } = requireSeat(row, actor);
  const session = await viewOfSession(deps, row);
  const dossier = session.dossiers.find(({ cycleId }) => cycleId === params.cycleId);
  const set = dossier && findSet(deps.rules.criteria, dossier.productSet);
  if (!dossier || !set) throw notFound();
  const mine = dossier.members.find((one) => one.code === code);
  const own = (await sheetsFor(deps, actor, params.id)).filter(({ cycleId, member }) => cycleId === dossier.cycleId && member === code);
  const latest = own.findLast(({ scoringRound }) => scoringRound === dossier.scoringRound);
  const draft = (await draftsOf(deps, actor, params.id)).find(({ cycleId }) => cycleId === dossier.cycleId);
  const closed = whyClosed(session, dossier, code);
  const asks = session.status === 'open' && dossier.standing !== 'excluded';
  return {
    title: `Phiếu chấm: ${dossier.productName}`,
    lead: leadOf(latest, draft),
    crumbs: (
      <>
        <a href={COUNCILS}>Hội đồng</a> › <a href={sessionPath(session.id)}>Phiên {day(session.heldOn)}</a>
      </>
    ),
    current: COUNCILS,
    narrow: true,
    body: (
      <div class="stack">
        <Panel title="Hồ sơ" id="ho-so">
          <Facts
            pairs={[
              ['Chủ thể', dossier.producerName],
              ['Xã, phường', dossier.commune],
              ['Bộ sản phẩm', `${dossier.productSet}. ${dossier.setName}`],
              ['Lần chấm', dossier.scoringRound > 1 ? `${dossier.scoringRound}: Hội đồng đã thảo luận và chấm lại` : null],
            ]}
          />
        </Panel>
        {asks && (
          <Panel title="Lợi ích liên quan" id="loi-ich" aside={mine?.interest === 'none' ? 'Đã trả lời: không có' : ''}>
            <details class="act" open={mine?.interest !== 'none'}>
              <summary>{mine?.interest === 'unanswered' ? 'Trả lời trước khi chấm' : 'Đổi câu trả lời'}</summary>
              <InterestForm call={call} session={session} dossiers={[dossier]} code={code} refused={undefined} backTo={dossier.cycleId} />
            </details>
          </Panel>
        )}
        {closed === null ? (
          <ScoreForm call={call} session={session} dossier={dossier} set={set} latest={latest} draft={draft} refused={refused} />
        ) : (
          <>
            <Note>{closed}</Note>
            {latest && <HandedIn set={set} sheet={latest} />}
          </>
        )}
      </div>
    ),
  };
}

function leadOf(latest: Sheet | undefined, draft: Draft | undefined): string {
  const handedIn = latest
    ? `Đã nộp ${number(latest.total)} điểm, bản ${latest.version}, lúc ${moment(Date.parse(latest.enteredAt))}.`
    : 'Chưa nộp phiếu cho hồ sơ này.';
  return draft ? `${handedIn} Đang có bản nháp lưu lúc ${moment(Date.parse(draft.savedAt))}, chưa nộp.` : handedIn;
}

/** Why nothing can be entered now; null when it can. */
function whyClosed(session: SessionView, dossier: SessionDossier, code: string): string | null {
  const interest = dossier.members.find((one) => one.code === code)?.interest;
  if (session.status === 'closed') return 'Phiên đã kết thúc; phiếu không sửa được nữa.';
  if (dossier.standing === 'excluded') return 'Hội đồng đã kết luận loại hồ sơ này.';
  if (interest === 'interest') return 'Anh, chị có lợi ích liên quan nên không chấm hồ sơ này.';
  if (interest !== 'none') return 'Trả lời về lợi ích liên quan trước khi chấm.';
  if (dossier.standing === 'handover') return 'Hồ sơ chưa được chuyển đến thành viên theo Quy chế, nên chưa chấm được.';
  return null;
}

interface ScoreProps {
  call: Call;
  session: SessionView;
  dossier: SessionDossier;
  set: CriteriaSet;
  latest: Sheet | undefined;
  draft: Draft | undefined;
  refused: Refused | undefined;
}

function ScoreForm({ call, session, dossier, set, latest, draft, refused }: ScoreProps): VNode {
  const begun = draft ?? latest;
  const shown = new Set([...set.criteria.map(problemOf), 'disqualified.reason', 'asksMeeting']);
  const missing = refused?.problems.filter(({ field }) => set.criteria.some((criterion) => problemOf(criterion) === field)).length ?? 0;
  return (
    <Form call={call} action={sheetPath(session.id, dossier.cycleId)}>
      <Refusal refused={refused} nameOf={(field) => (shown.has(field) ? null : undefined)} />
      {missing > 0 && <p class="wrong-cell">{number(missing)} tiêu chí cần sửa, được chỉ ra bên dưới.</p>}
      {PARTS.map((part) => (
        <PartPanel key={part} part={part} set={set} begun={begun} refused={refused} />
      ))}
      <Panel title="Ý kiến khác" id="y-kien">
        <div class="form">
          <TextField
            name="disqualified"
            label="Đề nghị loại hồ sơ, vì"
            optional
            rows={2}
            value={begun?.disqualified ?? ''}
            hint="Chỉ ghi khi hồ sơ thuộc trường hợp bị loại (Phụ lục II); khi đó có thể không chấm hết các tiêu chí."
            problemOf={['disqualified.reason']}
            refused={refused}
          />
          {session.procedure === 'written-opinions' && (
            <TextField
              name="asksMeeting"
              label="Đề nghị họp trực tiếp, vì"
              optional
              rows={2}
              value={begun?.asksMeeting ?? ''}
              refused={refused}
            />
          )}
        </div>
      </Panel>
      <div class="form__a">
        <Submit>{latest ? 'Nộp bản mới' : 'Nộp phiếu'}</Submit>
        <button class="btn" type="submit" name={KEEP} value="1">
          Lưu bản nháp
        </button>
        <span class="hint">
          Sửa và nộp lại được đến khi phiên kết thúc; các bản trước được giữ. Bản nháp chỉ mình anh, chị thấy, không tính vào kết quả và mất
          khi phiên kết thúc.
        </span>
      </div>
    </Form>
  );
}

interface PartProps extends Pick<ScoreProps, 'set' | 'refused'> {
  part: Part;
  begun: Sheet | Draft | undefined;
}

function PartPanel({ part, set, begun, refused }: PartProps): VNode {
  const criteria = set.criteria.filter((criterion) => criterion.part === part);
  const most = criteria.reduce((sum, { max }) => sum + max, 0);
  return (
    <Panel title={PART_TITLES[part]} id={`phan-${part}`} aside={`tối đa ${number(most)} điểm`}>
      {criteria.map((criterion, index) => (
        <div key={criterion.code}>
          {criterion.group !== undefined && criterion.group !== criteria[index - 1]?.group && <h3 class="crit-group">{criterion.group}</h3>}
          <div class="crit">
            <SelectField
              name={fieldOf(criterion)}
              label={`${criterion.code}. ${criterion.title}`}
              none="Chọn điểm"
              value={begun?.options[criterion.code] === undefined ? '' : String(begun.options[criterion.code])}
              options={offeredPoints(criterion).map((points) => ({ value: String(points), title: `${number(points)} điểm` }))}
              hint={minimumsOf(criterion)}
              problemOf={[problemOf(criterion)]}
              refused={refused}
            />
          </div>
        </div>
      ))}
    </Panel>
  );
}

/** What the stars ask for here. */
function minimumsOf(criterion: Criterion): string | undefined {
  const asked = STAR_LEVELS.flatMap((level) => {
    const needed = minimumFor(criterion, level);
    return needed === undefined ? [] : [`${level} sao cần từ ${needed} điểm`];
  });
  return asked.length > 0 ? `${asked.join(', ')}.` : undefined;
}

function HandedIn({ set, sheet }: { set: CriteriaSet; sheet: Sheet }): VNode {
  return (
    <Panel title="Phiếu đã nộp" id="da-nop" aside={`${number(sheet.total)} điểm`}>
      {sheet.disqualified !== null && <p>Đề nghị loại: {sheet.disqualified}</p>}
      <Facts
        pairs={set.criteria.map(({ code, title }) => [
          `${code}. ${title}`,
          sheet.options[code] === undefined ? '–' : number(sheet.options[code]),
        ])}
      />
    </Panel>
  );
}

/** What was chosen, by criterion; anything that is no number is as good as no choice. */
function optionsIn(fields: FormFields): Record<string, number> {
  const chosen = fields.names().flatMap((name) => {
    const [, code] = /^diem-(.+)$/.exec(name) ?? [];
    const written = fields.text(name);
    return code === undefined || !/^\d{1,3}$/.test(written) ? [] : [[code, Number(written)] as const];
  });
  return Object.fromEntries(chosen);
}

const PATH = '/phieu-cham/{id}/{cycleId}';
/** The button that keeps the sheet unfinished. */
const KEEP = 'nhap';

export const SHEET_PAGES = [
  page({ path: PATH, who: SCORERS, params: dossierParams, show }),
  form({
    path: PATH,
    who: SCORERS,
    params: dossierParams,
    show,
    async submit({ deps, actor, params: { id, cycleId }, fields, key }) {
      const sheet = checked(givenSheet, {
        cycleId,
        options: optionsIn(fields),
        ...(fields.given('disqualified') ? { disqualified: { reason: fields.text('disqualified') } } : {}),
        ...(fields.given('asksMeeting') ? { asksMeeting: fields.text('asksMeeting') } : {}),
      });
      if (fields.has(KEEP)) {
        const { savedAt } = await saveDraft(deps, actor, id, sheet);
        return { redirect: sheetPath(id, cycleId), notice: savedAt === null ? 'Đã bỏ bản nháp.' : 'Đã lưu bản nháp, chưa nộp.' };
      }
      const { entered } = await enterOwnSheets(deps, actor, id, { sheets: [sheet], key });
      const notice = entered > 0 ? 'Đã nộp phiếu.' : 'Phiếu như bản đã nộp; không ghi thêm bản mới.';
      return { redirect: sheetPath(id, cycleId), notice };
    },
  }),
];
