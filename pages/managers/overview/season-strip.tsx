import type { VNode } from 'preact';
import type { Counter } from '../../../api/managers/counter';
import { type Season, windowOf } from '../../../api/managers/season';
import type { DeadlineDate } from '../../../domain/deadlines';
import type { LocalDate } from '../../../domain/dates';
import { day, due, number } from '../../formats';
import { pageOf } from '../parts';
import { shortSource } from '../words';

interface Part {
  title: string;
  text: string;
  opensOn: LocalDate | null;
  closes: DeadlineDate | null;
}

/** The season's calendar in a line: ideas, communes, province, and what the plan promises. */
export function SeasonStrip({ season, ideas, today }: { season: Season; ideas: Counter | undefined; today: LocalDate }): VNode {
  const parts = partsOf(season);
  const target = season.plan?.targets.find(({ metric }) => metric !== null);
  const now = parts.findLastIndex(({ opensOn }) => opensOn !== null && opensOn <= today);
  const idea = season.plan && windowOf(season.plan, 'idea_registration');
  return (
    <ol class="season" aria-label={`Lịch mùa ${season.year}`}>
      <li class="done">
        <b>Đăng ký ý tưởng</b>
        <span>
          {idea?.closes ? due(idea.closes) : 'Không đặt hạn'}
          {ideas && ideas.count > 0 && (
            <>
              {' · còn '}
              <a href={pageOf(ideas)}>{number(ideas.count)}</a> ý tưởng chờ
            </>
          )}
        </span>
      </li>
      {parts.map(({ title, text }, index) => (
        <li key={title} class={index < now ? 'done' : index === now ? 'now' : undefined} aria-current={index === now ? 'step' : undefined}>
          <b>{title}</b>
          <span>{text}</span>
        </li>
      ))}
      {target && (
        <li>
          <b>Chỉ tiêu của kế hoạch</b>
          <span>
            {target.title.vi} · <a href="/chi-tieu">xem kết quả</a>
          </span>
        </li>
      )}
    </ol>
  );
}

/** The two halves of the round: the plan's own windows where it has them, by the decision's dates where those come first. */
function partsOf({ plan, round, regime }: Season): Part[] {
  const source = shortSource(regime.procedure.rounds?.source ?? '');
  const commune = plan && windowOf(plan, 'commune_assessment');
  const province = plan && windowOf(plan, 'provincial_scoring');
  const limit = (word: string, date: DeadlineDate | undefined): string => (date ? `${word} ${due(date)} (${source})` : '');
  return [
    {
      title: commune?.title.vi ?? 'Xã, phường đánh giá',
      text: limit('Gửi đề nghị', round?.cutOff) || (commune?.closes ? due(commune.closes) : 'Không đặt hạn'),
      opensOn: commune?.opensOn ?? null,
      closes: round?.cutOff ?? null,
    },
    {
      title: province?.title.vi ?? 'Cấp tỉnh đánh giá',
      text: limit('Xong', round?.conclusion) || (province?.closes ? `đến ${day(province.closes.date)}` : 'Không đặt hạn'),
      opensOn: province?.opensOn ?? null,
      closes: round?.conclusion ?? null,
    },
  ];
}
