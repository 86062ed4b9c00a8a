/** Files of a dossier: those that came with its actions, to be saved, and the field that brings more. */
import type { VNode } from 'preact';
import { readCycle } from '../../api/cycles/read';
import { CYCLE_ID } from '../../api/cycles/routes';
import { ACCEPTED } from '../../api/documents/accept';
import { documentFile, type DocumentView, MOST_AT_ONCE } from '../../api/documents/keep';
import { EVERYBODY } from '../../api/http/route';
import { sha256 } from '../../api/http/schemas';
import { eventTitle } from '../../api/managers/event-titles';
import { day, fileSize } from '../formats';
import { type Page, page, type Refused } from '../page';
import { Field } from '../parts/forms';
import { Panel } from '../parts/panel';
import { lowerFirst } from '../words';

export const FILES = 'documents';

const ENDINGS = Object.values(ACCEPTED)
  .flatMap(({ endings }) => endings.map((ending) => `.${ending}`))
  .join(',');

export function FilesField({ action, refused }: { action: string; refused: Refused | undefined }): VNode {
  const again = refused?.fields.files(FILES).length ? 'Trình duyệt không giữ tệp đã chọn: hãy chọn lại. ' : '';
  return (
    <Field
      name={FILES}
      type="file"
      label="Tệp kèm theo"
      scope={action}
      optional
      multiple
      accept={ENDINGS}
      hint={`${again}PDF, Word, Excel, ảnh JPEG hoặc PNG; nhiều nhất ${MOST_AT_ONCE} tệp, cộng lại không quá 10 MB.`}
      refused={refused}
    />
  );
}

export function Papers({ cycleId, papers }: { cycleId: string; papers: readonly DocumentView[] }): VNode | null {
  if (papers.length === 0) return null;
  return (
    <Panel title="Tệp của hồ sơ" id="tep" aside={`${papers.length} tệp`} bare>
      <ul>
        {papers.map((paper) => (
          <li key={paper.sha256} class="li">
            <span>
              <a class="pn" href={`/ho-so/${cycleId}/tep/${paper.sha256}`}>
                {paper.name}
              </a>
              <small class="sub">{factsOf(paper).join(' · ')}</small>
              <small class="sub hash">SHA-256 {paper.sha256}</small>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function factsOf({ kind, size, broughtBy }: DocumentView): string[] {
  const broughtWith = broughtBy.map(({ name, on }) => `${lowerFirst(eventTitle(name).vi)} ngày ${day(on)}`);
  return [ACCEPTED[kind].title, fileSize(size), ...broughtWith];
}

export const FILE_PAGES: Page[] = [
  page({
    path: '/ho-so/{id}/tep/{sha256}',
    who: EVERYBODY,
    params: CYCLE_ID.extend({ sha256 }),
    async show({ deps, actor, params }) {
      const { id } = await readCycle(deps, actor, params.id);
      return { file: await documentFile(deps, id, params.sha256) };
    },
  }),
];
