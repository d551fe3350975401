import { expect, test } from 'vitest';
import type { DateText } from '../time.ts';
import { goalState, type StoredCheckpoint } from './checkpoints.ts';
import { goalOutline, isAtRisk } from './goal-outline.ts';

const days = ['2027-01-13', '2027-01-20', '2027-01-27'] as DateText[];
const states = [undefined, 'on_track', 'at_risk', 'stuck', 'done'] as const;

function checkpointsOf(answers: readonly (typeof states)[number][]): StoredCheckpoint[] {
  return days.map((dueOn, index) => {
    const state = answers[index];
    if (state === undefined) return { number: index + 1, dueOn };
    const words = { done: '', learned: '', needHelp: index === 1 ? 'Ja' : '' };
    return { number: index + 1, dueOn, answer: { ...words, state, at: '2027-01-13T09:00:00Z' } };
  }) as StoredCheckpoint[];
}

test('an outline tells on every day what the goal itself tells, whatever has been answered', () => {
  for (const one of states) {
    for (const two of states) {
      for (const three of states) {
        const checkpoints = checkpointsOf([one, two, three]);
        const outline = goalOutline({ checkpoints });
        for (let day = 10; day <= 31; day++) {
          const today = `2027-01-${day}` as DateText;
          const state = goalState(checkpoints, today);
          const what = `${one} ${two} ${three} on ${today}`;
          expect(outline.isOpen, what).toBe(state !== 'done');
          expect(isAtRisk(outline, today), what).toBe(state === 'at_risk' || state === 'stuck');
        }
        expect(outline.helpWanted).toBe(two === undefined ? 0 : 1);
      }
    }
  }
});

test('a goal that was ended is closed, and a change that the manager proposes waits for the seller', () => {
  const checkpoints = checkpointsOf([]);
  expect(goalOutline({ checkpoints, ended: {} }).isOpen).toBe(false);
  expect(goalOutline({ checkpoints, proposal: { by: 'manager' } }).changeWanted).toBe(false);
  expect(goalOutline({ checkpoints, proposal: { by: 'seller' } }).changeWanted).toBe(true);
});
