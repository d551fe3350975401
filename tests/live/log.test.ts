import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { compact, updatesBeforeCompaction } from '../../api/src/run/compaction.ts';
import { appendMarker, loadForm } from '../../api/src/run/live.ts';
import { type LogRig, newReview, startLogRig } from './log-rig.ts';
import { startMemoryRig } from './memory-log.ts';

/** A client with its own id, and each of its changes as the update it would send. */
function client(clientId: number) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  return {
    doc,
    change(edit: (doc: Y.Doc) => void): Uint8Array {
      const before = Y.encodeStateVector(doc);
      doc.transact(() => edit(doc));
      return Y.encodeStateAsUpdate(doc, before);
    },
  };
}

const write =
  (text: string, at = 0) =>
  (doc: Y.Doc) =>
    doc.getText('summary').insert(at, text);

// The log in memory, that the seeds run on, keeps what the database keeps.
describe.each([
  ['the database', startLogRig],
  ['memory', async () => startMemoryRig()],
])('with the log in %s', (_where, start) => {
  let rig: LogRig;
  beforeAll(async () => {
    rig = await start();
  });
  afterAll(() => rig?.close());

  test('an update is stored once, whatever process it comes to and however often', async () => {
    const reviewId = newReview();
    const [one, two] = [rig.startProcess(), rig.startProcess()];
    const update = client(2).change(write('en gang'));
    const updateId = randomUUID();
    const answers = await Promise.all(
      [one, two, one, two].map((app) => rig.lineTo(() => app, reviewId, 2).write(updateId, update)),
    );
    expect(answers).toEqual([{ seq: 1 }, { seq: 1 }, { seq: 1 }, { seq: 1 }]);
    expect(await rig.stored(reviewId)).toHaveLength(1);
    await compact(one, rig.scope, reviewId);
    expect(await rig.lineTo(rig.startProcess, reviewId, 2).write(updateId, update)).toEqual({ seq: 1 });
  });

  test('numbers have no gaps when two processes write at once', async () => {
    const reviewId = newReview();
    const processes = [rig.startProcess(), rig.startProcess()];
    const writers = [client(2), client(3)];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, turn) => {
        const which = turn % 2;
        const update = (writers[which] ?? client(2)).change(write(`${turn} `));
        const app = processes[which] ?? rig.startProcess();
        return rig.lineTo(() => app, reviewId, 2 + which).write(randomUUID(), update);
      }),
    );
    const numbers = answers.map((answer) => ('seq' in answer ? answer.seq : Number.NaN));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('compaction takes deleted words out of the database, and a newcomer gets one head', async () => {
    const reviewId = newReview();
    const app = rig.startProcess();
    const line = rig.lineTo(() => app, reviewId, 2);
    const writer = client(2);
    await line.write(randomUUID(), writer.change(write('HEMMELIG ')));
    await line.write(
      randomUUID(),
      writer.change((doc) => doc.getText('summary').delete(0, 9)),
    );
    await line.write(randomUUID(), writer.change(write('Avtalt')));
    const bytes = async () =>
      Buffer.concat((await rig.stored(reviewId)).map(({ update }) => update)).toString();
    expect(await bytes()).toContain('HEMMELIG');

    await compact(app, rig.scope, reviewId);

    expect(await bytes()).toBe('');
    const news = await rig.lineTo(rig.startProcess, reviewId, 2).read(0);
    expect(news.updates).toEqual([]);
    expect(Buffer.from(news.head ?? []).toString()).not.toContain('HEMMELIG');
    expect((await loadForm(rig.startProcess(), rig.scope, reviewId)).content.summary).toBe('Avtalt');
  });

  test('a process that slept through a compaction cannot take a number that was given out', async () => {
    const reviewId = newReview();
    const [awake, asleep] = [rig.startProcess(), rig.startProcess()];
    const [first, second] = [client(2), client(3)];
    await rig.lineTo(() => awake, reviewId, 2).write(randomUUID(), first.change(write('a')));
    await loadForm(asleep, rig.scope, reviewId);
    for (const text of ['b', 'c']) {
      await rig.lineTo(() => awake, reviewId, 2).write(randomUUID(), first.change(write(text)));
    }
    await compact(awake, rig.scope, reviewId);
    const answer = await rig.lineTo(() => asleep, reviewId, 3).write(randomUUID(), second.change(write('d')));
    expect(answer).toEqual({ seq: 4 });
    const { content } = await loadForm(rig.startProcess(), rig.scope, reviewId);
    expect([...content.summary].sort().join('')).toBe('abcd');
  });

  test('a long log is compacted by itself', async () => {
    const reviewId = newReview();
    const app = rig.startProcess();
    const writer = client(2);
    for (let turn = 0; turn <= updatesBeforeCompaction; turn++) {
      await rig.lineTo(() => app, reviewId, 2).write(randomUUID(), writer.change(write('x')));
    }
    const news = await rig.lineTo(() => app, reviewId, 2).read(0);
    expect(news.head).toBeDefined();
    expect(news.updates).toEqual([]);
  });

  test('nothing enters a frozen form, what was there stays, and a thaw opens it again', async () => {
    const reviewId = newReview();
    const [one, two] = [rig.startProcess(), rig.startProcess()];
    const line = rig.lineTo(() => one, reviewId, 2);
    const writer = client(2);
    const earlierId = randomUUID();
    const earlier = writer.change(write('før'));
    await line.write(earlierId, earlier);
    expect(await appendMarker(two, rig.scope, reviewId, 2, 'freeze', 'seller')).toBe(true);
    const late = writer.change(write('etter'));
    const lateId = randomUUID();

    expect(await line.write(lateId, late)).toEqual({ refused: 'frozen' });
    expect(await line.write(earlierId, earlier), 'an acknowledged update is still acknowledged').toEqual({
      seq: 1,
    });
    await compact(one, rig.scope, reviewId);
    expect(await loadForm(rig.startProcess(), rig.scope, reviewId)).toMatchObject({
      state: 'frozen',
      seq: 2,
    });
    expect((await loadForm(two, rig.scope, reviewId)).content.summary).toBe('før');

    expect(await appendMarker(one, rig.scope, reviewId, 3, 'thaw', 'seller')).toBe(true);
    expect(await line.write(lateId, late)).toEqual({ seq: 4 });
  });

  test('a word and a freeze at the same number: one of them wins', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const reviewId = newReview();
      const [one, two] = [rig.startProcess(), rig.startProcess()];
      const [frozen, written] = await Promise.all([
        appendMarker(one, rig.scope, reviewId, 1, 'freeze', 'manager'),
        rig.lineTo(() => two, reviewId, 2).write(randomUUID(), client(2).change(write('ord'))),
      ]);
      const { content, state } = await loadForm(rig.startProcess(), rig.scope, reviewId);
      expect({ frozen, written, summary: content.summary, state }).toEqual(
        frozen
          ? { frozen, written: { refused: 'frozen' }, summary: '', state: 'frozen' }
          : { frozen, written: { seq: 1 }, summary: 'ord', state: 'open' },
      );
    }
  });

  test('a hostile update changes nothing and the honest words beside it stay', async () => {
    const reviewId = newReview();
    const app = rig.startProcess();
    await rig.lineTo(() => app, reviewId, 2).write(randomUUID(), client(2).change(write('ærlig')));
    const line = rig.lineTo(() => app, reviewId, 3);
    const hostile = {
      foreign_client: client(2).change(write('forfalsket')),
      unknown_root: client(3).change((doc) => doc.getText('hidden').insert(0, 'x')),
      bad_value: client(3).change((doc) => doc.getMap('choices').set('focus.0', 'everything')),
      field_too_long: client(3).change(write('x'.repeat(10_001))),
      malformed: Uint8Array.from([255, 255, 255, 255]),
    };
    for (const [because, update] of Object.entries(hostile)) {
      expect(await line.write(randomUUID(), update), because).toEqual({ refused: because });
    }
    const later = client(3);
    later.change(write('første'));
    expect(await line.write(randomUUID(), later.change(write('andre')))).toEqual({ refused: 'pending' });
    expect(await rig.stored(reviewId)).toHaveLength(1);
    expect((await loadForm(app, rig.scope, reviewId)).content.summary).toBe('ærlig');
  });
});
