import type { Side } from '../people.ts';
import { otherSide } from '../sides.ts';
import type { Part } from './contract.ts';
import { questionOf } from './questions.ts';
import { type StageKey, stageKeys } from './stages.ts';

/**
 * What a side may read of the other's preparation. Before the answers open: nothing. After: only what its author has
 * marked ready and could share at all. `opened` is the instant of `revealOf`.
 */
export function othersPart(
  reader: Side,
  preparation: Record<Side, Part>,
  opened: string | undefined,
): Omit<Part, 'rev'> | undefined {
  if (opened === undefined) return undefined;
  const author = otherSide(reader);
  const part = preparation[author];
  const answers: Part['answers'] = {};
  for (const [key, answer] of Object.entries(part.answers)) {
    if (answer.ready && questionOf(author, key)?.shareable === true) answers[key] = answer;
  }
  const ratings: Part['ratings'] = {};
  for (const stage of stageKeys) {
    const rating = part.ratings[stage];
    if (rating?.ready === true) ratings[stage] = rating;
  }
  const evidence = Object.fromEntries(Object.entries(part.evidence ?? {}).filter(([, item]) => item.ready));
  return {
    answers,
    ratings,
    ...(Object.keys(evidence).length === 0 ? {} : { evidence }),
    ...(part.readyAt === undefined ? {} : { readyAt: part.readyAt }),
  };
}

/** Both views of one stage, as both may see them once open; undefined where a side shows none. */
export type BothViews = { stage: StageKey; manager?: number | null; seller?: number | null };

/** The views of each stage that at least one side has marked ready, in the order of the process. */
export function bothViews(preparation: Record<Side, Part>, opened: string | undefined): BothViews[] {
  if (opened === undefined) return [];
  return stageKeys.flatMap((stage) => {
    const views: BothViews = { stage };
    const manager = preparation.manager.ratings[stage];
    const seller = preparation.seller.ratings[stage];
    if (manager?.ready === true) views.manager = manager.value;
    if (seller?.ready === true) views.seller = seller.value;
    return 'manager' in views || 'seller' in views ? [views] : [];
  });
}
