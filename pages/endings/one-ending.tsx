/** One decision with what became of each of its certificates, and the papers about them. */
import type { z } from 'zod';
import { ENDERS } from '../../api/endings/input';
import { type EndingDecision, type endingParams, readEnding } from '../../api/endings/routes';
import { readCycles } from '../../api/cycles/read';
import { valueTitle } from '../dossier/action-words';
import { day, moment, number } from '../formats';
import type { PageCall, View } from '../page';
import { Facts, Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence, ROLE_TITLES } from '../words';
import { kindTitle, OutcomeTold, PATH } from './shared';

type Call = PageCall<z.output<typeof endingParams>, unknown>;

export async function one(call: Call): Promise<View> {
  const { deps, actor, caller, params } = call;
  const decision = await readEnding(deps, actor, params.id);
  const [cycles, office] = await Promise.all([
    readCycles(
      deps,
      decision.items.map(({ cycleId }) => cycleId),
    ),
    deps.db.office.findUnique({ where: { code: decision.actor.office } }),
  ]);
  const byId = new Map(cycles.map((row) => [row.id, row]));
  const ends = ENDERS.some((role) => role === caller.role);
  const refused = decision.counts['refused'] ?? 0;
  const { units } = deps;
  return {
    title: `Quyết định ${decision.number}`,
    lead: leadOf(decision),
    crumbs: <a href={PATH}>Thu hồi giấy chứng nhận</a>,
    current: PATH,
    signatures: true,
    tools: ends && decision.items.length > refused && (
      <a class="btn" href={`${PATH}/${decision.id}/du-thao`}>
        Tải văn bản (.docx)
      </a>
    ),
    body: (
      <div class="stack">
        <Panel title={kindTitle(decision.kind)} id="tom-tat">
          <Facts
            pairs={[
              ['Ngày ký', day(decision.signedOn)],
              ['Tỉnh', units.byCode(decision.provinceCode)?.fullName ?? decision.provinceCode],
              ['Căn cứ chung', decision.ground && valueTitle('ground', decision.ground)],
              ['Lý do', decision.reason],
              ['Ghi vào sổ', `${moment(Date.parse(decision.recordedAt))}, ${office ? inSentence(office.name) : ROLE_TITLES.administrator}`],
            ]}
          />
          {refused > 0 && (
            <div class="gap-s">
              <Note look="soon">
                {number(refused)} giấy không thu hồi được, lý do ở bảng dưới. Sửa xong thì ghi lại đúng quyết định này với các giấy ấy: giấy
                đã thu hồi không bị ghi lần hai.
              </Note>
            </div>
          )}
        </Panel>
        <Panel title="Từng giấy chứng nhận" id="giay" aside={`${number(decision.items.length)} giấy`} bare>
          <DataTable
            caption="Từng giấy chứng nhận của quyết định"
            keyOf={({ code }) => code}
            rows={decision.items}
            columns={[
              {
                title: 'Sản phẩm',
                cell: ({ cycleId, code }) => {
                  const row = byId.get(cycleId);
                  return (
                    <>
                      <a class="pn" href={`/ho-so/${cycleId}`}>
                        {row?.product.name ?? cycleId}
                      </a>
                      <small class="sub">
                        {[code, row?.product.producer.name, row && units.byCode(row.communeCode)?.fullName].filter(Boolean).join(', ')}
                      </small>
                    </>
                  );
                },
              },
              ...(decision.kind === 'revocation'
                ? [
                    {
                      title: 'Căn cứ',
                      cell: ({ ground }: EndingDecision['items'][number]) =>
                        ground === null ? <span class="muted">không ghi</span> : valueTitle('ground', ground),
                    },
                  ]
                : []),
              {
                title: 'Kết quả',
                cell: ({ outcome, reason }) => <OutcomeTold outcome={outcome} reason={reason} />,
              },
              ...(ends
                ? [
                    {
                      title: 'Thông báo',
                      cell: ({ code, cycleId, outcome }: EndingDecision['items'][number]) =>
                        outcome === 'refused' ? (
                          <span class="muted">không có</span>
                        ) : (
                          <a
                            href={`${PATH}/${decision.id}/thong-bao/${encodeURIComponent(code)}`}
                            aria-label={`Tải thông báo: ${byId.get(cycleId)?.product.name ?? code}`}
                          >
                            Tải (.docx)
                          </a>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </Panel>
      </div>
    ),
  };
}

function leadOf({ counts }: EndingDecision): string {
  const { ended = 0, noted = 0, refused = 0 } = counts;
  return [
    `${number(ended)} giấy chứng nhận đã thu hồi`,
    noted > 0 ? `${number(noted)} giấy đã hết hạn được ghi nhận` : '',
    refused > 0 ? `${number(refused)} giấy không thu hồi được` : '',
  ]
    .filter(Boolean)
    .join(', ')
    .concat('.');
}
