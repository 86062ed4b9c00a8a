import fc from 'fast-check';
import { bandOf, meanOf, reaches, truncatedMean, vietnameseDecimal } from '../../../domain/stars/totals';
import { r3 } from './fixtures';

const bands = r3.bands.value;

describe('the mean', () => {
  it('is kept as sum and count', () => {
    expect(meanOf([70, 70, 69])).toEqual({ sum: 209, count: 3 });
  });

  it('is compared in whole numbers: 2699/30 does not reach 90, 2700/30 does', () => {
    expect(reaches({ sum: 2699, count: 30 }, 90)).toBe(false);
    expect(reaches({ sum: 2700, count: 30 }, 90)).toBe(true);
  });

  it.each([
    [100, 1, 5],
    [90, 1, 5],
    [22_499, 250, 4], // 89.996
    [269, 3, 4], // 89.67
    [70, 1, 4],
    [209, 3, 3], // 69.67
    [50, 1, 3],
    [4999, 100, 2], // 49.99
    [30, 1, 2],
    [2999, 100, 1], // 29.99
    [0, 1, 1],
  ])('%i points over %i sheets are in the band of %i stars', (sum, count, star) => {
    expect(bandOf({ sum, count }, bands)).toBe(star);
    expect(bandOf({ sum, count }, bands.toReversed())).toBe(star);
  });

  it('is 1 star below every band', () => {
    expect(bandOf({ sum: 10, count: 1 }, [{ star: 3, from: 50 }])).toBe(1);
  });

  it('never has a lower band with more points', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(4000), fc.nat(200), (count, sum, more) => {
        expect(bandOf({ sum: sum + more, count }, bands)).toBeGreaterThanOrEqual(bandOf({ sum, count }, bands));
      }),
    );
  });
});

describe('the mean as shown', () => {
  it.each([
    [22_499, 250, 2, '89.99'],
    [209, 3, 2, '69.66'],
    [270, 3, 2, '90.00'],
    [1, 50, 2, '0.02'],
    [0, 3, 2, '0.00'],
    [269, 3, 0, '89'],
    [29, 3, 1, '9.6'],
    [8235, 100, 4, '82.3500'],
  ])('%i points over %i sheets with %i decimals are %s', (sum, count, decimals, shown) => {
    expect(truncatedMean({ sum, count }, decimals)).toBe(shown);
  });

  it('is never in a higher band than the exact mean, and less than one last digit below it', () => {
    const sheetTotals = fc.array(fc.integer({ min: 12, max: 100 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(sheetTotals, fc.nat(3), (totals, decimals) => {
        const mean = meanOf(totals);
        const unit = 10 ** decimals;
        const shown = Number(truncatedMean(mean, decimals).replace('.', ''));
        expect(bandOf({ sum: shown, count: unit }, bands)).toBe(bandOf(mean, bands));
        expect(shown * mean.count).toBeLessThanOrEqual(mean.sum * unit);
        expect((shown + 1) * mean.count).toBeGreaterThan(mean.sum * unit);
      }),
    );
  });

  it('has a comma in Vietnamese text', () => {
    expect(vietnameseDecimal('89.99')).toBe('89,99');
    expect(vietnameseDecimal('90')).toBe('90');
  });
});
