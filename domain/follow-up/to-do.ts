// Steps of a goal that stand in Microsoft To Do as well: what was ticked last, on either side, holds.

export type Step = { text: string; dueOn?: string | undefined; done: boolean };

/** How a step stands here, how it stands there, and how both stood when they were last compared. */
export type Compared = { here: boolean; there: boolean; before: boolean };

/** What changed since holds; where both changed they agree, since there are only two states. */
export function mergedTick({ here, there, before }: Compared): boolean {
  return there === before ? here : there;
}
