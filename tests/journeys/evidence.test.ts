// Ida prepares on a screen of 320 px: five figures from her sales report and a customer's words. Henrik, her manager,
// sees them when both are ready, and his reaction guide asks nothing of anybody.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prep } from '../../domain/content/sections/prep.ts';
import { reactions } from '../../domain/content/sections/reactions.ts';
import { say, type Text } from '../../domain/content/text.ts';
import { evidenceTexts } from '../../domain/content/texts/evidence.ts';
import { prepareTexts } from '../../domain/content/texts/prepare.ts';
import { reportTexts } from '../../domain/content/texts/report.ts';
import { runTexts } from '../../domain/content/texts/run.ts';
import { savingTexts } from '../../domain/content/texts/saving.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { samplesDir } from '../../sandbox/sample-reports.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { textsIn } from '../../sandbox/workplace/page/src/texts.ts';
import { type Actor, actorIn } from '../api/person.ts';
import { launchBrowser } from '../browser.ts';
import { startCheckedSandbox } from '../checked-sandbox.ts';
import { type Colleague, openColleague } from './workday.ts';

const t = (text: Text, values?: Record<string, string | number>) => say(text, 'nb', values);
const canary = 'KANARI-IDA: Endelig en selger som hører etter';
const figures = ['Saker', 'Vunnet', 'Tapt', 'Vunnet av avgjorte', 'Sum vunnet'];

let dataDir: string;
let sandbox: Sandbox;
let browser: Browser;
let ida: Colleague;
let henrik: Colleague;
let idaCalls: Actor;
let henrikCalls: Actor;
let reviewId: ReviewId;
const errors: string[] = [];
/** Everything that Ida's window has sent anywhere. */
const sent: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medspill-evidence-'));
  sandbox = await startCheckedSandbox({ dataDir, quiet: true });
  await sandbox.moveClock('2027-01-04T08:00:00Z');
  [idaCalls, henrikCalls] = [actorIn(sandbox, 'Ida'), actorIn(sandbox, 'Henrik')];
  const { sellers } = await henrikCalls.ok('listSellers', {});
  const sellerId = sellers.find(({ person }) => person.firstName === 'Ida')?.person.id;
  if (sellerId === undefined) throw new Error('Ida is no seller of Henrik’s');
  const pairId = randomUUID();
  await henrikCalls.ok('book', {
    body: {
      bookingId: pairId,
      sellerId,
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      time: '10:00',
      zone: 'Europe/Oslo',
      minutes: 60,
      firstMonth: '2027-01',
    },
  });
  await sandbox.processAll();
  await idaCalls.ok('confirmPair', { params: { pairId } });
  const { reviews } = await idaCalls.ok('listReviews', { params: { pairId } });
  const first = reviews.find(({ month }) => month === '2027-01');
  if (first === undefined) throw new Error('The booking has made no review');
  reviewId = first.id;
  const moment = {
    ...{ id: randomUUID(), situation: 'Møtet med Fjordglimt', behaviour: 'Spurte om prisen tre ganger' },
    impact: 'Kunden ble stille',
  };
  await henrikCalls.ok('addMoment', { params: { pairId }, body: moment as never });
  browser = await launchBrowser();
  const open = (name: string, person: string) =>
    openColleague(browser, `${sandbox.workplace}/?person=${person}&lang=nb&frame=cross`, {
      ...{ id: '', name, language: 'nb', errors },
      w: textsIn('nb'),
    });
  ida = await open('ida', 'ida.moe');
  henrik = await open('henrik', 'henrik.dahl');
  ida.page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The preparation in a frame as wide as Teams' side panel, or a narrow phone. */
async function openPreparation(colleague: Colleague): Promise<void> {
  await colleague.go(`&view=teams&sub=review/${reviewId}/prepare`);
  await colleague.tab.getByRole('heading', { name: t(evidenceTexts.title), exact: true }).waitFor();
  await colleague.page.locator(`iframe[title="${textsIn('nb')('tabTitle')}"]`).evaluate((frame) => {
    frame.style.width = '320px';
    frame.style.flex = '1 0 auto';
  });
}

/** SuperOffice's file, with a column that no guess knows and a row that somebody has broken. */
async function brokenReport(): Promise<Buffer> {
  const bytes = await readFile(join(samplesDir, 'superoffice.csv'));
  const lines = bytes.toString('latin1').replace('Beløp', 'Ordresum').split('\r\n');
  lines[4] = (lines[4] ?? '').replace(/\d[\d\u00a0]*,\d\d/, 'avtales');
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

const tray = () => ida.tab.getByRole('region', { name: t(evidenceTexts.title), exact: true });
const chosen = (of: number) =>
  tray().getByText(t(evidenceTexts.figureCount, { count: of, of: 5 }), { exact: true });

async function openReport(): Promise<void> {
  await tray()
    .getByRole('button', { name: t(evidenceTexts.addUnder, { heading: 'styrker' }) })
    .click();
  await tray()
    .getByRole('button', { name: t(evidenceTexts.addReport) })
    .click();
  await tray().getByText(t(reportTexts.private)).waitFor();
  const files = { name: 'salg.csv', mimeType: 'text/csv', buffer: await brokenReport() };
  await tray().getByLabel(t(reportTexts.file)).setInputFiles(files);
  await tray()
    .getByText(t(reportTexts.read, { name: 'salg.csv', count: 60 }))
    .waitFor();
}

test('five figures come from a report that stays where it is', { timeout: 120_000 }, async () => {
  await openPreparation(ida);
  await openReport();
  const amount = tray().getByLabel(t(reportTexts.role_amount), { exact: true });
  expect(await amount.inputValue()).toBe('');
  await amount.selectOption('Ordresum');
  await tray().getByText('Linje 5, Ordresum: «avtales» er ikke et tall').waitFor();
  await ida.look('report-faults');
  expect(
    await tray()
      .getByRole('group', { name: t(reportTexts.figures) })
      .count(),
    'nothing half-read',
  ).toBe(0);
  await tray()
    .getByRole('button', { name: t(reportTexts.leaveOut) })
    .click();
  expect(await tray().getByLabel(t(reportTexts.whose)).inputValue()).toBe('Ida Moe');

  for (const figure of figures)
    await tray()
      .getByRole('checkbox', { name: new RegExp(`^${figure}\\s?[\\d]`) })
      .check();
  const sixth = tray().getByRole('checkbox', { name: /^Åpne/ }).first();
  await sixth.click();
  await tray().getByText(t(evidenceTexts.figuresFull)).waitFor();
  expect(await sixth.isChecked()).toBe(false);
  await ida.look('report-figures');
  await tray()
    .getByRole('button', { name: t(reportTexts.add), exact: true })
    .click();
  await chosen(5).waitFor();

  // A sixth by hand is refused as well, and by the service to whoever asks it directly.
  await tray()
    .getByRole('button', { name: t(evidenceTexts.addUnder, { heading: 'styrker' }) })
    .click();
  await tray()
    .getByRole('button', { name: t(evidenceTexts.addFigure), exact: true })
    .click();
  await tray().getByText(t(evidenceTexts.figuresFull)).waitFor();
  await tray()
    .getByRole('button', { name: t(evidenceTexts.addQuote) })
    .click();
  await tray().getByLabel(t(evidenceTexts.quoteWords)).fill(canary);
  await ida.tab.getByText(t(savingTexts.saved), { exact: true }).waitFor();
  const { mine } = await idaCalls.ok('getReview', { params: { reviewId } });
  expect(
    Object.values(mine.evidence ?? {}).map((item) => ('label' in item ? item.label : item.kind)),
  ).toEqual([...['Saker', 'Vunnet', 'Tapt', 'Vunnet av avgjorte', 'Sum vunnet'], 'quote']);
  const sixFigures = {
    ...mine,
    evidence: {
      ...mine.evidence,
      '01940000-0000-7000-8000-000000000006': {
        ...{ kind: 'figure', label: 'Sjette', value: '6', under: 'strength', ready: false },
      },
    },
  };
  await idaCalls.refused(
    'savePreparation',
    { params: { reviewId }, body: sixFigures } as never,
    'limit_reached',
  );

  // Customers and colleagues stand on every line of the report.
  expect(sent.length).toBeGreaterThan(10);
  for (const word of ['Havneplan', 'Owen Power', 'Ordresum', 'avtales']) {
    expect(
      sent.filter((text) => text.includes(word)),
      word,
    ).toEqual([]);
  }
});

test('they stand after a reload, and the column is remembered', { timeout: 60_000 }, async () => {
  await openPreparation(ida);
  await chosen(5).waitFor();
  for (const figure of figures) await tray().getByRole('group', { name: figure, exact: true }).waitFor();
  expect(await tray().getByLabel(t(evidenceTexts.quoteWords)).inputValue()).toBe(canary);
  await ida.look('tray');
  await openReport();
  expect(await tray().getByLabel(t(reportTexts.role_amount), { exact: true }).inputValue()).toBe('4');
  await tray()
    .getByRole('button', { name: t(reportTexts.close) })
    .click();
});

test('a moment and a link are laid under what could be better', { timeout: 60_000 }, async () => {
  const under = t(evidenceTexts.improvement);
  const add = async (kind: Text) => {
    await tray()
      .getByRole('button', { name: t(evidenceTexts.addUnder, { heading: under.toLowerCase() }) })
      .click();
    await tray()
      .getByRole('button', { name: t(kind), exact: true })
      .click();
  };
  await add(evidenceTexts.addMoment);
  await tray()
    .getByRole('button', { name: /Spurte om prisen tre ganger/ })
    .click();
  await tray().getByText('Kunden ble stille').waitFor();
  await add(evidenceTexts.addLink);
  await tray().getByLabel(t(evidenceTexts.linkTitle)).fill('Notater');
  const address = tray().getByLabel(t(evidenceTexts.linkAddress));
  await address.fill('javascript:alert(1)');
  await tray().getByText(t(evidenceTexts.linkWrong)).waitFor();
  await address.fill('https://nordvik.sharepoint.example/notater');
  await expect
    .poll(async () => (await kindsOf('improvement')).join(), { timeout: 10_000 })
    .toBe('moment,link');
  const link = tray().getByRole('group', { name: 'Notater', exact: true });
  await link
    .getByRole('button', {
      name: t(evidenceTexts.moveItem, { heading: t(evidenceTexts.strength), item: 'Notater' }),
    })
    .click();
  await expect.poll(async () => (await kindsOf('improvement')).join(), { timeout: 10_000 }).toBe('moment');
  await link.getByRole('button', { name: t(evidenceTexts.removeItem, { item: 'Notater' }) }).click();
  await expect
    .poll(async () => (await kindsOf('strength')).filter((kind) => kind === 'link'), { timeout: 10_000 })
    .toEqual([]);
});

async function kindsOf(under: string): Promise<string[]> {
  const { mine } = await idaCalls.ok('getReview', { params: { reviewId } });
  return Object.values(mine.evidence ?? {}).flatMap((item) => (item.under === under ? [item.kind] : []));
}

test('a word that is reloaded away, or left for another app, is there on every device', {
  timeout: 60_000,
}, async () => {
  const [proud, need] = ['sp_proud', 'sp_need'].map(questionNamed);
  await openPreparation(ida);
  await ida.tab.getByLabel(proud ?? '', { exact: true }).fill('Skrevet rett før siden ble lastet på nytt');
  await ida.page.reload();
  const field = ida.tab.getByLabel(proud ?? '', { exact: true });
  await expect
    .poll(() => field.inputValue(), { timeout: 10_000 })
    .toBe('Skrevet rett før siden ble lastet på nytt');
  await expect
    .poll(async () => (await ownAnswers()).sp_proud?.text, { timeout: 10_000 })
    .toContain('rett før');

  const app = ida.page.frames().find((frame) => frame.parentFrame() !== null);
  if (app === undefined) throw new Error('The tab has no frame');
  await ida.tab.getByLabel(need ?? '', { exact: true }).fill('Skrevet rett før telefonen ringte');
  // Timers of a page that is put away stand still: only what is sent at once arrives.
  const left = ida.page.waitForRequest((request) => request.method() === 'PUT');
  await app.evaluate(() => {
    globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect((await left).postData()).toContain('telefonen ringte');
  await expect
    .poll(async () => (await ownAnswers()).sp_need?.text, { timeout: 10_000 })
    .toContain('telefonen');
});

async function ownAnswers() {
  return (await idaCalls.ok('getReview', { params: { reviewId } })).mine.answers;
}

function questionNamed(key: string): string {
  const found = prep.seller_practical.find((question) => question.key === key);
  if (found === undefined) throw new Error(`no question ${key}`);
  return t(found.text);
}

test('the other sees them when both are ready, and not a word before', { timeout: 60_000 }, async () => {
  const answer = async (actor: Actor, keys: string[]) => {
    const { mine } = await actor.ok('getReview', { params: { reviewId } });
    const answers = Object.fromEntries(keys.map((key) => [key, { text: 'Svar', ready: true }]));
    const body = { rev: mine.rev, answers, ratings: {} };
    await actor.ok('savePreparation', { params: { reviewId }, body: body as never });
  };
  await answer(henrikCalls, ['mp_outcome', 'mp_stage', 'mp_strength', 'mm_state', 'mm_style', 'mm_message']);
  await answer(idaCalls, ['sp_wish', 'sp_proud', 'sp_stage', 'sm_mind', 'sm_feedback', 'sm_manager']);
  await openPreparation(ida);
  await ida.tab.getByRole('button', { name: t(prepareTexts.markAll) }).click();
  await ida.tab.getByRole('button', { name: t(prepareTexts.iAmReady) }).click();
  await ida.tab.getByRole('button', { name: t(prepareTexts.takeBackReady) }).waitFor();

  await openPreparation(henrik);
  const secrets = ['KANARI-IDA', 'Vunnet av avgjorte', 'Sum vunnet'];
  expect(henrik.heard.length).toBeGreaterThan(0);
  for (const secret of secrets) {
    expect(
      [...henrik.heard, ...henrikCalls.heard].filter((text) => text.includes(secret)),
      secret,
    ).toEqual([]);
  }
  await henrik.tab.getByRole('button', { name: t(prepareTexts.iAmReady) }).click();
  await henrik.tab.getByRole('heading', { name: t(evidenceTexts.othersTitle, { name: 'Ida' }) }).waitFor();
  await henrik.tab.getByText(canary).waitFor();
  await henrik.tab.getByText('Vunnet av avgjorte').waitFor();

  // In the meeting they are at hand where the numbers are talked about.
  await henrik.tab.getByRole('link', { name: t(shellTexts.run), exact: true }).click();
  await henrik.tab.getByLabel(t(runTexts.allItems)).selectOption('numbers');
  await henrik.tab.getByRole('heading', { name: t(evidenceTexts.othersTitle, { name: 'Ida' }) }).waitFor();
  await henrik.tab.getByText('Vunnet av avgjorte').waitFor();
});

test('opening a reaction card, or the one of presence, asks nothing of anybody', async () => {
  await openPreparation(henrik);
  const { tab, page } = henrik;
  const cards = [...reactions.map(({ title }) => t(title)), t(prepareTexts.presence)];
  await tab.getByRole('button', { name: cards[0] ?? '', exact: true }).waitFor();
  const app = page.frames().find((frame) => frame.parentFrame() !== null);
  if (app === undefined) throw new Error('The tab has no frame');
  await page.waitForLoadState('networkidle');
  // The page asks for the other's readiness now and then, but only while somebody looks at it.
  await app.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }));
  const asked: string[] = [];
  page.on('request', (request) => request.frame() === app && asked.push(request.url()));
  const stored = await app.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const card of cards) {
    const button = tab.getByRole('button', { name: new RegExp(`^${card}`) });
    await button.click();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
  }
  const open = await tab.getByText(t(prepareTexts.firstMinute), { exact: true }).count();
  expect(open).toBe(reactions.length);
  expect(asked).toEqual([]);
  expect(await app.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe(stored);
});

test('no console has complained', () => {
  expect(errors).toEqual([]);
});
