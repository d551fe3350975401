import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { Say } from '../shell/host-context.tsx';
import type { Step } from '../ui/progress-steps.tsx';

type Series = NonNullable<PairView['series']>;

/** What a booking has done and what is left, in the order it is done. */
export function bookingSteps(series: Series, sellerName: string, t: Say): Step[] {
  const { steps, state, inPerson } = series;
  const all: { key: string; text: string; done: boolean }[] = [
    { key: 'created', text: t(bookTexts.stepCreated), done: steps.created },
    { key: 'attached', text: t(bookTexts.stepAttached), done: steps.attached },
    { key: 'invited', text: t(bookTexts.stepInvited, { name: sellerName }), done: steps.invited },
    // A meeting in a room has no chat to put the app in.
    ...(inPerson ? [] : [{ key: 'app', text: t(bookTexts.stepApp), done: steps.appInstalled }]),
    { key: 'blocks', text: t(bookTexts.stepBlocks), done: steps.blocks },
  ];
  // What was not asked for stays undone when all stands.
  const shown = state === 'booked' ? all.filter((step) => step.done) : all;
  const next = shown.findIndex((step) => !step.done);
  const stateOf = (done: boolean, isNext: boolean): Step['state'] => {
    if (done) return 'done';
    if (!isNext) return 'left';
    if (state === 'booking') return 'under_way';
    return state === 'failed' ? 'failed' : 'left';
  };
  return shown.map(({ key, text, done }, index) => ({ key, text, state: stateOf(done, index === next) }));
}
