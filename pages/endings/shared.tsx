/** What the pages of decisions that end certificates have in common: addresses, words, what was filled in. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { codesIn } from '../../api/endings/candidates';
import type { EndingInput } from '../../api/endings/input';
import type { EndingAnswer } from '../../api/endings/routes';
import { HttpProblem } from '../../api/http/problem';
import { documentNumber } from '../../api/http/schemas';
import type { Text } from '../../domain/sources';
import { spoken } from '../dossier/action-words';
import type { PageCall } from '../page';
import { Chip } from '../parts/lateness';
import { withQuery } from '../parts/tables';

export const PATH = '/thu-hoi';
export const NEW = `${PATH}/moi`;

export type Kind = EndingInput['kind'];
export const KINDS: Record<Kind, { title: string; source: string }> = {
  revocation: { title: 'Thu hồi giấy chứng nhận', source: 'Quyết định 26/2026/QĐ-TTg, Điều 8' },
  withdrawal: { title: 'Thu hồi kết quả công nhận do đánh giá sai', source: 'Quyết định 26/2026/QĐ-TTg, Điều 10 khoản 1 điểm b' },
};
export const kindTitle = (kind: string): string => KINDS[kind as Kind]?.title ?? kind;

/** Codes as somebody types them; unusable ones are left out of an address as any query is. */
const typedCodes = z
  .string()
  .max(30_000)
  .refine((written) => {
    try {
      codesIn(written);
      return true;
    } catch (error) {
      if (error instanceof HttpProblem) return false;
      throw error;
    }
  });

export const query = z.object({
  kind: z.enum(['revocation', 'withdrawal']).optional(),
  recognisedBy: documentNumber.optional(),
  codes: typedCodes.optional(),
});
export type Call = PageCall<unknown, z.output<typeof query>>;

/** The address of the form, or of what it is sent to, with what was chosen. */
export function formAddress({ query: given }: Pick<Call, 'query'>, step = ''): string {
  return withQuery(`${NEW}${step}`, { kind: given.kind, recognisedBy: given.recognisedBy, codes: given.codes });
}

type Outcome = EndingAnswer['items'][number]['outcome'];
const OUTCOMES: Record<Outcome, { title: string; look: 'ok' | 'soon' | 'late' | 'plain'; more?: string }> = {
  end: { title: 'Sẽ thu hồi', look: 'soon' },
  note: { title: 'Sẽ ghi nhận', look: 'plain', more: 'giấy đã hết hạn từ trước' },
  unchanged: { title: 'Đã ghi từ trước', look: 'plain' },
  refused: { title: 'Không thu hồi được', look: 'late' },
  ended: { title: 'Đã thu hồi', look: 'ok' },
  noted: { title: 'Đã ghi nhận', look: 'ok', more: 'giấy đã hết hạn từ trước' },
};

/** What became of a certificate, and why. */
export function OutcomeTold({ outcome, reason }: { outcome: string; reason: Text | null }): VNode {
  const { title, look, more } = OUTCOMES[outcome as Outcome] ?? { title: outcome, look: 'plain' };
  return (
    <div>
      <Chip look={look}>{title}</Chip>
      {more !== undefined && <small class="sub">{more}</small>}
      {reason !== null && <small class="sub">{spoken(reason.vi)}</small>}
    </div>
  );
}
