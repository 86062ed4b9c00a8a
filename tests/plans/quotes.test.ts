import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quote } from '../../domain/sources';
import type { Plan } from '../../domain/plans';
import { loadRules } from '../../plans/load';
import { PRODUCT } from './rule-folder';

const TEXTS = join(PRODUCT, '..', 'shared', 'reference');
const DECISION = 'decision-26-2026-articles.txt';

function quotesOf(plan: Plan): Quote[] {
  const lists = [
    plan.kinds,
    plan.gates,
    plan.windows,
    plan.activities,
    plan.targets,
    plan.reports,
    plan.roles,
    plan.followUps,
    plan.provisions,
  ];
  const single = [plan.intakeOffice, plan.reportOffice, plan.belowFifty].filter((one) => one !== null);
  return [...lists.flat(), ...single];
}

describe('quotes of the plans', () => {
  const { plans } = loadRules();

  const here = existsSync(TEXTS);
  if (!here) console.warn(`Skipped: quotes are not compared, the plans' texts are not beside this project (${TEXTS}).`);

  it.each(plans.map((plan): [string, Plan] => [plan.id, plan]))('of %s stand in the line they name', (_id, plan) => {
    if (!here) return;
    const lines = readFileSync(join(TEXTS, plan.text ?? DECISION), 'utf8').split('\n');
    const wrong = quotesOf(plan).filter(({ line, quote }) => !lines[line - 1]?.includes(quote));
    expect(wrong).toEqual([]);
  });

  it('are many: no plan is a mere shell', () => {
    for (const plan of plans.filter(({ text }) => text !== null)) expect(quotesOf(plan).length).toBeGreaterThan(40);
  });

  it('are short', () => {
    for (const plan of plans) for (const { quote } of quotesOf(plan)) expect(quote.length).toBeLessThanOrEqual(200);
  });
});
