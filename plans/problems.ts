import type { Text } from '../domain/sources';

/** What is wrong in a data file: which file (relative to the folder that was loaded), where in it, and why. */
export interface Problem {
  file: string;
  /** `windows[0].closes.date`, `row 12, column date`; empty when the whole file is meant. */
  path: string;
  reason: Text;
}

/** Rule files that cannot be used: every problem of every file at once. */
export class DataFilesError extends Error {
  override readonly name = 'DataFilesError';

  constructor(readonly problems: readonly Problem[]) {
    super(['Tệp dữ liệu có lỗi (data files have problems):', ...problems.map(describe)].join('\n'));
  }
}

function describe({ file, path, reason }: Problem): string {
  const place = path === '' ? file : `${file}: ${path}`;
  return `- ${place}: ${reason.vi} (${reason.en})`;
}
