import { execFileSync } from 'node:child_process';
import { strFromU8, unzipSync } from 'fflate';

/** One part of an Office file as text. */
export function partOf(file: Uint8Array, path: string): string {
  const part = unzipSync(file)[path];
  if (part === undefined) throw new Error(`no ${path}`);
  return strFromU8(part);
}

/** What a reader of a Word document sees, one paragraph a line. */
export function textOfDocx(file: Uint8Array): string {
  return partOf(file, 'word/document.xml')
    .replace(/<w:br\/>/g, ' ')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/** True when a program is on this machine. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
