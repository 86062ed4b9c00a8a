import type { LetterKind } from '../../documents/letter-text';
import type { CycleState } from '../../domain/cycle/state';

/** When a letter about a product can be written. */
export const WRITTEN_WHEN: Record<LetterKind, (state: CycleState) => boolean> = {
  forwarding: ({ facts, stage }) => facts.council?.route === 'national' && (stage === 'provincial_scoring' || stage === 'national_scoring'),
  'result-notice': ({ facts }) => facts.decision?.star != null,
  'not-recognised-notice': ({ facts, step, outcome }) =>
    step === 'awaiting_rejection_notice' ||
    outcome === 'not_recognised' ||
    (step === 'awaiting_decision' && (facts.council?.route === 'not-recognised' || facts.council?.route === 'disqualified')),
  'national-options': ({ step }) => step === 'national_below_bar',
  'national-notice': ({ facts }) => facts.national !== undefined,
  'ending-notice': ({ outcome }) => outcome === 'revoked' || outcome === 'decision_withdrawn',
};
