// From a key in one person's Chromium to the first frame in the other's that shows it, ours and y-websocket in turn.
import type { Locator, Page } from 'playwright-core';
import { runTexts } from '../../domain/content/texts/run.ts';
import { reviewStart, startRound } from '../api/round.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { againstPeer, startPeer } from './live.ts';
import type { BenchRow } from './row.ts';
import { buildPage, serve } from './site.ts';

const keys = 120;
const warmUp = 15;

type Screen = { page: Page; field: Locator };

export async function rows(): Promise<BenchRow[]> {
  const round = await startRound();
  const { reviewId } = await round.bookAndConfirm('Jonas');
  await round.sandbox.moveClock(Date.parse(reviewStart) + 60_000);
  const peer = await startPeer();
  const site = await serve(await buildPage('live-peer-page'));
  const browser = await launchBrowser();
  const theirs = async (): Promise<Screen> => {
    const { page } = await openWindow(browser, `${site.url}/index.html?server=${peer.url}`);
    return { page, field: page.locator('textarea') };
  };
  const ours = async (person: string): Promise<Screen> => {
    const { page } = await openWindow(
      browser,
      `${round.sandbox.workplace}/?person=${person}&lang=nb&view=teams&sub=${encodeURIComponent(`review/${reviewId}/run`)}`,
    );
    const frame = page.frameLocator('iframe[data-frame-context="content"]');
    await frame
      .getByRole('combobox', { name: runTexts.allItems.nb })
      .and(frame.locator(':enabled'))
      .waitFor();
    return { page, field: frame.getByRole('textbox', { name: runTexts.note.nb, exact: true }) };
  };
  const took = { ours: [] as number[], theirs: [] as number[] };
  try {
    const screens = {
      ours: [await ours('ingrid.solberg'), await ours('jonas.berg')],
      theirs: [await theirs(), await theirs()],
    } as const;
    for (let n = -warmUp; n < keys; n++) {
      for (const name of ['ours', 'theirs'] as const) {
        const ms = await press(...screens[name]);
        if (n >= 0) took[name].push(ms);
      }
    }
  } finally {
    await browser.close();
    site.close();
    peer.close();
    await round.close();
  }
  return againstPeer('screen', took);
}

/** Both clocks are this machine's. */
async function press(from: Screen, to: Screen): Promise<number> {
  const shown = to.field.evaluate((field: HTMLTextAreaElement) => {
    const before = field.value.length;
    return new Promise<number>((resolve) => {
      const look = () => {
        if (field.value.length > before) resolve(performance.timeOrigin + performance.now());
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  const pressed = from.field.evaluate(
    (field) =>
      new Promise<number>((resolve) => {
        const now = () => resolve(performance.timeOrigin + performance.now());
        field.addEventListener('keydown', now, { once: true });
      }),
  );
  // What is asked of a page first is answered first: both wait before the key comes.
  await Promise.all([from, to].map(({ field }) => field.evaluate(() => undefined)));
  await from.field.press('a');
  return (await shown) - (await pressed);
}
