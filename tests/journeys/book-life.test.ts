// What the two do with a series in their browsers: the whole team booked, stopped in the middle and undone; one pair
// moved, given an extra review, paused for an absence, with the seller's own time set aside; ended.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bookTexts } from '../../domain/content/texts/book.ts';
import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { actorIn } from '../api/person.ts';
import { ids, startWorkday, type Workday } from './workday.ts';

let day: Workday;
beforeAll(async () => {
  day = await startWorkday('nb');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture('failed');
});
afterAll(() => day?.close());

const year = [Date.parse('2027-01-01'), Date.parse('2028-01-31')] as const;
/** Series of reviews in Ingrid's calendar, by their subjects. */
function series(): string[] {
  const standing = day.sandbox.graphServer.state
    .calendar(ids.ingrid, ...year)
    .filter(({ subject, isCancelled }) => /Solberg$| og Ingrid| and Ingrid/.test(subject) && !isCancelled);
  return [...new Set(standing.map(({ subject }) => subject))].sort();
}
const starts = (person: string, about: RegExp) =>
  day.sandbox.graphServer.state
    .calendar(person, ...year)
    .filter(({ subject, isCancelled }) => about.test(subject) && !isCancelled)
    .map(({ start }) => new Date(start).toISOString())
    .sort();

test('a whole team is booked, stopped in the middle, gone on with, and undone', {
  timeout: 180_000,
}, async () => {
  const { ingrid, t, sandbox } = day;
  const { tab } = ingrid;
  const button = (text: string) => tab.getByRole('button', { name: text, exact: true });
  await ingrid.go('&view=teams&sub=book-team');
  const bookAll = tab.getByRole('button', { name: /^Book \d+ serier$/ });
  await bookAll.waitFor({ timeout: 60_000 });
  await ingrid.look('team-plan');
  const all = Number(/\d+/.exec((await bookAll.textContent()) ?? '')?.[0]);
  expect(all).toBeGreaterThan(5);
  // Slow enough that the click to stop meets a booking under way.
  await sandbox.setFaults({ graph: { latencyMs: 60 } });
  await bookAll.click();
  await button(t(bookTexts.pause)).click();
  await button(t(bookTexts.goOn)).waitFor({ timeout: 60_000 });
  const booked = series().length;
  expect(booked).toBeGreaterThan(0);
  expect(booked).toBeLessThan(all);
  await ingrid.look('team-stopped');
  await sandbox.clearFaults();
  await button(t(bookTexts.goOn)).click();
  await tab.getByRole('heading', { name: t(bookTexts.teamBooked) }).waitFor({ timeout: 120_000 });
  expect(series()).toHaveLength(all);
  await ingrid.look('team-booked');

  await button(t(bookTexts.undoAll)).click();
  await tab
    .getByRole('dialog')
    .getByRole('button', { name: t(bookTexts.undo), exact: true })
    .click();
  await tab
    .getByRole('heading', { name: t(followUpTexts.teamTitle) })
    .or(tab.getByText(t(followUpTexts.firstRun)))
    .first()
    .waitFor({ timeout: 60_000 });
  await sandbox.processAll();
  expect(series()).toEqual([]);
  expect(starts(ids.jonas, /^Utviklingssamtale:/)).toEqual([]);
});

test('one series: another time, an extra review, an absence, own time, the end', {
  timeout: 180_000,
}, async () => {
  const { ingrid, jonas, t, sandbox } = day;
  const lead = actorIn(sandbox, 'Ingrid');
  const bookingId = randomUUID();
  await lead.ok('book', {
    body: {
      bookingId,
      sellerId: ids.jonas,
      pattern: { kind: 'weekday', week: 'first', weekday: 'wednesday' },
      time: '10:00',
      zone: 'Europe/Oslo',
      minutes: 45,
      firstMonth: '2027-01',
    },
  });
  await sandbox.processAll();
  await actorIn(sandbox, 'Jonas').ok('confirmPair', { params: { pairId: bookingId } });
  await jonas.go('&view=teams');
  const own = jonas.tab.getByRole('button', { name: t(bookTexts.setAside), exact: true });
  await own.waitFor();
  await jonas.look('own-time-offer');
  await own.click();
  await jonas.tab.getByRole('switch', { name: t(bookTexts.privateBlocks) }).waitFor();
  expect(starts(ids.jonas, /^(Forberedelse|Egen refleksjon)/).length).toBeGreaterThanOrEqual(5);
  await jonas.look('own-time');

  await ingrid.go(`&view=teams&sub=${encodeURIComponent(`pair/${bookingId}`)}`);
  const { tab } = ingrid;
  const button = (text: string) => tab.getByRole('button', { name: text, exact: true });
  const dialog = tab.getByRole('dialog');
  const confirm = (text: string) => dialog.getByRole('button', { name: text, exact: true }).click();

  await button(t(bookTexts.moveMonth)).click();
  await dialog.getByRole('button', { name: t(bookTexts.findTimes) }).click();
  await dialog.getByText(t(bookTexts.otherTimes)).waitFor();
  await ingrid.picture('other-times');
  await dialog.getByRole('button', { name: /2027/ }).first().click();
  await confirm(t(bookTexts.move));
  await dialog.waitFor({ state: 'hidden' });

  await button(t(bookTexts.moreChoices)).click();
  await ingrid.look('more-choices');
  await button(t(bookTexts.extra)).click();
  await dialog.getByLabel(t(bookTexts.newDate)).fill('2027-01-20');
  await ingrid.picture('extra-review');
  await confirm(t(bookTexts.bookExtra));
  await dialog.waitFor({ state: 'hidden' });
  await sandbox.processAll();
  expect(
    starts(ids.jonas, /^Utviklingssamtale:/).filter((start) => start.startsWith('2027-01')),
  ).toHaveLength(2);

  await button(t(bookTexts.tellAbsence)).click();
  await dialog.getByLabel(t(bookTexts.firstDayAway)).fill('2027-02-01');
  await dialog.getByLabel(t(bookTexts.lastDayAway)).fill('2027-03-31');
  await ingrid.picture('absence');
  await confirm(t(bookTexts.tell));
  await button(t(bookTexts.removeAbsence)).waitFor();
  await ingrid.look('absent');
  const months = starts(ids.jonas, /^Utviklingssamtale:/).map((start) => start.slice(0, 7));
  expect(months).not.toContain('2027-02');
  expect(months).not.toContain('2027-03');

  // The seller's own time follows when the seller is here again.
  await jonas.go('&view=teams');
  await jonas.tab.getByText(/^Du er borte fra/).waitFor();
  await expect
    .poll(() =>
      starts(ids.jonas, /^Egen refleksjon/)
        .map((start) => start.slice(0, 7))
        .includes('2027-02'),
    )
    .toBe(false);
  await jonas.look('away');

  await button(t(bookTexts.stopSeries)).click();
  await confirm(t(bookTexts.stop));
  await dialog.waitFor({ state: 'hidden' });
  await sandbox.processAll();
  expect(starts(ids.jonas, /^Utviklingssamtale:/)).toEqual([]);
  day.expectQuiet();
});
