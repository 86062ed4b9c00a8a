/** How sure a fact is: read in the primary text, reported by a secondary source, taken from a plan, inferred, or not verified at all. */
export type Certainty = 'primary' | 'secondary' | 'plan' | 'inferred' | 'unverified';

/** A parameter with where it stands and how sure that is. `source` is an article or document, readable by an official. */
export interface Sourced<T> {
  value: T;
  source: string;
  certainty: Certainty;
  note?: string;
}

/** A line of a plan that something was read from: 1-based line of the stored text and a short literal quote. */
export interface Quote {
  line: number;
  quote: string;
}

/** Vietnamese first; English beside it. */
export interface Text {
  vi: string;
  en: string;
}
