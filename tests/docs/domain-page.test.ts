import { readFileSync } from 'node:fs';
import { OUTCOMES, STEPS } from '../../domain/cycle/stages';
import { domainPage, PAGE } from '../../scripts/domain-page';

const page = domainPage();

test('docs/domain.md is what the code says (npm run docs:domain writes it anew)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('every step is entered by some arrow and every outcome is reached', () => {
  const entered = [...Object.keys(STEPS).filter((step) => step !== 'ended'), ...OUTCOMES];
  expect(entered.filter((place) => !page.includes(`--> ${place} :`))).toEqual([]);
});
