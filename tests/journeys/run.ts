import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { agenda } from '../../domain/content/sections/agenda.ts';
import { smart } from '../../domain/content/sections/smart.ts';
import { prepareTexts } from '../../domain/content/texts/prepare.ts';
import { runTexts } from '../../domain/content/texts/run.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import { discovery, expectHiddenKept } from './prepare.ts';
import type { Colleague, Workday } from './workday.ts';

/** Both join the meeting and write in the side panel: Ingrid's frame is of another origin, Jonas's of the same. */
export async function run(workday: Workday): Promise<void> {
  const { sandbox, t, words, ingrid, jonas } = workday;
  const { occurrence } = await workday.nextReview();
  await sandbox.moveClock(Date.parse(occurrence.start) - 5 * 60_000);
  await join(workday, ingrid);
  await join(workday, jonas);
  await ingrid.page.getByText('Jonas Berg', { exact: true }).waitFor();

  await ingrid.tab.getByRole('button', { name: t(runTexts.start) }).click();
  await write(workday);
  await ingrid.look('meeting');
  await jonas.look('meeting');

  await goTo(workday, ingrid, 'stages');
  for (const { tab } of [ingrid, jonas]) {
    await tab.getByText(words.jonasExample).waitFor();
    await tab.getByText(words.ingridExample).waitFor();
    await tab.getByText(t(prepareTexts.gapMark), { exact: true }).waitFor();
  }
  const focus = (one: Colleague) => one.tab.getByRole('checkbox', { name: t(discovery) });
  await focus(ingrid).check();
  await expect.poll(() => focus(jonas).isChecked()).toBe(true);
  await ingrid.look('stages');

  await goTo(workday, jonas, 'goals');
  await agreeOnGoal(workday);

  await goTo(workday, ingrid, 'resources');
  await ingrid.tab.getByLabel(t(runTexts.promise, { number: 1 }), { exact: true }).fill(words.promise);
  await ingrid.tab.getByLabel(t(runTexts.promiseDue, { number: 1 }), { exact: true }).fill('2027-01-22');
  await goTo(workday, ingrid, 'plan');
  await jonas.tab.getByText(t(runTexts.planPromise, { name: 'Ingrid', text: words.promise })).waitFor();
  await jonas.look('plan');

  await goTo(workday, jonas, 'close');
  await jonas.tab.getByRole('textbox', { name: t(runTexts.summary), exact: true }).fill(words.summary);
  await holds(ingrid.tab.getByRole('textbox', { name: t(runTexts.summary), exact: true }), words.summary);
  await jonas.look('close');
  expectHiddenKept(workday);
}

async function join({ t, w }: Workday, { page, tab, go }: Colleague): Promise<void> {
  await go('&date=2027-01-06');
  await page
    .getByRole('button', { name: /Jonas.*Ingrid|Ingrid.*Jonas/ })
    .first()
    .click();
  await page.getByRole('button', { name: w('join'), exact: true }).click();
  // Before the hour the preparation is what opens.
  await tab.getByRole('link', { name: t(shellTexts.run), exact: true }).click();
  await tab.getByRole('navigation', { name: t(runTexts.agenda) }).waitFor();
}

/** At the same time and in the same field: each sees the other's words before the other has written to the end. */
async function write({ t, words, ingrid, jonas }: Workday): Promise<void> {
  const note = ({ tab }: Colleague) => tab.getByLabel(t(runTexts.note), { exact: true });
  for (const at of [0, 1] as const) {
    await Promise.all([
      note(ingrid).pressSequentially(words.ingridWrites[at], { delay: 20 }),
      note(jonas).pressSequentially(words.jonasWrites[at], { delay: 20 }),
    ]);
    await holds(note(ingrid), words.jonasWrites[at]);
    await holds(note(jonas), words.ingridWrites[at]);
  }
  await expect.poll(() => note(ingrid).inputValue()).toBe(await note(jonas).inputValue());
  const all = [...words.ingridWrites, ...words.jonasWrites].join('').length;
  expect(await note(ingrid).inputValue()).toHaveLength(all);
}

async function holds(field: Locator, words: string): Promise<void> {
  await expect.poll(() => field.inputValue(), { timeout: 10_000 }).toContain(words.trim());
}

/** Takes both to an item of the agenda: who does not write follows. */
async function goTo({ t, ingrid, jonas }: Workday, one: Colleague, key: string): Promise<void> {
  const title = agenda.find((item) => item.key === key)?.title;
  if (title === undefined) throw new Error(`no item ${key}`);
  await one.tab.getByLabel(t(runTexts.allItems)).selectOption(key);
  for (const { tab } of [ingrid, jonas]) {
    const follow = tab.getByRole('button', { name: t(runTexts.follow) });
    const heading = tab.getByRole('heading', { name: t(title), exact: true });
    await follow.or(heading).first().waitFor();
    if (await follow.isVisible()) await follow.click();
    await heading.waitFor();
  }
}

async function agreeOnGoal({ t, words, ingrid, jonas }: Workday): Promise<void> {
  const goal = t(runTexts.shortGoal, { number: 1 });
  await jonas.tab.getByRole('button', { name: t(runTexts.addShortGoal) }).click();
  const form = jonas.tab.getByRole('region', { name: goal });
  const field = (text: string) => form.getByLabel(text, { exact: true });
  await field(t(runTexts.stage)).selectOption('discovery');
  await field(t(runTexts.goalText)).fill(words.goal);
  await form.getByRole('radio', { name: t(runTexts.learning) }).check();
  await field(t(runTexts.measure)).fill(words.measure);
  await field(t(runTexts.action, { number: 1 })).fill(words.action);
  await field(t(runTexts.actionDue, { number: 1 })).fill('2027-01-11');
  await field(t(runTexts.action, { number: 2 })).fill(words.secondAction);
  await field(t(runTexts.actionDue, { number: 2 })).fill('2027-01-18');
  await field(t(runTexts.due)).fill('2027-01-29');
  await field(t(runTexts.doer)).selectOption('seller');
  await field(t(runTexts.follower)).selectOption('manager');
  await ingrid.tab.getByRole('region', { name: goal }).waitFor();
  await ingrid.look('goal');

  for (const one of [jonas, ingrid]) {
    const check = one.tab.getByRole('group', { name: `${t(runTexts.smart)}: ${goal}` });
    for (const letter of smart.letters.filter(({ key }) =>
      ['specific', 'measurable', 'time'].includes(key),
    )) {
      await check.getByRole('checkbox', { name: `${t(letter.label)}: ${t(letter.question)}` }).check();
    }
    await check.getByRole('combobox').selectOption('8');
    if (one === jonas) await check.getByRole('textbox').fill(words.attractive);
    await check.getByRole('button', { name: `${t(runTexts.confirm)}: ${goal}` }).click();
    await check.getByRole('button', { name: `${t(runTexts.withdraw)}: ${goal}` }).waitFor();
  }
  for (const { tab } of [ingrid, jonas]) await tab.getByText(t(runTexts.confirmedByBoth)).waitFor();
  await jonas.look('goal-confirmed');
}
