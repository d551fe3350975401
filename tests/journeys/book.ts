import { expect } from 'vitest';
import { bookTexts } from '../../domain/content/texts/book.ts';
import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { ids, type Workday } from './workday.ts';

/** Ingrid books from a new appointment in Outlook; Jonas confirms in Teams that she is his manager. */
export async function book({ sandbox, t, w, ingrid, jonas }: Workday): Promise<void> {
  await ingrid.go('');
  await ingrid.page.getByRole('button', { name: w('newAppointment') }).click();
  const { pane } = ingrid;
  await pane.getByRole('heading', { name: t(bookTexts.title) }).waitFor();
  await ingrid.look('new-appointment');
  await pane.getByRole('radio', { name: 'Jonas Berg' }).check();
  await pane
    .getByRole('group', { name: t(bookTexts.time) })
    .or(pane.getByRole('radiogroup', { name: t(bookTexts.time) }))
    .first()
    .waitFor();
  await ingrid.look('book-form');
  await pane.getByRole('button', { name: t(bookTexts.book), exact: true }).click();
  await pane.getByRole('heading', { name: t(bookTexts.bookedTitle, { name: 'Jonas' }) }).waitFor();
  await ingrid.look('booked');
  await ingrid.page.getByText(w('discarded')).first().waitFor();
  await sandbox.processAll();
  expectOneMeeting(sandbox);

  await jonas.go('&view=mail');
  await jonas.page
    .getByRole('button', { name: /Ingrid Solberg/ })
    .first()
    .click();
  await jonas.page.getByRole('button', { name: w('openInCalendar') }).waitFor();
  await jonas.look('invitation');

  await jonas.go('&view=teams');
  await jonas.tab.getByRole('button', { name: t(followUpTexts.confirm), exact: true }).waitFor();
  await jonas.look('confirm');
  await jonas.tab.getByRole('button', { name: t(followUpTexts.confirm), exact: true }).click();
  await jonas.tab.getByRole('button', { name: t(followUpTexts.prepare) }).waitFor();
  await jonas.look('confirmed');
}

/** One meeting in each calendar in January and one invitation; the month's agenda comes as an update of it. */
export function expectOneMeeting(sandbox: Workday['sandbox']): void {
  const { state } = sandbox.graphServer;
  const january = [Date.parse('2027-01-01T00:00:00Z'), Date.parse('2027-01-31T00:00:00Z')] as const;
  for (const id of [ids.ingrid, ids.jonas]) {
    const meetings = state.calendar(id, ...january).filter((one) => isReview(one.subject));
    expect(
      meetings.map((one) => one.subject),
      id,
    ).toHaveLength(1);
  }
  const mails = state.mails(ids.jonas).filter((one) => isReview(one.subject));
  expect(mails.map(({ kind }) => kind).filter((kind) => kind !== 'update')).toEqual(['invitation']);
}

function isReview(subject: string): boolean {
  return subject.includes('Jonas') && subject.includes('Ingrid');
}
