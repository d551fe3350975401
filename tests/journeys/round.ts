import { afterAll, beforeAll, test } from 'vitest';
import type { Language } from '../../domain/people.ts';
import { between } from './between.ts';
import { book, expectOneMeeting } from './book.ts';
import { followUp } from './follow-up.ts';
import { changeGoal } from './goal-change.ts';
import { learn } from './learn.ts';
import { prepare } from './prepare.ts';
import { run } from './run.ts';
import { sign } from './sign.ts';
import { startWorkday, type Workday } from './workday.ts';

/** The six steps, by two people in two browser contexts. */
export function playRound(language: Language): void {
  let workday: Workday;
  beforeAll(async () => {
    workday = await startWorkday(language);
  });
  afterAll(() => workday?.close());

  test('book, prepare, run, sign, follow up, learn', { timeout: 300_000 }, async () => {
    try {
      await book(workday);
      const { id } = await workday.nextReview();
      await prepare(workday);
      await run(workday);
      await sign(workday);
      await followUp(workday);
      await changeGoal(workday);
      await between(workday, id);
      await learn(workday, id);
      expectOneMeeting(workday.sandbox);
      workday.expectQuiet();
    } catch (error) {
      await workday.picture('failed');
      throw error;
    }
  });
}
