import { expect, it } from 'vitest';
import type { DateText } from '../time.ts';
import { type CountedGoal, isOpenGoal, roomForGoals } from './goal-limits.ts';

const today = '2027-02-03' as DateText;
const goal = (more: Partial<CountedGoal> = {}): CountedGoal => ({
  id: 'a',
  horizon: 'short',
  state: 'on_track',
  dueOn: '2027-02-10' as DateText,
  ...more,
});

it.each<[string, Partial<CountedGoal>, boolean]>([
  ['on track', {}, true],
  ['stuck', { state: 'stuck' }, true],
  ['due today', { dueOn: today }, true],
  ['due yesterday', { dueOn: '2027-02-02' as DateText }, false],
  ['reached', { state: 'done' }, false],
  ['ended', { state: 'ended' }, false],
])('a goal that is %s is open: %o', (_name, more, expected) => {
  expect(isOpenGoal(goal(more), today)).toBe(expected);
});

it('leaves room for three short goals and two long ones', () => {
  expect(roomForGoals([], today)).toEqual({ short: 3, long: 2 });
  const long = goal({ horizon: 'long' });
  expect(roomForGoals([goal(), goal(), long, goal({ state: 'done' })], today)).toEqual({ short: 1, long: 1 });
  expect(roomForGoals([goal(), goal(), goal(), goal(), long, long], today)).toEqual({ short: 0, long: 0 });
});
