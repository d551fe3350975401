import { expect, test } from 'vitest';
import type { MonthText } from '../time.ts';
import { focusBeforeMeeting, type RatedBefore, ratedStagesOf } from './rated-stages.ts';
import { type StageKey, stageKeys } from './stages.ts';

function held(month: string, ratedStages: readonly StageKey[], ...focus: StageKey[]): RatedBefore {
  return { month: month as MonthText, ratedStages, focus };
}
const january = held('2027-01', stageKeys, 'closing');
const february = held('2027-02', ['closing'], 'negotiation', 'discovery');

test.each([
  ['the first time', '2027-01', [], stageKeys],
  ['the month after: its focus', '2027-02', [january], ['closing']],
  ['a new focus, in the order of the process', '2027-03', [january, february], ['discovery', 'negotiation']],
  ['a quarter after the first', '2027-04', [january, february], stageKeys],
  ['order of the list does not matter', '2027-03', [february, january], ['discovery', 'negotiation']],
  ['a quarter over the year’s end', '2028-01', [held('2027-10', stageKeys, 'closing')], stageKeys],
  ['two months over the year’s end', '2027-12', [held('2027-10', stageKeys, 'closing')], ['closing']],
  [
    'a month that was not held keeps the focus before it',
    '2027-03',
    [january, held('2027-02', ['closing'])],
    ['closing'],
  ],
  ['no focus yet', '2027-02', [held('2027-01', stageKeys)], stageKeys],
  ['later months do not count', '2026-12', [january], stageKeys],
] as const)('%s', (_name, month, earlier, expected) => {
  expect(ratedStagesOf(month as MonthText, earlier)).toEqual(expected);
});

test('an example is needed where only the focus is rated', () => {
  expect(focusBeforeMeeting(stageKeys)).toEqual([]);
  expect(focusBeforeMeeting(['closing'])).toEqual(['closing']);
});
