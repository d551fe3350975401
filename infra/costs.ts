// `npm run costs`: what Medspill costs a month, with every assumption printed. The prices are estimates in euro from
// public list prices of November 2026 and must be checked with Azure's calculator before anybody decides by them.

/** Euro; what Azure charges per unit. */
export const prices = {
  'front door, standard, a month': 32,
  'front door, a million requests': 0.9,
  'front door, a gigabyte to Europe': 0.08,
  'static site, standard, a month': 8.5,
  'Web PubSub, one unit (1,000 connections, a million messages a day), a month': 45,
  'private endpoint, a month': 6.8,
  'private DNS zone, a month': 0.5,
  'functions, always ready, a gigabyte-second': 0.000004,
  'functions, on demand, a gigabyte-second': 0.000024,
  'functions, a million executions': 0.36,
  'Cosmos DB, serverless, a million request units': 0.27,
  'Cosmos DB, a gigabyte a month, with 30 days of backup': 0.25,
  'DocumentDB, M10 (one vCore, 2 GB), a month': 50,
  'DocumentDB, M30 (two vCores, 8 GB), a month': 190,
  'key vault, ten thousand operations': 0.03,
  'logs, a gigabyte': 2.6,
  'alert rule by query every 15 minutes, a month': 0.5,
  'web test, a month': 0.5,
} as const;

/** Each month, for one manager. */
export const assumptions = {
  'sellers of a manager': 8,
  'reviews of a seller': 1,
  'requests of a review (booking, preparing, running, signing, following up)': 900,
  'request units of a request': 25,
  'milliseconds of a request on an instance of two gigabytes': 80,
  'kilobytes of a request to the browser': 12,
  'kilobytes of logs of a request': 1.2,
  'vault operations of a review': 12,
  'kilobytes kept of a review': 400,
  'months kept': 24,
} as const;

const sweepsAMonth = 60 * 24 * 30;
const secondsAMonth = 3600 * 24 * 30;
const sweepRequestUnits = 60;
const endpoints = 4;
const alertRules = 8;
const gigabytes = 2;

export type Line = { name: string; euro: number };

export function costsOf(managers: number): Line[] {
  const p = prices;
  const a = assumptions;
  const reviews = managers * a['sellers of a manager'] * a['reviews of a seller'];
  const requests = reviews * a['requests of a review (booking, preparing, running, signing, following up)'];
  const seconds = (requests * a['milliseconds of a request on an instance of two gigabytes']) / 1000;
  const sent = (requests * a['kilobytes of a request to the browser']) / 1e6;
  const units = requests * a['request units of a request'] + sweepsAMonth * sweepRequestUnits;
  const kept = (reviews * a['kilobytes kept of a review'] * a['months kept']) / 1e6;
  const logged = ((requests + sweepsAMonth) * a['kilobytes of logs of a request']) / 1e6;
  const operations = reviews * a['vault operations of a review'] + 1000;
  return [
    {
      name: 'front door, static site',
      euro:
        p['front door, standard, a month'] +
        (requests / 1e6) * p['front door, a million requests'] +
        sent * p['front door, a gigabyte to Europe'] +
        p['static site, standard, a month'],
    },
    {
      name: 'Web PubSub',
      // At the busiest hour a tenth of all pairs meet, two listeners each.
      euro:
        Math.max(1, Math.ceil(((reviews / 10) * 2) / 1000)) *
        p['Web PubSub, one unit (1,000 connections, a million messages a day), a month'],
    },
    {
      name: 'private endpoints and names',
      euro: endpoints * (p['private endpoint, a month'] + p['private DNS zone, a month']),
    },
    {
      name: 'functions, one warm instance',
      euro:
        secondsAMonth * gigabytes * p['functions, always ready, a gigabyte-second'] +
        seconds * gigabytes * p['functions, on demand, a gigabyte-second'] +
        ((requests + sweepsAMonth) / 1e6) * p['functions, a million executions'],
    },
    {
      name: 'Cosmos DB, serverless',
      euro:
        (units / 1e6) * p['Cosmos DB, serverless, a million request units'] +
        kept * p['Cosmos DB, a gigabyte a month, with 30 days of backup'],
    },
    {
      name: 'vault, logs, alerts',
      euro:
        (operations / 1e4) * p['key vault, ten thousand operations'] +
        logged * p['logs, a gigabyte'] +
        alertRules * p['alert rule by query every 15 minutes, a month'] +
        p['web test, a month'],
    },
  ];
}

const sizes = [10, 100, 1000];

/** The table of docs/deploy.md; a test holds the page to it. */
export function costTable(): string {
  const columns = sizes.map(costsOf);
  const rows = (columns[0] ?? []).map(({ name }, index) => {
    const cells = columns.map((column) => Math.round(column[index]?.euro ?? 0));
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const totals = columns.map((column) => Math.round(column.reduce((sum, { euro }) => sum + euro, 0)));
  const server = sizes.map((size, index) => {
    const plan =
      size >= 1000
        ? 'DocumentDB, M30 (two vCores, 8 GB), a month'
        : 'DocumentDB, M10 (one vCore, 2 GB), a month';
    const cosmos = columns[index]?.find(({ name }) => name.startsWith('Cosmos'))?.euro ?? 0;
    return Math.round((totals[index] ?? 0) - cosmos + prices[plan]);
  });
  return [
    `| euro a month | ${sizes.map((size) => `${size.toLocaleString('en')} managers`).join(' | ')} |`,
    '|---|--:|--:|--:|',
    ...rows,
    `| **together** | ${totals.map((total) => `**${total}**`).join(' | ')} |`,
    `| together with Azure DocumentDB instead (M10, M10, M30) | ${server.join(' | ')} |`,
  ].join('\n');
}

export function main(): void {
  console.log('Estimates. Check every price with Azure’s calculator; they change, and yours may differ.\n');
  console.log('Prices in euro:');
  for (const [name, value] of Object.entries(prices)) console.log(`  ${name}: ${value}`);
  console.log('\nAssumed:');
  for (const [name, value] of Object.entries(assumptions)) console.log(`  ${name}: ${value}`);
  console.log(`\n${costTable()}`);
}
