/** The report as files: data, a page, a workbook, and the mails in a folder per day. */
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../clients/database';
import { workbookXlsx } from '../../documents/workbook';
import { messageIdsIn } from './collect';
import { reportHtml } from './html';
import { mailsOf } from './records';
import type { Report } from './report';
import { tablesOf } from './tables';

/** Writes all of it into the folder; each file appears whole or not at all. */
export async function writeReport(report: Report, out: string, captured: readonly string[], db: Database): Promise<void> {
  await mkdir(out, { recursive: true });
  await whole(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  await whole(join(out, 'report.html'), reportHtml(report));
  await whole(join(out, 'report.xlsx'), await workbookXlsx(tablesOf(report)));
  await keepMails(join(out, 'mails'), captured, db);
}

/** Written beside, then renamed: nobody ever sees half a file. */
export async function whole(file: string, content: string | Buffer): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, content);
  await rename(part, file);
}

/** `mails/2026-10-12/officer.14329@….eml` */
async function keepMails(folder: string, captured: readonly string[], db: Database): Promise<void> {
  const part = `${folder}.${process.pid}.part`;
  await mkdir(part, { recursive: true });
  const rows = new Map((await mailsOf(db)).map((row) => [row.messageId, row]));
  const ids = await messageIdsIn(captured);
  for (const [index, file] of captured.entries()) {
    const row = rows.get(ids[index] ?? '');
    const day = join(part, row?.day ?? 'unknown');
    await mkdir(day, { recursive: true });
    await copyFile(file, join(day, `${(row?.recipient ?? `${index}`).replace(/[^\w.@-]/g, '_')}.eml`));
  }
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
}
