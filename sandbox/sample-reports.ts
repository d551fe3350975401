// Sales reports as five CRMs export them, with invented Norwegian deals. `node sandbox/sample-reports.ts` writes them
// to sandbox/samples; a test holds the files against this page.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleCell, workbookOf } from './sample-workbook.ts';

export const samples = [
  'superoffice.csv',
  'salesforce.csv',
  'hubspot.csv',
  'dynamics-365.xlsx',
  'pipedrive.txt',
] as const;
export type Sample = (typeof samples)[number];

export type SampleDeal = {
  number: number;
  customer: string;
  title: string;
  owner: string;
  /** Days since 30 December 1899, as Excel counts. */
  day: number;
  date: string;
  amount: number;
  outcome: 'won' | 'lost' | 'open';
};

const firstWords = [
  'Havneplan',
  'Fjordbygg',
  'Vestkyst',
  'Nordlys',
  'Østmarka',
  'Grønnåsen',
  'Sjøholmen',
  'Brevik',
  'Måløy',
  'Solfjell',
];
const lastWords = [
  'AS',
  'Eiendom AS',
  'Entreprenør AS',
  'Logistikk',
  'Drift AS',
  '& Sønner',
  'Bygg og Anlegg',
];
const things = [
  'rammeavtale',
  'serviceavtale',
  'vinduer til skole',
  'tak, etappe 2',
  'heiser',
  '"grønn" fasade',
  'utskifting av porter',
];
const owners = ['Ida Moe', 'Owen Power', 'Ida Moe', 'Henrik Dahl'];
/** 1 October 2026. */
const firstDay = 46_296;

/** The same deals each time: a small generator of Lehmer's kind. */
export function dealsOf(count: number): SampleDeal[] {
  let state = 20_270_106;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const pick = (words: readonly string[]) => words[next(words.length)] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const day = firstDay + next(92);
    const outcome = (['won', 'lost', 'open', 'won', 'lost'] as const)[next(5)] ?? 'open';
    return {
      number: 1000 + index,
      customer: `${pick(firstWords)} ${pick(lastWords)}`,
      title: pick(things),
      owner: pick(owners),
      day,
      date: new Date(Date.UTC(1899, 11, 30) + day * 86_400_000).toISOString().slice(0, 10),
      amount: (20 + next(900)) * 1000 + next(4) * 25 + next(2) / 2,
      outcome,
    };
  });
}

const quoted = (words: string, delimiter: string) =>
  words.includes(delimiter) || /["\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
const lines = (rows: readonly (readonly string[])[], delimiter: string) =>
  `${rows.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join('\r\n')}\r\n`;
const norwegian = (amount: number) =>
  amount
    .toFixed(2)
    .replace('.', ',')
    .replace(/\B(?=(\d{3})+,)/g, '\u00a0');
const dotted = (date: string) => date.split('-').reverse().join('.');

function bytesOfWindows(words: string): Uint8Array {
  return Uint8Array.from(words, (letter) => letter.charCodeAt(0));
}

function bytesOfUtf16(words: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\uFEFF${words}`, 'utf16le'));
}

/** Norwegian SuperOffice through Excel: semicolons, decimal commas, Windows-1252. */
function superOffice(deals: readonly SampleDeal[]): Uint8Array {
  const status = { won: 'Solgt', lost: 'Tapt', open: 'Åpen' };
  const rows = deals.map((deal) => [
    String(deal.number),
    deal.title,
    deal.customer,
    dotted(deal.date),
    norwegian(deal.amount),
    'NOK',
    status[deal.outcome],
    deal.owner,
  ]);
  const headers = ['Salg-ID', 'Salg', 'Firma', 'Salgsdato', 'Beløp', 'Valuta', 'Status', 'Vår kontakt'];
  return bytesOfWindows(lines([headers, ...rows], ';'));
}

/** English Salesforce: a title above, commas, quotes everywhere, American dates, a total below. */
function salesforce(deals: readonly SampleDeal[]): Uint8Array {
  const stage = { won: 'Closed Won', lost: 'Closed Lost', open: 'Negotiation/Review' };
  const rows = deals.map((deal) => {
    const [year, month, day] = deal.date.split('-').map(Number);
    const amount = deal.amount.toLocaleString('en-US', { minimumFractionDigits: 2 });
    return [
      deal.owner,
      deal.customer,
      deal.title,
      stage[deal.outcome],
      `NOK ${amount}`,
      `${month}/${day}/${year}`,
    ];
  });
  const headers = ['Opportunity Owner', 'Account Name', 'Opportunity Name', 'Stage', 'Amount', 'Close Date'];
  const every = [headers, ...rows, [`Total (${rows.length} records)`, '', '', '', '', '']];
  const words = every
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
  return new TextEncoder().encode(`\uFEFF"Opportunities this quarter"\n\n${words}\n`);
}

/** Norwegian HubSpot: UTF-8 without a mark, commas, ISO dates with a time. */
function hubSpot(deals: readonly SampleDeal[]): Uint8Array {
  const stage = { won: 'Vunnet', lost: 'Tapt', open: 'Tilbud sendt' };
  const rows = deals.map((deal) => [
    String(9_000_000 + deal.number),
    `${deal.customer} – ${deal.title}`,
    stage[deal.outcome],
    `${deal.date} 14:30`,
    deal.owner,
    String(deal.amount),
    'NOK',
  ]);
  const headers = ['Oppførings-ID', 'Avtalenavn', 'Avtalefase', 'Lukkedato', 'Avtaleeier', 'Beløp', 'Valuta'];
  return new TextEncoder().encode(lines([headers, ...rows], ','));
}

/** English Dynamics 365: a workbook whose first three columns are the system's own. */
function dynamics(deals: readonly SampleDeal[]): Uint8Array {
  const status = { won: 'Won', lost: 'Lost', open: 'Open' };
  const rows = deals.map((deal): SampleCell[] => [
    `4a7c0000-0000-4000-8000-${String(deal.number).padStart(12, '0')}`,
    'MmQ0Yg==',
    { day: deal.day + 0.5 },
    deal.title,
    deal.customer,
    { day: deal.day },
    deal.amount,
    status[deal.outcome],
    deal.owner,
  ]);
  const system = ['Opportunity', 'Row Checksum', 'Modified On'].map((name) => `(Do Not Modify) ${name}`);
  const headers = [
    ...system,
    'Topic',
    'Potential Customer',
    'Est. Close Date',
    'Est. Revenue',
    'Status',
    'Owner',
  ];
  return workbookOf([headers, ...rows], { name: 'All Opportunities' });
}

/** English Pipedrive, saved from Excel as "Unicode text": tabs and UTF-16. */
function pipedrive(deals: readonly SampleDeal[]): Uint8Array {
  const status = { won: 'Won', lost: 'Lost', open: 'Open' };
  const rows = deals.map((deal) => [
    deal.title,
    String(deal.amount),
    'NOK',
    deal.customer,
    deal.owner,
    status[deal.outcome],
    `${deal.date} 00:00:00`,
  ]);
  const headers = [
    'Deal - Title',
    'Deal - Value',
    'Deal - Currency of Value',
    'Deal - Organization',
    'Deal - Owner',
    'Deal - Status',
    'Deal - Expected close date',
  ];
  return bytesOfUtf16(lines([headers, ...rows], '\t'));
}

const makers: Record<Sample, (deals: readonly SampleDeal[]) => Uint8Array> = {
  'superoffice.csv': superOffice,
  'salesforce.csv': salesforce,
  'hubspot.csv': hubSpot,
  'dynamics-365.xlsx': dynamics,
  'pipedrive.txt': pipedrive,
};

/** How many deals each file in sandbox/samples holds. */
export const sampleCount = 60;

export function makeSample(sample: Sample, count = sampleCount): Uint8Array {
  return makers[sample](dealsOf(count));
}

export const samplesDir = join(import.meta.dirname, 'samples');

if (import.meta.main) {
  for (const sample of samples) writeFileSync(join(samplesDir, sample), makeSample(sample));
}
