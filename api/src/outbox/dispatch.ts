// Delivers what a write left to be done. At least once: every kind is idempotent, so a crash between doing and
// crossing out only repeats it.
import { instantOf, toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import { deliverAbsences } from '../book/absences.ts';
import { deliverSingle } from '../book/single-reviews.ts';
import { goOnBooking } from '../book/use-cases.ts';
import type {
  GoalDocument,
  OutboxEntry,
  PairDocument,
  PromiseDocument,
  RecordDocument,
  ReviewDocument,
  Stored,
} from '../documents.ts';
import { keepAgreed } from '../follow-up/keep-agreed.ts';
import { faultText } from '../http/route.ts';
import type { Documents } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { makeGoals } from '../sign/make-goals.ts';
import { takeOver } from '../trust/takeover.ts';

type AnyStored = Stored<string>;

/** Delivers the due entries of one document. A failure is logged and left for the sweep, later each time. */
export async function dispatch<D extends AnyStored>(
  app: App,
  scope: Scope,
  documents: Documents<D>,
  document: D,
): Promise<void> {
  const now = app.clock.now();
  for (const entry of document.outbox) {
    if (instantOf(entry.due).epochMilliseconds > now.epochMilliseconds) continue;
    try {
      await deliver(app, scope, document, entry);
      await documents.delivered(scope, document, entry.id);
    } catch (error) {
      app.log('warn', {
        event: 'outbox',
        kind: entry.kind,
        documentId: document._id,
        error: faultText(error),
      });
      await postpone(app, scope, documents, document._id, entry.id);
    }
  }
}

async function deliver(app: App, scope: Scope, document: AnyStored, entry: OutboxEntry): Promise<void> {
  switch (entry.kind) {
    case 'notify':
      await app.store.notices.add(scope, {
        _id: entry.notice.id,
        shard: shardOf(scope, entry.notice.to),
        tenantId: scope.tenantId,
        notice: entry.notice,
        dueAt: toInstantText(app.clock.now()),
        state: 'waiting',
      });
      return;
    case 'go_on_booking':
      await goOnBooking(app, scope, document as PairDocument);
      return;
    case 'keep_absences':
      await deliverAbsences(app, scope, document as PairDocument);
      return;
    case 'book_single':
      await deliverSingle(app, scope, document as ReviewDocument);
      return;
    case 'hang_up':
      // Whoever still has another review opens a connection again by themselves.
      await app.realtime.hangUp((document as PairDocument).managerId);
      return;
    case 'keep_agreed':
      await keepAgreed(app, scope, (document as GoalDocument | PromiseDocument).pairId);
      return;
    case 'make_goals':
      await makeGoals(app, scope, document as RecordDocument);
      return;
    case 'take_over':
      await takeOver(app, scope, document as PairDocument);
      return;
  }
}

/** Waits a minute, two, four … to an hour before the next try. */
async function postpone<D extends AnyStored>(
  app: App,
  scope: Scope,
  documents: Documents<D>,
  id: D['_id'],
  entryId: string,
): Promise<void> {
  const document = await documents.get(scope, id);
  if (document === undefined) return;
  const outbox = document.outbox.map((entry) => {
    if (entry.id !== entryId) return entry;
    const minutes = Math.min(60, 2 ** entry.attempts);
    return { ...entry, attempts: entry.attempts + 1, due: toInstantText(app.clock.now().add({ minutes })) };
  });
  await documents.replace(scope, { ...document, outbox });
}
