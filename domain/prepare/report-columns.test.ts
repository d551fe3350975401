import { expect, test } from 'vitest';
import { guessColumns, rememberColumns, reportRoles } from './report-columns.ts';

const guess = (headers: string[]) => {
  const columns = guessColumns(headers);
  return Object.fromEntries(
    reportRoles.flatMap((role) => (columns[role] === undefined ? [] : [[role, headers[columns[role]]]])),
  );
};

test.each([
  [
    'SuperOffice, Norwegian',
    ['Salg-ID', 'Salg', 'Firma', 'Salgsdato', 'Beløp', 'Valuta', 'Stadium', 'Status', 'Vår kontakt'],
    { owner: 'Vår kontakt', date: 'Salgsdato', amount: 'Beløp', currency: 'Valuta', status: 'Status' },
  ],
  [
    'SuperOffice, English',
    ['Sale', 'Company', 'Sale date', 'Amount', 'Currency', 'Stage', 'Owner'],
    { owner: 'Owner', date: 'Sale date', amount: 'Amount', currency: 'Currency', status: 'Stage' },
  ],
  [
    'Salesforce, English',
    [
      'Opportunity Owner',
      'Account Name',
      'Stage',
      'Amount Currency',
      'Amount',
      'Probability (%)',
      'Close Date',
    ],
    {
      owner: 'Opportunity Owner',
      date: 'Close Date',
      amount: 'Amount',
      currency: 'Amount Currency',
      status: 'Stage',
    },
  ],
  [
    'HubSpot, Norwegian',
    ['Avtalenavn', 'Avtalefase', 'Lukkedato', 'Avtaleeier', 'Beløp'],
    { owner: 'Avtaleeier', date: 'Lukkedato', amount: 'Beløp', status: 'Avtalefase' },
  ],
  [
    'Dynamics 365, English',
    [
      '(Do Not Modify) Modified On',
      'Topic',
      'Est. Close Date',
      'Est. Revenue',
      'Actual Revenue',
      'Status',
      'Owner',
    ],
    { owner: 'Owner', date: 'Est. Close Date', amount: 'Est. Revenue', status: 'Status' },
  ],
  [
    'Pipedrive, Norwegian',
    ['Avtale - Tittel', 'Avtale - Verdi', 'Avtale - Valuta for verdi', 'Avtale - Eier', 'Avtale - Status'],
    {
      owner: 'Avtale - Eier',
      amount: 'Avtale - Verdi',
      currency: 'Avtale - Valuta for verdi',
      status: 'Avtale - Status',
    },
  ],
  ['nobody’s', ['A', 'B', '#3'], {}],
])('%s', (_name, headers, expected) => {
  expect(guess(headers)).toEqual(expected);
});

test('what a person chose last time comes before every guess, and no column has two roles', () => {
  const headers = ['Eier', 'Beløp', 'Margin', 'Status'];
  const remembered = rememberColumns(headers, { owner: 0, amount: 2 });
  expect(remembered).toEqual({ owner: 'Eier', date: '', amount: 'Margin', currency: '', status: '' });
  expect(guessColumns(headers, remembered)).toEqual({ owner: 0, amount: 2 });
  expect(guessColumns(['Beløp', 'Eier'], remembered), 'another report').toEqual({ owner: 1, amount: 0 });
  expect(guessColumns(['Beløp', 'Dato'], { amount: 'Dato' }), 'taken').toEqual({ amount: 1 });
});
