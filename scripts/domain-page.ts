/** `npm run docs:domain`: writes docs/domain.md from the domain's code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_NAMES } from '../domain/cycle/actions';
import { STAGES } from '../domain/cycle/stages';
import { loadRules } from '../plans/load';
import { stagesDiagram, stepsDiagram } from './domain-page/diagram';
import { INTRODUCTION } from './domain-page/prose';
import {
  actionsTable,
  deadlinesTable,
  groupsLegend,
  momentsTable,
  nudgesTable,
  outcomesTable,
  stepsTable,
  unreached,
} from './domain-page/tables';
import { walkEverywhere } from './domain-page/walks';

export const PAGE = join(__dirname, '..', 'docs', 'domain.md');

/**
 * The page as the code stands.
 * @throws RangeError when an action leads nowhere in any walk, so that it would be missing from the diagrams
 */
export function domainPage(): string {
  const { arrows } = walkEverywhere(ACTION_NAMES);
  const missing = unreached(arrows);
  if (missing.length) throw new RangeError(`no walk could do: ${missing.join(', ')}`);
  const moves = arrows.filter((arrow) => arrow.from !== arrow.to);
  const towardsCertificate = STAGES.filter((stage) => stage !== 'validity' && stage !== 'closed');
  return `${[
    INTRODUCTION.trim(),
    '## Stages (giai đoạn)',
    stagesDiagram(moves),
    '## From idea to certificate (từ ý tưởng đến giấy chứng nhận)',
    'Arrows carry the name of the action or moment. They were found by running the code in every direction.',
    stepsDiagram(moves, towardsCertificate),
    '## While the certificate is in force (trong thời hạn chứng nhận)',
    stepsDiagram(moves, ['validity']),
    '## Steps (bước)',
    stepsTable(),
    '## Actions (thao tác)',
    groupsLegend(),
    actionsTable(arrows),
    '## Deadlines (thời hạn)',
    deadlinesTable(),
    '## Moments (thời điểm)',
    momentsTable(arrows),
    '## Reminders as shipped (nhắc việc)',
    'From `plans/nudges.json`; a plan may add its own. Days count from the last safe day of a deadline, or from the day a step was entered.',
    nudgesTable(loadRules().nudges),
    '## Outcomes (kết cục)',
    outcomesTable(arrows),
  ].join('\n\n')}\n`;
}

if (require.main === module) writeFileSync(PAGE, domainPage());
