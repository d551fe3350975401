// Two people at the same signature: one outcome, and everybody is told which.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinAs } from '../live/typist.ts';
import type { Problem } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview, fillForm, sign } from './sealed.ts';

const names = ['Jonas', 'Amina', 'Lars'];

let round: Round;
const booked = new Map<string, Booked>();
beforeAll(async () => {
  round = await startRound();
  for (const name of names) booked.set(name, await round.bookAndConfirm(name));
  await round.sandbox.moveClock(duringReview);
});
afterAll(() => round?.close());

test.each(names)('both sign, write and withdraw at once: %s', async (name) => {
  const params = booked.get(name);
  if (params === undefined) throw new Error('not booked');
  const ingrid = round.as('Ingrid');
  const seller = round.as(name);
  await fillForm(ingrid, seller, params);

  const { digest, seq } = await ingrid.ok('previewRecord', { params });
  const typist = await joinAs(seller, params.reviewId);
  await typist.read();
  const word = typist.body(typist.change((doc) => doc.getText('note.close').insert(0, 'SIST ')));
  const at = { params, body: { digest, seq } };
  const [first, , written] = await Promise.all([
    ingrid.send('signRecord', at),
    ingrid.send('signRecord', at),
    seller.send('writeLive', { params, body: word }),
  ]);
  // Either the word came first and the signature has to be read anew, or the form was frozen and the word is refused.
  const isSigned = (await ingrid.ok('previewRecord', { params })).state === 'awaiting_second';
  expect([first.status, written.status]).toEqual(isSigned ? [200, 409] : [409, 200]);
  if (!isSigned) {
    expect((JSON.parse(first.text) as Problem).code).toBe('form_changed');
    await sign(ingrid, params);
  }

  const second = await seller.ok('previewRecord', { params });
  const [signed, withdrawn] = await Promise.all([
    seller.send('signRecord', { params, body: { digest: second.digest, seq: second.seq } }),
    ingrid.send('withdrawSignature', { params }),
  ]);
  const { state, signatures } = await seller.ok('previewRecord', { params });
  if (state === 'sealed') {
    expect([signed.status, withdrawn.status]).toEqual([200, 409]);
    expect((JSON.parse(withdrawn.text) as Problem).code).toBe('sealed');
    expect(signatures).toHaveLength(2);
  } else {
    expect(withdrawn.status).toBe(200);
    expect(signatures.length).toBeLessThan(2);
  }
});
