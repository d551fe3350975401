// The live form for whoever has no mouse, needs large letters, bears no motion or wears another theme; and a look at
// the pages that the rounds do not pass.
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agenda } from '../../domain/content/sections/agenda.ts';
import { stages } from '../../domain/content/sections/stages.ts';
import { say, type Text } from '../../domain/content/text.ts';
import { runTexts } from '../../domain/content/texts/run.ts';
import { textsIn } from '../../sandbox/workplace/page/src/texts.ts';
import { type Booked, type Round, reviewStart, startRound } from '../api/round.ts';
import { launchBrowser } from '../browser.ts';
import { joinAs, type Typist } from '../live/typist.ts';
import { type Colleague, openColleague } from './workday.ts';

const t = (text: Text, values?: Record<string, string | number>) => say(text, 'nb', values);
/** Two people's browsers and all of Microsoft stand on one machine here. */
const slow = { timeout: 15_000 };
let round: Round;
let booked: Booked;
let jonas: Typist;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let ingrid: Colleague;
const errors: string[] = [];

beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  await round.sandbox.moveClock(Date.parse(reviewStart) + 60_000);
  jonas = await joinAs(round.as('Jonas'), booked.reviewId);
  browser = await launchBrowser();
  const base = `${round.sandbox.workplace}/?person=ingrid.solberg&lang=nb&frame=cross`;
  const who = { id: '', name: 'ingrid', language: 'nb' as const, errors, w: textsIn('nb') };
  ingrid = await openColleague(browser, base, who);
});
afterAll(async () => {
  await browser?.close();
  await round?.close();
});

async function openForm(more = ''): Promise<void> {
  await ingrid.go(`&view=teams&sub=review/${booked.reviewId}/run${more}`);
  await ingrid.tab.getByLabel(t(runTexts.allItems)).and(ingrid.tab.locator(':enabled')).waitFor();
}

function appFrame(): Frame {
  const found = ingrid.page.frames().find((frame) => frame.url().includes('.html'));
  if (found === undefined) throw new Error('the app is not open');
  return found;
}

/** What has the focus, as its name, and whether one sees that it has. */
function focused(): Promise<{ name: string; isSeen: boolean }> {
  return appFrame().evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isSeen: true };
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    const label = labels ? [...(element.labels ?? [])].map(({ textContent }) => textContent).join(' ') : '';
    const name = element.getAttribute('aria-label') ?? (label || element.textContent || '');
    // Fluent rings what is focused by a pseudo-element; a checkbox stands unseen over its picture.
    const marks = [element, element.nextElementSibling, element.parentElement]
      .filter((one) => one !== null)
      .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after')]);
    const isSeen = marks.some(
      (style) =>
        (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none',
    );
    return { name: name.trim(), isSeen };
  });
}

/** Goes on by the tab key alone; everything that it passes shows that it has the focus. */
async function tabTo(wanted: string): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < 80; n++) {
    await ingrid.page.keyboard.press('Tab');
    const { name, isSeen } = await focused();
    expect(isSeen, `focus on «${name}» is seen`).toBe(true);
    if (name.startsWith(wanted)) return;
    passed.push(name);
  }
  throw new Error(`«${wanted}» is not reached by the keyboard; passed: ${passed.join(' · ')}`);
}

const title = (key: string) => t(agenda.find((item) => item.key === key)?.title ?? { nb: key, en: key });

test('by the keyboard alone: write, go on, choose a focus, and come back', async () => {
  const { keyboard } = ingrid.page;
  await openForm();
  await tabTo(t(runTexts.note));
  await keyboard.type('Uten mus.');
  await expect
    .poll(async () => {
      await jonas.read();
      return jonas.form().notes.open;
    }, slow)
    .toBe('Uten mus.');
  await keyboard.press('Shift+Tab');
  for (const key of ['since_last', 'numbers', 'stages']) {
    await appFrame().evaluate(() => document.querySelector<HTMLElement>('#content h1')?.focus());
    await tabTo(t(runTexts.next));
    await keyboard.press('Enter');
    await ingrid.tab.getByRole('heading', { name: title(key), exact: true }).waitFor();
  }
  const discovery = stages.find(({ key }) => key === 'discovery');
  if (discovery === undefined) throw new Error('no stage');
  await ingrid.tab.getByRole('checkbox', { name: t(discovery.title) }).waitFor();
  await tabTo(t(discovery.title));
  await keyboard.press('Space');
  await expect
    .poll(async () => {
      await jonas.read();
      return jonas.form().focus;
    }, slow)
    .toEqual(['discovery']);
  await ingrid.look('keyboard');
});

test('at 200 per cent, without motion, and in each theme', async () => {
  const { page, tab } = ingrid;
  const session = await page.context().newCDPSession(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // A screen of 1280 by 900 whose letters are twice as large has room for half as much.
  const zoomed = { width: 640, height: 450, deviceScaleFactor: 2, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', zoomed);
  for (const theme of ['light', 'dark', 'contrast']) {
    await openForm(`&theme=${theme}`);
    await tab.getByLabel(t(runTexts.allItems)).selectOption(theme === 'dark' ? 'goals' : 'stages');
    await tab.getByRole('textbox', { name: t(runTexts.note), exact: true }).waitFor();
    const longest = await appFrame().evaluate(() =>
      Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getTiming().duration))),
    );
    expect(longest, 'milliseconds of motion').toBeLessThanOrEqual(1);
    await ingrid.look(`zoomed-${theme}`);
  }
  await session.send('Emulation.clearDeviceMetricsOverride');
});

test.each(['moments', 'choices', 'book', 'book-team'])('the page %s', async (name) => {
  await ingrid.go(`&view=teams&sub=${name}`);
  await ingrid.tab.locator('#content h1').waitFor();
  await ingrid.tab.locator('.fui-Spinner').waitFor({ state: 'detached' });
  await ingrid.look(name);
  // A page that has no place of its own above does not claim another's.
  const here = ingrid.tab.locator('[aria-current="page"]');
  expect(await here.count()).toBe(name.startsWith('book') ? 0 : 1);
});

test('nothing was complained of', () => {
  expect(errors).toEqual([]);
});
