// The side panel takes typing before anything of ours has loaded: whatever is typed while it opens, step by step and
// slowly, stands in the right field of the right review, beside the other's words, or goes back to its writer.
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTexts } from '../../domain/content/texts/run.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import { textRoots } from '../../domain/run/form.ts';
import { type Booked, type Round, reviewStart, startRound } from '../api/round.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { joinAs, type Typist } from '../live/typist.ts';
import { ids } from './workday.ts';

/** Two people's browsers and all of Microsoft stand on one machine here. */
const slow = { timeout: 15_000 };
let round: Round;
let booked: Booked;
let jonas: Typist;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
const appFrame = 'iframe[data-frame-context="sidePanel"]';

beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  await round.sandbox.moveClock(Date.parse(reviewStart) - 5 * 60_000);
  jonas = await joinAs(round.as('Jonas'), booked.reviewId);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await round?.close();
});

/** Holds every answer to such an address until it is let go. */
async function hold(context: BrowserContext, address: RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await context.route(address, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

async function openMeeting(language: 'nb' | 'en', prepare: (context: BrowserContext) => Promise<void>) {
  const { sandbox } = round;
  const start = Date.parse(reviewStart);
  const [entry] = sandbox.graphServer.state.calendar(ids.ingrid, start, start + 60_000);
  if (entry === undefined) throw new Error('no review in the calendar');
  const window = await openWindow(browser, 'about:blank');
  await prepare(window.context);
  await window.page.goto(
    `${sandbox.workplace}/?person=ingrid.solberg&lang=${language}&view=meeting&item=${entry.id}`,
  );
  return { ...window, panel: window.page.frameLocator(appFrame) };
}

const field = (panel: FrameLocator, name: string) => panel.getByRole('textbox', { name, exact: true });
const staticField = (panel: FrameLocator) => panel.locator('#first-field');

/** Types while something happens. */
async function during(page: Page, words: string, happens: () => unknown): Promise<void> {
  const typing = page.keyboard.type(words, { delay: 4 });
  await happens();
  await typing;
}

test('no key and no caret is lost between the static page, React and the live form', async () => {
  await jonas.write((doc) => doc.getText('note.open').insert(0, 'Hei, Ingrid.'));
  const letGo: Record<string, () => void> = {};
  const { page, panel, errors, context } = await openMeeting('nb', async (held) => {
    letGo.script = await hold(held, /assets\/meeting-.*\.js/);
    letGo.engine = await hold(held, /assets\/live-engine-.*\.js/);
    letGo.join = await hold(held, /\/live\/session/);
  });
  const note = field(panel, runTexts.note.nb);
  await note.click();
  await page.keyboard.type('Viktigst: først?');
  await page.keyboard.press('ArrowLeft');
  await during(page, ' ordene, så React,', () => letGo.script?.());
  await staticField(panel).waitFor({ state: 'detached' });
  // The person writes in the form: that is where they stay, although the hour has not come.
  await panel.getByRole('heading', { level: 1, name: runTexts.title.nb }).waitFor();
  await during(page, ' så motoren,', () => letGo.engine?.());
  await during(page, ' så tjenesten', () => letGo.join?.());
  const typed = 'Viktigst: først ordene, så React, så motoren, så tjenesten?';
  const whole = `Hei, Ingrid.\n${typed}`;
  await expect.poll(() => note.inputValue(), slow).toBe(whole);
  const caret = await note.evaluate((element) => [
    element === document.activeElement,
    element instanceof HTMLTextAreaElement ? element.selectionStart : undefined,
  ]);
  expect(caret).toEqual([true, whole.length - 1]);
  await page.keyboard.type(' og du');
  const stored = whole.replace('?', ' og du?');
  await expect
    .poll(async () => {
      await jonas.read();
      return jonas.doc.getText('note.open').toString();
    }, slow)
    .toBe(stored);
  for (const { name } of textRoots) {
    if (name !== 'note.open') expect(jonas.doc.getText(name).toString(), name).toBe('');
  }
  await page.reload();
  // Nothing was typed this time: the preparation opens, as ever before the hour.
  await panel.getByRole('heading', { level: 1 }).waitFor();
  await panel.getByRole('link', { name: shellTexts.run.nb, exact: true }).click();
  await expect.poll(() => note.inputValue(), slow).toBe(stored);
  expect(errors).toEqual([]);
  await context.close();
});

test('words that find no review go back to their writer', async () => {
  let letGo = () => {};
  const { page, panel, errors, context } = await openMeeting('en', async (held) => {
    letGo = await hold(held, /assets\/meeting-.*\.js/);
    await held.route(/\/api\/appointments/, (route) => route.fulfill({ json: { reviews: [] } }));
  });
  await field(panel, runTexts.note.en).click();
  await page.keyboard.type('Whose words are these?');
  letGo();
  await panel.getByRole('heading', { name: shellTexts.noReviewHereTitle.en }).waitFor();
  await panel.getByText('Whose words are these?').waitFor();
  await panel.getByRole('button', { name: shellTexts.copy.en }).waitFor();
  await jonas.read();
  expect(JSON.stringify(jonas.form())).not.toContain('Whose');
  expect(errors).toEqual([]);
  await context.close();
});

test('the static page speaks the language of Teams and wears its theme', async () => {
  const { page, panel, context } = await openMeeting('en', async (held) => {
    await hold(held, /assets\/meeting-.*\.js/);
  });
  const address = page.url();
  for (const [theme, colour] of [
    ['light', 'rgb(250, 250, 250)'],
    ['dark', 'rgb(36, 36, 36)'],
    ['contrast', 'rgb(0, 0, 0)'],
  ] as const) {
    await page.goto(`${address}&theme=${theme}`);
    await field(panel, runTexts.note.en).waitFor();
    expect(await panel.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)).toBe(
      colour,
    );
  }
  await context.close();
});
