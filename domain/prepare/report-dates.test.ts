import { expect, test } from 'vitest';
import { dateOf, dayOrderOf, excelDate } from './report-dates.ts';

test.each([
  ['2027-01-05', '2027-01-05'],
  ['2027-1-5', '2027-01-05'],
  ['2027-01-05T23:30:00Z', '2027-01-05'],
  ['20270105', '2027-01-05'],
  ['05.01.2027', '2027-01-05'],
  ['5.1.27', '2027-01-05'],
  ['05.01.2027 13:45', '2027-01-05'],
  ['05/01/2027', '2027-01-05'],
  ['05-01-2027', '2027-01-05'],
  ['5. januar 2027', '2027-01-05'],
  ['tirsdag 5. januar 2027', '2027-01-05'],
  ['5 Jan 2027', '2027-01-05'],
  ['31-Dec-2026', '2026-12-31'],
  ['Jan 5, 2027', '2027-01-05'],
  ['1. des. 2026', '2026-12-01'],
  ['29.02.2028', '2028-02-29'],
  ['29.02.2027', undefined],
  ['31.04.2027', undefined],
  ['00.01.2027', undefined],
  ['2027-13-01', undefined],
  ['13/13/2027', undefined],
  ['12.05', undefined],
  ['Q1 2027', undefined],
  ['uke 3', undefined],
  ['1.2.3.2027', undefined],
] as const)('%s is %s', (text, expected) => {
  expect(dateOf(text, 'day_first')).toBe(expected);
});

test('American dates follow the column, and full stops never do', () => {
  expect(dateOf('05/01/2027', 'month_first')).toBe('2027-05-01');
  expect(dateOf('05.01.2027', 'month_first')).toBe('2027-01-05');
  expect(dayOrderOf(['05/01/2027', '12/31/2026'])).toBe('month_first');
  expect(dayOrderOf(['05/01/2027', '31/12/2026'])).toBe('day_first');
  expect(dayOrderOf(['05/01/2027'])).toBe('day_first');
});

// Day numbers as Excel itself shows them (Microsoft: differences between the 1900 and the 1904 date system).
test.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [60, false, undefined],
  [61, false, '1900-03-01'],
  [46_393, false, '2027-01-06'],
  [46_393.99, false, '2027-01-06'],
  [46_393 - 1462, true, '2027-01-06'],
  [0, true, '1904-01-01'],
  [0, false, undefined],
  [-1, false, undefined],
  [2_958_465, false, '9999-12-31'],
  [2_958_466, false, undefined],
  [1e300, false, undefined],
  [Number.NaN, false, undefined],
] as const)('day %s (from 1904: %s) is %s', (serial, from1904, expected) => {
  expect(excelDate(serial, from1904)).toBe(expected);
});
