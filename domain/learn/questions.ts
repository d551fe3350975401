// The questions of the reflection, without their texts: a test holds this table against the catalogue.
import type { Side } from '../people.ts';

export const reflectionKeys = {
  manager: ['r_good', 'r_diff', 'r_talk', 'r_learn', 'r_promise', 'r_next'],
  seller: ['p_heard', 'p_step', 'p_own', 'p_note'],
} as const satisfies Record<Side, readonly string[]>;

/** The question whose answer comes back in the next preparation (capability 60). */
export const lessonKey = 'r_next';
