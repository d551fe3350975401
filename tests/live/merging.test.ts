// The check of updates alone, over many seeds: honest writers on bad lines beside one who sends broken and forged bytes.
// Whatever is let in leaves a form that can be read, and every honest word in it.
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  choiceReaders,
  choicesRoot,
  fieldLimit,
  newForm,
  readForm,
  textRootNames,
} from '../../domain/run/form.ts';
import { checkUpdate } from '../../domain/run/update.ts';
import { printedSeeds, type Random, randomOf } from './random.ts';
import { contentOf, createWriter, expectedWords, type Line, wordsOf } from './writer.ts';

const hostileClient = 99;

/** The log in one variable: the same check that the service makes, and what it would store. */
function createLog() {
  const doc = newForm();
  const stored: Uint8Array[] = [];
  const known = new Map<string, number>();
  return {
    doc,
    lineOf(clientId: number): Line {
      return {
        async write(updateId, update) {
          const before = known.get(updateId);
          if (before !== undefined) return { seq: before };
          const checked = checkUpdate({ state: doc, update, allowedClients: [clientId] });
          if (!checked.ok) {
            const { refusal } = checked;
            return { refused: refusal.code === 'bad_update' ? refusal.because : refusal.code };
          }
          Y.applyUpdate(doc, checked.value.update);
          stored.push(checked.value.update);
          known.set(updateId, stored.length);
          return { seq: stored.length };
        },
        async read(since) {
          const updates = stored.slice(since).map((update, index) => ({ seq: since + index + 1, update }));
          return { seq: stored.length, updates };
        },
      };
    },
  };
}

/** Changes a few bytes of an update, cuts it, or ties two together. */
function broken(update: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(update);
  const kind = random.number(4);
  if (kind === 0) return bytes.slice(0, random.number(bytes.length));
  if (kind === 1) return Uint8Array.from([...bytes, ...bytes.slice(random.number(bytes.length))]);
  for (let flips = 1 + random.number(3); flips > 0; flips--) {
    const at = random.number(bytes.length);
    bytes[at] = kind === 2 ? random.number(256) : (bytes[at] ?? 0) ^ (1 << random.number(8));
  }
  return bytes;
}

/** What must be true of a form whatever anybody sent. */
function expectSound(doc: Y.Doc, clients: ReadonlySet<number>, seed: number): void {
  const at = `seed ${seed}`;
  expect(doc.store.pendingStructs, at).toBeNull();
  expect(doc.store.pendingDs, at).toBeNull();
  for (const client of doc.store.clients.keys()) expect(clients, at).toContain(client);
  for (const root of doc.share.keys()) {
    expect(root === choicesRoot || textRootNames.has(root), `${at}: root ${root}`).toBe(true);
  }
  for (const name of textRootNames) expect(doc.getText(name).length, at).toBeLessThanOrEqual(fieldLimit);
  for (const [key, value] of Object.entries(doc.getMap(choicesRoot).toJSON())) {
    expect(choiceReaders.get(key)?.(value), `${at}: ${key} = ${JSON.stringify(value)}`).toBeDefined();
  }
  readForm(doc);
}

async function play(seed: number): Promise<void> {
  const random = randomOf(seed);
  const log = createLog();
  const writers = Array.from({ length: 2 + random.number(4) }, (_, index) =>
    createWriter(`w${index}`, 10 + index, random),
  );
  const hostile = createWriter('x', hostileClient, random);
  const seen: Uint8Array[] = [];
  const torn = new Set<string>();
  hostile.doc.on('update', (update: Uint8Array) => seen.push(update));
  const clients = new Set([...writers.map((writer) => writer.clientId), hostileClient]);
  for (let turn = 0; turn < 60; turn++) {
    const writer = random.pick(writers);
    const line = log.lineOf(writer.clientId);
    const luck = random.number(20);
    if (luck < 9) writer.edit();
    else if (luck < 13) expect([undefined, 'pending'], `seed ${seed}`).toContain(await writer.send(line));
    else if (luck === 13) await writer.sendOutOfOrder(line);
    else if (luck < 17) await writer.read(line);
    else {
      await hostile.read(log.lineOf(hostileClient));
      hostile.edit();
      const update = seen.length === 0 ? new Uint8Array([0, 0]) : broken(random.pick(seen), random);
      const before = wordsOf(log.doc);
      await log.lineOf(hostileClient).write(`hostile ${turn}`, update);
      expectSound(log.doc, clients, seed);
      // Striking and writing between are free to anybody; what a forgery does with that is what a person could do.
      const after = new Set(wordsOf(log.doc));
      for (const word of before) if (!after.has(word)) torn.add(word);
    }
  }
  for (const writer of writers) {
    while (writer.waiting() > 0) {
      expect(await writer.send(log.lineOf(writer.clientId)), `seed ${seed}`).toBeUndefined();
    }
  }
  for (const writer of writers) await writer.read(log.lineOf(writer.clientId));
  expectSound(log.doc, clients, seed);
  for (const writer of writers) expect(contentOf(writer.doc), `seed ${seed}`).toEqual(contentOf(log.doc));
  const standing = new Set(wordsOf(log.doc));
  for (const word of expectedWords(writers)) {
    if (!torn.has(word)) expect(standing, `seed ${seed}: ${word}`).toContain(word);
  }
}

test('honest words stand and the form stays sound beside broken and forged updates', {
  timeout: 120_000,
}, async () => {
  for (const seed of printedSeeds('merging', 450)) await play(seed);
});
