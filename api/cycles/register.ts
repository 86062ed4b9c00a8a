/**
 * Registering a product's cycle, for one request and for the rows of an import: first everything is checked without writing (`prepareRegistration`),
 * then the product is entered and its cycle started (`startPrepared`). Doing it twice gives the same cycle.
 */
import { setTimeout } from 'node:timers/promises';
import { holdsUntil } from '../../domain/certificates';
import type { Registration } from '../../domain/cycle/register';
import type { Actor, Certificate } from '../../domain/cycle/state';
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Procedure } from '../../domain/regimes';
import type { Text } from '../../domain/sources';
import { cycleIdOf } from '../../workflows/messages';
import { sees } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput, unavailable } from '../http/problem';
import { certificateOf } from './certificates';
import { defaultPlan, keepRules, pin } from './pinning';
import { type Place, placeOf, type UnitCandidate } from './place';
import { enterProduct, type KnownProduct, type ProducerInput, productByCode, productByName } from './products';
import type { RegistrationInput } from './registration-input';
import { keepSupportNeeds } from './support-needs';

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

const bad = (field: string, vi: string, en: string): FieldProblem => ({ field, message: { vi, en } });

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
    problems.push(bad('registeredOn', `ngày ở tương lai; hôm nay là ${formatVietnamese(today)}`, `is in the future; today is ${today}`));

  const name = known?.product.name ?? input.productName;
  const producer = known ? { name: known.product.producerName } : input.producer;
  if (name === undefined) problems.push(bad('productName', 'bắt buộc phải có', 'is required'));
  if (producer === undefined) problems.push(bad('producer', 'bắt buộc phải có', 'is required'));
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

interface KnownPredecessor {
  product: KnownProduct;
  certificate: { cycleId: string; validUntil: LocalDate; star: Certificate['star'] } | undefined;
}

/** The product that a re-evaluation or upgrade names, with its certificate; undefined when none is named, or nobody knows it. */
async function knownPredecessor(deps: ApiDeps, actor: Actor, { predecessor }: RegistrationInput): Promise<KnownPredecessor | undefined> {
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

function kindProblems({ kind, predecessor, certificate }: RegistrationInput, known: KnownPredecessor | undefined): FieldProblem[] {
  if (kind === 'new')
    return predecessor ? [bad('predecessor', 'sản phẩm mới không có chu trình trước', 'a new product has no earlier cycle')] : [];
  if (!predecessor)
    return certificate
      ? []
      : [
          bad(
            'predecessor',
            'cần sản phẩm đã được công nhận: {"productCode"} hoặc {"validUntil", "star"}',
            'the recognised product is needed: {"productCode"} or {"validUntil", "star"}',
          ),
        ];
  if (!('productCode' in predecessor)) return [];
  if (!known) return [bad('predecessor.productCode', 'không có sản phẩm này', 'there is no such product')];
  return known.certificate
    ? []
    : [bad('predecessor.productCode', 'sản phẩm này chưa có giấy chứng nhận', 'this product has no certificate')];
}

function predecessorOf({ predecessor }: RegistrationInput, known: KnownPredecessor | undefined): Registration['predecessor'] {
  if (known?.certificate) return known.certificate;
  return predecessor && 'validUntil' in predecessor ? { cycleId: null, ...predecessor } : null;
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
    problems.push(bad('productCode', `sản phẩm này đã có mã ${standing.code}`, `this product has the code ${standing.code}`));
  else if (another && (await db.product.count({ where: { code: input.productCode ?? '' } })) > 0)
    problems.push(bad('productCode', 'mã này đã cấp cho sản phẩm khác', 'this code belongs to another product'));
  if (certificate) {
    if (certificate.issuedOn > today) problems.push(bad('certificate.issuedOn', 'ngày ở tương lai', 'is in the future'));
    if (certificate.validUntil <= certificate.issuedOn)
      problems.push(bad('certificate.validUntil', 'phải sau ngày cấp', 'must be after the day of issue'));
    else if (holdsUntil(certificate.validUntil, procedure) < today)
      problems.push(
        bad(
          'certificate.validUntil',
          `giấy chứng nhận đã hết hạn ngày ${formatVietnamese(certificate.validUntil)}`,
          `the certificate ended on ${certificate.validUntil}`,
        ),
      );
    if ((await db.certificate.count({ where: { code: certificate.code } })) > 0)
      problems.push(bad('certificate.code', 'mã giấy chứng nhận này đã có', 'there is a certificate with this code'));
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

/**
 * Enters the product and starts its cycle.
 * @param entered told the cycle's id before the engine is asked
 * @returns the cycle's id, and whether the engine was reached; it may have started the cycle even when it was not
 */
export async function startPrepared(
  deps: ApiDeps,
  prepared: Prepared,
  entered: (cycleId: string) => Promise<void> = async () => undefined,
): Promise<{ cycleId: string; kind: 'started' | 'already-started' | 'unavailable' }> {
  const { registration, place, producer, productSet, supportNeeds } = prepared;
  const year = Number(registration.on.slice(0, 4));
  const standing = prepared.productCode === undefined ? undefined : await productByCode(deps.db, prepared.productCode);
  const product = { name: prepared.productName, productSet, producer, place, code: prepared.productCode, year };
  const productCode = standing?.code ?? (await enterProduct(deps.db, product));
  const cycleId = cycleIdOf(productCode, registration.cycleNumber);
  await entered(cycleId);
  if (supportNeeds !== undefined)
    await keepSupportNeeds(deps.db, { cycleId, needs: supportNeeds, actorId: registration.actor.id, at: new Date(deps.clock.now()) });
  await keepRules(deps, registration.rules);
  const { kind } = await deps.gateway.start({ ...registration, cycleId, productCode });
  return { cycleId, kind };
}

/**
 * Registers one cycle and waits until it stands in the records.
 * @returns the cycle's id
 * @throws HttpProblem that says what is wrong, that the cycle exists, or that the engine is away
 */
export async function registerCycle(
  deps: ApiDeps,
  actor: Actor,
  input: RegistrationInput,
  entered?: (cycleId: string) => Promise<void>,
): Promise<string> {
  const prepared = await prepareRegistration(deps, actor, input);
  switch (prepared.kind) {
    case 'unusable':
      throw withCandidates(prepared);
    case 'not-yours':
      throw new HttpProblem('not-allowed', prepared.detail);
    case 'exists':
      throw alreadyExists(prepared.cycleId);
    case 'prepared': {
      const { cycleId, kind } = await startPrepared(deps, prepared, entered);
      if (kind === 'unavailable') throw unavailable();
      await awaitRecord(deps, cycleId);
      return cycleId;
    }
  }
}

/** Together some seven seconds. */
const MOST_LOOKS = 25;
const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 400;

/** Waits until a started cycle stands in the records. Throws "unavailable" when it does not in time. */
export async function awaitRecord({ db, gateway }: ApiDeps, cycleId: string): Promise<void> {
  const { kind } = await gateway.recorded(cycleId);
  if (kind === 'unavailable') throw unavailable();
  // While a record is slow to be written the engine answers before it stands.
  for (let look = 1; (await db.cycle.count({ where: { id: cycleId } })) === 0; look += 1) {
    if (look > MOST_LOOKS) throw unavailable();
    await setTimeout(Math.min(LONGEST_PAUSE_MS, look * SHORTEST_PAUSE_MS));
  }
}

function withCandidates({ problems, candidates }: Unusable): HttpProblem {
  const { kind, detail } = invalidInput(problems);
  return new HttpProblem(kind, detail, { problems, ...(candidates.length ? { members: { candidates } } : {}) });
}

/** The problem of a product whose later cycle is open already. */
export function alreadyExists(cycleId: string): HttpProblem {
  return new HttpProblem(
    'already-exists',
    { vi: `Sản phẩm này đã có chu trình đang chạy: ${cycleId}`, en: `This product has an open cycle: ${cycleId}` },
    { members: { cycleId }, headers: { location: `/api/cycles/${cycleId}` } },
  );
}
