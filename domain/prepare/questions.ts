// The questions of the preparation, without their texts: a test holds this table against the catalogue.
import type { Side } from '../people.ts';

export type Half = 'practical' | 'mental';

type Question = {
  side: Side;
  half: Half;
  /** Whether its author may let the other read the answer. */
  shareable: boolean;
  /** False for the one question whose answer is kept nowhere (catalogue, `mm_reaction`). */
  stored: boolean;
};

function question(side: Side, half: Half, sharing: 'revealed' | 'by_choice' | 'never'): Question {
  return { side, half, shareable: sharing !== 'never', stored: true };
}

export const questions = {
  mp_outcome: question('manager', 'practical', 'never'),
  mp_last: question('manager', 'practical', 'never'),
  mp_stage: question('manager', 'practical', 'revealed'),
  mp_strength: question('manager', 'practical', 'revealed'),
  mp_customer: question('manager', 'practical', 'never'),
  mp_goal: question('manager', 'practical', 'never'),
  mp_resources: question('manager', 'practical', 'never'),
  mm_state: question('manager', 'mental', 'never'),
  mm_style: question('manager', 'mental', 'never'),
  mm_shoes: question('manager', 'mental', 'never'),
  mm_message: question('manager', 'mental', 'never'),
  mm_reaction: { side: 'manager', half: 'mental', shareable: false, stored: false },
  mm_lesson: question('manager', 'mental', 'never'),
  sp_wish: question('seller', 'practical', 'revealed'),
  sp_proud: question('seller', 'practical', 'revealed'),
  sp_stage: question('seller', 'practical', 'revealed'),
  sp_case: question('seller', 'practical', 'revealed'),
  sp_short: question('seller', 'practical', 'revealed'),
  sp_long: question('seller', 'practical', 'revealed'),
  sp_need: question('seller', 'practical', 'revealed'),
  // Private unless the seller chooses to share it: “You decide whether to share it” (capability 29).
  sm_mind: question('seller', 'mental', 'by_choice'),
  sm_energy: question('seller', 'mental', 'by_choice'),
  sm_feedback: question('seller', 'mental', 'revealed'),
  sm_manager: question('seller', 'mental', 'revealed'),
} as const satisfies Record<string, Question>;

/** The question behind a key, if it is one that this side answers. */
export function questionOf(side: Side, key: string): Question | undefined {
  if (!Object.hasOwn(questions, key)) return undefined;
  const found = questions[key as keyof typeof questions];
  return found.side === side ? found : undefined;
}
