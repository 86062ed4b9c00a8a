/** Excel of the managers' lists: exactly the rows that the page's questions find, all of them. */
import { XLSX } from '../../api/http/media-types';
import { type Sheet, type SheetColumn, workbookXlsx } from '../../documents/workbook';
import type { FileAnswer } from '../page';

/** More rows than a province has; a list of the country is cut here. */
export const MOST_ROWS = 20_000;

/** The workbook as a file to take away. */
export async function workbook(name: string, sheets: Sheet[]): Promise<FileAnswer> {
  return { file: { name: `${name}.xlsx`, type: XLSX, bytes: await workbookXlsx(sheets) } };
}

export const text = (header: string, width: number): SheetColumn => ({ header, width, type: 'text' });
export const count = (header: string, width = 12): SheetColumn => ({ header, width, type: 'number' });
export const date = (header: string): SheetColumn => ({ header, width: 13, type: 'date' });
