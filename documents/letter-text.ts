/** Letters from their wording (documents/texts): placeholders are filled, and parts stand or fall with what is true of the case. */
import { z } from 'zod';
import type { LocalDate } from '../domain/dates';
import type { Annex, Block, Letter, LetterColumn } from './letter';
import decisions from './texts/decisions.json';
import endings from './texts/endings.json';
import fiveStarPackage from './texts/five-star-package.json';
import letters from './texts/letters.json';
import revocationGrounds from './texts/revocation-grounds.json';

const bothLanguages = z.strictObject({ vi: z.string(), en: z.string() });
/** A fact that must be true, or with `!` false, for the part to stand. */
const when = z
  .string()
  .regex(/^!?\w+$/)
  .exactOptional();

const part = z.union([
  z.strictObject({
    text: z.string(),
    bold: z.boolean().exactOptional(),
    italic: z.boolean().exactOptional(),
    center: z.boolean().exactOptional(),
    when,
  }),
  z.strictObject({ article: z.string(), texts: z.array(z.string()).min(1), when }),
  z.strictObject({ list: z.string(), italic: z.boolean().exactOptional(), when }),
  z.strictObject({ table: z.string(), when }),
]);

const wording = z.strictObject({
  title: bothLanguages,
  /** Article or plan that the letter rests on. */
  source: z.string(),
  /** Whether the commune that it is about may read it. */
  readByCommune: z.boolean(),
  /** The People's Committee, or its agency for OCOP below it. */
  issuer: z.enum(['committee', 'agency']),
  kind: z.string().nullable(),
  symbol: z.string(),
  about: z.string(),
  addressees: z.array(z.string()),
  body: z.array(part),
  receivers: z.array(z.string()),
  signature: z.array(z.string()),
  /** Title of the annex with the products. */
  annex: z.string().exactOptional(),
});
export type LetterWording = z.output<typeof wording>;

export const LETTER_KINDS = [
  'forwarding',
  'result-notice',
  'not-recognised-notice',
  'national-options',
  'national-notice',
  'ending-notice',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];
export const LETTER_WORDINGS = z.record(z.enum(LETTER_KINDS), wording).parse(letters);
export const DECISION_WORDINGS = z.record(z.enum(['recognition', 'approval']), wording).parse(decisions);
export const ENDING_WORDINGS = z.record(z.enum(['revocation', 'withdrawal']), wording).parse(endings);

/** Grounds of article 8.1 in the words of letters, with the point that names each. */
export const GROUND_WORDINGS = z.record(z.string(), z.strictObject({ point: z.string(), text: z.string() })).parse(revocationGrounds);

const checklist = z.strictObject({ source: z.string(), items: z.array(z.strictObject({ text: z.string(), note: z.string(), when })) });
/** What goes to the ministry: the first time (also for an upgrade), and for a five-star product again. */
export const FIVE_STAR_PACKAGE = z.record(z.enum(['first', 'again']), checklist).parse(fiveStarPackage);

/** What is known of the case. */
export interface LetterFacts {
  values: Record<string, string>;
  flags: Record<string, boolean>;
  lists: Record<string, string[]>;
  tables: Record<string, { columns: LetterColumn[]; rows: string[][] }>;
}

/**
 * A text with its `{placeholders}` filled.
 * @throws RangeError on one that has no value: a letter with a hole is a fault of the program
 */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`no value for {${name}} in “${text}”`);
    return value;
  });
}

/** Whether a part stands. */
export function stands(condition: string | undefined, flags: Record<string, boolean>): boolean {
  if (condition === undefined) return true;
  return condition.startsWith('!') ? flags[condition.slice(1)] !== true : flags[condition] === true;
}

/** The letter that a wording gives for a case; its number, and unless given its day, stay blank. */
export function letterOf(
  text: LetterWording,
  facts: LetterFacts,
  given: { committee: string; agency: string; place: string; on: LocalDate | null; annexes?: Annex[] },
): Letter {
  const filled = (one: string): string => fill(one, facts.values);
  const { committee, agency, place, on, annexes = [] } = given;
  return {
    issuer: text.issuer === 'committee' ? { superior: null, office: committee } : { superior: committee, office: agency },
    kind: text.kind,
    about: filled(text.about),
    symbol: text.symbol,
    place,
    on,
    addressees: text.addressees.map(filled),
    body: text.body.filter((one) => stands(one.when, facts.flags)).flatMap((one) => blocksOf(one, facts)),
    receivers: text.receivers.map(filled),
    signature: [{ lines: text.signature }],
    annexes,
  };
}

function blocksOf(given: z.output<typeof part>, { values, lists, tables }: LetterFacts): Block[] {
  if ('text' in given) {
    const { text, bold = false, italic = false, center = false } = given;
    return [{ kind: 'paragraph', text: fill(text, values), bold, italic, center }];
  }
  if ('article' in given) return [{ kind: 'article', title: given.article, paragraphs: given.texts.map((text) => fill(text, values)) }];
  if ('table' in given) {
    const table = tables[given.table];
    return table ? [{ kind: 'table', ...table }] : [];
  }
  const items = lists[given.list] ?? [];
  if (given.italic) return items.map((text) => ({ kind: 'paragraph', text, italic: true }));
  return [{ kind: 'list', items }];
}
