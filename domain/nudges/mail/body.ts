/** What the bodies of a digest are made of. */
import type { Digest } from '../lines';
import type { DigestWording, Language } from './template';

/** What of the reader's office and province stands in a mail. */
export interface Reader {
  /** `UBND xã Nam Hồng` */
  office: string;
  /** `tỉnh Ninh Bình` */
  province: string;
  /** Whom to turn to, with telephone where known. */
  contact: string;
  /** True for readers whose dossiers come from several communes. */
  manyCommunes: boolean;
}

/** What both bodies are made of. */
export interface Body {
  digest: Digest;
  reader: Reader;
  words: DigestWording;
  language: Language;
  /** Address of the pages, without a slash at its end. */
  publicUrl: string;
}

/** Address of a dossier's page. */
export function dossierUrl(publicUrl: string, cycleId: string): string {
  return `${publicUrl}/ho-so/${encodeURIComponent(cycleId)}`;
}

/** Address of the page with everything that waits for the reader. */
export function myWorkUrl(publicUrl: string): string {
  return `${publicUrl}/viec-cua-toi`;
}
