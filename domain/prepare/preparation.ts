import type { Side } from '../people.ts';
import { done, type Outcome, refuse } from '../refusals.ts';
import type { Part } from './contract.ts';
import { roomFor } from './evidence.ts';
import { questionOf } from './questions.ts';
import { focusBeforeMeeting } from './rated-stages.ts';
import type { StageKey } from './stages.ts';

export type Saved = Omit<Part, 'readyAt'>;
type Rating = NonNullable<Part['ratings'][StageKey]>;

/** A side that has written nothing yet. */
export const emptyPart: Part = { rev: 0, answers: {}, ratings: {} };

/**
 * The part after a save. The save names the revision it builds on; a repeat of the one that got through is answered as
 * the first was. Refusals: stale, needs_example, limit_reached (a sixth figure), invalid_input (a key that is not
 * this side's).
 */
export function savePart(
  side: Side,
  stored: Part,
  given: Saved,
  ratedStages: readonly StageKey[],
): Outcome<Part> {
  const unknown = Object.keys(given.answers).filter((key) => questionOf(side, key) === undefined);
  if (unknown.length > 0) {
    const issues = unknown.map((key) => ({ path: `body.answers.${key}`, message: 'not a question' }));
    return refuse({ code: 'invalid_input', issues });
  }
  const next = cleaned(side, stored, given);
  if (given.rev !== stored.rev) {
    if (given.rev === stored.rev - 1 && sameWords(stored, next)) return done(stored);
    return refuse({ code: 'stale', currentVersion: stored.rev });
  }
  const room = roomFor(next.evidence ?? {});
  if (!room.ok) return room;
  for (const stage of focusBeforeMeeting(ratedStages)) {
    const rating = next.ratings[stage];
    if (rating !== undefined && ratingOnFocus(rating).value !== rating.value) {
      return refuse({ code: 'needs_example', stage });
    }
  }
  return done(next);
}

/** What a rating of a focus stage counts as: without an example it is “not observed” (capability 24). */
export function ratingOnFocus(rating: Rating): Rating {
  return rating.example.trim() === '' ? { ...rating, value: null } : rating;
}

/** Never keeps the answer that is stored nowhere, nor a wish to share what cannot be shared. */
function cleaned(side: Side, stored: Part, given: Saved): Part {
  const answers: Part['answers'] = {};
  for (const [key, answer] of Object.entries(given.answers)) {
    const question = questionOf(side, key);
    if (question?.stored !== true) continue;
    answers[key] = { text: answer.text, ready: answer.ready && question.shareable };
  }
  const evidence = given.evidence ?? stored.evidence;
  return {
    ...stored,
    rev: stored.rev + 1,
    answers,
    ratings: given.ratings,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function sameWords(a: Part, b: Part): boolean {
  return (
    sorted(a.answers) === sorted(b.answers) &&
    sorted(a.ratings) === sorted(b.ratings) &&
    sorted(a.evidence ?? {}) === sorted(b.evidence ?? {})
  );
}

function sorted(values: Record<string, object | undefined>): string {
  return JSON.stringify(
    Object.entries(values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))]),
  );
}
