/** The recognised product that a re-evaluation or upgrade follows. */
import { problem } from '../../domain/cycle/action';
import type { Registration } from '../../domain/cycle/register';
import type { Actor, Certificate } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { sees } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import type { FieldProblem } from '../http/problem';
import { type KnownProduct, productByCode } from './products';
import type { RegistrationInput } from './registration-input';

interface KnownPredecessor {
  product: KnownProduct;
  certificate: { cycleId: string; validUntil: LocalDate; star: Certificate['star'] } | undefined;
}

/** The product that a re-evaluation or upgrade names, with its certificate; undefined when none is named, or nobody knows it. */
export async function knownPredecessor(
  deps: ApiDeps,
  actor: Actor,
  { predecessor }: RegistrationInput,
): Promise<KnownPredecessor | undefined> {
  if (!predecessor || !('productCode' in predecessor)) return undefined;
  const product = await productByCode(deps.db, predecessor.productCode);
  if (!product || !sees(actor, product)) return undefined;
  const cycle = await deps.db.cycle.findFirst({
    where: { productCode: product.code, validUntil: { not: null } },
    orderBy: { cycleNumber: 'desc' },
  });
  if (!cycle?.validUntil || cycle.star === null) return { product, certificate: undefined };
  const validUntil = cycle.validUntil.toISOString().slice(0, 10);
  return { product, certificate: { cycleId: cycle.id, validUntil, star: cycle.star as Certificate['star'] } };
}

export function kindProblems({ kind, predecessor, certificate }: RegistrationInput, known: KnownPredecessor | undefined): FieldProblem[] {
  if (kind === 'new')
    return predecessor ? [problem('predecessor', 'sản phẩm mới không có chu trình trước', 'a new product has no earlier cycle')] : [];
  if (!predecessor)
    return certificate
      ? []
      : [
          problem(
            'predecessor',
            'cần sản phẩm đã được công nhận: {"productCode"} hoặc {"validUntil", "star"}',
            'the recognised product is needed: {"productCode"} or {"validUntil", "star"}',
          ),
        ];
  if (!('productCode' in predecessor)) return [];
  if (!known) return [problem('predecessor.productCode', 'không có sản phẩm này', 'there is no such product')];
  return known.certificate
    ? []
    : [problem('predecessor.productCode', 'sản phẩm này chưa có giấy chứng nhận', 'this product has no certificate')];
}

export function predecessorOf({ predecessor }: RegistrationInput, known: KnownPredecessor | undefined): Registration['predecessor'] {
  if (known?.certificate) return known.certificate;
  return predecessor && 'validUntil' in predecessor ? { cycleId: null, ...predecessor } : null;
}
