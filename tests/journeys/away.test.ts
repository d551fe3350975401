// The talk goes on where people are not at their best: in a tunnel, with the lid down, on another device, with a quarter
// of an hour, around one screen, and with the panel open between two months.
import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say, type Text } from '../../domain/content/text.ts';
import { runTexts } from '../../domain/content/texts/run.ts';
import { savingTexts } from '../../domain/content/texts/saving.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import { longDate } from '../../domain/format.ts';
import { textsIn } from '../../sandbox/workplace/page/src/texts.ts';
import { type Booked, type Round, reviewStart, startRound } from '../api/round.ts';
import { launchBrowser } from '../browser.ts';
import { type Colleague, ids, openColleague } from './workday.ts';

const t = (text: Text, values?: Record<string, string | number>) => say(text, 'nb', values);
let round: Round;
let booked: Booked;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let ingrid: Colleague;
let jonas: Colleague;
const errors: string[] = [];

beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  await round.sandbox.moveClock(Date.parse(reviewStart) + 60_000);
  browser = await launchBrowser();
  ingrid = await open('ingrid', 'ingrid.solberg');
  jonas = await open('jonas', 'jonas.berg');
});
afterAll(async () => {
  await browser?.close();
  await round?.close();
});

function open(name: string, person: string): Promise<Colleague> {
  const base = `${round.sandbox.workplace}/?person=${person}&lang=nb&frame=cross`;
  return openColleague(browser, base, { id: '', name, language: 'nb', errors, w: textsIn('nb') });
}

const atForm = () => `&view=teams&sub=review/${booked.reviewId}/run`;
async function openForm(colleague: Colleague): Promise<void> {
  await colleague.go(atForm());
  await colleague.tab.getByRole('navigation', { name: t(runTexts.agenda) }).waitFor();
}
const note = ({ tab }: Colleague) => tab.getByLabel(t(runTexts.note), { exact: true });
async function type(colleague: Colleague, words: string): Promise<void> {
  await note(colleague).press('Control+End');
  await note(colleague).pressSequentially(words);
}
async function holds(field: Locator, ...words: string[]): Promise<void> {
  for (const one of words) {
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toContain(one.trim());
  }
}
const sign = ({ tab }: Colleague, text: Text, values?: Record<string, string>) =>
  tab.locator('#content').getByText(t(text, values), { exact: true }).waitFor();

test('in a tunnel everything typed is kept, says so, and merges when the light is back', async () => {
  await Promise.all([openForm(ingrid), openForm(jonas)]);
  await type(jonas, 'Før tunnelen. ');
  await holds(note(ingrid), 'Før tunnelen.');
  await sign(jonas, savingTexts.seenBy, { name: 'Ingrid' });

  await jonas.page.context().setOffline(true);
  await type(jonas, 'Inne i tunnelen. ');
  await sign(jonas, savingTexts.offline);
  await jonas.look('offline');
  // Another item, perhaps never fetched, and back: nothing falls down.
  await jonas.tab.getByLabel(t(runTexts.allItems)).selectOption('resources');
  await note(jonas).waitFor();
  await jonas.tab.getByLabel(t(runTexts.allItems)).selectOption('open');
  await holds(note(jonas), 'Inne i tunnelen.');
  await type(ingrid, 'Ingrid skriver videre. ');
  expect(await note(ingrid).inputValue()).not.toContain('Inne i');

  await jonas.page.context().setOffline(false);
  for (const one of [ingrid, jonas]) {
    await holds(note(one), 'Før tunnelen.', 'Inne i tunnelen.', 'Ingrid skriver videre.');
  }
  await sign(jonas, savingTexts.seenBy, { name: 'Ingrid' });
  await jonas.look('seen');
});

test('a lid that closes keeps its words until it opens again, while another device goes on', async () => {
  const laptop: BrowserContext = jonas.page.context();
  await laptop.setOffline(true);
  await type(jonas, 'Lokket gikk ned. ');
  await sign(jonas, savingTexts.offline);
  const address = jonas.page.url();
  await jonas.page.close();
  await laptop.setOffline(false);

  const phone = await open('phone', 'jonas.berg');
  await openForm(phone);
  await holds(note(phone), 'Inne i tunnelen.');
  await type(phone, 'Fra telefonen. ');
  await holds(note(ingrid), 'Fra telefonen.');
  expect(await note(ingrid).inputValue()).not.toContain('Lokket');

  const page = await laptop.newPage();
  await page.goto(address);
  const frame = page.frameLocator(`iframe[title="${textsIn('nb')('tabTitle')}"]`);
  const again = frame.getByLabel(t(runTexts.note), { exact: true });
  for (const field of [again, note(phone), note(ingrid)]) {
    await holds(field, 'Lokket gikk ned.', 'Fra telefonen.', 'Ingrid skriver videre.');
  }
  await page.close();
  jonas = phone;
});

test('either chooses the quarter of an hour, the other sees it, and what was written stays', async () => {
  const items = ({ tab }: Colleague) => tab.getByLabel(t(runTexts.allItems)).locator('option');
  expect(await items(ingrid).count()).toBe(8);
  await jonas.tab.getByRole('button', { name: t(runTexts.takeShort) }).click();
  await sign(ingrid, runTexts.shortOn);
  expect(await items(ingrid).count()).toBe(6);
  await ingrid.look('short');
  await jonas.tab.getByLabel(t(runTexts.allItems)).selectOption('goals');
  await ingrid.tab.getByRole('button', { name: t(runTexts.takeWhole) }).click();
  await expect.poll(() => items(jonas).count(), { timeout: 10_000 }).toBe(8);
  await jonas.tab.getByLabel(t(runTexts.allItems)).selectOption('open');
  await holds(note(jonas), 'Før tunnelen.');
});

test('around one screen there is one item, its minutes, and nobody’s private notes', async () => {
  const { tab } = ingrid;
  const notes = tab.getByRole('button', { name: new RegExp(t(runTexts.privateNotes)) });
  await notes.click();
  await tab.getByRole('textbox', { name: t(runTexts.privateNotes) }).fill('BARE MITT');
  const places = tab.getByRole('navigation', { name: t(shellTexts.navigation) });
  await places.waitFor();
  await tab.getByRole('button', { name: t(runTexts.fullScreen) }).click();
  await places.waitFor({ state: 'hidden' });
  expect(await notes.getAttribute('aria-expanded')).toBe('false');
  expect(await tab.getByRole('textbox', { name: t(runTexts.privateNotes) }).count()).toBe(0);
  await tab.getByText(t(runTexts.itemOf, { number: 1, of: 8 }), { exact: true }).waitFor();
  await ingrid.look('talk');
  await tab.getByRole('button', { name: t(runTexts.leaveFullScreen) }).click();
  await places.waitFor();
});

test('the panel that is open between two months asks which one', async () => {
  // A form that is open while the clock jumps a fortnight asks with a token that has ended, and the console says so.
  for (const { page } of [ingrid, jonas]) await page.goto('about:blank');
  await round.sandbox.moveClock('2027-01-20T09:00:00.000Z');
  const start = Date.parse(reviewStart);
  const [meeting] = round.sandbox.graphServer.state
    .calendar(ids.ingrid, start, start + 60_000)
    .filter((entry) => entry.meeting !== undefined);
  await ingrid.go(`&view=meeting&item=${meeting?.id ?? ''}`);
  const { tab } = ingrid;
  await tab.getByRole('heading', { name: t(shellTexts.whichReviewTitle) }).waitFor();
  for (const date of ['2027-01-06', '2027-02-03']) {
    await tab.getByRole('button', { name: new RegExp(longDate(date, 'nb')) }).waitFor();
  }
  await ingrid.look('which-review');
  await tab.getByRole('button', { name: new RegExp(longDate('2027-02-03', 'nb')) }).click();
  await tab.getByRole('navigation', { name: t(shellTexts.reviewParts) }).waitFor();

  // A tunnel has no network, and the console says so; it says nothing else.
  expect(errors.filter((error) => !error.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});
