// A person of the organisation who uses the product over HTTP, with a real token and the contract's own types.
import { createHash, randomUUID } from 'node:crypto';
import { contract, type RouteAnswer, type RouteCall, type RouteName } from '@medspill/domain/contract';
import type { ReviewId } from '@medspill/domain/ids';
import type { Route } from '@medspill/domain/route';
import { choicesRoot, type GoalSlot, readForm } from '@medspill/domain/run/form';
import { canonicalGoal } from '@medspill/domain/run/goal';
import * as Y from 'yjs';
import type { Sandbox } from '../sandbox.ts';

/** The parts that a call has: `params`, `query`, `body`. */
type Request<N extends RouteName> = {
  [K in keyof RouteCall<N> as RouteCall<N>[K] extends undefined ? never : K]: RouteCall<N>[K];
};
type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

export type Actor = <N extends RouteName>(name: N, request: Request<N>) => Promise<RouteAnswer<N>>;

export function actorIn(sandbox: Sandbox, person: string): Actor {
  return async (name, request) => {
    const { method, path } = contract[name] as Route;
    const { params = {}, query = {}, body } = request as Parts;
    const filled = path.replace(/\{(\w+)\}/g, (_whole, key: string) => String(params[key]));
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) search.set(key, String(value));
    const response = await fetch(`${sandbox.api}/${filled}?${search}`, {
      method,
      headers: {
        authorization: `Bearer ${await sandbox.token(person)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${person} could not ${name}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as RouteAnswer<typeof name>;
  };
}

/** What one writes in the shared form: words by field, and choices. */
export type Writing = { words: Record<string, string>; choices?: Record<string, unknown> };

/** Writes in the shared form of a review as one device of the person. */
export async function write(actor: Actor, reviewId: ReviewId, writing: Writing): Promise<void> {
  const { doc, clientId } = await openForm(actor, reviewId);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (const [field, text] of Object.entries(writing.words)) doc.getText(field).insert(0, text);
    for (const [key, value] of Object.entries(writing.choices ?? {})) doc.getMap(choicesRoot).set(key, value);
  });
  await actor('writeLive', {
    params: { reviewId },
    body: {
      clientId,
      updateId: randomUUID(),
      update: Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64'),
    },
  });
}

/** The hash of a goal as the form shows it, which is what a person confirms. */
export async function hashOfGoal(actor: Actor, reviewId: ReviewId, slot: GoalSlot): Promise<string> {
  const { doc } = await openForm(actor, reviewId);
  return createHash('sha256')
    .update(canonicalGoal(readForm(doc).goals[slot]))
    .digest('hex');
}

async function openForm(actor: Actor, reviewId: ReviewId): Promise<{ doc: Y.Doc; clientId: number }> {
  const { clientId } = await actor('joinLive', { params: { reviewId }, query: {} });
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const { head, updates } = await actor('readLive', { params: { reviewId }, query: {} });
  if (head !== undefined) Y.applyUpdate(doc, Buffer.from(head, 'base64'));
  for (const { update } of updates) Y.applyUpdate(doc, Buffer.from(update, 'base64'));
  return { doc, clientId };
}
