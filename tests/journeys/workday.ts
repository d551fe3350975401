// Two people at work: a sandbox, a browser, and a window for each of them in a context of their own.
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { say, type Text } from '../../domain/content/text.ts';
import type { RouteAnswer } from '../../domain/contract.ts';
import type { Language } from '../../domain/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type TextKey, textsIn } from '../../sandbox/workplace/page/src/texts.ts';
import { actorIn } from '../api/person.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';
import { expectAccessible } from './accessible.ts';
import { type Words, wordsIn } from './words.ts';

/** Monday in Oslo, two days before the first Wednesday. */
const monday = '2027-01-04T08:00:00Z';
export const ids = {
  ingrid: '00000000-0000-4000-8000-000000000010',
  jonas: '00000000-0000-4000-8000-000000000011',
};
/** With this folder named in the environment, every page that is looked at is also pictured there. */
const pictures = process.env.JOURNEY_PICTURES;

export type Colleague = {
  id: string;
  page: Page;
  /** The add-in in Outlook's task pane. */
  pane: FrameLocator;
  /** The app in Teams, in the personal tab as in the side panel. */
  tab: FrameLocator;
  /** All that the product's servers have told this person's window. */
  heard: string[];
  /** Opens a place of the workplace by its address. */
  go(query: string): Promise<void>;
  /** Judges the page and its frames as they stand now. */
  look(name: string): Promise<void>;
  picture(name: string): Promise<void>;
};

type NextReview = NonNullable<NonNullable<RouteAnswer<'home'>['asSeller']>['next']>;

export type Workday = {
  sandbox: Sandbox;
  /** The product's words in the language of the journey. */
  t: (text: Text, values?: Record<string, string | number>) => string;
  /** The workplace page's own words. */
  w: (key: TextKey, values?: Record<string, string | number>) => string;
  words: Words;
  ingrid: Colleague;
  jonas: Colleague;
  /** The review that is next, as Jonas's own tab is told of it. */
  nextReview(): Promise<NextReview>;
  /** Neither console has complained of anything. */
  expectQuiet(): void;
  /** Pictures both windows as they stand, for who looks into a failure; only when a folder for it is named. */
  picture(name: string): Promise<void>;
  /** Rejects when an exchange with Microsoft Graph did not fit Microsoft's metadata. */
  close(): Promise<void>;
};

export async function startWorkday(language: Language): Promise<Workday> {
  const dataDir = await mkdtemp(join(tmpdir(), 'medspill-journey-'));
  const sandbox = await startCheckedSandbox({ dataDir, quiet: true });
  await sandbox.moveClock(monday);
  const browser = await launchBrowser();
  const errors: string[] = [];
  const w = textsIn(language);

  async function colleague(id: string, person: string, frame: 'cross' | 'same'): Promise<Colleague> {
    const base = `${sandbox.workplace}/?person=${person}&lang=${language}&frame=${frame}`;
    return openColleague(browser, base, { id, language, errors, name: person, w });
  }
  const ingrid = await colleague(ids.ingrid, 'ingrid.solberg', 'cross');
  const jonas = await colleague(ids.jonas, 'jonas.berg', 'same');
  return {
    sandbox,
    t: (text, values) => say(text, language, values),
    w,
    words: wordsIn(language),
    ingrid,
    jonas,
    async nextReview() {
      const { asSeller } = await actorIn(sandbox, 'Jonas').ok('home', {});
      if (asSeller?.next === undefined) throw new Error('Jonas has no next review');
      return asSeller.next;
    },
    async picture(name) {
      for (const one of [ingrid, jonas]) await one.picture(name);
      if (pictures !== undefined) console.error(errors.join('\n'));
    },
    expectQuiet() {
      expect(errors).toEqual([]);
    },
    async close() {
      await browser.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type Who = { id: string; name: string; language: Language; errors: string[]; w: Workday['w'] };

export async function openColleague(
  browser: Browser,
  base: string,
  { id, name, language, errors, w }: Who,
): Promise<Colleague> {
  const { page, errors: own } = await openWindow(browser, 'about:blank');
  page.setDefaultTimeout(10_000);
  own.push = (...added: string[]) => errors.push(...added.map((error) => `${name}: ${error}`));
  const heard: string[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    // A page that has been left takes its answers with it.
    void response.text().then(
      (text) => heard.push(text),
      () => {},
    );
  });
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  let seen = 0;
  async function picture(what: string): Promise<void> {
    if (pictures === undefined) return;
    seen += 1;
    mkdirSync(pictures, { recursive: true });
    const file = `${language}-${name}-${String(seen).padStart(2, '0')}-${what}.png`;
    await page.screenshot({ path: join(pictures, file) });
  }
  return {
    id,
    page,
    heard,
    pane: page.frameLocator(`iframe[title="${w('pane')}"]`),
    tab: page.frameLocator(`iframe[title="${w('tabTitle')}"]`),
    picture,
    async go(query) {
      await page.goto(`${base}${query}`);
    },
    async look(what) {
      await picture(what);
      await expectAccessible(page);
    },
  };
}
