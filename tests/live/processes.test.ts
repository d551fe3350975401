// Several API processes over one database, each with its own memory of the form: whatever happens in between, every
// writer ends with the same form and nothing typed is lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compact } from '../../api/src/run/compaction.ts';
import { appendMarker, loadForm } from '../../api/src/run/live.ts';
import type { LiveApp } from '../../api/src/run/live-form.ts';
import type { ReviewId } from '../../domain/ids.ts';
import type { CosmosFaults } from '../../sandbox/cosmos/faults.ts';
import { type LogRig, newReview, startLogRig } from './log-rig.ts';
import { printedSeeds, type Random, randomOf } from './random.ts';
import { contentOf, createWriter, expectedWords, type Line, type Writer } from './writer.ts';

let rig: LogRig;
beforeAll(async () => {
  rig = await startLogRig();
});
afterAll(() => rig?.close());

/** Loses what is sent, or the answer, or sends it twice. */
function badLine(line: Line, random: Random): Line {
  return {
    async write(updateId, update) {
      const luck = random.number(10);
      if (luck === 0) return { refused: 'lost on the way' };
      const answer = await line.write(updateId, update);
      if (luck === 1) return { refused: 'answer lost' };
      if (luck === 2) return line.write(updateId, update);
      return answer;
    },
    read: line.read,
  };
}

/** After any of these the writer keeps its words and sends them again. */
const survivable = [undefined, 'lost on the way', 'answer lost', 'pending', 'frozen'];

async function freezeOrThaw(app: LiveApp, reviewId: ReviewId): Promise<void> {
  const { seq, state } = await loadForm(app, rig.scope, reviewId);
  await appendMarker(app, rig.scope, reviewId, seq + 1, state === 'open' ? 'freeze' : 'thaw', 'manager');
}

/** In every third run the database throttles and cuts connections, before a write and after it. */
function faultsOf(seed: number): CosmosFaults {
  if (seed % 3 !== 0) return {};
  return {
    throttle: { probability: 0.05, seed, retryAfterMs: 2 },
    dropConnections: { probability: 0.004, seed },
  };
}

async function play(seed: number): Promise<void> {
  const random = randomOf(seed);
  await rig.setFaults(faultsOf(seed));
  const reviewId = newReview();
  const processes = [rig.startProcess(), rig.startProcess()];
  const anyProcess = () => random.pick(processes);
  const writers = Array.from({ length: 2 + random.number(4) }, (_, index) =>
    createWriter(`w${index}`, 1000 + index, random),
  );
  const lineOf = (writer: Writer) => rig.lineTo(anyProcess, reviewId, writer.clientId);

  const step = async (writer: Writer) => {
    const luck = random.number(20);
    if (luck < 9) writer.edit();
    else if (luck < 15) {
      const refused = await writer.send(badLine(lineOf(writer), random));
      expect(survivable, `seed ${seed}`).toContain(refused);
    } else if (luck === 15) await writer.sendOutOfOrder(lineOf(writer));
    else await writer.read(lineOf(writer));
  };
  for (let round = 0; round < 40; round++) {
    // All at once: within a process they queue, between processes the number decides.
    await Promise.all(writers.map(step));
    const luck = random.number(25);
    if (luck === 0) processes[random.number(2)] = rig.startProcess();
    if (luck === 1) await compact(anyProcess(), rig.scope, reviewId);
    if (luck === 2) await freezeOrThaw(anyProcess(), reviewId);
  }

  const { state } = await loadForm(anyProcess(), rig.scope, reviewId);
  if (state === 'frozen') await freezeOrThaw(anyProcess(), reviewId);
  for (const writer of writers) {
    while (writer.waiting() > 0) {
      expect(await writer.send(lineOf(writer)), `seed ${seed}: ${writer.name} flushes`).toBeUndefined();
    }
  }
  for (const writer of writers) await writer.read(lineOf(writer));
  const newcomer = createWriter('new', 1, random);
  await newcomer.read(rig.lineTo(rig.startProcess, reviewId, 1));

  for (const writer of writers) {
    expect(contentOf(writer.doc), `seed ${seed}: ${writer.name} and a newcomer`).toEqual(
      contentOf(newcomer.doc),
    );
  }
  expect(newcomer.words().sort(), `seed ${seed}: words`).toEqual(expectedWords(writers).sort());
}

test('all converge and nothing typed is lost', { timeout: 300_000 }, async () => {
  for (const seed of printedSeeds('processes', 45)) await play(seed);
});
