/**
 * The folders of rehearsals that pages started: `run.json` says who asked for what and how it ended, `progress.json` how far it is, `lists/` holds what
 * was given, `report.*` what came of it. Files appear whole or not at all.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LISTS, type ListFile, type ListName, type Run, type RunProgress, type Wanted } from '../api/rehearsals/desk';
import { type Report, REPORT_SCHEMA } from './report/report';
import { whole } from './report/write';

/** Written every two seconds while it runs: one that says nothing for so long has lost its program. */
const SILENT_MS = 15_000;
const KEPT = 20;
const ID = /^[0-9a-f-]{36}$/;
/** What stays of one that did not come to its end. */
const ALWAYS_KEPT = ['run.json', 'progress.json', 'log.txt'];

const ENDINGS = /\.(csv|tsv|txt|xlsx|xls)$/i;
const fileOf = (list: ListName, { name }: { name: string }): string => `${list}${(ENDINGS.exec(name)?.[0] ?? '.csv').toLowerCase()}`;

export class RunFolders {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  private pathOf({ id }: Pick<Run, 'id'>, ...parts: string[]): string {
    return join(this.folder, id, ...parts);
  }

  logOf(run: Run): string {
    return this.pathOf(run, 'log.txt');
  }

  /** Writes down what is wanted. @returns the arguments of the command */
  async make(run: Run, wanted: Wanted): Promise<string[]> {
    await mkdir(this.pathOf(run, 'lists'), { recursive: true, mode: 0o700 });
    const plan = this.pathOf(run, 'lists', `${wanted.plan.id}.json`);
    await writeFile(plan, JSON.stringify(wanted.plan));
    const calendar = this.pathOf(run, 'lists', 'calendar.json');
    await writeFile(calendar, JSON.stringify(wanted.calendar));
    const lists: string[] = [];
    for (const list of LISTS) {
      const given = wanted.lists[list];
      if (!given) continue;
      const file = this.pathOf(run, 'lists', fileOf(list, given));
      await writeFile(file, given.bytes);
      lists.push(`--${list}`, file);
    }
    await this.beat(run);
    await this.keep(run);
    const { place, province, from, until, behaviour, seed, changes, compareWith } = wanted;
    const words = ['--plan', plan, '--calendar', calendar, '--behaviour', behaviour, '--seed', seed, '--out', this.pathOf(run)];
    return [
      ...words,
      ...lists,
      ...(place ? ['--place'] : []),
      ...(province === undefined ? [] : ['--province', province]),
      ...(from === undefined ? [] : ['--from', from]),
      ...(until === undefined ? [] : ['--until', until]),
      ...changes.flatMap(({ window, date }) => ['--set', `${window}=${date}`]),
      ...(compareWith === undefined ? [] : ['--compare', this.pathOf({ id: compareWith })]),
    ];
  }

  /** Writes what is known of it. */
  async keep({ progress: _progress, ...run }: Run): Promise<void> {
    await this.write(this.pathOf(run, 'run.json'), run);
  }

  /** Writes how far it is, which also says that its program lives. */
  async beat(run: Run): Promise<void> {
    await this.write(this.pathOf(run, 'progress.json'), run.progress);
  }

  /** One after the other: a file is written beside and renamed, which two at once would do to each other. */
  private async write(file: string, content: object): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(async () => await whole(file, JSON.stringify(content, null, 1)));
    await this.writing;
  }

  /** One has ended: what is of no more use goes, and so do the oldest. */
  async settle(run: Run): Promise<void> {
    await this.keep(run);
    await this.clear(run);
    for (const old of (await this.all()).slice(KEPT)) if (old.status !== 'running') await this.remove(old);
  }

  private async clear(run: Run): Promise<void> {
    const isUseful = (name: string): boolean => ALWAYS_KEPT.includes(name) || (run.status === 'done' && name !== 'mails');
    const useless = (await readdir(this.pathOf(run))).filter(
      (name) => !isUseful(name) && !(run.status === 'failed' && name.startsWith('report.')),
    );
    for (const name of useless) await rm(this.pathOf(run, name), { recursive: true, force: true });
  }

  async remove(run: Run): Promise<void> {
    await rm(this.pathOf(run), { recursive: true, force: true });
  }

  /** All of them, the newest first; one whose program has gone is interrupted. */
  async all(): Promise<Run[]> {
    const ids = (await readdir(this.folder).catch(() => [])).filter((name) => ID.test(name));
    const read = await Promise.all(ids.map(async (id) => await this.read(id)));
    return read.flatMap((run) => run ?? []).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  }

  private async read(id: string): Promise<Run | undefined> {
    const kept = await json<Omit<Run, 'progress'>>(this.pathOf({ id }, 'run.json'));
    if (!kept) return undefined;
    const progressFile = this.pathOf({ id }, 'progress.json');
    const progress = (await json<RunProgress>(progressFile)) ?? { step: null, calendar: null };
    const run: Run = { ...kept, progress };
    if (run.status !== 'running') return run;
    const saidAt = (await stat(progressFile).catch(() => undefined))?.mtimeMs ?? 0;
    if (Date.now() - saidAt < SILENT_MS) return run;
    const interrupted: Run = { ...run, status: 'interrupted' };
    await this.keep(interrupted);
    await this.clear(interrupted);
    return interrupted;
  }

  async listsOf(run: Run): Promise<Partial<Record<ListName, ListFile>>> {
    const lists: Partial<Record<ListName, ListFile>> = {};
    for (const list of LISTS) {
      const name = run.asked.lists[list];
      const bytes =
        name === undefined ? undefined : await readFile(this.pathOf(run, 'lists', fileOf(list, { name }))).catch(() => undefined);
      if (name !== undefined && bytes) lists[list] = { name, bytes };
    }
    return lists;
  }

  async reportOf(run: Run): Promise<Report | undefined> {
    const report = await json<Report>(this.pathOf(run, 'report.json'));
    return report?.schema === REPORT_SCHEMA ? report : undefined;
  }

  async resultsOf(run: Run): Promise<string[]> {
    return await readdir(this.pathOf(run)).catch(() => []);
  }

  async resultOf(run: Run, file: string): Promise<Buffer | undefined> {
    return await readFile(this.pathOf(run, file)).catch(() => undefined);
  }
}

/** What a file that this class wrote holds; undefined when there is none. */
async function json<Content>(file: string): Promise<Content | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Content;
  } catch {
    return undefined;
  }
}
