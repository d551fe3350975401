import { expect } from 'vitest';
import { prep } from '../../domain/content/sections/prep.ts';
import { stages } from '../../domain/content/sections/stages.ts';
import type { Text } from '../../domain/content/text.ts';
import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { prepareTexts } from '../../domain/content/texts/prepare.ts';
import type { Colleague, Workday } from './workday.ts';

const asked: readonly { key: string; text: Text }[] = Object.values(prep).flat();
export const discovery = titleOf('discovery');
const closing = titleOf('closing');

/** Both prepare. Neither sees the other's before both are ready, and then only what is marked as ready. */
export async function prepare(workday: Workday): Promise<void> {
  const { t, words, ingrid, jonas } = workday;
  const { id } = await workday.nextReview();

  await jonas.tab.getByRole('button', { name: t(followUpTexts.prepare) }).click();
  await jonas.tab.getByRole('heading', { name: t(prepareTexts.mental) }).waitFor();
  await answer(workday, jonas, 'sp_wish', words.wish, 'marked');
  await answer(workday, jonas, 'sp_proud', words.proud, 'marked');
  await answer(workday, jonas, 'sp_stage', words.unmarked);
  await answer(workday, jonas, 'sm_mind', words.mind);
  await answer(workday, jonas, 'sm_feedback', words.feedback, 'marked');
  await answer(workday, jonas, 'sm_manager', words.manager);
  await rate(workday, jonas, discovery, 3, words.jonasExample, 'marked');
  await rate(workday, jonas, closing, 2, words.unmarked);
  await jonas.look('preparation');
  await sayReady(workday, jonas);
  await jonas.tab.getByText(t(prepareTexts.takeBackReady)).waitFor();
  await jonas.look('ready');

  await ingrid.go(`&view=teams&sub=review/${id}/prepare`);
  await ingrid.tab.getByRole('heading', { name: t(prepareTexts.mental) }).waitFor();
  await answer(workday, ingrid, 'mp_outcome', words.outcome);
  await answer(workday, ingrid, 'mp_stage', words.stage, 'marked');
  await answer(workday, ingrid, 'mp_strength', words.unmarkedStrength);
  await answer(workday, ingrid, 'mm_state', words.state);
  await answer(workday, ingrid, 'mm_style', words.style);
  await answer(workday, ingrid, 'mm_message', words.hardest);
  await rate(workday, ingrid, discovery, 4, words.ingridExample, 'marked');
  expectUnheard(ingrid, [words.wish, words.proud, words.unmarked, words.mind, words.jonasExample]);
  expectUnheard(jonas, [words.stage, words.outcome, words.unmarkedStrength, words.ingridExample]);
  await expectClosed(workday, ingrid);

  await sayReady(workday, ingrid);
  await ingrid.tab.getByRole('heading', { name: t(prepareTexts.open) }).waitFor();
  await ingrid.tab.getByText(words.wish).waitFor();
  await ingrid.tab.getByText(words.jonasExample).waitFor();
  await ingrid.look('opened');

  await jonas.go(`&view=teams&sub=review/${id}/prepare`);
  await jonas.tab.getByText(words.stage).waitFor();
  await jonas.tab.getByText(words.ingridExample).waitFor();
  await jonas.look('opened');
  expectHiddenKept(workday);
}

/** What nobody marked stays its author's, in every answer until now. */
export function expectHiddenKept({ words, ingrid, jonas }: Workday): void {
  expectUnheard(ingrid, [words.unmarked, words.mind, words.manager]);
  expectUnheard(jonas, [
    words.outcome,
    words.unmarkedStrength,
    words.state,
    words.style,
    words.hardest,
    words.lesson,
  ]);
}

function expectUnheard({ heard }: Colleague, secrets: readonly string[]): void {
  expect(heard.length).toBeGreaterThan(0);
  for (const secret of secrets) expect(heard.filter((text) => text.includes(secret))).toEqual([]);
}

async function expectClosed({ t }: Workday, { tab }: Colleague): Promise<void> {
  expect(await tab.getByRole('heading', { name: t(prepareTexts.open) }).count()).toBe(0);
}

async function answer(
  { t }: Workday,
  { tab }: Colleague,
  key: string,
  words: string,
  mark?: 'marked',
): Promise<void> {
  const text = asked.find((one) => one.key === key)?.text;
  if (text === undefined) throw new Error(`no question ${key}`);
  await tab.getByLabel(t(text), { exact: true }).fill(words);
  if (mark === undefined) return;
  await tab.getByRole('checkbox', { name: t(prepareTexts.markReadyOf, { question: t(text) }) }).check();
}

async function rate(
  { t }: Workday,
  { tab }: Colleague,
  stage: Text,
  value: number,
  example: string,
  mark?: 'marked',
): Promise<void> {
  await tab.getByRole('button', { name: t(stage) }).click();
  const levels = tab.getByRole('radiogroup', { name: t(prepareTexts.ratingOf, { stage: t(stage) }) });
  await levels.getByRole('radio', { name: new RegExp(`^${value} `) }).check();
  await tab.getByLabel(t(prepareTexts.example)).last().fill(example);
  if (mark !== undefined) {
    await tab.getByRole('checkbox', { name: t(prepareTexts.markReadyOf, { question: t(stage) }) }).check();
  }
  await tab.getByRole('button', { name: t(stage) }).click();
}

async function sayReady({ t }: Workday, { tab }: Colleague): Promise<void> {
  await tab.getByRole('button', { name: t(prepareTexts.iAmReady) }).click();
}

function titleOf(key: string): Text {
  const title = stages.find((one) => one.key === key)?.title;
  if (title === undefined) throw new Error(`no stage ${key}`);
  return title;
}
