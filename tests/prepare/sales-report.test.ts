// Sales reports as people have them, and as somebody with bad intentions would make them.
// SEED=n repeats a run, SEEDS=n makes it longer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type ReportRead, readReport } from '../../domain/prepare/read-report.ts';
import { guessColumns } from '../../domain/prepare/report-columns.ts';
import { countReport } from '../../domain/prepare/report-figures.ts';
import {
  columnLimit,
  fileLimit,
  type ReportTable,
  rowLimit,
  unpackedLimit,
} from '../../domain/prepare/report-table.ts';
import { openZip } from '../../domain/prepare/report-zip.ts';
import { dealsOf, makeSample, sampleCount, samples, samplesDir } from '../../sandbox/sample-reports.ts';
import { type SampleOptions, workbookOf } from '../../sandbox/sample-workbook.ts';
import { randomOf } from '../live/random.ts';

function tableOf(read: ReportRead): ReportTable {
  if (!read.ok) throw new Error(`not read: ${read.reason}`);
  return read.table;
}
const csv = (text: string) => readReport(new TextEncoder().encode(text));
const count = (table: ReportTable) => countReport(table, guessColumns(table.headers), {});

describe.each(samples)('%s', (sample) => {
  test('is what its maker makes', () => {
    expect(Buffer.from(makeSample(sample)).equals(readFileSync(join(samplesDir, sample)))).toBe(true);
  });

  test('is understood without help: every deal, to the øre', () => {
    const table = tableOf(readReport(new Uint8Array(readFileSync(join(samplesDir, sample)))));
    const deals = dealsOf(sampleCount).filter(({ owner }) => owner === 'Ida Moe');
    const of = (outcome: string) => deals.filter((deal) => deal.outcome === outcome);
    const sum = (list: typeof deals) => list.reduce((total, { amount }) => total + amount, 0);
    const dates = dealsOf(sampleCount)
      .map(({ date }) => date)
      .sort();
    const all = countReport(table, guessColumns(table.headers), {});
    expect(all).toMatchObject({ rows: 60, sound: 60, faultCount: 0, faults: [] });
    expect(all.period).toEqual({ from: dates[0], to: dates.at(-1) });
    expect(all.owners.map(({ name }) => name).sort()).toEqual(['Henrik Dahl', 'Ida Moe', 'Owen Power']);
    const { figures } = countReport(table, guessColumns(table.headers), { owner: 'Ida Moe' });
    const figureOf = (kind: string) => figures.find((figure) => figure.kind === kind);
    expect(figureOf('deals')?.value).toBe(deals.length);
    expect(figureOf('win_rate')).toMatchObject({
      value: of('won').length,
      of: of('won').length + of('lost').length,
    });
    expect(figureOf('sum')?.value).toBe(sum(deals));
    expect(figureOf('won_sum')?.value).toBe(sum(of('won')));
    expect(figureOf('open_sum')?.value).toBe(sum(of('open')));
  });
});

describe('text files', () => {
  const words = 'Eier;Beløp;Status\r\nIda Moe;1 250,50;Åpen\r\n';
  const wide = (text: string, order: 'le' | 'be') => {
    const bytes = Buffer.from(text, 'utf16le');
    return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
  };
  test.each([
    ['UTF-8', new TextEncoder().encode(words)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${words}`)],
    ['Windows-1252', Uint8Array.from(words, (letter) => letter.charCodeAt(0))],
    ['UTF-16 with a mark', wide(`\uFEFF${words}`, 'le')],
    ['UTF-16 without', wide(words, 'le')],
    ['UTF-16 the other way round', wide(`\uFEFF${words}`, 'be')],
    ['UTF-16 the other way round without', wide(words, 'be')],
  ])('in %s', (_name, bytes) => {
    const table = tableOf(readReport(bytes));
    expect(table.headers).toEqual(['Eier', 'Beløp', 'Status']);
    expect(table.rows).toEqual([{ line: 2, cells: ['Ida Moe', '1 250,50', 'Åpen'] }]);
  });

  test.each([
    [
      'semicolons and decimal commas',
      'Eier;Beløp\nIda;1,5\nOla;2,5\nKari;3,5\n',
      [
        ['Ida', '1,5'],
        ['Ola', '2,5'],
        ['Kari', '3,5'],
      ],
    ],
    ['tabs', 'Eier\tBeløp\nIda\t1,5\n', [['Ida', '1,5']]],
    ['commas', 'Eier,Beløp\nIda,1.5\n', [['Ida', '1.5']]],
    ['bars', 'Eier|Beløp\nIda|1.5\n', [['Ida', '1.5']]],
    ['the delimiter told by Excel', 'sep=|\r\nEier|Be;løp\r\nIda|1;5\r\n', [['Ida', '1;5']]],
    [
      'old Mac line endings',
      'Eier;Beløp\rIda;1\rOla;2',
      [
        ['Ida', '1'],
        ['Ola', '2'],
      ],
    ],
    [
      'quotes in quotes',
      'Eier;Salg\nIda;"Et ""grønt"" tak; to etapper"\n',
      [['Ida', 'Et "grønt" tak; to etapper']],
    ],
    ['words behind a quote', 'Eier;Salg\nIda;"Alfa" AS\n', [['Ida', 'Alfa AS']]],
    ['a quote inside words', 'Eier;Salg\nIda;12" skjerm\n', [['Ida', '12" skjerm']]],
    ['numbers kept from Excel', 'Eier;Kode\nIda;="00123"\n', [['Ida', '00123']]],
    ['empty lines', '\n\nEier;Beløp\n\nIda;1\n;\n   \n', [['Ida', '1']]],
    ['no line ending', 'Eier;Beløp\nIda;1', [['Ida', '1']]],
    ['a delimiter after the last', 'Eier;Beløp;\nIda;1;\n', [['Ida', '1']]],
  ])('with %s', (_name, text, cells) => {
    const table = tableOf(csv(text));
    expect(table.headers.length).toBe(2);
    expect(table.rows.map((row) => row.cells)).toEqual(cells);
  });

  test('headers come twice, or not at all', () => {
    expect(tableOf(csv('Beløp;Beløp;;Beløp\n1;2;3;4\n')).headers).toEqual([
      'Beløp',
      'Beløp (2)',
      '#3',
      'Beløp (3)',
    ]);
  });

  test('many empty columns behind the last are none', () => {
    const behind = ';'.repeat(1000);
    const table = tableOf(csv(`Eier;Beløp${behind}\nIda;1${behind}\n`));
    expect(table.rows).toEqual([{ line: 2, cells: ['Ida', '1'] }]);
  });

  test('a cell made to keep an expression busy is only wrong', () => {
    const busy = `1${' '.repeat(200_000)}2`;
    const counted = count(
      tableOf(csv(`Dato;Beløp;Status\n05.01.2027;${busy};Solgt\n${busy};1;Solgt\n05.01.2027;1;${busy}\n`)),
    );
    expect(counted.faults.map(({ line, kind }) => [line, kind])).toEqual([
      [2, 'not_a_number'],
      [3, 'not_a_date'],
    ]);
  });

  test('a title above the headers is none', () => {
    const table = tableOf(csv('Salg 2026;\nUttrekk:;1.1.2027\n\nEier;Beløp\nIda;1\n'));
    expect(table.headers).toEqual(['Eier', 'Beløp']);
    expect(table.rows).toEqual([{ line: 5, cells: ['Ida', '1'] }]);
  });

  test('each fault names its line, as an editor counts, and no figure has the row in it', () => {
    const table = tableOf(
      csv(
        'Eier;Dato;Beløp\nIda;05.01.2027;100\nIda;"31.\n02.2027";100\nIda;05.01.2027;mye\nIda;06.01.2027\nIda;06.01.2027;5;6\nIda;;\nTotalt;;205\n',
      ),
    );
    const counted = count(table);
    expect(counted.faults).toEqual([
      { line: 3, kind: 'not_a_date', column: 'Dato', found: '31. 02.2027' },
      { line: 5, kind: 'not_a_number', column: 'Beløp', found: 'mye' },
      { line: 6, kind: 'too_few_cells' },
      { line: 7, kind: 'too_many_cells' },
    ]);
    expect(counted).toMatchObject({ rows: 6, sound: 2, faultCount: 4, totals: 1 });
    expect(counted.figures).toEqual([
      { kind: 'deals', value: 2 },
      { kind: 'sum', value: 100 },
    ]);
  });

  test('statuses are counted by their own words where they tell more than won, lost and open', () => {
    const named = (text: string) =>
      count(tableOf(csv(text))).figures.flatMap(({ kind, name, value }) =>
        kind === 'named' ? [[name, value]] : [],
      );
    expect(named('Eier;Status\nIda;Solgt\nIda;Tapt\nIda;Åpen\n')).toEqual([]);
    expect(named('Eier;Fase\nIda;Vunnet\nIda;Tilbud\nIda;Tilbud\nIda;Møte\n')).toEqual([
      ['Tilbud', 2],
      ['Møte', 1],
    ]);
    expect(named('Eier;Status\nIda;Telefon\nIda;Møte\n')).toEqual([
      ['Møte', 1],
      ['Telefon', 1],
    ]);
  });

  test('currencies are never added', () => {
    const { figures } = count(tableOf(csv('Beløp;Valuta\n100;NOK\n50;EUR\n200;nok\n')));
    expect(figures.filter(({ kind }) => kind === 'sum')).toEqual([
      { kind: 'sum', value: 300, currency: 'NOK' },
      { kind: 'sum', value: 50, currency: 'EUR' },
    ]);
  });

  test.each([
    ['nothing', '', 'empty'],
    ['only space', ' \n \n', 'empty'],
    ['only headers', 'Eier;Beløp\n', 'no_rows'],
    ['one column of prose', 'Kjære Ida\nTakk for sist\n', 'not_a_table'],
    ['a web page called .xls', '<html><table><tr><td>1</td></tr></table></html>', 'web_page'],
    ['an open quote', 'Eier;Beløp\nIda;"100\nOla;200\n', 'open_quote'],
    ['too many columns', `${'a;'.repeat(columnLimit + 1)}b\n1;2\n`, 'too_many_columns'],
    ['a line of delimiters', `Eier;Beløp\n${';'.repeat(2_000_000)}`, 'too_many_columns'],
    ['too many rows', `Eier;Beløp\n${'I;1\n'.repeat(rowLimit + 30)}`, 'too_many_rows'],
  ])('%s is answered, not thrown', (_name, text, reason) => {
    expect(csv(text)).toMatchObject({ ok: false, reason });
  });

  test('an open quote names the line where it opens', () => {
    expect(csv('Eier;Beløp\nIda;100\nOla;"200\n\n\n')).toEqual({ ok: false, reason: 'open_quote', line: 3 });
  });
});

describe('workbooks', () => {
  const head = ['Eier', 'Dato', 'Beløp', 'Status'];
  const book = (rows: Parameters<typeof workbookOf>[0], options?: SampleOptions) =>
    readReport(workbookOf([head, ...rows], options));
  const sheetPart = 'xl/worksheets/sheet1.xml';
  const sheetOf = (inside: string, before = '') => ({
    [sheetPart]: `${before}<worksheet><sheetData>${inside}</sheetData></worksheet>`,
  });

  test.each([
    ['counting from 1900', {}],
    ['counting from 1904', { from1904: true }],
    ['with inline strings', { strings: 'inline' }],
  ] as const)('%s', (_name, options) => {
    const table = tableOf(book([['Ida & "Moe" <x>', { day: 46_393 }, 1250.5, 'Vunnet']], options));
    expect(table.rows).toEqual([
      { line: 2, cells: ['Ida & "Moe" <x>', { date: '2027-01-06' }, 1250.5, 'Vunnet'] },
    ]);
    expect(count(table)).toMatchObject({ faultCount: 0, period: { from: '2027-01-06' } });
  });

  test('formulas count with what Excel calculated, and are faults where it did not', () => {
    const raw = (cell: string) => ({ raw: cell });
    const table = tableOf(
      book([
        [
          'Ida',
          { day: 46_393 },
          raw('<c><f>A1*2</f><v>300</v></c>'),
          raw('<c t="str"><f>B1</f><v>Vunnet</v></c>'),
        ],
        ['Ida', { day: 46_393 }, raw('<c><f>A1*2</f></c>'), 'Vunnet'],
        ['Ida', { day: 46_393 }, raw('<c t="e"><f>NA()</f><v>#N/A</v></c>'), 'Vunnet'],
        ['Ida', raw('<c t="b"><v>1</v></c>'), 100, 'Tapt'],
      ]),
    );
    const counted = count(table);
    expect(counted.faults).toEqual([
      { line: 3, kind: 'formula', column: 'Beløp' },
      { line: 4, kind: 'error', column: 'Beløp' },
      { line: 5, kind: 'not_a_date', column: 'Dato', found: 'true' },
    ]);
    expect(counted.figures.find(({ kind }) => kind === 'won_sum')?.value).toBe(300);
  });

  test('rich text, reading aids, CDATA, prefixes, gaps and a date without its format', () => {
    const parts = {
      ...sheetOf(
        '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="inlineStr"><x:is><x:t><![CDATA[Dato]]></x:t></x:is></x:c></x:row><!-- <row> --><x:row r="7"><x:c r="A7" t="s"><x:v>1</x:v></x:c><x:c r="C7"><x:v>46393</x:v></x:c></x:row>',
      ),
      'xl/sharedStrings.xml':
        '<sst><si><r><t>Ei</t></r><r><rPr><b/></rPr><t>er</t></r><rPh sb="0" eb="1"><t>uttale</t></rPh></si><si><t>Ida_x000D_ &#77;oe</t></si></sst>',
    };
    const table = tableOf(book([], { parts }));
    expect(table.headers).toEqual(['Eier', '#2', 'Dato']);
    expect(table.rows).toEqual([{ line: 7, cells: ['Ida\r Moe', null, 46_393] }]);
    expect(count(table).period?.from).toBe('2027-01-06');
  });

  test('a format made to keep an expression busy', () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(500_000)}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>`;
    const read = book([['Ida', { day: 46_393 }, 1, null]], { parts: { 'xl/styles.xml': styles } });
    expect(tableOf(read).rows[0]?.cells[1]).toBe(46_393);
  });

  test('a hidden sheet is passed by, and one can be asked for by its name', () => {
    const sheets = (state: string) => ({
      'xl/workbook.xml': `<workbook xmlns:r="x"><sheets><sheet name="Skjult" state="${state}" r:id="rId9"/><sheet name="Salg" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId9" Type="x/worksheet" Target="worksheets/sheet9.xml"/></Relationships>',
      'xl/worksheets/sheet9.xml':
        '<worksheet><row><c t="str"><v>Eier</v></c><c t="str"><v>Beløp</v></c></row><row><c t="str"><v>Hemmelig</v></c><c><v>1</v></c></row></worksheet>',
    });
    const shown = book([['Ida', null, 5, null]], { parts: sheets('veryHidden') });
    expect(tableOf(shown)).toMatchObject({ sheets: ['Salg'], sheet: 'Salg' });
    const both = workbookOf([head, ['Ida', null, 5, null]], { parts: sheets('visible') });
    expect(tableOf(readReport(both)).sheet).toBe('Skjult');
    expect(tableOf(readReport(both, { sheet: 'Salg' })).rows[0]?.cells[0]).toBe('Ida');
  });

  const whole = workbookOf([head, ['Ida', { day: 46_393 }, 5, 'Vunnet']]);
  const billionLaughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
  test.each([
    [
      'the format before 2007, or a password',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
      'old_excel',
    ],
    ['half a file', whole.subarray(0, whole.length >> 1), 'damaged'],
    ['only the first four bytes', whole.subarray(0, 4), 'damaged'],
    ['another kind of ZIP file', zipSync({ 'hei.txt': strToU8('hei') }), 'damaged'],
    ['entities that expand each other', workbookOf([head], { parts: sheetOf('', billionLaughs) }), 'damaged'],
    [
      'half a sheet',
      workbookOf([head], { parts: { [sheetPart]: '<worksheet><sheetData><row><c' } }),
      'damaged',
    ],
    [
      'no sheet that can be seen',
      workbookOf([head], { parts: { 'xl/workbook.xml': '<workbook/>' } }),
      'no_rows',
    ],
    [
      'a cell in column ZZZZ',
      workbookOf([head], { parts: sheetOf('<row><c r="ZZZZ1"><v>1</v></c></row>') }),
      'damaged',
    ],
    [
      'a cell in column XFD',
      workbookOf([head], { parts: sheetOf('<row><c r="XFD1"><v>1</v></c></row>') }),
      'too_many_columns',
    ],
    ['more than the file limit', new Uint8Array(fileLimit + 1), 'too_large'],
  ])('%s is answered, not thrown', (_name, bytes, reason) => {
    expect(readReport(bytes)).toMatchObject({ ok: false, reason });
  });

  test('a bomb is refused by what comes out of it, whatever it says of its size', () => {
    const limit = 4 * 1024 * 1024;
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(4 * limit) });
    expect(bomb.length).toBeLessThan(limit / 100);
    // The directory's own word for the size of the part: one byte.
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at + 46 < bomb.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1, true);
    }
    let handedOut = 0;
    const unpack = () =>
      openZip(bomb, limit).unpack('xl/worksheets/sheet1.xml', (piece) => {
        handedOut += piece.length;
      });
    expect(unpack).toThrow('too_large');
    expect(handedOut).toBeLessThanOrEqual(limit);
    expect(unpackedLimit).toBeLessThanOrEqual(128 * 1024 * 1024);
  });
});

test('progress goes forward and ends at the end', () => {
  for (const sample of ['superoffice.csv', 'dynamics-365.xlsx'] as const) {
    const shares: number[] = [];
    const read = readReport(makeSample(sample, 5000), { onProgress: (share) => shares.push(share) });
    expect(tableOf(read).rows.length).toBe(5000);
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  }
});

const firstSeed = Number(process.env.SEED ?? 1 + (Date.now() % 1_000_000));
const seeds = Number(process.env.SEEDS ?? 60);

test(`files that somebody has damaged are read or refused (seeds from ${firstSeed})`, {
  timeout: 600_000,
}, () => {
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const random = randomOf(seed);
    const sample = random.pick(samples);
    const bytes = makeSample(sample, 40);
    for (let blow = random.number(12); blow >= 0; blow -= 1) {
      const at = random.number(bytes.length);
      const length = random.number(30);
      switch (random.number(4)) {
        case 0:
          bytes[at] = random.number(256);
          break;
        case 1:
          bytes.copyWithin(at, random.number(bytes.length), random.number(bytes.length));
          break;
        case 2:
          bytes.fill(random.pick([0, 34, 59, 10, 60, 38]), at, at + length);
          break;
        default:
          bytes.set(bytes.slice(0, length), Math.min(at, bytes.length - length));
      }
    }
    const read = readReport(random.number(4) === 0 ? bytes.subarray(0, random.number(bytes.length)) : bytes);
    if (!read.ok) continue;
    const { table } = read;
    const counted = count(table);
    expect(new Set(table.headers).size, `seed ${seed}`).toBe(table.headers.length);
    expect(counted.sound + counted.faultCount, `seed ${seed}`).toBe(counted.rows);
    for (const { value } of counted.figures) expect(Number.isFinite(value), `seed ${seed}`).toBe(true);
  }
});
