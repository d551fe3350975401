import { isKnownHeader } from './report-columns.ts';
import { type Cell, Unreadable } from './report-table.ts';

/** Lines above the headers that a report may open with: its title, its filter, the date. */
const linesAbove = 20;

/** The line of headers: the first that names two known columns, else the first with two cells or more. */
export function headersOf(rows: readonly (readonly Cell[])[]): { headers: string[]; after: number } {
  const top = rows.slice(0, linesAbove).map((cells) => cells.map(headerText));
  const known = top.findIndex((cells) => cells.filter(isKnownHeader).length >= 2);
  const wide = top.findIndex((cells) => cells.filter((cell) => cell !== '').length >= 2);
  const at = known === -1 ? wide : known;
  const found = top[at];
  if (found === undefined) throw new Unreadable(rows.length === 0 ? 'empty' : 'not_a_table');
  const last = found.findLastIndex((cell) => cell !== '');
  const seen = new Map<string, number>();
  const headers = found.slice(0, last + 1).map((cell, index) => {
    const name = cell === '' ? `#${index + 1}` : cell;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
  return { headers, after: at + 1 };
}

/** One line, as long as a heading may be. */
function headerText(cell: Cell): string {
  if (cell === null || typeof cell === 'object') return '';
  return String(cell).replace(/\s+/g, ' ').trim().slice(0, 80);
}

/** A line that sums up those above it would count everything twice. */
export function isTotal(cells: readonly Cell[]): boolean {
  const first = cells.find((cell) => cell !== null);
  return (
    typeof first === 'string' && /^(grand total|sub-?total|total|totalt|totals|sum|delsum)\b/i.test(first)
  );
}
