// axe-core on a page and on every frame in it, each judged on its own: frames of other origins cannot be reached from
// the page around them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Axe = {
  run(
    context: { exclude: string[] },
    options: { runOnly: string[]; iframes: boolean },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
};

export async function expectAccessible(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    if (frame.isDetached() || !frame.url().startsWith('http')) continue;
    expect(await violationsIn(frame), frame.url()).toEqual([]);
    // Reflow (WCAG 1.4.10): nothing sticks out of a side panel of 320 px.
    expect(await frame.evaluate(stickingOut), frame.url()).toBe(0);
  }
}

function stickingOut(): number {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

async function violationsIn(frame: Frame): Promise<string[]> {
  // Colours that are on their way are nobody's colours.
  await frame.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  // A dialog that is closing hides the page behind it until it has gone.
  await frame.waitForFunction(() => document.querySelector('#root[aria-hidden="true"]') === null);
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  return frame.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: Axe };
    const result = await axe.run({ exclude: ['[data-tabster-dummy]'] }, { runOnly, iframes: false });
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  }, tags);
}
