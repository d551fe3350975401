import { expect } from 'vitest';
import { reflection } from '../../domain/content/sections/reflection.ts';
import { learnTexts } from '../../domain/content/texts/learn.ts';
import { prepareTexts } from '../../domain/content/texts/prepare.ts';
import { savingTexts } from '../../domain/content/texts/saving.ts';
import { actorIn } from '../api/person.ts';
import { expectHiddenKept } from './prepare.ts';
import type { Workday } from './workday.ts';

/** What Ingrid wrote for herself after the review meets her in the next month's preparation, and nobody else. */
export async function learn(workday: Workday, reviewId: string): Promise<void> {
  const { sandbox, t, words, ingrid, jonas } = workday;
  const next = reflection.manager.find(({ key }) => key === 'r_next')?.text;
  if (next === undefined) throw new Error('The reflection does not ask what comes next');
  await ingrid.go(`&view=teams&sub=review/${reviewId}/reflect`);
  await ingrid.tab.getByLabel(t(next)).fill(words.lesson);
  await ingrid.tab.getByText(t(savingTexts.saved), { exact: true }).waitFor();
  await ingrid.look('reflection');
  const own = await actorIn(sandbox, 'Ingrid').ok('readReflection', { params: { reviewId } });
  expect(Object.values(own.answers)).toContain(words.lesson);

  await sandbox.moveClock('2027-02-01T08:00:00Z');
  const february = await workday.nextReview();
  expect(february.id).not.toBe(reviewId);
  await ingrid.go(`&view=teams&sub=review/${february.id}/prepare`);
  await ingrid.tab.getByText(t(prepareTexts.lesson)).waitFor();
  await ingrid.tab.getByText(words.lesson).waitFor();
  await ingrid.look('next-preparation');

  await jonas.go(`&view=teams&sub=review/${february.id}/prepare`);
  await jonas.tab.getByRole('heading', { name: t(prepareTexts.mental) }).waitFor();
  expect(await jonas.tab.getByText(t(prepareTexts.lesson)).count()).toBe(0);
  await jonas.go(`&view=teams&sub=review/${reviewId}/reflect`);
  await jonas.tab.getByText(t(learnTexts.sellerLead)).waitFor();
  await jonas.look('reflection');
  const seller = actorIn(sandbox, 'Jonas');
  for (const id of [reviewId, february.id]) {
    await seller.ok('readReflection', { params: { reviewId: id } });
    await seller.ok('getReview', { params: { reviewId: id } });
  }
  expect(seller.heard.filter((text) => text.includes(words.lesson))).toEqual([]);
  expectHiddenKept(workday);
}
