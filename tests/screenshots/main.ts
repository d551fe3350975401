// `npm run screenshots`: the main screens in both languages, three themes and two widths, to look through in
// tests/.out/screenshots/index.html, and the two pictures of the README.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { buildStale, parts } from '../../sandbox/build-stale.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { seedReviews } from '../../sandbox/seed/seed-reviews.ts';
import { launchBrowser, openWindow } from '../browser.ts';
import { bookJonas, placesBefore, placesDuring, type Shown, startReview } from './places.ts';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'tests', '.out', 'screenshots');
const languages = ['nb', 'en'] as const;
const themes = ['light', 'dark', 'contrast'] as const;
/** The narrowest that WCAG's reflow asks for, which is also the width of Teams' side panel. */
const widths = [320, 960] as const;
type Language = (typeof languages)[number];
/** In Teams, in its meetings, or in Outlook's task pane; the body of an appointment stands in a frame as well. */
const appFrame = 'iframe[data-frame-context], aside iframe:not([data-frame-context])';
/** `npm run screenshots -- record sign` takes these alone. */
const wanted = process.argv.slice(3);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await buildStale(root, parts, (name) => console.log(`Building the ${name} …`));
const dataDir = mkdtempSync(join(tmpdir(), 'medspill-screenshots-'));
const taken: string[] = [];
const complaints: string[] = [];
const sandbox = await startSandbox({ dataDir, port: 0, quiet: true });
const browser = await launchBrowser();
try {
  console.log('Seeding …');
  await seedReviews(sandbox, () => {});
  await readmePicture(browser, 'outlook-booking', 'person=ingrid.solberg&item=new', async (frame) => {
    await frame.getByRole('radio', { name: 'Jonas Berg' }).check();
    await frame
      .getByText(/^free all/)
      .first()
      .waitFor();
  });
  const jonas = await bookJonas(sandbox);
  await takeAll(browser, await placesBefore(sandbox));
  console.log('Moving the clock to the review …');
  const meeting = await startReview(sandbox, jonas);
  await takeAll(browser, placesDuring(jonas, meeting.ingrid));
  const other = await openWindow(
    browser,
    `${sandbox.workplace}/?person=jonas.berg&view=meeting&item=${meeting.jonas}`,
  );
  await untilShown(other.page);
  await readmePicture(
    browser,
    'meeting',
    `person=ingrid.solberg&view=meeting&item=${meeting.ingrid}`,
    (frame) => chooseItem(frame, 3),
  );
} finally {
  await browser.close();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
}
writeFileSync(join(out, 'index.html'), indexPage(taken));
for (const complaint of new Set(complaints)) console.log(`console: ${complaint}`);
console.log(`${taken.length} pictures: ${join(out, 'index.html')}`);
process.exitCode = complaints.length === 0 ? 0 : 1;

async function takeAll(window: Browser, places: Shown[]): Promise<void> {
  for (const { name, query } of places.filter(
    (place) => wanted.length === 0 || wanted.includes(place.name),
  )) {
    for (const language of languages) await takeOne(window, name, query, language);
    console.log(`  ${name}`);
  }
}

/** One load for a language; theme and width change under the open page, as in Teams. */
async function takeOne(window: Browser, name: string, query: string, language: Language): Promise<void> {
  const { page, context, errors } = await openWindow(
    window,
    `${sandbox.workplace}/?${query}&lang=${language}`,
  );
  // Tall, so that the frame shows what one would scroll to.
  await page.setViewportSize({ width: 1400, height: 1800 });
  const frame = page.locator(appFrame);
  try {
    await untilShown(page);
  } catch (error) {
    await page.screenshot({ path: join(out, `${name}-${language}-not-shown.png`) });
    throw new Error(`${name} in ${language} never came: ${errors.join('; ')}`, { cause: error });
  }
  for (const theme of themes) {
    await changeTheme(page, theme);
    for (const width of widths) {
      await frame.evaluate((element, size) => {
        element.style.width = `${size}px`;
        element.style.flex = '1 0 auto';
        // The pane around it would else cut what is wider than Outlook or Teams give.
        for (let box = element.parentElement; box !== null; box = box.parentElement)
          box.style.overflow = 'visible';
        const aside = element.closest<HTMLElement>('aside');
        if (aside !== null) aside.style.width = `${size}px`;
      }, width);
      await untilShown(page);
      const file = `${name}-${language}-${theme}-${width}.png`;
      await frame.screenshot({ path: join(out, file), animations: 'disabled' });
      taken.push(file);
    }
  }
  complaints.push(...errors.map((error) => `${name} ${language}: ${error}`));
  await context.close();
}

async function readmePicture(
  window: Browser,
  name: string,
  query: string,
  act: (frame: FrameLocator) => Promise<void>,
): Promise<void> {
  const { page, context } = await openWindow(window, `${sandbox.workplace}/?${query}&lang=en`);
  await page.setViewportSize({ width: 1200, height: 760 });
  await untilShown(page);
  await act(page.frameLocator(appFrame));
  await untilShown(page);
  await page.screenshot({
    path: join(root, 'docs', 'images', `${name}.png`),
    animations: 'disabled',
  });
  await context.close();
}

/** The page in the frame has read what it shows, and nothing moves any more. */
async function untilShown(page: Page): Promise<void> {
  const handle = await page.waitForSelector(appFrame);
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error('the frame shows nothing');
  await frame.waitForSelector('h1, h2, [role=alert]');
  await frame.waitForFunction(
    () =>
      document.querySelector('.fui-Spinner') === null &&
      document
        .getAnimations()
        .every(
          ({ effect, playState }) =>
            playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
        ),
  );
}

async function chooseItem(frame: FrameLocator, index: number): Promise<void> {
  await frame.getByRole('combobox').first().selectOption({ index });
  await frame.getByText('Saved', { exact: true }).waitFor();
}

async function changeTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => {
    const url = new URL(window.location.href);
    url.searchParams.set('theme', name);
    window.history.replaceState(null, '', url);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, theme);
}

function indexPage(files: string[]): string {
  const figures = files.map(
    (file) =>
      `<figure><img src="${file}" loading="lazy" alt=""><figcaption>${file.replace('.png', '')}</figcaption></figure>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Medspill: screens</title>
<style>body{font:14px system-ui;display:flex;flex-wrap:wrap;gap:16px;background:#777}figure{margin:0}img{max-width:480px}</style>
${figures.join('\n')}
</html>
`;
}
