// A sales report as rows and columns, whichever file it came in, and how large one may be.

/** A date that the file itself says is one; `2027-01-12`. */
export type DateCell = { date: string };
/** A formula that nobody has calculated, or one that ended in an error such as #N/A. */
export type FaultCell = { fault: 'formula' | 'error' };
export type Cell = string | number | boolean | null | DateCell | FaultCell;

export type ReportRow = {
  /** As an editor or Excel counts them, from 1. */
  line: number;
  cells: Cell[];
  /** Why the row cannot be counted, whatever its columns mean. */
  fault?: 'too_few_cells' | 'too_many_cells' | 'total_row';
};

export type ReportTable = {
  /** Sheets of the workbook that can be seen; one unnamed in a text file. */
  sheets: string[];
  sheet: string;
  /** Unlike each other, and never empty: `Amount`, `Amount (2)`, `#3`. */
  headers: string[];
  rows: ReportRow[];
  /** What a single comma or full stop in a number most likely is, where the numbers do not tell. */
  decimal: ',' | '.';
  /** The workbook counts days from 1904, as Excel for Mac once did. */
  from1904: boolean;
};

export type UnreadableReason =
  | 'empty'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'old_excel'
  | 'web_page'
  | 'not_a_table'
  | 'open_quote'
  | 'damaged'
  | 'no_rows';

/** Thrown inside the readers; `readReport` answers it as a value. */
export class Unreadable extends Error {
  readonly reason: UnreadableReason;
  readonly line: number | undefined;
  constructor(reason: UnreadableReason, line?: number) {
    super(reason);
    this.reason = reason;
    this.line = line;
  }
}

/** Bytes of a file as it lies on the disk. */
export const fileLimit = 30 * 1024 * 1024;
/** Bytes of a workbook's parts once unpacked, together: a few kilobytes can be made to unpack to gigabytes. */
export const unpackedLimit = 128 * 1024 * 1024;
export const rowLimit = 100_000;
export const columnLimit = 300;
/** What Excel holds in one cell. */
export const cellLimit = 32_767;

export type ReadOptions = {
  /** A sheet by its name; else the first with rows. */
  sheet?: string;
  /** From 0 to 1. */
  onProgress?: (share: number) => void;
};
