// Opening the shared form: one that was typed long ago, key by key, beside one with the same words that is new.
import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { compact } from '../../api/src/run/compaction.ts';
import { newsSince } from '../../api/src/run/live.ts';
import type { ReviewId } from '../../domain/ids.ts';
import { newForm, readForm, textRoots } from '../../domain/run/form.ts';
import { type LogRig, newReview, startLogRig } from '../live/log-rig.ts';
import { randomOf } from '../live/random.ts';
import { percentile, rounded } from './percentile.ts';
import type { BenchRow } from './row.ts';

const clientIds = [2, 3] as const;
const letters = [...'abcdefghijklmnoprstuvyæøå '];
/** More than two people type in an hour. */
const keys = 6_000;
const opens = 60;

export async function rows(): Promise<BenchRow[]> {
  const rig = await startLogRig();
  try {
    const old = await writeForAYear(rig);
    const fresh = await writeAnew(rig, old.words);
    const took: Record<'old' | 'fresh', number[]> = { old: [], fresh: [] };
    for (let turn = 0; turn < opens; turn++) {
      // In turn, so that both meet the same machine.
      took.old.push(await open(rig, old.reviewId));
      took.fresh.push(await open(rig, fresh));
    }
    const [value, floor] = [percentile(took.old, 0.5), percentile(took.fresh, 0.5)];
    const ratio = rounded(value / floor);
    return [
      {
        name: `run: opening a form after ${keys} keystrokes of two, beside the same words in a new one`,
        value: rounded(value),
        unit: 'ms',
        floor: rounded(floor),
        ratio,
        goal: '<= 1.5 x',
        holds: ratio <= 1.5,
      },
    ];
  } finally {
    await rig.close();
  }
}

type Words = Map<string, string>;

/** Two people, key by key: some thirty keys in one place, mostly at the end, with slips; now and then a word is struck. */
async function writeForAYear(rig: LogRig): Promise<{ reviewId: ReviewId; words: Words }> {
  const random = randomOf(1);
  const reviewId = newReview();
  const app = rig.startProcess();
  const doc = new Y.Doc();
  const people = clientIds.map((clientId) => {
    const own = new Y.Doc();
    own.clientID = clientId;
    own.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === undefined || origin === null) typed.push(update);
    });
    return { own, line: rig.lineTo(() => app, reviewId, clientId) };
  });
  const typed: Uint8Array[] = [];
  for (let key = 0; key < keys; ) {
    const person = random.pick(people);
    Y.applyUpdate(person.own, Y.encodeStateAsUpdate(doc), 'service');
    const text = person.own.getText(random.pick(textRoots).name);
    let at = random.chance(0.8) ? text.length : random.number(text.length + 1);
    if (text.length > 20 && random.chance(0.15)) text.delete(Math.min(at, text.length - 10), 10);
    at = Math.min(at, text.length);
    for (let run = 10 + random.number(40); run > 0; run--) {
      if (at > 0 && random.chance(0.08)) text.delete(--at, 1);
      else text.insert(at++, random.pick(letters));
    }
    for (const update of typed.splice(0)) {
      key += 1;
      const answer = await person.line.write(randomUUID(), update);
      if ('refused' in answer) throw new Error(answer.refused);
      Y.applyUpdate(doc, update);
    }
  }
  await compact(app, rig.scope, reviewId);
  return { reviewId, words: new Map(textRoots.map(({ name }) => [name, doc.getText(name).toString()])) };
}

async function writeAnew(rig: LogRig, words: Words): Promise<ReviewId> {
  const reviewId = newReview();
  const app = rig.startProcess();
  const doc = new Y.Doc();
  doc.clientID = clientIds[0];
  for (const [name, text] of words) doc.getText(name).insert(0, text);
  await rig.lineTo(() => app, reviewId, clientIds[0]).write(randomUUID(), Y.encodeStateAsUpdate(doc));
  await compact(app, rig.scope, reviewId);
  return reviewId;
}

/** By a process that has never seen it, into a tab that has nothing: milliseconds until the words can be read. */
async function open(rig: LogRig, reviewId: ReviewId): Promise<number> {
  const app = rig.startProcess();
  const started = performance.now();
  const { head, updates } = await newsSince(app, rig.scope, reviewId, 0);
  const doc = newForm();
  for (const update of [...(head === undefined ? [] : [head]), ...updates.map((one) => one.update)]) {
    Y.applyUpdate(doc, update);
  }
  readForm(doc);
  return performance.now() - started;
}
