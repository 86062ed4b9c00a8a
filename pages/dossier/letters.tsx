/** Papers made from a dossier: the letters that fit now, as drafts, and the certificate. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { certificateFile } from '../../api/certificates/pdf';
import { readCycle, stateOf } from '../../api/cycles/read';
import { notFound } from '../../api/http/problem';
import { STAFF, type UserRole } from '../../api/http/route';
import { letterFile, lettersFor } from '../../api/letters/routes';
import { LETTER_KINDS, LETTER_WORDINGS } from '../../documents/letter-text';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { page } from '../page';
import { Panel } from '../parts/panel';

const WRITERS: UserRole[] = ['administrator', 'provincial_staff', 'commune_staff'];

/** Links to what can be drafted for the dossier as it stands, and to its certificate. */
export function Letters({ state, actor }: { state: CycleState; actor: Actor }): VNode | null {
  const { role } = actor;
  if (role === 'system') return null;
  const kinds = WRITERS.includes(role) ? lettersFor(actor, state) : [];
  const printable = state.certificate !== null && STAFF.some((one) => one === role);
  if (kinds.length === 0 && !printable) return null;
  return (
    <Panel title="Dự thảo và bản in" id="du-thao" class="no-print" aside="số, ngày và chữ ký để trống" bare>
      <ul>
        {printable && (
          <li class="li">
            <a href={`/ho-so/${state.cycleId}/giay-chung-nhan`}>Giấy chứng nhận (PDF)</a>
          </li>
        )}
        {kinds.map((kind) => (
          <li key={kind} class="li">
            <span>
              <a href={`/ho-so/${state.cycleId}/van-ban/${kind}`}>{LETTER_WORDINGS[kind].title.vi} (Word)</a>
              <small class="sub">{LETTER_WORDINGS[kind].source}</small>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const id = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/);

export const LETTER_PAGES = [
  page({
    path: '/ho-so/{id}/van-ban/{kind}',
    who: WRITERS,
    params: z.object({ id, kind: z.enum(LETTER_KINDS) }),
    show: async ({ deps, actor, params }) => await letterFile(deps, actor, params.id, params.kind),
  }),
  page({
    path: '/ho-so/{id}/giay-chung-nhan',
    who: STAFF,
    params: z.object({ id }),
    async show({ deps, actor, params }) {
      const { certificate } = await stateOf(deps, await readCycle(deps, actor, params.id));
      if (!certificate) throw notFound({ vi: 'Hồ sơ này chưa có giấy chứng nhận', en: 'The dossier has no certificate' });
      return await certificateFile(deps, actor, certificate.code);
    },
  }),
];
