// From rows to the few figures that a person may choose. Only these ever leave the device, and only when they are chosen.
import type { ReportColumns, ReportRole } from './report-columns.ts';
import { dateOf, dayOrderOf, excelDate } from './report-dates.ts';
import { decimalOf, numberOf } from './report-numbers.ts';
import type { Cell, ReportRow, ReportTable } from './report-table.ts';

export type RowFault = {
  line: number;
  kind: 'too_few_cells' | 'too_many_cells' | 'not_a_number' | 'not_a_date' | 'formula' | 'error';
  /** The header of the column it is about, and the first words of what stands there. */
  column?: string;
  found?: string;
};

export type ReportFigure = {
  kind:
    | 'deals'
    | 'won'
    | 'lost'
    | 'open'
    | 'win_rate'
    | 'sum'
    | 'won_sum'
    | 'open_sum'
    | 'won_average'
    | 'named';
  value: number;
  /** What `won` is out of, for a rate. */
  of?: number;
  currency?: string;
  /** The status that a `named` figure counts, in the words of the report. */
  name?: string;
};

/** Which rows count. Dates are inclusive; a row without a date counts only where no dates are asked for. */
export type ReportChoice = { owner?: string; from?: string; to?: string };

export type ReportCount = {
  /** Deals in the report, those without a fault, and those of them that were chosen. */
  rows: number;
  sound: number;
  counted: number;
  /** The first hundred, in the order of their lines. */
  faults: RowFault[];
  faultCount: number;
  /** Lines that sum up others and are therefore no deals. */
  totals: number;
  /** Names in the column of owners, the most frequent first. */
  owners: { name: string; count: number }[];
  /** First and last date of the sound rows. */
  period: { from: string; to: string } | undefined;
  figures: ReportFigure[];
};

/** Of a seller or a status. */
const longestName = 200;
const shownFaults = 100;
const shownOwners = 200;
/** More different words than this are no statuses. */
const shownStatuses = 12;

type Deal = {
  owner: string;
  date: string | undefined;
  amount: number | undefined;
  currency: string;
  status: string;
};

/** Counts a report by what its columns mean. Rows with a fault are never part of a figure: they are named instead. */
export function countReport(table: ReportTable, columns: ReportColumns, choice: ReportChoice): ReportCount {
  const reader = readerOf(table, columns);
  const faults: RowFault[] = [];
  const deals: Deal[] = [];
  let faultCount = 0;
  let totals = 0;
  for (const row of table.rows) {
    if (row.fault === 'total_row') {
      totals += 1;
      continue;
    }
    const read = reader(row);
    if ('kind' in read) {
      faultCount += 1;
      if (faults.length < shownFaults) faults.push(read);
    } else deals.push(read);
  }
  const chosen = deals.filter((deal) => isChosen(deal, choice));
  return {
    rows: table.rows.length - totals,
    sound: deals.length,
    counted: chosen.length,
    faults,
    faultCount,
    totals,
    owners: tally(deals.map(({ owner }) => owner)).slice(0, shownOwners),
    period: periodOf(deals),
    figures: figuresOf(chosen, columns),
  };
}

function isChosen({ owner, date }: Deal, choice: ReportChoice): boolean {
  if (choice.owner !== undefined && owner !== choice.owner) return false;
  if (choice.from !== undefined && (date === undefined || date < choice.from)) return false;
  return choice.to === undefined || (date !== undefined && date <= choice.to);
}

/** Reads one row; how numbers and dates are written is decided by the whole column first. */
function readerOf(table: ReportTable, columns: ReportColumns): (row: ReportRow) => Deal | RowFault {
  // A report has many rows and few different words: each is read once.
  const decimal = decimalOf(new Set(textsIn(table, columns.amount)), table.decimal);
  const order = dayOrderOf(new Set(textsIn(table, columns.date)));
  const numbers = remembering((text) => numberOf(text, decimal));
  const dates = remembering((text) => dateOf(text, order));
  return (row) => {
    const { line, cells } = row;
    if (row.fault !== undefined && row.fault !== 'total_row') return { line, kind: row.fault };
    const at = (role: ReportRole): Cell => {
      const column = columns[role];
      return column === undefined ? null : (cells[column] ?? null);
    };
    const wrong = (role: ReportRole, kind: RowFault['kind']): RowFault => {
      const found = textOf(at(role)).slice(0, 40);
      return {
        line,
        kind,
        column: table.headers[columns[role] ?? -1] ?? '',
        ...(found === '' ? {} : { found }),
      };
    };
    for (const role of ['amount', 'date', 'status', 'owner', 'currency'] as const) {
      const cell = at(role);
      if (typeof cell === 'object' && cell !== null && 'fault' in cell) return wrong(role, cell.fault);
    }
    const amount = amountIn(at('amount'), numbers);
    if (Number.isNaN(amount)) return wrong('amount', 'not_a_number');
    const date = dateIn(at('date'), dates, table.from1904);
    if (date === '') return wrong('date', 'not_a_date');
    return {
      owner: textOf(at('owner')),
      date,
      amount,
      currency: textOf(at('currency')).toUpperCase().slice(0, 3),
      status: textOf(at('status')),
    };
  };
}

function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? read(text);
    known.set(text, value);
    return value;
  };
}

function* textsIn({ rows }: ReportTable, column: number | undefined): Generator<string> {
  if (column === undefined) return;
  for (const { cells, fault } of rows) {
    const cell = cells[column];
    if (fault === undefined && typeof cell === 'string') yield cell;
  }
}

/** Undefined for an empty cell, NaN for what is no number. */
function amountIn(cell: Cell, read: (text: string) => number | undefined): number | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'number') return cell;
  return (typeof cell === 'string' ? read(cell) : undefined) ?? Number.NaN;
}

/** Undefined for an empty cell, '' for what is no date. */
function dateIn(
  cell: Cell,
  read: (text: string) => string | undefined,
  from1904: boolean,
): string | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'string') return read(cell) ?? '';
  if (typeof cell === 'object') return 'date' in cell ? (read(cell.date) ?? '') : '';
  // A day number whose cell lost its format, between 1927 and 2119.
  return typeof cell === 'number' && cell > 10_000 && cell < 80_000 ? (excelDate(cell, from1904) ?? '') : '';
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '';
  const text = String(cell).slice(0, longestName);
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

const wonWords = /\b(won|vunnet|solgt|sold|vant)\b/i;
const lostWords = /\b(lost|tapt|avslått|ikke solgt|not won|ikke vunnet)\b/i;

/** Won, lost or still open, by the words that the CRMs use; undefined without a status. */
export function outcomeOf(status: string): 'won' | 'lost' | 'open' | undefined {
  if (status.trim() === '') return undefined;
  if (lostWords.test(status)) return 'lost';
  return wonWords.test(status) ? 'won' : 'open';
}

function figuresOf(deals: readonly Deal[], columns: ReportColumns): ReportFigure[] {
  if (deals.length === 0) return [];
  const figures: ReportFigure[] = [{ kind: 'deals', value: deals.length }];
  const outcomes = remembering(outcomeOf);
  const those = (outcome: string) => deals.filter(({ status }) => outcomes(status) === outcome);
  const won = those('won');
  const lost = those('lost');
  const open = those('open');
  const isDecided = won.length + lost.length > 0;
  if (isDecided) {
    figures.push({ kind: 'won', value: won.length }, { kind: 'lost', value: lost.length });
    if (open.length > 0) figures.push({ kind: 'open', value: open.length });
    figures.push({ kind: 'win_rate', value: won.length, of: won.length + lost.length });
  }
  if (columns.amount !== undefined) {
    // Amounts in different currencies are never added.
    for (const { name: currency } of tally(
      deals.map((deal) => deal.currency),
      'with empty',
    ).slice(0, 3)) {
      const ofThis = (list: readonly Deal[]) => list.filter((deal) => deal.currency === currency);
      const named = currency === '' ? {} : { currency };
      figures.push({ kind: 'sum', value: sumOf(ofThis(deals)), ...named });
      if (!isDecided) continue;
      const wonHere = ofThis(won).filter(({ amount }) => amount !== undefined);
      figures.push({ kind: 'won_sum', value: sumOf(wonHere), ...named });
      if (open.length > 0) figures.push({ kind: 'open_sum', value: sumOf(ofThis(open)), ...named });
      if (wonHere.length > 0) {
        figures.push({ kind: 'won_average', value: Math.round(sumOf(wonHere) / wonHere.length), ...named });
      }
    }
  }
  // A status that is the only one of its outcome has been counted as that already.
  const statuses = tally(deals.map(({ status }) => status)).filter(
    ({ name }, _, all) =>
      !isDecided || all.some((other) => other.name !== name && outcomeOf(other.name) === outcomeOf(name)),
  );
  if (statuses.length > 1 && statuses.length <= shownStatuses) {
    for (const { name, count } of statuses) figures.push({ kind: 'named', value: count, name });
  }
  return figures;
}

/** In hundredths, so that ører add up. */
function sumOf(deals: readonly Deal[]): number {
  return deals.reduce((sum, { amount = 0 }) => sum + Math.round(amount * 100), 0) / 100;
}

function tally(words: readonly string[], empty?: 'with empty'): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const word of words) {
    if (word !== '' || empty !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function periodOf(deals: readonly Deal[]): { from: string; to: string } | undefined {
  let from: string | undefined;
  let to: string | undefined;
  for (const { date } of deals) {
    if (date === undefined) continue;
    if (from === undefined || date < from) from = date;
    if (to === undefined || date > to) to = date;
  }
  return from === undefined || to === undefined ? undefined : { from, to };
}
