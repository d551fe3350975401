// A review that is run and signed by both, over HTTP: with one goal, one promise and a summary.
import { expect } from 'vitest';
import { joinAs } from '../live/typist.ts';
import type { Actor } from './person.ts';
import type { Booked, Round } from './round.ts';

/** While the first review of a round is under way. */
export const duringReview = '2027-01-06T09:30:00.000Z';

export const words = {
  summary: 'Vi snakket om behovsavdekking.',
  goal: 'Oppsummere behovet med kundens egne ord i hvert første møte',
  promise: 'Bli med i to kundemøter',
  disagreement: 'Jeg er uenig i nivået.',
} as const;

/** When what is agreed in the first review of a round is due. */
const januaryDays = { action: '2027-01-08', promise: '2027-01-20', goal: '2027-02-05' };

/** Fills in the form and confirms the goal on both sides; nobody has signed. */
export async function fillForm(
  manager: Actor,
  seller: Actor,
  { reviewId }: Pick<Booked, 'reviewId'>,
  days = januaryDays,
): Promise<void> {
  const params = { reviewId };
  const typist = await joinAs(manager, reviewId);
  await typist.read();
  await typist.write((doc) => {
    const set = (key: string, value: string) => doc.getMap('choices').set(key, value);
    const write = (name: string, text: string) => doc.getText(name).insert(0, text);
    write('summary', words.summary);
    write('goal.short.0.text', words.goal);
    write('goal.short.0.measure', 'Åtte av ti møtenotater');
    write('goal.short.0.priority', 'Flere møter blir til tilbud');
    write('goal.short.0.action.0', 'Skrive tre spørsmål');
    write('goal.short.0.action.1', 'Øve med Amina');
    write('promise.0.text', words.promise);
    set('focus.0', 'discovery');
    set('goal.short.0.stage', 'discovery');
    set('goal.short.0.kind', 'learning');
    set('goal.short.0.dueOn', days.goal);
    set('goal.short.0.doer', 'seller');
    set('goal.short.0.follower', 'manager');
    set('goal.short.0.action.0.dueOn', days.action);
    set('promise.0.dueOn', days.promise);
  });
  const confirmed = { hash: typist.hashOf('short.0'), confirmed: true, confidence: 8 };
  const slot = { ...params, slot: 'short.0' };
  await manager.ok('confirmGoal', { params: slot, body: confirmed });
  await seller.ok('confirmGoal', { params: slot, body: { ...confirmed, attractive: 'Mer ro i møtet' } });
}

export async function sign(
  actor: Actor,
  { reviewId }: Pick<Booked, 'reviewId'>,
  disagreement?: string,
): Promise<string> {
  const params = { reviewId };
  const { digest, seq, missing } = await actor.ok('previewRecord', { params });
  expect(missing).toEqual([]);
  const body = { digest, seq, ...(disagreement === undefined ? {} : { disagreement }) };
  return (await actor.ok('signRecord', { params, body })).id;
}

/** Books, runs and signs the January review of Ingrid and a seller; the clock stands in the meeting then. */
export async function sealRound(round: Round, sellerName: string): Promise<Booked & { recordId: string }> {
  const booked = await round.bookAndConfirm(sellerName);
  await round.sandbox.moveClock(duringReview);
  const manager = round.as('Ingrid');
  const seller = round.as(sellerName);
  await fillForm(manager, seller, booked);
  await sign(manager, booked);
  const recordId = await sign(seller, booked, words.disagreement);
  await round.sandbox.processAll();
  return { ...booked, recordId };
}
