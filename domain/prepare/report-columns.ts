// What the columns of a report mean, by the names that the usual CRMs give them in Norwegian and English.

export const reportRoles = ['owner', 'date', 'amount', 'currency', 'status'] as const;
export type ReportRole = (typeof reportRoles)[number];

/** Which column has which role, by its number from 0. */
export type ReportColumns = Partial<Record<ReportRole, number>>;

/** Names by role, the most telling first. Salesforce, HubSpot, Dynamics 365, SuperOffice and Pipedrive. */
const names: Record<ReportRole, readonly string[]> = {
  owner: [
    'opportunity owner',
    'eier av salgsmulighet',
    'salgsmulighetseier',
    'deal owner',
    'avtaleeier',
    'vår kontakt',
    'our contact',
    'eier',
    'owner',
    'selger',
    'sales rep',
    'kundeansvarlig',
    'account manager',
    'ansvarlig',
  ],
  date: [
    'salgsdato',
    'sale date',
    'close date',
    'lukkedato',
    'avslutningsdato',
    'won time',
    'vunnet tidspunkt',
    'est. close date',
    'anslått sluttdato',
    'estimert sluttdato',
    'actual close date',
    'faktisk sluttdato',
    'expected close date',
    'forventet lukkedato',
    'forventet sluttdato',
    'sluttdato',
    'closed date',
    'date',
    'dato',
  ],
  amount: [
    'amount',
    'beløp',
    'est. revenue',
    'anslått inntekt',
    'estimert inntekt',
    'forventet inntekt',
    'actual revenue',
    'faktisk inntekt',
    'value',
    'verdi',
    'revenue',
    'omsetning',
    'salgssum',
  ],
  currency: [
    'currency',
    'valuta',
    'amount currency',
    'beløp valuta',
    'currency of value',
    'valuta for verdi',
  ],
  status: [
    'status',
    'salgsstatus',
    'deal stage',
    'avtalefase',
    'avtalestadium',
    'stage',
    'fase',
    'stadium',
    'status reason',
    'statusårsak',
  ],
};

const known = new Set(Object.values(names).flat());

/** Small letters, without what a CRM puts around a name: `Deal - Value`, `(Do Not Modify) …`, `Probability (%)`. */
function plain(header: string): string {
  return header
    .toLowerCase()
    .replace(/^\((do not modify|ikke endre|må ikke endres)\)\s*/, '')
    .replace(/^(deal|avtale|sale|salg) - /, '')
    .replace(/\s*[*:]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function isKnownHeader(header: string): boolean {
  return known.has(plain(header));
}

/** The header that a person last gave each role; an empty one is their word that there is none. */
export type RememberedColumns = Partial<Record<ReportRole, string>>;

/** The roles as last time where the same headers are there, else by their names. No column has two roles. */
export function guessColumns(headers: readonly string[], remembered: RememberedColumns = {}): ReportColumns {
  const columns: ReportColumns = {};
  const taken = new Set<number>();
  const give = (role: ReportRole, column: number): boolean => {
    if (column === -1 || taken.has(column)) return false;
    columns[role] = column;
    taken.add(column);
    return true;
  };
  const open = reportRoles.filter((role) => {
    const name = remembered[role];
    if (name === undefined) return true;
    if (name === '') return false;
    return !give(role, headers.indexOf(name));
  });
  const plainHeaders = headers.map(plain);
  for (const role of open) names[role].some((name) => give(role, plainHeaders.indexOf(name)));
  return columns;
}

/** What to remember of a choice. */
export function rememberColumns(headers: readonly string[], columns: ReportColumns): RememberedColumns {
  return Object.fromEntries(
    reportRoles.map((role) => {
      const column = columns[role];
      return [role, column === undefined ? '' : (headers[column] ?? '')];
    }),
  );
}
