// The workplace page as people use it: Outlook by hand, the tab in Teams' frames, the add-in in Outlook's task pane.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { teamsAppId } from '../../sandbox/people.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { launchBrowser, openWindow, type Watched } from '../browser.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';

/** A Monday morning in Oslo. */
const monday = '2027-01-11T07:00:00Z';
const jonasId = '00000000-0000-4000-8000-000000000011';
const ingridId = '00000000-0000-4000-8000-000000000010';

let dataDir: string;
let sandbox: Sandbox;
let browser: Browser;
let windows: Watched[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medspill-workplace-'));
  sandbox = await startCheckedSandbox({ dataDir, quiet: true });
  await sandbox.moveClock(monday);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  await rm(dataDir, { recursive: true, force: true });
});
afterEach(async () => {
  // An appointment that is no review: the add-in asks, and the browser complains of the 404.
  const errors = windows
    .flatMap((window) => window.errors)
    .filter((error) => !error.includes('/api/appointments?'));
  for (const { context } of windows) await context.close();
  windows = [];
  expect(errors).toEqual([]);
});

async function open(query: string): Promise<Page> {
  const window = await openWindow(browser, `${sandbox.workplace}/${query}`);
  windows.push(window);
  return window.page;
}

async function expectAccessible(page: Page): Promise<void> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  // Colours that are on their way are nobody's colours.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  const violations = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe has put itself on the window just now.
    const { axe } = window as any;
    const result = await axe.run(
      { exclude: ['[data-tabster-dummy]', 'iframe[title="Medspill i Teams"]', 'aside iframe'] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    );
    return result.violations.map(
      (violation: { id: string; nodes: { html: string }[] }) =>
        `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  });
  expect(violations, page.url()).toEqual([]);
}

/** The frame with the tab or the pane, once the page in it has loaded. */
async function frameOf(page: Page, selector: string): Promise<Frame> {
  const handle = await page.waitForSelector(selector);
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error(`${selector} is no frame`);
  await frame.waitForSelector('#root *');
  return frame;
}

const tabFrame = (page: Page) => frameOf(page, 'iframe[title="Medspill i Teams"]');
const paneFrame = (page: Page) => frameOf(page, 'iframe[title="Tillegget Medspill"]');

test('whom one picks stands in the address, and stays over a reload', async () => {
  const page = await open('');
  await expectAccessible(page);
  await page.getByRole('link', { name: /Ingrid Solberg/ }).click();
  await page.getByRole('heading', { name: /Januar 2027 · Uke 2/ }).waitFor();
  expect(page.url()).toContain('person=ingrid.solberg');
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Måned' }).click();
  await page.getByRole('button', { name: 'Neste' }).click();
  await page.getByRole('heading', { name: 'Februar 2027' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Februar 2027' }).waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Innstillinger' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'February 2027' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test('a meeting made by hand: invitation, answer, proposal, move and cancellation reach the other', async () => {
  const ingrid = await open('?person=ingrid.solberg');
  await ingrid.getByRole('button', { name: 'Ny avtale' }).click();
  await ingrid.getByLabel('Emne').fill('Kaffe og status');
  await ingrid.getByRole('combobox', { name: 'Deltakere' }).click();
  await ingrid
    .getByRole('menuitemcheckbox', { name: 'Jonas Berg' })
    .or(ingrid.getByRole('option', { name: 'Jonas Berg' }))
    .click();
  await ingrid.keyboard.press('Escape');
  await ingrid.getByLabel('Tid', { exact: true }).fill('2027-01-13');
  await ingrid.getByLabel('Start').fill('13:00');
  await ingrid.getByLabel('Slutt').fill('13:45');
  await ingrid.getByRole('button', { name: 'Send' }).click();
  await ingrid.getByRole('button', { name: /Kaffe og status/ }).waitFor();

  const jonas = await open('?person=jonas.berg&view=mail');
  await jonas.getByRole('button', { name: /Kaffe og status/ }).click();
  await expectAccessible(jonas);
  await jonas.getByRole('button', { name: 'Åpne i kalenderen' }).click();
  await jonas.getByText('Onsdag 13. januar 2027, 13:00–13:45').waitFor();
  await jonas.getByRole('button', { name: 'Godta' }).click();
  await jonas.getByText('Svaret ditt: Godtatt').waitFor();
  await expectAccessible(jonas);

  await ingrid.getByRole('button', { name: /Kaffe og status/ }).click();
  await ingrid.getByText('Godtatt').waitFor();

  await jonas.getByRole('button', { name: 'Foreslå nytt tidspunkt' }).click();
  await jonas.getByRole('dialog').getByLabel('Start').fill('14:30');
  await jonas.getByRole('button', { name: 'Send' }).click();
  await ingrid.getByRole('button', { name: /Foreslår .*14:30/ }).click();
  await ingrid.getByText('Onsdag 13. januar 2027, 14:30–15:15').waitFor();
  await jonas.getByText('Onsdag 13. januar 2027, 14:30–15:15').waitFor();

  await ingrid.getByRole('button', { name: 'Avlys' }).click();
  await ingrid.getByRole('dialog').getByRole('button', { name: 'Avlys' }).click();
  await jonas.getByText('Avlyst', { exact: true }).waitFor();
  await jonas.getByRole('button', { name: 'Fjern fra kalenderen' }).click();
  await jonas.getByRole('button', { name: 'Ny avtale' }).waitFor();
  const left = sandbox.graphServer.state
    .calendar(jonasId, Date.parse('2027-01-13T00:00:00Z'), Date.parse('2027-01-14T00:00:00Z'))
    .filter((entry) => entry.subject.includes('Kaffe'));
  expect(left).toEqual([]);
});

test('both join the meeting, one adds the app, and its side panel knows the chat', async () => {
  const { state, actions } = sandbox.graphServer;
  const id = actions.create(ingridId, {
    subject: 'Prøvemøte',
    start: { dateTime: '2027-01-14T09:00:00', timeZone: 'Europe/Oslo' },
    end: { dateTime: '2027-01-14T10:00:00', timeZone: 'Europe/Oslo' },
    isOnlineMeeting: true,
    attendees: [
      { type: 'required', emailAddress: { address: 'jonas.berg@nordvik.example', name: 'Jonas Berg' } },
    ],
  });
  const thread = state.event(ingridId, id)?.meeting?.threadId ?? '';
  await expect
    .poll(() => state.chats(jonasId).find((chat) => chat.id === thread))
    .toMatchObject({ ready: true, hidden: true });

  const ingrid = await open('?person=ingrid.solberg&date=2027-01-14');
  await ingrid.getByRole('button', { name: /Prøvemøte/ }).click();
  await ingrid.getByRole('button', { name: 'Bli med', exact: true }).click();
  await ingrid.getByText('Jonas Berg · ikke her ennå').waitFor();
  await expect.poll(() => state.chats(jonasId).find((chat) => chat.id === thread)?.hidden).toBe(false);

  const jonas = await open('?person=jonas.berg&view=teams');
  await jonas.getByRole('button', { name: /Prøvemøte/ }).click();
  await jonas.getByRole('button', { name: 'Bli med', exact: true }).click();
  await ingrid.getByText('Jonas Berg', { exact: true }).waitFor();
  await jonas.getByRole('button', { name: 'Legg til Medspill' }).click();
  await tabFrame(jonas);
  // The other's window finds the app by itself.
  const panel = await tabFrame(ingrid);
  expect(new URL(panel.url()).origin).toBe(sandbox.tab);
  const frame = ingrid.locator('iframe[data-frame-context="sidePanel"]');
  expect((await frame.boundingBox())?.width).toBeCloseTo(319, -1);
  const context = await panel.evaluate(
    (target) =>
      new Promise<Record<string, string>>((resolve) => {
        window.addEventListener('message', ({ data }) => data.id === 7_002 && resolve(data.args[0]));
        window.parent.postMessage({ id: 7_002, func: 'getContext', args: [] }, target);
      }),
    sandbox.workplace,
  );
  expect(context).toMatchObject({
    frameContext: 'sidePanel',
    chatId: thread,
    userObjectId: ingridId,
    appId: teamsAppId,
    locale: 'nb-no',
    theme: 'default',
  });
  expect(atob(context.meetingId ?? '')).toContain(thread);
  await expectAccessible(ingrid);
});

test.each(['cross', 'same'])(
  'the tab signs in and follows theme and links in a frame of %s origin',
  async (frame) => {
    const page = await open(`?person=jonas.berg&view=teams&frame=${frame}`);
    const tab = await tabFrame(page);
    expect(new URL(tab.url()).origin).toBe(frame === 'cross' ? sandbox.tab : sandbox.workplace);
    await tab
      .getByRole('tab', { name: 'Hjem' })
      .or(tab.getByRole('link', { name: 'Hjem' }))
      .first()
      .waitFor();

    const ground = () =>
      tab.evaluate(() => {
        const element = document.querySelector('#root .fui-FluentProvider');
        return element === null ? '' : getComputedStyle(element).backgroundColor;
      });
    // The tab takes the focus when it has loaded, and a menu that loses it closes.
    await tab.getByRole('heading', { level: 1 }).first().waitFor();
    const light = await ground();
    await page.getByRole('button', { name: 'Innstillinger' }).click();
    await page.getByRole('menuitemradio', { name: 'Mørkt' }).click();
    await expect.poll(ground).not.toBe(light);
    await page.keyboard.press('Escape');

    // What teams-js sends for `app.openLink`, word for word.
    const context = encodeURIComponent(JSON.stringify({ subEntityId: 'records' }));
    const send = (link: string) =>
      tab.evaluate(
        ([target, url]) =>
          new Promise<unknown>((resolve) => {
            window.addEventListener('message', ({ data }) => data.id === 7_001 && resolve(data.args));
            window.parent.postMessage({ id: 7_001, func: 'executeDeepLink', args: [url] }, target ?? '');
          }),
        [sandbox.workplace, link],
      );
    expect(await send('javascript:alert(1)')).toEqual([false, 'The link leads nowhere here.']);
    expect(await send('https://teams.microsoft.com/l/entity/another-app/home')).toEqual([
      false,
      'The link leads nowhere here.',
    ]);
    // The page opens the tab anew, so that the answer may never be read.
    void send(`https://teams.microsoft.com/l/entity/${teamsAppId}/home?context=${context}`).catch(() => {});
    await page.waitForURL(/sub=records/);
    await tabFrame(page);
    await expectAccessible(page);
  },
);

type Office = {
  context: {
    displayLanguage: string;
    mailbox: {
      userProfile: { emailAddress: string };
      convertToRestId(id: string): string;
      item: Record<string, Record<string, (...args: unknown[]) => void>> & {
        saveAsync(callback: (result: Result) => void): void;
        closeAsync(options: object, callback: (result: Result) => void): void;
        getSharedPropertiesAsync?: (callback: (result: Result) => void) => void;
      };
    };
  };
};
type Result = { status: string; value: unknown };

/** Runs one Office.js call in the pane: `subject.setAsync`, `saveAsync`. */
function office(pane: Frame, path: string, ...args: unknown[]): Promise<Result> {
  return pane.evaluate(
    ([name, given]) =>
      new Promise<Result>((resolve) => {
        const { item } = (window as unknown as { Office: Office }).Office.context.mailbox;
        const [last = '', ...owners] = (name as string).split('.').reverse();
        let owner: Record<string, unknown> = item;
        for (const key of owners.reverse()) owner = owner[key] as Record<string, unknown>;
        (owner[last] as (...all: unknown[]) => void)(...(given as unknown[]), resolve);
      }),
    [path, args] as const,
  );
}

test('the task pane reads, changes, saves and discards the open draft through Office.js', async () => {
  const page = await open('?person=ingrid.solberg&item=new');
  const pane = await paneFrame(page);
  expect(new URL(pane.url()).origin).toBe(sandbox.tab);
  expect(
    await pane.evaluate(() => {
      const { context } = (window as unknown as { Office: Office }).Office;
      return [context.displayLanguage, context.mailbox.userProfile.emailAddress];
    }),
  ).toEqual(['nb-NO', 'ingrid.solberg@nordvik.example']);

  await page.getByLabel('Emne').fill('Fra Outlook');
  await expect
    .poll(() => office(pane, 'subject.getAsync'))
    .toMatchObject({ status: 'succeeded', value: 'Fra Outlook' });
  await office(pane, 'subject.setAsync', 'Fra tillegget');
  await expect.poll(() => page.getByLabel('Emne').inputValue()).toBe('Fra tillegget');
  await office(pane, 'requiredAttendees.setAsync', ['jonas.berg@nordvik.example']);
  await expect
    .poll(async () => (await office(pane, 'requiredAttendees.getAsync')).value)
    .toEqual([
      { displayName: 'Jonas Berg', emailAddress: 'jonas.berg@nordvik.example', recipientType: 'user' },
    ]);
  expect((await office(pane, 'recurrence.getAsync')).value).toBeNull();
  expect((await office(pane, 'getItemIdAsync')).status).toBe('failed');

  const saved = await office(pane, 'saveAsync');
  const restId = await pane.evaluate(
    (id) => (window as unknown as { Office: Office }).Office.context.mailbox.convertToRestId(id),
    String(saved.value),
  );
  const draft = sandbox.graphServer.state.event(ingridId, restId);
  expect(draft).toMatchObject({ subject: 'Fra tillegget', isDraft: true });
  // A draft mails nobody.
  expect(sandbox.graphServer.state.mails(jonasId).some((mail) => mail.subject === 'Fra tillegget')).toBe(
    false,
  );

  void office(pane, 'closeAsync', { discardItem: true }).catch(() => {});
  await page.getByText('Utkastet er forkastet.').first().waitFor();
  await page.getByRole('button', { name: 'Ny avtale' }).waitFor();
  expect(sandbox.graphServer.state.event(ingridId, restId)).toBeUndefined();
});

test("a draft in another's calendar shows as shared", async () => {
  const page = await open('?person=jonas.berg&item=new');
  const pane = await paneFrame(page);
  const isShared = (frame: Frame) =>
    frame.evaluate(
      () =>
        'getSharedPropertiesAsync' in (window as unknown as { Office: Office }).Office.context.mailbox.item,
    );
  expect(await isShared(pane)).toBe(false);
  await page.getByRole('combobox', { name: 'Kalender' }).click();
  await page.getByRole('option', { name: 'Ingrid Solberg' }).click();
  await page.getByText('Åpnet i en delt postboks').waitFor();
  await expect
    .poll(async () => {
      const frame = await paneFrame(page);
      return office(frame, 'getSharedPropertiesAsync').catch(() => undefined);
    })
    .toMatchObject({ status: 'succeeded', value: { owner: 'ingrid.solberg@nordvik.example' } });
});

test('the clock moves for everybody', async () => {
  const ingrid = await open('?person=ingrid.solberg');
  const jonas = await open('?person=jonas.berg');
  await jonas.getByRole('button', { name: /Klokken i sandkassen: man\. 11\. jan/ }).waitFor();
  await ingrid.getByRole('button', { name: /Klokken i sandkassen/ }).click();
  await expectAccessible(ingrid);
  await ingrid.getByRole('button', { name: '+1 dag' }).click();
  await ingrid.getByRole('button', { name: /Klokken i sandkassen: tir(s|)\. 12\. jan/ }).waitFor();
  await jonas.getByRole('button', { name: /Klokken i sandkassen: tir(s|)\. 12\. jan/ }).waitFor();
});

test('every view is accessible in the dark and in high contrast', async () => {
  const page = await open('');
  for (const theme of ['dark', 'contrast']) {
    for (const view of ['calendar', 'mail', 'activity', 'teams']) {
      await page.goto(`${sandbox.workplace}/?person=ingrid.solberg&view=${view}&theme=${theme}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      await expectAccessible(page);
    }
    await page.goto(`${sandbox.workplace}/?person=ingrid.solberg&item=new&theme=${theme}`);
    await paneFrame(page);
    await expectAccessible(page);
  }
});

test('only this page may act as the people here', async () => {
  const url = `${sandbox.workplace}/workplace/api/token`;
  const body = JSON.stringify({ person: ingridId, client: 'teams-web' });
  const foreign = await fetch(url, {
    method: 'POST',
    body,
    headers: { origin: 'https://elsewhere.example' },
  });
  expect(foreign.status).toBe(403);
  const own = await fetch(url, { method: 'POST', body, headers: { origin: sandbox.workplace } });
  expect(own.status).toBe(200);
  expect((await fetch(`${sandbox.workplace}/workplace/..%2f..%2fpackage.json`)).status).toBe(404);
  const framed = await fetch(`${sandbox.tab}/index.html`);
  expect(framed.headers.get('content-security-policy')).toContain(`frame-ancestors 'self'`);
  expect(framed.headers.get('content-security-policy')).toContain(sandbox.workplace);
});
