// What a seller wants the manager to know after a review: shared only by sending it, once.
import type { ReviewId } from '@medspill/domain/ids';
import type { NoteToManager } from '@medspill/domain/learn/contract';
import { phaseOf } from '@medspill/domain/prepare/phase';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { Caller } from '../http/token.ts';
import { changeReview, openReview } from '../prepare/review-access.ts';

export async function readNote(
  app: App,
  caller: Caller,
  id: ReviewId,
): Promise<Outcome<{ note?: NoteToManager }>> {
  const opened = await openReview(app, caller, id);
  if (!opened.ok) return opened;
  const { noteToManager } = opened.value.review;
  return done(noteToManager === undefined ? {} : { note: noteToManager });
}

/** The same words again are the same note; other words are refused, since the first may have been read. */
export async function sendNote(
  app: App,
  caller: Caller,
  id: ReviewId,
  text: string,
): Promise<Outcome<{ note: NoteToManager }>> {
  const note = { text, at: toInstantText(app.clock.now()) };
  const changed = await changeReview(app, caller, id, ({ review, side }) => {
    if (side !== 'seller') return refuse({ code: 'not_allowed' });
    const { start } = review.occurrence;
    if (phaseOf(review, app.clock.now()) === 'before') return refuse({ code: 'too_early', startsAt: start });
    const sent = review.noteToManager;
    if (sent === undefined) return done({ ...review, noteToManager: note });
    return sent.text === text ? done(review) : refuse({ code: 'already_answered' });
  });
  if (!changed.ok) return changed;
  return done({ note: changed.value.review.noteToManager ?? note });
}
