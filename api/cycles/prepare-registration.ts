/** Checks a registration against records, units, plans and law, for one request and for the rows of an import; nothing is written. */
import { holdsUntil } from '../../domain/certificates';
import { problem } from '../../domain/cycle/action';
import type { Registration } from '../../domain/cycle/register';
import type { Actor, Certificate } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Procedure } from '../../domain/regimes';
import type { Text } from '../../domain/sources';
import { sees } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import type { FieldProblem } from '../http/problem';
import { certificateOf } from './certificates';
import { defaultPlan, pin } from './pinning';
import { type Place, placeOf, type UnitCandidate } from './place';
import { planElsewhere } from './plans-of-place';
import { kindProblems, knownPredecessor, predecessorOf } from './predecessor';
import { type KnownProduct, type ProducerInput, productByName } from './products';
import type { RegistrationInput } from './registration-input';

/** A registration that may be started as it is. */
export interface Prepared {
  kind: 'prepared';
  place: Place;
  productName: string;
  producer: ProducerInput;
  productSet: number | null;
  /** The product's code where it is known or given already. */
  productCode: string | undefined;
  /** What support is asked for; kept in the records only. */
  supportNeeds: string | undefined;
  registration: Omit<Registration, 'cycleId' | 'productCode'>;
}

/** The product has an open cycle of that kind already. */
export interface Exists {
  kind: 'exists';
  cycleId: string;
}

/** What is wrong with a registration, field by field; `candidates` when a written commune may mean several. */
export interface Unusable {
  kind: 'unusable';
  problems: FieldProblem[];
  candidates: UnitCandidate[];
}

/** The actor may not register for that commune. */
export interface NotYours {
  kind: 'not-yours';
  detail: Text;
}

/** Checks a registration against records, units, plans and law, without writing anything. */
export async function prepareRegistration(
  deps: ApiDeps,
  actor: Actor,
  input: RegistrationInput,
): Promise<Prepared | Exists | Unusable | NotYours> {
  const known = await knownPredecessor(deps, actor, input);
  const problems = kindProblems(input, known);
  const placed = known ? { place: known.product } : placeOf(deps, actor, input);
  if ('problems' in placed) return { kind: 'unusable', problems: [...problems, ...placed.problems], candidates: placed.candidates };
  const place = { provinceCode: placed.place.provinceCode, communeCode: placed.place.communeCode };
  if (!sees(actor, place)) return notYours(place);
  const today = deps.today();
  const on = input.registeredOn ?? today;
  if (on > today)
    problems.push(
      problem('registeredOn', `ngày ở tương lai; hôm nay là ${formatVietnamese(today)}`, `is in the future; today is ${today}`),
    );

  const name = known?.product.name ?? input.productName;
  const producer = known ? { name: known.product.producerName } : input.producer;
  if (name === undefined) problems.push(problem('productName', 'bắt buộc phải có', 'is required'));
  if (producer === undefined) problems.push(problem('producer', 'bắt buộc phải có', 'is required'));
  const elsewhere = input.plan === undefined ? undefined : planElsewhere(deps.rules.plans, input.plan, place);
  if (elsewhere) problems.push(elsewhere);
  const rules = pin(
    deps,
    { planId: input.plan ?? defaultPlan(deps.rules.plans, place, on), kind: input.kind, submittedOn: on },
    'registeredOn',
  );
  if ('field' in rules) problems.push(rules);
  if (problems.length || 'field' in rules || name === undefined || producer === undefined)
    return { kind: 'unusable', problems, candidates: [] };

  const standing = known?.product ?? (await productByName(deps.db, place.communeCode, name, producer.name));
  const certificate = input.certificate ? certificateOf(input, rules.procedure.validity, name, place) : null;
  const open =
    (await watchedAlready(deps, certificate, standing)) ?? openCycle(standing, certificate ? 'watch' : known ? 'later' : 'first');
  if (open) return { kind: 'exists', cycleId: open };
  const later = await recordProblems(deps, { input, standing, certificate, today, procedure: rules.procedure });
  if (later.length) return { kind: 'unusable', problems: later, candidates: [] };
  return {
    kind: 'prepared',
    place,
    productName: name,
    producer,
    productSet: input.productSet ?? standing?.productSet ?? null,
    productCode: standing?.code ?? input.productCode,
    supportNeeds: input.supportNeeds,
    registration: {
      cycleNumber: (standing?.latest?.cycleNumber ?? 0) + 1,
      kind: input.kind,
      productSet: input.productSet ?? standing?.productSet ?? null,
      ...place,
      predecessor: predecessorOf(input, known),
      certificate,
      rules,
      actor,
      on,
    },
  };
}

/** The cycle that has this very certificate of the product, whatever came after it. */
async function watchedAlready(
  { db }: ApiDeps,
  certificate: Certificate | null,
  product: KnownProduct | undefined,
): Promise<string | undefined> {
  if (!certificate || !product) return undefined;
  const row = await db.certificate.findUnique({ where: { code: certificate.code } });
  return row?.productCode === product.code ? row.cycleId : undefined;
}

/**
 * The open cycle that stands in the way: any for a first registration; for a later one another that is not in validity; for a certificate that comes
 * under watch only one that is watched already, since its product may have been registered anew before.
 */
function openCycle(product: KnownProduct | undefined, wanted: 'first' | 'later' | 'watch'): string | undefined {
  const latest = product?.latest;
  if (!latest || latest.stage === 'closed') return undefined;
  const inValidity = latest.stage === 'validity';
  const inTheWay = wanted === 'first' || (wanted === 'watch' ? inValidity : !inValidity);
  return inTheWay ? latest.id : undefined;
}

async function recordProblems(
  { db }: ApiDeps,
  given: {
    input: RegistrationInput;
    standing: KnownProduct | undefined;
    certificate: Certificate | null;
    today: LocalDate;
    procedure: Procedure;
  },
): Promise<FieldProblem[]> {
  const { input, standing, certificate, today, procedure } = given;
  const problems: FieldProblem[] = [];
  const another = input.productCode !== undefined && input.productCode !== standing?.code;
  if (another && standing)
    problems.push(problem('productCode', `sản phẩm này đã có mã ${standing.code}`, `this product has the code ${standing.code}`));
  else if (another && (await db.product.count({ where: { code: input.productCode ?? '' } })) > 0)
    problems.push(problem('productCode', 'mã này đã cấp cho sản phẩm khác', 'this code belongs to another product'));
  if (certificate) {
    if (certificate.issuedOn > today) problems.push(problem('certificate.issuedOn', 'ngày ở tương lai', 'is in the future'));
    if (certificate.validUntil <= certificate.issuedOn)
      problems.push(problem('certificate.validUntil', 'phải sau ngày cấp', 'must be after the day of issue'));
    else if (holdsUntil(certificate.validUntil, procedure) < today)
      problems.push(
        problem(
          'certificate.validUntil',
          `giấy chứng nhận đã hết hạn ngày ${formatVietnamese(certificate.validUntil)}`,
          `the certificate ended on ${certificate.validUntil}`,
        ),
      );
    if ((await db.certificate.count({ where: { code: certificate.code } })) > 0)
      problems.push(problem('certificate.code', 'mã giấy chứng nhận này đã có', 'there is a certificate with this code'));
  }
  return problems;
}

function notYours({ communeCode }: Place): NotYours {
  return {
    kind: 'not-yours',
    detail: {
      vi: `Tài khoản này không đăng ký được cho xã ${communeCode}`,
      en: `This account may not register for commune ${communeCode}`,
    },
  };
}
