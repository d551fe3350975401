// Reads a sales report where it lies, on the person's own device: nothing in here knows of a network.
import { readCsv } from './report-csv.ts';
import {
  fileLimit,
  type ReadOptions,
  type ReportTable,
  Unreadable,
  type UnreadableReason,
} from './report-table.ts';
import { decodeText } from './report-text.ts';
import { readXlsx } from './report-xlsx.ts';

export type ReportRead =
  | { ok: true; table: ReportTable }
  | { ok: false; reason: UnreadableReason; line?: number };

/** Reads a report of either kind. It never throws for what is wrong with a file. */
export function readReport(bytes: Uint8Array, options: ReadOptions = {}): ReportRead {
  try {
    return { ok: true, table: tableOf(bytes, options) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, reason: error.reason, ...(error.line === undefined ? {} : { line: error.line }) };
  }
}

function tableOf(bytes: Uint8Array, options: ReadOptions): ReportTable {
  if (bytes.length === 0) throw new Unreadable('empty');
  if (bytes.length > fileLimit) throw new Unreadable('too_large');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readXlsx(bytes, options);
  // The container of Excel's format before 2007, and of a workbook with a password.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new Unreadable('old_excel');
  const text = decodeText(bytes);
  // Some CRMs call a web page .xls and let Excel sort it out.
  if (/^\s*(<!doctype|<html|<table|<\?xml)/i.test(text.slice(0, 500))) throw new Unreadable('web_page');
  if (text.slice(0, 4000).includes('\u0000')) throw new Unreadable('not_a_table');
  return readCsv(text, options);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
