// Two people and two instances of the service at the same signature: sign, sign twice, write, withdraw, all at once. One
// outcome, the same for both, and every answer says which. SEEDS=200 before a release, SEED=n repeats a run.
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Side } from '../../domain/people.ts';
import type { RecordView } from '../../domain/sign/contract.ts';
import { printedSeeds, type Random, randomOf } from '../live/random.ts';
import { addReview, type ExtraReview, fillBriefly, updateFrom } from './extra-review.ts';
import { type Actor, type Answer, actorIn, type Problem } from './person.ts';
import { type Booked, type Round, startRound } from './round.ts';
import { duringReview } from './sealed.ts';

type Stored = Document & { _id: string };
/** One way into the service: who, over which of the two instances. */
type Ways = Record<Side, readonly [Actor, Actor]>;
type Action = { kind: 'sign' | 'write' | 'withdraw'; side: Side };
type Done = Action & { answer: Answer; code?: string; word?: string };

/** What the issue names, each in a quarter of the seeds, with a little more thrown in by chance. */
const races: readonly (readonly Action[])[] = [
  [
    { kind: 'sign', side: 'manager' },
    { kind: 'sign', side: 'seller' },
  ],
  [
    { kind: 'sign', side: 'manager' },
    { kind: 'write', side: 'seller' },
  ],
  [
    { kind: 'sign', side: 'seller' },
    { kind: 'sign', side: 'seller' },
  ],
  [
    { kind: 'sign', side: 'seller' },
    { kind: 'withdraw', side: 'manager' },
  ],
];
const kinds = ['sign', 'sign', 'write', 'withdraw'] as const;
const sides = ['manager', 'seller'] as const;
const defaultSeeds = Number(process.env.SEEDS ?? 12);

let round: Round;
let ways: Ways;
let booked: Booked;
let client: MongoClient;
let reviews: Collection<Stored>;
let records: Collection<Stored>;
beforeAll(async () => {
  round = await startRound();
  const { sandbox } = round;
  booked = await round.bookAndConfirm('Jonas');
  await sandbox.moveClock(duringReview);
  const another = { ...sandbox, ...(await sandbox.startAnotherApi()) };
  const both = (name: string) => [actorIn(sandbox, name), actorIn(another, name)] as const;
  ways = { manager: both('Ingrid'), seller: both('Jonas') };
  client = await MongoClient.connect(sandbox.mongo);
  reviews = client.db(sandbox.mongoDatabase).collection('reviews');
  records = client.db(sandbox.mongoDatabase).collection('records');
});
afterAll(async () => {
  await client?.close();
  await round?.close();
});

async function play(seed: number, random: Random, ordinal: number): Promise<void> {
  const params = await addReview(reviews, booked, ordinal);
  const way = (side: Side) => random.pick(ways[side]);
  const base = updateFrom('manager', 0, fillBriefly);
  await way('manager').ok('writeLive', { params, body: base });
  const preview = (side: Side) => way(side).ok('previewRecord', { params });

  const race = [...(races[seed % races.length] ?? [])];
  while (random.chance(0.4)) race.push({ kind: random.pick(kinds), side: random.pick(sides) });
  // Where somebody withdraws there is mostly something to withdraw; elsewhere half of the time.
  const signedBefore = random.chance(seed % races.length === 3 ? 0.9 : 0.3) ? 'manager' : undefined;
  const sign = async (side: Side, read: RecordView) =>
    way(side).send('signRecord', { params, body: { digest: read.digest, seq: read.seq } });
  if (signedBefore !== undefined) {
    expect((await sign(signedBefore, await preview(signedBefore))).status).toBe(200);
  }
  const read = { manager: await preview('manager'), seller: await preview('seller') };

  const done = await Promise.all(
    race.map(async ({ kind, side }, index): Promise<Done> => {
      for (let wait = random.number(6) * random.number(8); wait > 0; wait--) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const word = `<${index}>`;
      const write = (doc: Y.Doc) => doc.getText('note.close').insert(0, word);
      const body = updateFrom(side, index + 1, write, base.update);
      const answer = await (kind === 'sign'
        ? sign(side, read[side])
        : kind === 'withdraw'
          ? way(side).send('withdrawSignature', { params })
          : way(side).send('writeLive', { params, body }));
      const code = answer.status < 300 ? {} : { code: (JSON.parse(answer.text) as Problem).code };
      return { kind, side, answer, ...(kind === 'write' ? { word } : {}), ...code };
    }),
  );

  const told = done.map(({ kind, side, code }) => `${side} ${kind}: ${code ?? 'done'}`).join(', ');
  const what = `seed ${seed} (${signedBefore ?? 'nobody'} had signed; ${told})`;
  const outcome = await outcomeFor(params, what);
  explained(done, outcome, signedBefore, what);

  // Whatever came of it, both can finish, and the record holds.
  for (const side of sides) {
    const now = await preview(side);
    if (!now.signatures.some((one) => one.side === side)) {
      expect((await sign(side, now)).status, what).toBe(200);
    }
  }
  expect((await outcomeFor(params, what)).state, what).toBe('sealed');
  const { holds } = await way('seller').ok('verifyRecord', {
    params: { recordId: params.recordId },
  } as never);
  expect(holds, what).toBe(true);
}

type Outcome = { state: RecordView['state']; signed: Side[]; notes: string; digest: string };

/** What both are shown over both instances: the same, and record, review and form agree. */
async function outcomeFor(params: ExtraReview, what: string): Promise<Outcome> {
  const shown = await Promise.all(
    sides.flatMap((side) =>
      ways[side].map(async (actor) => {
        const [{ state, signatures, content, digest }, review, live] = await Promise.all([
          actor.ok('previewRecord', { params }),
          actor.ok('getReview', { params }),
          actor.ok('readLive', { params, query: {} } as never),
        ]);
        const notes = content.notes.map(({ text }) => text).join('');
        const signed = signatures.map((one) => one.side);
        return { state, signed, notes, digest, review: review.state, live: live.state };
      }),
    ),
  );
  const [first] = shown;
  if (first === undefined) throw new Error('nobody has looked');
  for (const other of shown) expect(other, what).toEqual(first);
  const { review, live, ...outcome } = first;
  const expected = {
    draft: ['running', 'open', 0],
    awaiting_second: ['signing', 'frozen', 1],
    sealed: ['sealed', 'sealed', 2],
    closed_unsigned: [],
  }[outcome.state];
  expect([review, live, outcome.signed.length], what).toEqual(expected);
  expect(await records.countDocuments({ _id: params.recordId }), what).toBe(
    outcome.state === 'draft' ? 0 : 1,
  );
  return outcome;
}

/** Every answer can be told from the outcome, and the outcome from the answers. */
function explained(done: Done[], outcome: Outcome, signedBefore: Side | undefined, what: string): void {
  const went = (kind: Action['kind'], side?: Side) =>
    done.some(
      (one) => one.kind === kind && (side === undefined || one.side === side) && one.code === undefined,
    );
  for (const { kind, side, code, word = '' } of done) {
    const case_ = `${what}: ${side} ${kind}`;
    switch (kind) {
      case 'write':
        // A word that was acknowledged is in what is shown and signed; one that was refused is not.
        expect(outcome.notes.includes(word), case_).toBe(code === undefined);
        expect([undefined, 'frozen', 'sealed'], case_).toContain(code);
        break;
      case 'withdraw':
        expect([undefined, 'nothing_to_withdraw', 'sealed'], case_).toContain(code);
        if (code === 'sealed') expect(outcome.state, case_).toBe('sealed');
        break;
      case 'sign':
        expect([undefined, 'form_changed', 'digest_mismatch'], case_).toContain(code);
        // Only words or a withdrawal can have made it another form than the one that was read.
        if (code !== undefined) expect(went('write') || went('withdraw'), case_).toBe(true);
        else expect(outcome.signed.includes(side) || went('withdraw', side), case_).toBe(true);
        break;
    }
  }
  for (const side of outcome.signed) expect(side === signedBefore || went('sign', side), what).toBe(true);
  if (outcome.state === 'draft') expect(went('withdraw') || !went('sign'), what).toBe(true);
  if (signedBefore !== undefined && !outcome.signed.includes(signedBefore)) {
    expect(went('withdraw', signedBefore), what).toBe(true);
  }
}

test('one outcome, the same for both, and every answer says which', { timeout: 600_000 }, async () => {
  const seeds = printedSeeds('records', defaultSeeds);
  for (const [index, seed] of seeds.entries()) await play(seed, randomOf(seed), index + 2);
});
