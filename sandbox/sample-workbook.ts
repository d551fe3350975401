// Makes an Excel workbook of rows, as the CRMs export them: shared or inline strings, dates as styled numbers.
import { strToU8, zipSync } from 'fflate';

/** A day is its number since 30 December 1899 in a cell with a date's format; raw is SpreadsheetML as it stands. */
export type SampleCell = string | number | null | { day: number } | { raw: string };

export type SampleOptions = {
  name?: string;
  from1904?: boolean;
  strings?: 'shared' | 'inline';
  /** Parts to add or to put in place of those made here. */
  parts?: Record<string, string>;
};

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

export function workbookOf(
  rows: readonly (readonly SampleCell[])[],
  options: SampleOptions = {},
): Uint8Array {
  const { name = 'Ark1', from1904 = false, strings = 'shared', parts = {} } = options;
  const shared = new Map<string, number>();
  const sheet = rows.map((cells, row) => {
    const written = cells.map((cell, column) => {
      const at = `r="${columnName(column)}${row + 1}"`;
      if (cell === null) return '';
      if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`;
      if (typeof cell === 'object' && 'raw' in cell) return cell.raw.replace('<c', `<c ${at}`);
      if (typeof cell === 'object')
        return `<c ${at} s="1"><v>${from1904 ? cell.day - 1462 : cell.day}</v></c>`;
      if (strings === 'inline') return `<c ${at} t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
      const index = shared.get(cell) ?? shared.size;
      shared.set(cell, index);
      return `<c ${at} t="s"><v>${index}</v></c>`;
    });
    return `<row r="${row + 1}">${written.join('')}</row>`;
  });
  const files: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships ${packageRelations}><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${relations}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships ${packageRelations}><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${main}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet ${main}><sheetData>${sheet.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${head}<sst ${main} uniqueCount="${shared.size}">${[...shared.keys()].map((words) => `<si><t xml:space="preserve">${escaped(words)}</t></si>`).join('')}</sst>`,
    ...parts,
  };
  // A fixed time, so that the same rows are the same bytes.
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, words]) => [path, strToU8(words)])), {
    mtime: '2027-01-01T00:00:00Z',
    level: 6,
  });
}
