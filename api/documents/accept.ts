/** Which files a dossier takes. The content and the name's ending decide together; the type that a sender declares is not believed. */
import { unzipSync } from 'fflate';
import type { FileKind } from '../../domain/cycle/attachments';
import type { Text } from '../../domain/sources';
import { DOCX, XLSX } from '../http/media-types';
import { type HttpProblem, invalidInput } from '../http/problem';

interface Accepted {
  mediaType: string;
  /** Endings of names, the usual one first. */
  endings: readonly string[];
  title: string;
  isOne(bytes: Buffer): boolean;
}

const PDF_HEADER_WITHIN = 1024;

export const ACCEPTED: Record<FileKind, Accepted> = {
  pdf: {
    mediaType: 'application/pdf',
    endings: ['pdf'],
    title: 'PDF',
    isOne: (bytes) => bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-'),
  },
  docx: { mediaType: DOCX, endings: ['docx'], title: 'Word (.docx)', isOne: (bytes) => isOffice(bytes, 'word/document.xml') },
  xlsx: { mediaType: XLSX, endings: ['xlsx'], title: 'Excel (.xlsx)', isOne: (bytes) => isOffice(bytes, 'xl/workbook.xml') },
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], title: 'ảnh JPEG', isOne: (bytes) => begins(bytes, 'ffd8ff') },
  png: { mediaType: 'image/png', endings: ['png'], title: 'ảnh PNG', isOne: (bytes) => begins(bytes, '89504e470d0a1a0a') },
};

const KINDS = Object.entries(ACCEPTED) as [FileKind, Accepted][];
const ALLOWED: Text = { vi: 'chỉ nhận PDF, Word (.docx), Excel (.xlsx), ảnh JPEG hoặc PNG', en: 'allowed: PDF, .docx, .xlsx, JPEG, PNG' };
const LONGEST_NAME = 150;
/** Control characters, and marks that turn the reading direction or cannot be seen: `báo cáo[RLO]fdp.exe` would read as a PDF. */
const UNSEEN = /\p{C}/u;

const begins = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/** A document of Office without macros; nothing of it is unpacked. */
function isOffice(bytes: Buffer, main: string): boolean {
  if (!begins(bytes, '504b0304')) return false;
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return false;
  }
  return names.includes('[Content_Types].xml') && names.includes(main) && !names.some((name) => name.endsWith('vbaProject.bin'));
}

/**
 * The kind of a file and its name as it is kept: without folders, in Unicode NFC.
 * @throws HttpProblem "invalid-input" about the field `documents` that says what is wrong and what is allowed
 */
export function acceptedFile({ name: given, bytes }: { name: string; bytes: Buffer }): { kind: FileKind; name: string } {
  const name = (given.split(/[\\/]/).at(-1) ?? '').normalize('NFC').trim();
  const about = shown(name);
  if (name === '') throw refused({ vi: 'tệp cần có tên', en: 'the file needs a name' });
  if (UNSEEN.test(name))
    throw refused({ vi: `tên tệp ${about} có ký tự ẩn; hãy đổi tên tệp`, en: `the name ${about} holds characters that cannot be seen` });
  if (name.length > LONGEST_NAME)
    throw refused({ vi: `tên tệp dài quá ${LONGEST_NAME} ký tự: ${about}`, en: `a name has at most ${LONGEST_NAME} characters: ${about}` });
  if (bytes.length === 0) throw refused({ vi: `tệp ${about} rỗng`, en: `${about} is empty` });
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const [kind, accepted] = KINDS.find(([, { endings }]) => endings.includes(ending)) ?? [];
  if (!kind || !accepted) throw refused({ vi: `${about}: ${ALLOWED.vi}`, en: `${about}: ${ALLOWED.en}` });
  if (!accepted.isOne(bytes))
    throw refused({
      vi: `nội dung của ${about} không phải ${accepted.title} dùng được (tệp hỏng, có macro, hoặc chỉ đổi đuôi tên); ${ALLOWED.vi}`,
      en: `the content of ${about} is not a usable .${ending} (damaged, with macros, or renamed); ${ALLOWED.en}`,
    });
  return { kind, name };
}

/** A name as it may stand in a message: short, and nothing in it that cannot be seen. */
function shown(name: string): string {
  const visible = name.replaceAll(/\p{C}/gu, '?');
  return `“${visible.length > 60 ? `${visible.slice(0, 57)}…` : visible}”`;
}

const refused = (message: Text): HttpProblem => invalidInput([{ field: 'documents', message }]);
