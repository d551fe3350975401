// One run of the fuzz: two to five people in one form, on lines that drop, repeat and reorder, through tunnels, several
// API processes that start anew, compactions and freezes. What must hold in the end is asserted here.
import { expect } from 'vitest';
import { compact } from '../../api/src/run/compaction.ts';
import { appendMarker, loadForm } from '../../api/src/run/live.ts';
import type { LiveApp } from '../../api/src/run/live-form.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { type LogRig, newReview } from './log-rig.ts';
import type { Random } from './random.ts';
import { contentOf, createWriter, expectedWords, type Line, type Writer } from './writer.ts';

/** Loses what is sent, or the answer, or sends it twice; the database behind it may be away. */
function badLine(line: Line, random: Random): Line {
  return {
    async write(updateId, update) {
      const luck = random.number(10);
      if (luck === 0) return { refused: 'lost on the way' };
      try {
        const answer = await line.write(updateId, update);
        if (luck === 1) return { refused: 'answer lost' };
        if (luck === 2) return await line.write(updateId, update);
        return answer;
      } catch {
        return { refused: 'answer lost' };
      }
    },
    async read(since) {
      try {
        return await line.read(since);
      } catch {
        return { seq: since, updates: [] };
      }
    },
  };
}

/** After any of these the writer keeps its words and sends them again. */
const survivable = [undefined, 'lost on the way', 'answer lost', 'pending', 'frozen'];

async function freezeOrThaw({ scope }: LogRig, app: LiveApp, reviewId: ReviewId): Promise<void> {
  const { seq, state } = await loadForm(app, scope, reviewId);
  await appendMarker(app, scope, reviewId, seq + 1, state === 'open' ? 'freeze' : 'thaw', 'manager');
}

/** What can go wrong in between goes wrong, and is left to the next who comes by. */
async function perhaps(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

export type Played = {
  reviewId: ReviewId;
  writers: Writer[];
  /** Seals now, as the second signature would, instead of sending what still waits. */
  isSealed: boolean;
};

export type Play = {
  /** Whether the form is sealed in the end, with words still under way. */
  seals?: boolean;
  /** Everything works again from here on. */
  calm?: () => void;
};

export async function play(
  rig: LogRig,
  seed: number,
  random: Random,
  { seals = false, calm }: Play = {},
): Promise<Played> {
  const at = `seed ${seed}`;
  const reviewId = newReview();
  const processes = [rig.startProcess(), rig.startProcess()];
  const anyProcess = () => random.pick(processes);
  const people = Array.from({ length: 2 + random.number(4) }, (_, index) => ({
    writer: createWriter(`w${index}`, 1000 + index, random),
    offlineFor: 0,
  }));
  const writers = people.map(({ writer }) => writer);
  const lineOf = (writer: Writer) => rig.lineTo(anyProcess, reviewId, writer.clientId);

  const step = async (person: (typeof people)[number]) => {
    const { writer } = person;
    const luck = random.number(21);
    if (luck < 9) return writer.edit();
    if (person.offlineFor > 0) {
      person.offlineFor -= 1;
      return;
    }
    if (luck === 20) person.offlineFor = 10;
    const bad = badLine(lineOf(writer), random);
    if (luck < 15) expect(survivable, at).toContain(await writer.send(bad));
    else if (luck === 15) await writer.sendOutOfOrder(bad);
    else await writer.read(bad);
  };
  for (let round = 0; round < 40; round++) {
    // All at once: within a process they queue, between processes the number decides.
    await Promise.all(people.map(step));
    const luck = random.number(25);
    if (luck === 0) processes[random.number(2)] = rig.startProcess();
    if (luck === 1) await perhaps(compact(anyProcess(), rig.scope, reviewId));
    if (luck === 2) await perhaps(freezeOrThaw(rig, anyProcess(), reviewId));
  }
  calm?.();

  const { state, seq } = await loadForm(rig.startProcess(), rig.scope, reviewId);
  if (seals) {
    expect(await appendMarker(anyProcess(), rig.scope, reviewId, seq + 1, 'seal', 'manager'), at).toBe(true);
    await expectSealed(rig, reviewId, writers, lineOf, random, at);
    return { reviewId, writers, isSealed: true };
  }
  if (state === 'frozen') await freezeOrThaw(rig, rig.startProcess(), reviewId);
  for (const writer of writers) {
    while (writer.waiting() > 0) {
      expect(await writer.send(lineOf(writer)), `${at}: ${writer.name} flushes`).toBeUndefined();
    }
  }
  for (const writer of writers) await writer.read(lineOf(writer));
  const newcomer = createWriter('new', 1, random);
  await newcomer.read(rig.lineTo(rig.startProcess, reviewId, 1));

  for (const writer of writers) {
    expect(contentOf(writer.doc), `${at}: ${writer.name} and a newcomer`).toEqual(contentOf(newcomer.doc));
  }
  expect(newcomer.words().sort(), `${at}: words`).toEqual(expectedWords(writers).sort());
  return { reviewId, writers, isSealed: false };
}

/** After the seal nothing enters: what was answered with a number stands, what was not is with its author alone. */
async function expectSealed(
  rig: LogRig,
  reviewId: ReviewId,
  writers: readonly Writer[],
  lineOf: (writer: Writer) => Line,
  random: Random,
  at: string,
): Promise<void> {
  for (const writer of writers) {
    // An update whose answer was lost stands, and says so; what stands nowhere is refused.
    const refused = new Set(await writer.sendEach(lineOf(writer)));
    expect([[], ['sealed']], `${at}: ${writer.name} after the seal`).toContainEqual([...refused]);
  }
  const { marker } = (await rig.stored(reviewId)).at(-1) ?? {};
  expect(marker, `${at}: the last of the log`).toBe('seal');
  const newcomer = createWriter('new', 1, random);
  await newcomer.read(rig.lineTo(rig.startProcess, reviewId, 1));
  const standing = new Set(newcomer.words());
  const struck = new Set(writers.flatMap((writer) => [...writer.struck]));
  for (const writer of writers) {
    const kept = writer.keptWords();
    for (const word of kept) expect(standing, `${at}: ${word} came after the seal`).not.toContain(word);
    for (const word of writer.typed) {
      if (!kept.includes(word) && !struck.has(word)) expect(standing, `${at}: ${word}`).toContain(word);
    }
  }
}
