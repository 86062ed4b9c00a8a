/** Where things stand in a scoring workbook: what is written by one side and read back by the other. */

/** Raised with every change of the layout; a workbook of another one is refused. */
export const FORMAT = 'ocop-phieu-1';

/** The hidden sheet that says which session, member and criteria a workbook was made for, and holds the lists of points to choose from. */
export const INFO_SHEET = '_phieu';

export const CODE_COLUMN = 'A';
export const POINTS_COLUMN = 'E';
export const REASON_COLUMN = 'D';
/** Rows of the product's header, then the row of column titles. */
export const TITLE_ROW = 8;

/** What stands in the code column of the two rows of reasons. */
export const EXCLUSION = 'LOẠI';
export const MEETING = 'HỌP';
