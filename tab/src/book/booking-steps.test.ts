import type { PairView } from '@medspill/domain/book/contract';
import { say } from '@medspill/domain/content/text';
import { expect, test } from 'vitest';
import type { Say } from '../shell/host-context.tsx';
import { bookingSteps } from './booking-steps.ts';

type Series = NonNullable<PairView['series']>;
const t: Say = (text, values) => say(text, 'nb', values);
const none = { created: false, attached: false, invited: false, appInstalled: false, blocks: false };

function states(state: Series['state'], steps: Partial<Series['steps']>, inPerson = false): string {
  const series = { state, steps: { ...none, ...steps }, inPerson } as Series;
  return bookingSteps(series, 'Jonas', t)
    .map((step) => `${step.key} ${step.state}`)
    .join(', ');
}

test('while it books, the first step that is not done is under way', () => {
  expect(states('booking', { created: true })).toBe(
    'created done, attached under_way, invited left, app left, blocks left',
  );
});

test('what waits for the manager is left to do, and what failed says so', () => {
  expect(states('waiting_for_manager', { created: true, attached: true, invited: true })).toBe(
    'created done, attached done, invited done, app left, blocks left',
  );
  expect(states('failed', { created: true })).toBe(
    'created done, attached failed, invited left, app left, blocks left',
  );
});

test('a meeting in a room has no app to install, and what was not asked for is not shown', () => {
  expect(states('booked', { created: true, attached: true, invited: true }, true)).toBe(
    'created done, attached done, invited done',
  );
});
