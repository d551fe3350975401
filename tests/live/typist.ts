// One device of a person in the shared form, over HTTP: its own client id, its own copy of the document.
import { createHash, randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import type { ReviewId } from '../../domain/ids.ts';
import { type GoalSlot, readForm } from '../../domain/run/form.ts';
import { canonicalGoal } from '../../domain/run/goal.ts';
import type { Actor } from '../api/person.ts';

export type Typist = Awaited<ReturnType<typeof joinAs>>;

export async function joinAs(actor: Actor, reviewId: ReviewId) {
  const params = { reviewId };
  const session = await actor.ok('joinLive', { params, query: {} });
  const doc = new Y.Doc();
  doc.clientID = session.clientId;
  let seq = 0;

  async function read(): Promise<void> {
    const news = await actor.ok('readLive', { params, query: { since: seq } });
    if (news.head !== undefined) Y.applyUpdate(doc, Buffer.from(news.head, 'base64'));
    for (const { update } of news.updates) Y.applyUpdate(doc, Buffer.from(update, 'base64'));
    seq = news.seq;
  }

  /** What a change would send, already made in this copy. */
  function change(edit: (doc: Y.Doc) => void): string {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => edit(doc));
    return Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
  }

  return {
    ...session,
    doc,
    read,
    change,
    body: (update: string) => ({ clientId: session.clientId, updateId: randomUUID(), update }),
    async write(edit: (doc: Y.Doc) => void): Promise<number> {
      const body = { clientId: session.clientId, updateId: randomUUID(), update: change(edit) };
      return (await actor.ok('writeLive', { params, body })).seq;
    },
    form: () => readForm(doc),
    /** The hash that a person confirms: of the goal as this device shows it. */
    hashOf: (slot: GoalSlot) =>
      createHash('sha256')
        .update(canonicalGoal(readForm(doc).goals[slot]))
        .digest('hex'),
  };
}
