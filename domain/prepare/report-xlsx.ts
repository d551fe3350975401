// The first sheet of an Excel workbook (ECMA-376 part 1, SpreadsheetML) as rows. Formulas are never calculated: what
// Excel calculated last stands beside them.

import { excelDate } from './report-dates.ts';
import { headersOf, isTotal } from './report-headers.ts';
import {
  type Cell,
  cellLimit,
  columnLimit,
  type ReadOptions,
  type ReportRow,
  type ReportTable,
  rowLimit,
  Unreadable,
} from './report-table.ts';
import { createStreamDecoder } from './report-text.ts';
import { attribute, createXmlReader, type XmlListener } from './report-xml.ts';
import { openZip, type Zip } from './report-zip.ts';

type Sheet = { name: string; path: string };
type Workbook = { sheets: Sheet[]; from1904: boolean };
type SheetRow = { line: number; cells: Cell[] };

export function readXlsx(bytes: Uint8Array, { sheet: wanted, onProgress }: ReadOptions): ReportTable {
  const zip = openZip(bytes);
  const { sheets, from1904 } = workbookOf(zip);
  const strings = sharedStringsOf(zip, (share) => onProgress?.(share * 0.2));
  const isDate = dateStylesOf(zip);
  const candidates = wanted === undefined ? sheets : sheets.filter(({ name }) => name === wanted);
  for (const { name, path } of candidates) {
    const rows = rowsOf(zip, path, { strings, isDate, from1904 }, (share) => onProgress?.(0.2 + share * 0.8));
    if (rows.length === 0) continue;
    const { headers, after } = headersOf(rows.map(({ cells }) => cells));
    const body = rows.slice(after).map((row) => judged(row, headers.length));
    if (body.length === 0) throw new Unreadable('no_rows');
    onProgress?.(1);
    return {
      sheets: sheets.map((one) => one.name),
      sheet: name,
      headers,
      rows: body,
      decimal: ',',
      from1904,
    };
  }
  throw new Unreadable('no_rows');
}

function judged({ line, cells }: SheetRow, width: number): ReportRow {
  const kept = cells.slice(0, width);
  while (kept.length < width) kept.push(null);
  if (isTotal(kept)) return { line, cells: kept, fault: 'total_row' };
  if (cells.slice(width).some((cell) => cell !== null)) return { line, cells: kept, fault: 'too_many_cells' };
  return { line, cells: kept };
}

function readPart(
  zip: Zip,
  path: string,
  listener: XmlListener,
  onShare: (share: number) => void = () => {},
): void {
  const decoder = createStreamDecoder();
  const xml = createXmlReader(listener);
  zip.unpack(path, (piece, share) => {
    xml.push(decoder.decode(piece));
    onShare(share);
  });
  xml.push(decoder.end());
  xml.end();
}

/** Sheets that people can see, in the order of their tabs. */
function workbookOf(zip: Zip): Workbook {
  const path = relationsOf(zip, '_rels/.rels', '').find(({ type }) => type === 'officeDocument')?.path;
  const workbook = path ?? 'xl/workbook.xml';
  if (!zip.has(workbook)) throw new Unreadable('damaged');
  const [, folder = '', file = workbook] = /^(.*\/)?([^/]+)$/.exec(workbook) ?? [];
  const targets = new Map(
    relationsOf(zip, `${folder}_rels/${file}.rels`, folder).map(({ id, path: target }) => [id, target]),
  );
  const sheets: Sheet[] = [];
  let from1904 = false;
  readPart(zip, workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const target = targets.get(relationId(attributes) ?? '');
      const isHidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible';
      if (target === undefined || isHidden || !zip.has(target)) return;
      sheets.push({ name: attribute(attributes, 'name') ?? `${sheets.length + 1}`, path: target });
    },
    text() {},
    close() {},
  });
  return { sheets, from1904 };
}

/** `r:id`, under whichever prefix the writer gave the namespace of relationships. */
function relationId(attributes: string): string | undefined {
  const prefixed = /\s([\w.-]+:id)=/.exec(attributes)?.[1];
  return prefixed === undefined ? undefined : attribute(attributes, prefixed);
}

type Relation = { id: string; type: string; path: string };

function relationsOf(zip: Zip, path: string, folder: string): Relation[] {
  const relations: Relation[] = [];
  if (!zip.has(path)) return relations;
  readPart(zip, path, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target') ?? '';
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
        path: target.startsWith('/') ? target.slice(1) : folder + target,
      });
    },
    text() {},
    close() {},
  });
  return relations;
}

/** Rich text is its runs put together; the reading aid of East Asian text (`rPh`) is none of it. */
function sharedStringsOf(zip: Zip, onShare: (share: number) => void): string[] {
  const strings: string[] = [];
  const path = 'xl/sharedStrings.xml';
  if (!zip.has(path)) return strings;
  let words = '';
  let inText = false;
  let inAid = false;
  const listener: XmlListener = {
    open(name) {
      if (name === 'si') words = '';
      else if (name === 't') inText = !inAid;
      else if (name === 'rPh') inAid = true;
    },
    text(more) {
      if (inText && words.length <= cellLimit) words += more;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inAid = false;
      else if (name === 'si') strings.push(unescaped(words));
    },
  };
  readPart(zip, path, listener, onShare);
  return strings;
}

/** Excel writes control characters in strings as _x000D_. */
function unescaped(words: string): string {
  if (!words.includes('_x')) return words;
  return words.replace(/_x([\dA-F]{4})_/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Formats of ECMA-376 18.8.30 that show a date; those of a time alone are numbers to us. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/** A format of one's own: a date has a day, a year or a month by its name. */
function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|[_*]./g, '');
  return /[dy]|m{3,}/i.test(bare);
}

/** Whether a cell of a style, by its number, is shown as a date. */
function dateStylesOf(zip: Zip): (style: number) => boolean {
  const path = 'xl/styles.xml';
  if (!zip.has(path)) return () => false;
  const own = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  readPart(zip, path, {
    open(name, attributes) {
      if (name === 'numFmt') {
        own.set(
          Number(attribute(attributes, 'numFmtId')),
          (attribute(attributes, 'formatCode') ?? '').slice(0, 255),
        );
      } else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formats.push(Number(attribute(attributes, 'numFmtId') ?? 0));
    },
    text() {},
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  const dates = formats.map((id) => {
    const code = own.get(id);
    return code === undefined ? isBuiltInDate(id) : isDateFormat(code);
  });
  return (style) => dates[style] ?? false;
}

type Context = { strings: string[]; isDate: (style: number) => boolean; from1904: boolean };

/** Rows with anything in them, each with the number that Excel shows beside it. */
function rowsOf(zip: Zip, path: string, context: Context, onShare: (share: number) => void): SheetRow[] {
  const rows: SheetRow[] = [];
  let line = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let words = '';
  let inValue = false;
  let inWords = false;
  let inAid = false;
  let hasFormula = false;
  readPart(
    zip,
    path,
    {
      open(name, attributes) {
        switch (name) {
          case 'row':
            line = rowNumber(attribute(attributes, 'r')) ?? line + 1;
            cells = [];
            column = -1;
            break;
          case 'c':
            column = columnOf(attribute(attributes, 'r')) ?? column + 1;
            type = attribute(attributes, 't') ?? 'n';
            style = Number(attribute(attributes, 's') ?? 0);
            value = '';
            words = '';
            hasFormula = false;
            break;
          case 'v':
            inValue = true;
            break;
          case 't':
            inWords = !inAid;
            break;
          case 'rPh':
            inAid = true;
            break;
          case 'f':
            hasFormula = true;
            break;
        }
      },
      text(more) {
        if (inValue) value += more;
        else if (inWords && words.length <= cellLimit) words += more;
      },
      close(name) {
        switch (name) {
          case 'v':
            inValue = false;
            break;
          case 't':
            inWords = false;
            break;
          case 'rPh':
            inAid = false;
            break;
          case 'c': {
            const cell = cellOf(type, style, value, words, hasFormula, context);
            if (cell === null) break;
            if (column >= columnLimit) throw new Unreadable('too_many_columns', line);
            while (cells.length < column) cells.push(null);
            cells[column] = cell;
            break;
          }
          case 'row':
            if (cells.length === 0) break;
            rows.push({ line, cells });
            if (rows.length > rowLimit) throw new Unreadable('too_many_rows', line);
            break;
        }
      },
    },
    onShare,
  );
  return rows;
}

function rowNumber(given: string | undefined): number | undefined {
  const number = Number(given);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** `C7` is column 2. */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 16_384) throw new Unreadable('damaged');
  }
  return column === 0 ? undefined : column - 1;
}

function cellOf(
  type: string,
  style: number,
  value: string,
  words: string,
  hasFormula: boolean,
  { strings, isDate, from1904 }: Context,
): Cell {
  if (value === '' && words === '') return hasFormula ? { fault: 'formula' } : null;
  switch (type) {
    case 's':
      return textCell(strings[Number(value)] ?? '');
    case 'str':
      return textCell(unescaped(value));
    case 'inlineStr':
      return textCell(unescaped(words));
    case 'b':
      return value === '1' || value === 'true';
    case 'e':
      return { fault: 'error' };
    case 'd':
      return { date: value.slice(0, 10) };
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return textCell(value);
      if (!isDate(style)) return number;
      const date = excelDate(number, from1904);
      return date === undefined ? number : { date };
    }
  }
}

function textCell(words: string): string | null {
  const trimmed = words.slice(0, cellLimit).trim();
  return trimmed === '' ? null : trimmed;
}
