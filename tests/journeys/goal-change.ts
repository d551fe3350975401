import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { goalChangeTexts as texts } from '../../domain/content/texts/goal-change.ts';
import type { Workday } from './workday.ts';

/** Jonas proposes another goal with a reason; Ingrid finds it first of all, reads what changes, and accepts. */
export async function changeGoal({ t, words, ingrid, jonas }: Workday): Promise<void> {
  await jonas.tab
    .getByRole('link', { name: t(followUpTexts.openGoal) })
    .first()
    .click();
  await jonas.tab.getByRole('heading', { name: words.goal, level: 1 }).waitFor();
  await jonas.tab.getByRole('button', { name: t(texts.propose) }).click();
  await jonas.tab.getByLabel(t(followUpTexts.measure)).fill(words.changedMeasure);
  await jonas.tab.getByRole('combobox', { name: t(texts.confidence) }).selectOption('7');
  await jonas.tab.getByRole('button', { name: t(texts.send) }).click();
  await jonas.tab.getByText(t(texts.reasonNeeded)).waitFor();
  await jonas.tab.getByLabel(t(texts.reason)).fill(words.changeReason);
  await jonas.look('goal-change');
  await jonas.tab.getByRole('button', { name: t(texts.send) }).click();
  await jonas.tab.getByRole('heading', { name: t(texts.ownProposal, { name: 'Ingrid' }) }).waitFor();

  await ingrid.go('&view=teams');
  await ingrid.tab.getByRole('link', { name: t(texts.attention, { name: 'Jonas' }) }).click();
  await ingrid.tab
    .getByRole('link', { name: t(followUpTexts.openGoal) })
    .first()
    .click();
  await ingrid.tab.getByRole('heading', { name: t(texts.otherProposal, { name: 'Jonas' }) }).waitFor();
  await ingrid.tab.getByText(words.changedMeasure).waitFor();
  await ingrid.look('goal-proposal');
  await ingrid.tab.getByRole('combobox', { name: t(texts.confidence) }).selectOption('8');
  await ingrid.tab.getByRole('button', { name: t(texts.accept), exact: true }).click();
  const earlier = ingrid.tab.getByRole('region', { name: t(texts.earlier) });
  await earlier.getByText(words.measure).waitFor();
  await ingrid.look('goal-versions');
}
