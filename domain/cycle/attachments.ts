/** Files that go with an action. What they are called and hold stays in the records: a name may be a person's. */

/** Kinds of files that a dossier takes. */
export const FILE_KINDS = ['pdf', 'docx', 'xlsx', 'jpeg', 'png'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A file as the cycle knows it, and as it stands in its history for good. */
export interface Attachment {
  /** Of the content, 64 hexadecimal digits. */
  sha256: string;
  kind: FileKind;
  /** Bytes. */
  size: number;
}
