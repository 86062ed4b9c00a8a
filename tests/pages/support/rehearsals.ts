/** A rehearsal's desk for a test file, in folders of its own, on a program that has production's addresses and secrets in its environment. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { By, RehearsalDesk } from '../../../api/rehearsals/desk';
import { alive } from '../../../local/processes';
import { openDesk } from '../../../rehearsal/desk';
import { ADMIN_TOKEN, type TestApi } from '../../api/support/api';
import { eventually } from '../../support/eventually';
import { startSmtp, type TestSmtp } from '../../support/smtp';

/** How long a short rehearsal may take on a busy machine, in milliseconds. */
export const PATIENCE = 300_000;
export const BY: By = { id: 'tests', name: 'Người thử', role: 'provincial_staff', office: '37', provinceCode: '37', communeCode: null };

export interface TestRehearsals {
  desk: RehearsalDesk;
  /** Production's mail server. */
  smtp: TestSmtp;
  /** Where rehearsals have their passing places: a folder of this file's own. */
  root: string;
  /** Where the desk keeps its rehearsals. */
  data: string;
  newDesk(more?: NodeJS.ProcessEnv): RehearsalDesk;
  /** Folders in which rehearsals stand at this moment. */
  places(): string[];
  /** Processes whose passing folder is this file's own: rehearsals and what they started. */
  processes(): number[];
  nothingLeft(): Promise<void>;
}

/** One desk for the tests of a file. */
export function useRehearsals(api: TestApi): TestRehearsals {
  let smtp: TestSmtp | undefined;
  let desk: RehearsalDesk | undefined;
  let root = '';
  let data = '';
  const places = (): string[] => readdirSync(root).filter((name) => name.startsWith('ocop-rehearsal-'));
  const processes = (): number[] =>
    readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(`TMPDIR=${root}`))
      .map(Number)
      .filter((pid) => pid !== process.pid && alive(pid));
  const newDesk = (more: NodeJS.ProcessEnv = {}): RehearsalDesk => {
    const production = {
      DATABASE_URL: api.database.url,
      SMTP_URL: running(smtp).url,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      OCOP_ADMIN_TOKEN: ADMIN_TOKEN,
    };
    return openDesk({ folder: data, clock: api.parts.clock, env: { ...process.env, ...production, TMPDIR: root, ...more } });
  };
  beforeAll(async () => {
    smtp = await startSmtp();
    root = mkdtempSync(join(tmpdir(), 'ocop-root-'));
    // As root the database runs under another account, which must get in.
    chmodSync(root, 0o711);
    data = mkdtempSync(join(tmpdir(), 'ocop-pages-'));
    desk = newDesk();
  });
  afterAll(async () => {
    await desk?.close();
    await smtp?.stop();
  });
  return {
    get desk() {
      return running(desk);
    },
    get smtp() {
      return running(smtp);
    },
    get root() {
      return root;
    },
    get data() {
      return data;
    },
    newDesk,
    places,
    processes,
    async nothingLeft() {
      const left = () => ({ places: places(), processes: process.platform === 'linux' ? processes() : [] });
      await eventually(() => expect(left()).toEqual({ places: [], processes: [] }), 90_000);
    },
  };
}

function running<One>(one: One | undefined): One {
  if (one === undefined) throw new Error('the desk runs only inside tests');
  return one;
}

/** The environment that a process was given, as the system shows it; empty for one that has ended. */
export function environmentOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
