import type { Side } from '../people.ts';
import { done, type Outcome, refuse } from '../refusals.ts';
import type { Reflection } from './contract.ts';
import { reflectionKeys } from './questions.ts';

export const emptyReflection: Reflection = { rev: 0, answers: {} };

/** The reflection after a save. Refusals: stale, invalid_input (a key that is not this side's). */
export function saveReflection(side: Side, stored: Reflection, given: Reflection): Outcome<Reflection> {
  const keys: readonly string[] = reflectionKeys[side];
  const unknown = Object.keys(given.answers).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    const issues = unknown.map((key) => ({ path: `body.answers.${key}`, message: 'not a question' }));
    return refuse({ code: 'invalid_input', issues });
  }
  if (given.rev !== stored.rev) {
    const repeated =
      given.rev === stored.rev - 1 && keys.every((key) => given.answers[key] === stored.answers[key]);
    return repeated ? done(stored) : refuse({ code: 'stale', currentVersion: stored.rev });
  }
  return done({ rev: stored.rev + 1, answers: given.answers });
}
