// Delimited text (RFC 4180) as people have it: any of four delimiters, any line ending, quotes in quotes and lines in
// quotes. Own code, since an error must name the line on which it stands (docs/decisions).
import { headersOf, isTotal } from './report-headers.ts';
import {
  type Cell,
  columnLimit,
  type ReadOptions,
  type ReportRow,
  type ReportTable,
  rowLimit,
  Unreadable,
} from './report-table.ts';

/** Cells of a line, empty ones counted, in Excel's own widest sheet. */
const widest = 16_384;

type TextRow = { line: number; cells: string[] };

const delimiters = [';', '\t', ',', '|'] as const;
type Delimiter = (typeof delimiters)[number];

export function readCsv(text: string, { onProgress }: ReadOptions): ReportTable {
  const { delimiter, start, line } = opening(text);
  const rows: TextRow[] = [];
  for (const row of rowsOf(text, delimiter, { start, line })) {
    const last = row.cells.findLastIndex((cell) => cell.trim() !== '');
    if (last === -1) continue;
    if (last >= columnLimit) throw new Unreadable('too_many_columns', row.line);
    rows.push(row);
    if (rows.length > rowLimit + 20) throw new Unreadable('too_many_rows', row.line);
    if (rows.length % 2000 === 0) onProgress?.(row.end / text.length);
  }
  const { headers, after } = headersOf(rows.map(({ cells }) => cells));
  const body = rows.slice(after).map((row) => judged(row, headers.length));
  if (body.length === 0) throw new Unreadable('no_rows');
  if (body.length > rowLimit) throw new Unreadable('too_many_rows');
  onProgress?.(1);
  return {
    sheets: [''],
    sheet: '',
    headers,
    rows: body,
    decimal: delimiter === ',' ? '.' : ',',
    from1904: false,
  };
}

/** Excel's own first line, `sep=;`, is an order and no row; else the delimiter that the first lines agree on. */
function opening(text: string): { delimiter: Delimiter; start: number; line: number } {
  const told = /^\uFEFF?"?sep=([;,\t|])"?\r?\n/i.exec(text);
  const delimiter = delimiters.find((one) => one === told?.[1]);
  if (told !== null && delimiter !== undefined) return { delimiter, start: told[0].length, line: 2 };
  return { delimiter: delimiterOf(text), start: text.startsWith('\uFEFF') ? 1 : 0, line: 1 };
}

/** Decimal commas make many cells too, but never the same number on each line. */
function delimiterOf(text: string): Delimiter {
  const sample = text.slice(0, 20_000);
  let best: { delimiter: Delimiter; score: number } = { delimiter: ';', score: 0 };
  for (const delimiter of delimiters) {
    const counts = new Map<number, number>();
    let seen = 0;
    try {
      for (const { cells } of rowsOf(sample, delimiter, { start: 0, line: 1 })) {
        if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
        seen += 1;
        if (seen === 30) break;
      }
    } catch {
      // The sample ends inside a quote: what was seen until then counts.
    }
    for (const [cells, lines] of counts) {
      const score = lines * lines * (1 + Math.log(cells));
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

type Reached = TextRow & { end: number };

function* rowsOf(
  text: string,
  delimiter: Delimiter,
  from: { start: number; line: number },
): Generator<Reached> {
  let at = from.start;
  let line = from.line;
  while (at < text.length) {
    const cells: string[] = [];
    const first = line;
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at, delimiter, line) : plainCell(text, at, delimiter);
      cells.push(cell.words);
      line += cell.lines;
      at = cell.end;
      if (text[at] !== delimiter) break;
      if (cells.length >= widest) throw new Unreadable('too_many_columns', first);
      at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else if (at < text.length) at += 1;
    line += 1;
    yield { line: first, cells, end: at };
  }
}

type FoundCell = { words: string; end: number; lines: number };

function plainCell(text: string, start: number, delimiter: Delimiter): FoundCell {
  const stop = delimiter.charCodeAt(0);
  let end = start;
  while (end < text.length) {
    const letter = text.charCodeAt(end);
    if (letter === stop || letter === 10 /* \n */ || letter === 13 /* \r */) break;
    end += 1;
  }
  return { words: unwrapped(text.slice(start, end)), end, lines: 0 };
}

/** What follows the closing quote up to the delimiter belongs to the cell as well: "Alfa" AS is one name. */
function quotedCell(text: string, start: number, delimiter: Delimiter, line: number): FoundCell {
  let words = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw new Unreadable('open_quote', line);
    words += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const rest = plainCell(text, quote + 1, delimiter);
      return { words: words + rest.words, end: rest.end, lines: linesIn(words) };
    }
    words += '"';
    from = quote + 2;
  }
}

function linesIn(words: string): number {
  return words.includes('\n') || words.includes('\r') ? words.split(/\r\n|\n|\r/).length - 1 : 0;
}

/** `="00123"` is how a CSV keeps Excel from counting with it. */
function unwrapped(words: string): string {
  return words.startsWith('="') && words.endsWith('"') ? words.slice(2, -1) : words;
}

function judged({ line, cells }: TextRow, width: number): ReportRow {
  const kept: Cell[] = cells.slice(0, width).map((cell) => cell.trim() || null);
  const beyond = cells.slice(width).some((cell) => cell.trim() !== '');
  if (isTotal(kept)) return { line, cells: kept, fault: 'total_row' };
  if (beyond) return { line, cells: kept, fault: 'too_many_cells' };
  if (cells.length < width) return { line, cells: kept, fault: 'too_few_cells' };
  return { line, cells: kept };
}
