import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataFilesError, loadRules } from '../../plans/load';

export const PRODUCT = resolve(__dirname, '../..');

/** A copy of the shipped rule files that a test may break. */
export class RuleFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'ocop-rules-'));

  constructor() {
    for (const folder of ['plans', 'data']) cpSync(join(PRODUCT, folder), join(this.root, folder), { recursive: true });
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.root, file), content);
  }

  /** Replaces the only place where `from` stands. */
  replace(file: string, from: string, to: string): void {
    const content = this.read(file);
    if (content.split(from).length !== 2) throw new Error(`${file}: "${from}" does not stand there once`);
    this.write(
      file,
      content.replace(from, () => to),
    );
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** The problems that loading this folder reports, as `file | path | reason`. */
  problems(): string[] {
    try {
      loadRules(this.root);
    } catch (error) {
      if (error instanceof DataFilesError) return error.problems.map(({ file, path, reason }) => `${file} | ${path} | ${reason.en}`);
      throw error;
    }
    return [];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
