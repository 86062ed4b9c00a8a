/** How people behave in a rehearsal: profiles are data (rehearsal/profiles/*.json), a new one is a new file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { API_ACTIONS } from '../api/cycles/payloads';
import { STEPS, type Step } from '../domain/cycle/stages';
import { StartProblem } from '../local/start-problem';
import { productFolder } from '../plans/load';

const FOLDER = 'rehearsal/profiles';
const days = z.tuple([z.int().min(0).max(400), z.int().min(0).max(400)]);
const share = z.number().min(0).max(1);
const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

/**
 * When somebody answers: never; so many working days after the turn came; in that part of the time there is up to the limit; so many working days
 * before the limit's last day; or so many after it. Where there is no limit, `withoutLimit` says how many working days.
 */
const when = z.union([
  z.literal('never'),
  z.strictObject({ days }),
  z.strictObject({ share: z.tuple([share, share]) }),
  z.strictObject({ lastDays: days }),
  z.strictObject({ late: days }),
]);

const answer = z.strictObject({
  /** How often, against the other answers of the step. */
  weight: z.number().positive(),
  does: z.enum([...API_ACTIONS, 'register-reevaluation', 'nothing']),
  when,
  /** Working days that a supplement is given. */
  dueIn: days.optional(),
  /** Only at the first time that the dossier is in the step. */
  once: z.boolean().optional(),
});

const score = z.strictObject({ weight: z.number().positive(), mean: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]) });

const profile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  description: text,
  /** Working days that an answer takes where the law sets no limit. */
  withoutLimit: days,
  members: z.int().min(1).max(50),
  scores: z.strictObject({ district: z.array(score).min(1), province: z.array(score).min(1), national: z.array(score).min(1) }),
  /** Answers by step; in a step that is missing nobody does anything. */
  steps: z.partialRecord(z.enum(Object.keys(STEPS) as [Step, ...Step[]]), z.array(answer).min(1)),
});

export type Profile = z.output<typeof profile>;
export type Answer = z.output<typeof answer>;
export type When = z.output<typeof when>;

/** Names of the shipped profiles. */
export function profileNames(): string[] {
  return readdirSync(join(productFolder(), FOLDER))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))
    .sort();
}

/**
 * A shipped profile by its name, or one from a file.
 * @throws StartProblem that names the profiles there are, or what is wrong in the file
 */
export function readProfile(name: string): Profile {
  const file = name.endsWith('.json') ? name : join(productFolder(), FOLDER, `${name}.json`);
  if (!existsSync(file)) {
    const known = profileNames().join(', ');
    throw new StartProblem({
      vi: `Không có kiểu ứng xử “${name}”. Các kiểu có sẵn: ${known}; hoặc đường dẫn tới một tệp .json.`,
      en: `There is no behaviour “${name}”. There are: ${known}; or the path of a .json file.`,
    });
  }
  let problem: string;
  try {
    const read = profile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return read.data;
    problem = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  throw new StartProblem({ vi: `Tệp ứng xử ${file} có lỗi: ${problem}`, en: `The behaviour file ${file} cannot be used: ${problem}` });
}
