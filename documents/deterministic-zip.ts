import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Zip times are local wall-clock: from local parts, so that the bytes do not depend on the time zone. */
const ZIP_TIME = new Date(1980, 0, 2);

/** Office libraries stamp the clock into these properties; a document without them opens as well. */
const CLOCK = /<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g;

/**
 * An Office file (.docx, .xlsx) again, without every trace of the clock: the same content gives the same bytes on any day and in any time zone.
 * @param edit changes to parts, by their path in the archive; a path that is not there is an error
 */
export function deterministicOfficeFile(bytes: Uint8Array, edit: Record<string, (xml: string) => string> = {}): Buffer {
  const parts = unzipSync(bytes);
  for (const [path, change] of Object.entries(edit)) {
    const part = parts[path];
    if (part === undefined) throw new Error(`no part ${path} in the file`);
    parts[path] = strToU8(change(strFromU8(part)));
  }
  const properties = parts['docProps/core.xml'];
  if (properties !== undefined) parts['docProps/core.xml'] = strToU8(strFromU8(properties).replace(CLOCK, ''));
  const sorted = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return Buffer.from(zipSync(sorted, { mtime: ZIP_TIME, level: 6 }));
}
