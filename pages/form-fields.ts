/** What a form sent: text as people typed it, in Unicode NFC and without spaces around it, and files. */

const tidy = (text: string): string => text.normalize('NFC').trim();

export interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

export class FormFields {
  constructor(
    private readonly values: ReadonlyMap<string, readonly string[]>,
    private readonly sent: ReadonlyMap<string, readonly SentFile[]> = new Map(),
  ) {}

  /** The text of a field; empty when it is missing. */
  text(name: string): string {
    return tidy(this.raw(name));
  }

  /** The text as it was typed, spaces and all, such as a password's. */
  raw(name: string): string {
    return this.values.get(name)?.[0] ?? '';
  }

  /** The text of a field; undefined when it is missing or empty. */
  given(name: string): string | undefined {
    return this.text(name) || undefined;
  }

  /** Every value of a field that may occur several times, such as boxes that are ticked. */
  all(name: string): readonly string[] {
    return (this.values.get(name) ?? []).map(tidy);
  }

  /** The file of a field; undefined when none was chosen. */
  file(name: string): SentFile | undefined {
    return this.files(name)[0];
  }

  /** Every file of a field that takes several. */
  files(name: string): readonly SentFile[] {
    return this.sent.get(name) ?? [];
  }

  /** Names of the fields of text. */
  names(): string[] {
    return [...this.values.keys()];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }
}

/**
 * Reads the body of a form, `application/x-www-form-urlencoded` or `multipart/form-data`.
 * @throws TypeError for a body that is neither
 */
export async function readForm(bytes: Buffer, contentType: string): Promise<FormFields> {
  if (bytes.length === 0) return new FormFields(new Map());
  const sent = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  const values = new Map<string, string[]>();
  const files = new Map<string, SentFile[]>();
  for (const [name, value] of sent.entries()) {
    if (typeof value === 'string') values.set(name, [...(values.get(name) ?? []), value]);
    else if (isChosen(value)) files.set(name, [...(files.get(name) ?? []), await read(value)]);
  }
  return new FormFields(values, files);
}

/** A field of files that nobody touched sends one without a name. */
const isChosen = ({ name, size }: File): boolean => name !== '' || size > 0;

const read = async (file: File): Promise<SentFile> => ({ name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) });
