import { expect, test } from 'vitest';
import type { BothViews } from '../prepare/reveal.ts';
import type { MonthText } from '../time.ts';
import { growthOf } from './growth.ts';

const review = (id: string, month: string, ...stages: BothViews[]) => ({
  id,
  month: month as MonthText,
  ordinal: 1,
  stages,
});

test('months stand oldest first with both views and what came of goals and promises', () => {
  const months = growthOf(
    [
      review('b', '2027-02', { stage: 'closing', manager: 3, seller: null }),
      review('a', '2027-01', { stage: 'closing', manager: 2, seller: 4 }),
      review('c', '2027-03'),
    ],
    [
      { reviewId: 'a', state: 'done' },
      { reviewId: 'a', state: 'changed' },
      { reviewId: 'a', state: 'at_risk' },
    ],
    [{ reviewId: 'b', keptAt: '2027-02-10T10:00:00.000Z' }, { reviewId: 'b' }],
  );
  expect(months).toEqual([
    {
      month: '2027-01',
      stages: [{ stage: 'closing', manager: 2, seller: 4 }],
      goalsReached: 1,
      goalsSet: 2,
      promisesKept: 0,
      promisesMade: 0,
    },
    {
      month: '2027-02',
      stages: [{ stage: 'closing', manager: 3, seller: null }],
      goalsReached: 0,
      goalsSet: 0,
      promisesKept: 1,
      promisesMade: 2,
    },
  ]);
});

test('an extra review in a month adds to it and says its stages anew', () => {
  const [month, ...rest] = growthOf(
    [
      {
        ...review('b', '2027-01', { stage: 'closing', manager: 3 }, { stage: 'prospecting', seller: 5 }),
        ordinal: 2,
      },
      review('a', '2027-01', { stage: 'discovery', manager: 1 }, { stage: 'closing', manager: 2, seller: 4 }),
    ],
    [],
    [],
  );
  expect(rest).toEqual([]);
  expect(month?.stages).toEqual([
    { stage: 'prospecting', seller: 5 },
    { stage: 'discovery', manager: 1 },
    { stage: 'closing', manager: 3, seller: 4 },
  ]);
});

test('a month without anything to show is left out', () => {
  expect(growthOf([review('a', '2027-01')], [], [])).toEqual([]);
});
