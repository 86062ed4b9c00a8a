import fc from 'fast-check';
import { addDays, addMonths } from '../../domain/dates';
import { periodOf } from '../../domain/periods';
import { producerTypeOf } from '../../domain/producers';
import { type CertificateFact, count, isReached, METRICS, numbersOf } from '../../domain/targets';
import { RULES } from './rules-of';

const YEAR = { from: '2026-01-01', to: '2026-12-31', asOf: '2026-12-01' };
let numbers = 0;
const certificate = (issuedOn: string, more: Partial<CertificateFact> = {}): CertificateFact => {
  numbers += 1;
  return {
    code: `OCOP-${numbers}`,
    cycleId: `37-14329-${numbers}-2026.1`,
    productCode: `37-14329-${numbers}-2026`,
    product: `Sản phẩm ${numbers}`,
    producerId: `m-${numbers}`,
    producer: 'HTX Ví dụ',
    producerForm: 'cooperative',
    communeCode: '14329',
    kind: 'new',
    star: 3,
    issuedOn,
    holdsUntil: addMonths(issuedOn, 36),
    status: 'in_force',
    endedOn: null,
    ...more,
  };
};

describe('the figures behind targets', () => {
  it('count new products recognised in the year, and of them those with 4 stars', () => {
    const all = [
      certificate('2026-03-01'),
      certificate('2026-04-01', { star: 4 }),
      certificate('2026-05-01', { kind: 'reevaluation', star: 4 }),
      certificate('2025-12-31', { star: 4 }),
      certificate('2026-12-02'),
    ];
    const counted = (metric: (typeof METRICS)[number]) => numbersOf(count(metric, all, YEAR)).numerator;
    expect(counted('new-recognised-3-star-in-year')).toBe(2);
    expect(counted('new-recognised-4-star-in-year')).toBe(1);
    expect(counted('recognised-3-star-in-year')).toBe(3);
    expect(counted('recognised-again')).toBe(1);
    expect(counted('certificates-in-force')).toBe(4);
  });

  it('tell those whose 36 months ran out by what became of them: renewed, lapsed, still running', () => {
    const renewed = certificate('2023-06-01', { status: 'superseded', endedOn: '2026-05-20' });
    const all = [
      renewed,
      certificate('2026-05-20', { kind: 'reevaluation', productCode: renewed.productCode }),
      certificate('2023-07-01', { status: 'expired', endedOn: '2026-07-02' }),
      certificate('2023-12-20'),
    ];
    expect(numbersOf(count('renewed-of-run-out', all, YEAR))).toEqual({ numerator: 1, denominator: 2, share: 50 });
    expect(numbersOf(count('lapsed', all, YEAR)).numerator).toBe(1);
    expect(numbersOf(count('expiring-soon', all, YEAR)).numerator).toBe(1);
  });

  it('share producers by their legal form among those with a certificate in force, each producer once', () => {
    const all = [
      certificate('2026-01-05', { producerId: 'a' }),
      certificate('2026-01-06', { producerId: 'a' }),
      certificate('2026-01-07', { producerId: 'b', producerForm: 'enterprise' }),
      certificate('2020-01-07', { producerId: 'c' }),
    ];
    expect(numbersOf(count('producers-cooperative-share', all, YEAR))).toEqual({ numerator: 1, denominator: 2, share: 50 });
    expect(numbersOf(count('producers-enterprise-share', [], YEAR)).share).toBeNull();
  });

  it('whatever the certificates, a number is as long as its list and never more than what it is counted of', () => {
    const some = fc.array(
      fc.record({
        days: fc.integer({ min: -1500, max: 400 }),
        star: fc.constantFrom(3, 4, 5),
        kind: fc.constantFrom('new', 'upgrade', 'reevaluation'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (given) => {
        const all = given.map(({ days, star, kind }) => certificate(addDays('2026-01-01', days), { star, kind: kind as 'new' }));
        for (const metric of METRICS) {
          const found = count(metric, all, YEAR);
          const { numerator, denominator } = numbersOf(found);
          expect(found.counted).toHaveLength(numerator);
          if (denominator !== null) expect(numerator).toBeLessThanOrEqual(denominator);
        }
        const inForce = numbersOf(count('certificates-in-force', all, YEAR)).numerator;
        const byStar = (['3', '4', '5'] as const).map(
          (star) => numbersOf(count(`certificates-in-force-${star}-star`, all, YEAR)).numerator,
        );
        expect(byStar.reduce((sum, one) => sum + one, 0)).toBe(inForce);
      }),
      { numRuns: 40 },
    );
  });

  it('answer every metric that a plan names', () => {
    const named = RULES.plans.flatMap((plan) => plan.targets.flatMap(({ metric }) => metric ?? []));
    expect(named.filter((metric) => !(METRICS as string[]).includes(metric))).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  it('reach a target at its least figure; one that only says "about" is not judged', () => {
    const two = count('new-recognised-3-star-in-year', [certificate('2026-03-01'), certificate('2026-03-02')], YEAR);
    const target = { unit: 'count', op: 'at-least', min: 2, max: null } as const;
    expect(isReached(target, two)).toBe(true);
    expect(isReached({ ...target, min: 3 }, two)).toBe(false);
    expect(isReached({ ...target, op: 'about' }, two)).toBeNull();
  });
});

it.each([
  [null, 'HTX Nông nghiệp Yên Mạc', 'cooperative'],
  [null, 'Tổ hợp tác chè Tân Cương', 'cooperative-group'],
  [null, 'Chi nhánh Công ty TNHH Nông Nghiệp Ceres', 'enterprise'],
  [null, 'Hộ kinh doanh Nguyễn Thị Lan', 'household'],
  ['Hợp tác xã', 'Công ty chè', 'cooperative'],
  [null, 'Cơ sở mắm Bà Hai', null],
] as const)('the form of a producer written as %j and named %j is %j', (type, name, form) => {
  expect(producerTypeOf({ type, name })).toBe(form);
});

it.each([
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2026-Q4', '2026-10-01', '2026-12-31'],
  ['2026', '2026-01-01', '2026-12-31'],
])('the period %s runs from %s to %s', (written, from, to) => {
  expect(periodOf(written, undefined)).toMatchObject({ from, to });
});

it.each(['2026-13', '9999-12', '2026-Q5', '26', 'season', 'quý I'])('%s is no period', (written) => {
  expect(periodOf(written, undefined)).toBeUndefined();
});
