// Who has read what: append-only, each entry hashed with the one before it, shown to the seller.
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { ReadDocument, RecordDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { shardOf } from '../shard.ts';
import { digestOf } from './content.ts';

/** Appends one read. Throws when it cannot be kept; the read must then be refused. */
export async function logRead(
  app: App,
  caller: Caller,
  record: RecordDocument,
  role: ReadDocument['role'],
): Promise<void> {
  for (;;) {
    const last = await app.store.reads.last(caller.scope, record.sellerId);
    const seq = (last?.seq ?? 0) + 1;
    const shard = shardOf(caller.scope, record.sellerId);
    const entry = {
      _id: `${shard}/${seq}`,
      shard,
      tenantId: caller.tenantId,
      seq,
      at: toInstantText(app.clock.now()),
      readerId: caller.personId,
      readerName: caller.name,
      role,
      recordId: record._id,
      month: record.month,
      previous: last?.hash ?? '',
    };
    // The unique number decides between two reads at once; the loser takes the next.
    if (await app.store.reads.append(caller.scope, { ...entry, hash: digestOf(entry) })) return;
  }
}
