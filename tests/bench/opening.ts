// Opening the side panel: how much script its first screen has, and how long until the form's first field takes typing
// on a slow device and a slow line, beside a bare React page and a plain Fluent page that are built here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';
import { buildPage, serve } from './site.ts';

const root = join(import.meta.dirname, '..', '..');
const tab = join(root, 'tab', 'dist');
const assets = join(tab, 'assets');
/** A telephone's line and a laptop of some years: 1.6 Mbps each way, 150 ms there and back, a quarter of the speed. */
const line = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const slower = 4;
const rounds = 9;

export async function rows(): Promise<BenchRow[]> {
  const folders = {
    panel: tab,
    react: await buildPage('opening-react'),
    fluent: await buildPage('opening-fluent'),
  };
  const pages = { panel: 'meeting.html', react: 'index.html', fluent: 'index.html' };
  const browser = await launchBrowser();
  const took = { panel: [] as number[], react: [] as number[], fluent: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of ['react', 'panel', 'fluent'] as const) {
        const site = await serve(folders[name]);
        took[name].push(await untilTyping(browser, `${site.url}/${pages[name]}`));
        site.close();
      }
    }
  } finally {
    await browser.close();
  }
  // Line and processor are held to a speed: whatever else the machine does only adds, so the quickest round counts.
  const panel = Math.min(...took.panel);
  const react = Math.min(...took.react);
  const fluent = Math.min(...took.fluent);
  return [
    {
      name: 'opening: the first field takes typing (floor: bare React; peer: plain Fluent)',
      value: rounded(panel),
      unit: 'ms',
      floor: rounded(react),
      peer: rounded(fluent),
      ratio: rounded(panel / react),
      goal: '≤ 0.4 × a bare React page',
      holds: panel / react <= 0.4,
    },
    ...sizes(),
  ];
}

/** What an address loads as it opens, and what its own first page asks for then. */
function sizes(): BenchRow[] {
  const panel = closureOf(scriptsIn('meeting.html'));
  const firstScreen = kilobytes(panel);
  const withPage = (page: string, name: string) => kilobytes(closureOf([...scriptsIn(page), chunk(name)]));
  return [
    {
      name: 'opening: script of the side panel’s first screen',
      value: firstScreen,
      unit: 'KB gzip',
      goal: '≤ 160 KB',
      holds: firstScreen <= 160,
    },
    {
      name: 'opening: the same, and what makes the form live',
      value: withPage('meeting.html', 'live-engine'),
      unit: 'KB gzip',
    },
    { name: 'opening: script of the home page', value: withPage('index.html', 'home-page'), unit: 'KB gzip' },
    {
      name: 'opening: script of the booking page',
      value: withPage('index.html', 'book-page'),
      unit: 'KB gzip',
    },
    {
      name: 'opening: script of the task pane',
      value: withPage('outlook.html', 'task-pane'),
      unit: 'KB gzip',
    },
  ];
}

function chunk(name: string): string {
  const file = readdirSync(assets).find((one) => one.startsWith(`${name}-`) && one.endsWith('.js'));
  if (file === undefined) throw new Error(`the built tab has no ${name}`);
  return file;
}

/** The module of a page and those that it is told to fetch beforehand. */
function scriptsIn(page: string): string[] {
  const html = readFileSync(join(tab, page), 'utf8');
  return [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, file = '']) => file);
}

/** These files and all that they import before they run. */
function closureOf(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(assets, file), 'utf8');
    for (const [, next = ''] of text.matchAll(/(?:from|import)\s*[`"']\.\/([\w-]+\.js)[`"']/g)) add(next);
  };
  for (const file of files) add(file);
  return found;
}

function kilobytes(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(assets, file))).length;
  return Math.round(bytes / 100) / 10;
}

/** Milliseconds from the start of the navigation to the first frame with a field that takes a key. */
async function untilTyping(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 320, height: 720 }, locale: 'nb-NO' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(() => {
    const look = () => {
      const field = document.querySelector('textarea');
      if (field === null || field.getClientRects().length === 0) requestAnimationFrame(look);
      else document.documentElement.dataset.fieldAt = String(performance.now());
    };
    requestAnimationFrame(look);
  });
  await page.goto(url, { waitUntil: 'commit' });
  const marked = page.locator('html[data-field-at]');
  await marked.waitFor({ state: 'attached' });
  const at = Number(await marked.getAttribute('data-field-at'));
  await page.locator('textarea').focus();
  await page.keyboard.type('x');
  if ((await page.locator('textarea').inputValue()) !== 'x') throw new Error(`${url} takes no typing`);
  await context.close();
  return at;
}
