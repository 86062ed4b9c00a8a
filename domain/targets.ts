/**
 * Figures that a plan's targets are measured by, counted from certificates. Each has the list that it counts, so a number can always be opened. What the
 * records cannot know (sales channels, trained labour, craft villages) has no figure here.
 */
import { PRODUCER_TYPE_TITLES, PRODUCER_TYPES, producerTypeOf, type ProducerType } from './producers';
import { addMonths, earlier, type LocalDate } from './dates';
import type { RegistrationKind } from './regimes';
import type { Target } from './plans';
import type { Text } from './sources';

/** A certificate with its product and producer, as the records have them. */
export interface CertificateFact {
  code: string;
  cycleId: string;
  productCode: string;
  product: string;
  producerId: string;
  producer: string;
  /** Legal form of the producer as it is written; null where only the name tells it. */
  producerForm: string | null;
  communeCode: string;
  kind: RegistrationKind;
  star: number;
  issuedOn: LocalDate;
  /** Its last day, an extension included. */
  holdsUntil: LocalDate;
  /** in_force, expired, revoked, decision_withdrawn or superseded */
  status: string;
  endedOn: LocalDate | null;
}

/** What figures are counted for: a period, as known on a day. */
export interface Measured {
  from: LocalDate;
  to: LocalDate;
  asOf: LocalDate;
}

export interface Producer {
  producerId: string;
  producer: string;
  producerType: ProducerType | null;
  communeCode: string;
  products: string[];
}

interface Figure {
  title: Text;
  note?: Text;
}

/** Whether a certificate's product has been given a later one. */
type HasLater = (one: CertificateFact) => boolean;

/** Counts certificates. With `of`, a share of those. */
interface CertificateFigure extends Figure {
  counts: (one: CertificateFact, when: Measured, hasLater: HasLater) => boolean;
  of?: CertificateFigure['counts'];
}

export const isInForce = ({ issuedOn, holdsUntil, endedOn }: CertificateFact, on: LocalDate): boolean =>
  issuedOn <= on && holdsUntil >= on && (endedOn === null || on < endedOn);

const issuedIn = ({ issuedOn }: CertificateFact, { from, to, asOf }: Measured): boolean =>
  issuedOn >= from && issuedOn <= earlier(to, asOf);
const isNew = (one: CertificateFact, when: Measured): boolean => one.kind === 'new' && issuedIn(one, when);
/** Its last day lies in the period and has passed. */
const ranOut = ({ holdsUntil }: CertificateFact, { from, to, asOf }: Measured): boolean =>
  holdsUntil >= from && holdsUntil <= to && holdsUntil < asOf;
const lapsed = (one: CertificateFact, when: Measured, hasLater: HasLater): boolean =>
  ranOut(one, when) && (one.status === 'expired' || one.status === 'in_force') && !hasLater(one);
const EXPIRING_MONTHS = 6;

const CERTIFICATE_FIGURES = {
  'recognised-3-star-in-year': {
    title: { vi: 'Sản phẩm từ 3 sao được công nhận trong kỳ', en: 'Products of 3 stars or more recognised in the period' },
    counts: issuedIn,
  },
  'recognised-3-star-in-period': {
    title: { vi: 'Sản phẩm từ 3 sao được công nhận trong giai đoạn', en: 'Products of 3 stars or more recognised in the plan’s period' },
    counts: issuedIn,
  },
  'new-recognised-3-star-in-year': {
    title: { vi: 'Sản phẩm mới đạt từ 3 sao', en: 'New products of 3 stars or more' },
    counts: isNew,
  },
  'new-recognised-4-star-in-year': {
    title: { vi: 'Sản phẩm mới đạt 4 sao', en: 'New products of 4 stars' },
    counts: (one, when) => isNew(one, when) && one.star === 4,
  },
  'recognised-again': {
    title: { vi: 'Sản phẩm được đánh giá lại, công nhận lại', en: 'Products recognised again after a re-evaluation' },
    counts: (one, when) => one.kind === 'reevaluation' && issuedIn(one, when),
  },
  upgraded: {
    title: { vi: 'Sản phẩm được nâng hạng', en: 'Products upgraded' },
    counts: (one, when) => one.kind === 'upgrade' && issuedIn(one, when),
  },
  'renewed-of-run-out': {
    title: {
      vi: 'Sản phẩm hết 36 tháng trong kỳ đã được công nhận lại',
      en: 'Of products whose 36 months ran out, those recognised again',
    },
    counts: (one, when, hasLater) => ranOut(one, when) && hasLater(one),
    of: ranOut,
  },
  lapsed: {
    title: { vi: 'Sản phẩm hết thời hạn mà không được công nhận lại', en: 'Products that lapsed' },
    counts: lapsed,
  },
  revoked: {
    title: { vi: 'Giấy chứng nhận bị thu hồi', en: 'Certificates revoked or withdrawn' },
    counts: ({ status, endedOn }, { from, to, asOf }) =>
      (status === 'revoked' || status === 'decision_withdrawn') && endedOn !== null && endedOn >= from && endedOn <= earlier(to, asOf),
  },
  'certificates-in-force': {
    title: { vi: 'Sản phẩm có giấy chứng nhận còn hiệu lực', en: 'Products with a certificate in force' },
    counts: (one, { asOf }) => isInForce(one, asOf),
  },
  'certificates-in-force-3-star': {
    title: { vi: 'Trong đó 3 sao', en: 'Of these 3 stars' },
    counts: (one, { asOf }) => isInForce(one, asOf) && one.star === 3,
  },
  'certificates-in-force-4-star': {
    title: { vi: 'Trong đó 4 sao', en: 'Of these 4 stars' },
    counts: (one, { asOf }) => isInForce(one, asOf) && one.star === 4,
  },
  'certificates-in-force-5-star': {
    title: { vi: 'Trong đó 5 sao', en: 'Of these 5 stars' },
    counts: (one, { asOf }) => isInForce(one, asOf) && one.star === 5,
  },
  'expiring-soon': {
    title: {
      vi: `Giấy chứng nhận hết hạn trong ${EXPIRING_MONTHS} tháng tới`,
      en: `Certificates that end within ${EXPIRING_MONTHS} months`,
    },
    counts: (one, { asOf }) => isInForce(one, asOf) && one.holdsUntil <= addMonths(asOf, EXPIRING_MONTHS),
  },
} as const satisfies Record<string, CertificateFigure>;

type CertificateMetric = keyof typeof CERTIFICATE_FIGURES;
type ShareMetric = `producers-${ProducerType}-share`;
export type Metric = CertificateMetric | ShareMetric;

const SHARES = Object.fromEntries(PRODUCER_TYPES.map((type) => [`producers-${type}-share`, type])) as Record<ShareMetric, ProducerType>;

const ENTERPRISE_NOTE: Text = {
  vi: 'Hồ sơ không ghi quy mô nên tính mọi doanh nghiệp.',
  en: 'The records do not hold the size: every enterprise is counted.',
};

export const METRICS = [...Object.keys(CERTIFICATE_FIGURES), ...Object.keys(SHARES)] as Metric[];

export const isMetric = (name: string): name is Metric => (METRICS as string[]).includes(name);

/** The list behind a figure: what is counted and, for a share, what it is counted of. */
export type Counted =
  | { about: 'certificates'; counted: CertificateFact[]; of: CertificateFact[] | null }
  | { about: 'producers'; counted: Producer[]; of: Producer[] };

export function metricFacts(metric: Metric): Figure {
  const type = SHARES[metric as ShareMetric];
  if (type === undefined) return CERTIFICATE_FIGURES[metric as CertificateMetric];
  const { vi, en } = PRODUCER_TYPE_TITLES[type];
  const title = { vi: `Chủ thể là ${vi.charAt(0).toLowerCase()}${vi.slice(1)}`, en: `Producers: ${en.toLowerCase()}` };
  return { title, ...(type === 'enterprise' ? { note: ENTERPRISE_NOTE } : {}) };
}

/** Counts a figure. Producers are those with a certificate in force. */
export function count(metric: Metric, certificates: readonly CertificateFact[], when: Measured): Counted {
  const type = SHARES[metric as ShareMetric];
  if (type !== undefined) {
    const of = producersIn(certificates.filter((one) => isInForce(one, when.asOf)));
    return { about: 'producers', counted: of.filter(({ producerType }) => producerType === type), of };
  }
  const figure: CertificateFigure = CERTIFICATE_FIGURES[metric as CertificateMetric];
  const hasLater = laterAmong(certificates, when);
  const listed = (counts: CertificateFigure['counts']): CertificateFact[] => certificates.filter((one) => counts(one, when, hasLater));
  return { about: 'certificates', counted: listed(figure.counts), of: figure.of ? listed(figure.of) : null };
}

/** Later ones among these, issued by the day; only a figure that asks has them read, once. */
function laterAmong(certificates: readonly CertificateFact[], { asOf }: Measured): HasLater {
  let latest: Map<string, LocalDate> | undefined;
  return ({ productCode, issuedOn }) => {
    latest ??= latestIssues(certificates.filter((one) => one.issuedOn <= asOf));
    return (latest.get(productCode) ?? issuedOn) > issuedOn;
  };
}

/** Of each product the day of its latest certificate. */
function latestIssues(certificates: readonly CertificateFact[]): Map<string, LocalDate> {
  const latest = new Map<string, LocalDate>();
  for (const { productCode, issuedOn } of certificates) if (issuedOn > (latest.get(productCode) ?? '')) latest.set(productCode, issuedOn);
  return latest;
}

function producersIn(certificates: readonly CertificateFact[]): Producer[] {
  const found = new Map<string, Producer>();
  for (const { producerId, producer, producerForm, communeCode, product } of certificates) {
    const before = found.get(producerId);
    const producerType = producerTypeOf({ type: producerForm, name: producer });
    found.set(producerId, { producerId, producer, producerType, communeCode, products: [...(before?.products ?? []), product] });
  }
  return [...found.values()];
}

/** A figure as numbers; the share is 0-100, null where there is nothing to share. */
export function numbersOf({ counted, of }: Counted): { numerator: number; denominator: number | null; share: number | null } {
  const denominator = of === null ? null : of.length;
  return { numerator: counted.length, denominator, share: denominator ? (counted.length * 100) / denominator : null };
}

/** Whether a target is reached: its least figure, for a range its lower end. Null for one without a bound, and for a share of nothing. */
export function isReached({ op, unit, min }: Pick<Target, 'op' | 'unit' | 'min'>, counted: Counted): boolean | null {
  const { numerator, share } = numbersOf(counted);
  const value = unit === 'percent' ? share : numerator;
  return value === null || op === 'about' ? null : value >= min;
}
