// Two people on two to five devices in the same meeting, over HTTP with real tokens: lines that drop and repeat, tunnels,
// an API that is killed. All devices end with the same form, nothing typed is lost, and nobody hears a private word.
import { type Binary, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choicesRoot } from '../../domain/run/form.ts';
import type { Actor } from '../api/person.ts';
import { type Booked, type Round, startRound } from '../api/round.ts';
import { printedSeeds, type Random, randomOf } from './random.ts';
import { joinAs } from './typist.ts';
import { contentOf, createWriter, expectedWords, type Line, type Writer } from './writer.ts';

let round: Round;
let booked: Booked;
let people: [Actor, Actor];
beforeAll(async () => {
  round = await startRound();
  booked = await round.bookAndConfirm('Jonas');
  people = [round.as('Ingrid'), round.as('Jonas')];
});
afterAll(() => round?.close());

/** Private words of each, which nothing that the other hears may hold. */
const secrets = { Ingrid: 'LEDERENS HEMMELIGHET', Jonas: 'SELGERENS HEMMELIGHET' };

function lineOf(actor: Actor, clientId: number): Line {
  const params = { reviewId: booked.reviewId };
  return {
    async write(updateId, update) {
      const body = { clientId, updateId, update: Buffer.from(update).toString('base64') };
      const { status, text } = await actor.send('writeLive', { params, body });
      const answer = JSON.parse(text);
      return status === 200 ? answer : { refused: answer.because ?? answer.code };
    },
    async read(since) {
      const { head, updates, seq } = await actor.ok('readLive', { params, query: { since } });
      return {
        seq,
        head: head === undefined ? undefined : Buffer.from(head, 'base64'),
        updates: updates.map((one) => ({ seq: one.seq, update: Buffer.from(one.update, 'base64') })),
      };
    },
  };
}

/** A line on which things go wrong; while the API is away, everything does. */
function badLine(line: Line, random: Random, away: () => boolean): Line {
  return {
    async write(updateId, update) {
      const luck = random.number(10);
      if (luck === 0) return { refused: 'lost on the way' };
      try {
        const answer = await line.write(updateId, update);
        if (luck === 1) return { refused: 'answer lost' };
        return luck === 2 ? await line.write(updateId, update) : answer;
      } catch (error) {
        if (away()) return { refused: 'lost on the way' };
        throw error;
      }
    },
    async read(since) {
      try {
        return await line.read(since);
      } catch (error) {
        if (away()) return { seq: since, updates: [] };
        throw error;
      }
    },
  };
}

/** After any of these a device keeps its words and sends them again. */
const survivable = [undefined, 'lost on the way', 'answer lost', 'pending', 'too_many_requests'];

async function writePrivately(): Promise<void> {
  const params = { reviewId: booked.reviewId };
  for (const actor of people) {
    const text = secrets[actor.name as keyof typeof secrets];
    const notes = await actor.ok('readNotes', { params });
    await actor.ok('saveNotes', { params, body: { rev: notes.rev, text } });
    const { mine } = await actor.ok('getReview', { params });
    const key = actor.name === 'Ingrid' ? 'mm_message' : 'sm_mind';
    const answers = { [key]: { text, ready: actor.name === 'Ingrid' } };
    await actor.ok('savePreparation', { params, body: { rev: mine.rev, answers, ratings: {} } });
  }
}

/** All that the database holds of shared forms: the update log and its heads. */
async function storedLog(): Promise<string> {
  const client = await MongoClient.connect(round.sandbox.mongo);
  try {
    const { databases } = await client.db().admin().listDatabases();
    const found = await Promise.all(
      databases.flatMap(({ name }) =>
        ['liveUpdates', 'liveHeads'].map((collection) =>
          client.db(name).collection(collection).find().toArray(),
        ),
      ),
    );
    const bytes = found.flat().map(({ update, state }) => (update ?? state) as Binary);
    return Buffer.concat(bytes.map((one) => one.buffer)).toString('utf8');
  } finally {
    await client.close();
  }
}

/** Every run goes on in the same, ever older form: it begins by striking all that stands there. */
async function strikeAll(): Promise<void> {
  const typist = await joinAs(people[0], booked.reviewId);
  await typist.read();
  await typist.write((doc) => {
    for (const field of Object.keys(contentOf(doc)).filter((name) => name !== 'choices')) {
      doc.getText(field).delete(0, doc.getText(field).length);
    }
    doc.getMap(choicesRoot).clear();
    doc.getText('note.close').insert(0, '.');
  });
}

async function play(seed: number): Promise<void> {
  const random = randomOf(seed);
  await strikeAll();
  let killing: Promise<void> | undefined;
  let isAway = false;
  const devices: { writer: Writer; line: Line; actor: Actor; offlineFor: number }[] = [];
  for (let index = 0; index < 2 + random.number(4); index++) {
    const actor = people[index % 2] ?? people[0];
    const { clientId } = await actor.ok('joinLive', { params: { reviewId: booked.reviewId }, query: {} });
    const writer = createWriter(`w${index}`, clientId, random);
    await writer.read(lineOf(actor, clientId));
    devices.push({ writer, actor, line: lineOf(actor, clientId), offlineFor: 0 });
  }

  const step = async (device: (typeof devices)[number]) => {
    const { writer, line } = device;
    const luck = random.number(20);
    if (luck < 9) return writer.edit();
    if (device.offlineFor > 0) {
      device.offlineFor -= 1;
      return;
    }
    if (luck === 19) device.offlineFor = 10;
    const bad = badLine(line, random, () => isAway);
    if (luck < 15) expect(survivable, `seed ${seed}`).toContain(await writer.send(bad));
    else if (luck === 15) await writer.sendOutOfOrder(bad);
    else await writer.read(bad);
  };
  const killAt = seed % 5 === 0 ? 5 + random.number(15) : -1;
  for (let turn = 0; turn < 25; turn++) {
    if (turn === killAt) {
      isAway = true;
      killing = round.sandbox.kill().finally(() => {
        isAway = false;
      });
    }
    await Promise.all(devices.map(step));
  }
  await killing;

  for (const { writer, line } of devices) {
    while (writer.waiting() > 0) {
      expect([undefined, 'too_many_requests'], `seed ${seed}`).toContain(await writer.send(line));
    }
  }
  for (const { writer, line } of devices) await writer.read(line);
  const newcomer = await joinAs(people[1], booked.reviewId);
  await newcomer.read();
  for (const { writer } of devices) {
    expect(contentOf(writer.doc), `seed ${seed}: ${writer.name} and a newcomer`).toEqual(
      contentOf(newcomer.doc),
    );
    expect(writer.words().sort(), `seed ${seed}: words of ${writer.name}`).toEqual(
      expectedWords(devices.map((device) => device.writer)).sort(),
    );
  }
}

test('all devices converge, nothing typed is lost, no private word is heard', {
  timeout: 400_000,
}, async () => {
  await writePrivately();
  // In the meeting: what is open by now is open, and what is not stays closed.
  await round.sandbox.moveClock('2027-01-06T09:05:00.000Z');
  for (const seed of printedSeeds('sessions', 24)) await play(seed);
  const log = await storedLog();
  expect(log).toContain('w0');
  for (const secret of Object.values(secrets)) expect(log).not.toContain(secret);
  expect(people[1].heard.join()).not.toContain(secrets.Ingrid);
  expect(people[0].heard.join()).not.toContain(secrets.Jonas);
});
