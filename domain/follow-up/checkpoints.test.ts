import { describe, expect, test } from 'vitest';
import type { DateText, InstantText } from '../time.ts';
import { addWorkingDays, workingDayFrom } from '../working-days.ts';
import {
  checkpointState,
  goalState,
  nextCheckpointOn,
  planCheckpoints,
  type StoredCheckpoint,
} from './checkpoints.ts';

const d = (text: string) => text as DateText;
const holidays = new Set(['2027-03-25', '2027-03-26', '2027-03-29', '2027-05-17']);
const isHoliday = (date: DateText) => holidays.has(date);

describe('planCheckpoints', () => {
  test.each([
    ['a plain month', '2027-01-06', '2027-02-03', ['2027-01-13', '2027-01-20', '2027-01-27']],
    // 25, 26 and 29 March 2027 are Easter; the 24th is Wednesday.
    ['Easter moves the second one', '2027-03-11', '2027-04-07', ['2027-03-18', '2027-03-30', '2027-04-01']],
    ['a goal of ten days has one', '2027-01-06', '2027-01-16', ['2027-01-13']],
    ['a goal of three days has one on its day', '2027-01-06', '2027-01-08', ['2027-01-08']],
    ['17 May is not worked', '2027-05-10', '2027-06-02', ['2027-05-18', '2027-05-24', '2027-05-31']],
  ])('%s', (_name, agreed, due, days) => {
    expect(planCheckpoints(d(agreed), d(due), isHoliday).map((one) => one.dueOn)).toEqual(days);
  });
});

const answered = (
  number: number,
  dueOn: string,
  state: 'on_track' | 'at_risk' | 'stuck' | 'done',
): StoredCheckpoint => ({
  number,
  dueOn: d(dueOn),
  answer: { at: `${dueOn}T10:00:00.000Z` as InstantText, done: '', learned: '', state, needHelp: '' },
});

test('a checkpoint is coming, due, then unanswered', () => {
  const one = { number: 1, dueOn: d('2027-01-13') };
  expect(checkpointState(one, d('2027-01-12'))).toBe('coming');
  expect(checkpointState(one, d('2027-01-13'))).toBe('due');
  expect(checkpointState(one, d('2027-01-15'))).toBe('due');
  expect(checkpointState(one, d('2027-01-16'))).toBe('unanswered');
});

test('an unanswered checkpoint puts the goal at risk until somebody answers', () => {
  const first = answered(1, '2027-01-13', 'on_track');
  const second = { number: 2, dueOn: d('2027-01-20') };
  expect(goalState([first, second], d('2027-01-19'))).toBe('on_track');
  expect(goalState([first, second], d('2027-01-25'))).toBe('at_risk');
  expect(goalState([first, answered(2, '2027-01-20', 'stuck')], d('2027-01-25'))).toBe('stuck');
});

test('the sweep looks at the next unanswered day', () => {
  const plan = planCheckpoints(d('2027-01-06'), d('2027-02-03'), isHoliday);
  expect(nextCheckpointOn(plan, d('2027-01-06'))).toBe('2027-01-13');
  expect(nextCheckpointOn(plan, d('2027-01-13'))).toBe('2027-01-20');
  expect(nextCheckpointOn(plan, d('2027-01-27'))).toBe('none');
});

test('working days step over weekends and holidays, both ways', () => {
  expect(workingDayFrom(d('2027-05-15'), isHoliday)).toBe('2027-05-18');
  expect(addWorkingDays(d('2027-03-24'), 3, isHoliday)).toBe('2027-04-01');
  expect(addWorkingDays(d('2027-05-18'), -2, isHoliday)).toBe('2027-05-13');
});
