import type { Side } from '../people.ts';
import type { Halves, Part } from './contract.ts';
import { questionOf } from './questions.ts';

/** Answers that each half needs before its author can be ready (capability 45). */
export const answersPerHalf = 3;

/** How many questions of each half have an answer. Ratings do not count: the halves are questions. */
export function halvesOf(side: Side, part: Pick<Part, 'answers'>): Halves {
  const halves: Halves = { practical: 0, mental: 0 };
  for (const [key, { text }] of Object.entries(part.answers)) {
    const question = questionOf(side, key);
    if (question !== undefined && text.trim() !== '') halves[question.half] += 1;
  }
  return halves;
}

/** Answers still missing in each half. */
export function missingOf(halves: Halves): Halves {
  return {
    practical: Math.max(0, answersPerHalf - halves.practical),
    mental: Math.max(0, answersPerHalf - halves.mental),
  };
}

export function canBeReady(halves: Halves): boolean {
  return halves.practical >= answersPerHalf && halves.mental >= answersPerHalf;
}

export type Readiness = Halves & { ready: boolean };

/** What both see of each other's preparation before it opens: counts, never words. */
export function readinessOf(preparation: Record<Side, Part>): Record<Side, Readiness> {
  const of = (side: Side): Readiness => ({
    ...halvesOf(side, preparation[side]),
    ready: preparation[side].readyAt !== undefined,
  });
  return { manager: of('manager'), seller: of('seller') };
}
