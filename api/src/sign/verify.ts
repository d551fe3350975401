import type { RecordDocument, ReviewDocument } from '../documents.ts';
import type { Keys } from '../ports.ts';
import { sealOf } from '../seal.ts';
import { shardOf } from '../shard.ts';
import { openContent } from './content.ts';
import { addendaDigest, addendumDigest, digestOf, sealDigest } from './digest.ts';
import { isStoredRecord } from './stored-record.ts';

export type Check = {
  name: 'content' | 'digest' | 'chain' | 'signatures' | 'seal' | 'addenda';
  holds: boolean;
};

const names = ['content', 'digest', 'chain', 'signatures', 'seal', 'addenda'] as const;

/** What the database holds of a pair: by it a record that is missing, or there twice, is noticed. */
export type Chain = {
  records: readonly RecordDocument[];
  reviews: readonly Pick<ReviewDocument, '_id' | 'recordId' | 'state'>[];
};

export function recordDigest(record: RecordDocument): string {
  const { _id: recordId, disagreement = null, sealedAt = null } = record;
  return sealDigest({ ...record, recordId, disagreement, sealedAt });
}

export function listDigest(record: Pick<RecordDocument, '_id' | 'digest' | 'addenda'>): string {
  return addendaDigest({ ...record, recordId: record._id });
}

/**
 * Holds a record against its digest, its place in the pair's chain, its signatures and its seal. An erased record keeps
 * all checks but `content` and `digest`. What is stored and not checked is how it is kept, not what it says: version,
 * outbox and the id of the last write.
 */
export async function verifyRecord(keys: Keys, record: RecordDocument, chain: Chain): Promise<Check[]> {
  // Of what is no record any more, nothing holds.
  if (!isStoredRecord(record)) return names.map((name) => ({ name, holds: false }));
  const salted = await openContent(keys, record);
  const erased = record.sealedContent.key === null;
  const words = salted !== undefined && digestOf(salted) === record.digest;
  const describes =
    salted !== undefined &&
    record.shard === shardOf(record, record.sellerId) &&
    salted.content.recordId === record._id &&
    salted.content.pairId === record.pairId &&
    salted.content.reviewId === record.reviewId &&
    salted.content.month === record.month &&
    salted.content.ordinal === record.ordinal &&
    salted.content.heldOn === record.heldOn &&
    salted.content.manager.id === record.managerId &&
    salted.content.seller.id === record.sellerId &&
    salted.content.manager.name === record.managerName &&
    salted.content.seller.name === record.sellerName &&
    salted.content.previousDigest === record.previousDigest;
  const checks: Check[] = [
    { name: 'content', holds: erased || describes },
    { name: 'digest', holds: erased || words },
    { name: 'chain', holds: chainHolds(record, chain) },
    { name: 'signatures', holds: signaturesHold(record) },
  ];
  const { seal } = record;
  checks.push({ name: 'seal', holds: seal !== undefined && (await keys.verify(recordDigest(record), seal)) });
  checks.push({ name: 'addenda', holds: await addendaHold(keys, record) });
  return checks;
}

/** A month that was still waiting for its second signature when this one was first signed is not its predecessor. */
function chainHolds(record: RecordDocument, { records, reviews }: Chain): boolean {
  const signedAt = record.signatures[0]?.at ?? '';
  const [before] = records
    .filter((one) => place(one) < place(record) && one.sealedAt !== undefined && one.sealedAt <= signedAt)
    .sort((a, b) => place(b).localeCompare(place(a)));
  const isLinked = (before?.digest ?? null) === record.previousDigest;
  const isWhole = reviews.every(
    ({ _id, recordId, state }) =>
      (state !== 'sealed' && state !== 'closed_unsigned') ||
      records.some((one) => one._id === recordId && one.reviewId === _id),
  );
  const hasNoOther = records.every((one) =>
    reviews.some(({ _id, recordId }) => one._id === recordId && one.reviewId === _id),
  );
  return isLinked && isWhole && hasNoOther && records.some(({ _id }) => _id === record._id);
}

/** A record's place among its pair's. */
export function place(record: Pick<RecordDocument, 'month' | 'ordinal'>): string {
  return `${record.month}/${String(record.ordinal).padStart(3, '0')}`;
}

function signaturesHold(record: RecordDocument): boolean {
  const { signatures, managerId, sellerId } = record;
  const sides = new Set(signatures.map(({ side }) => side));
  const wanted = record.state === 'sealed' ? 2 : 1;
  return (
    sides.size === signatures.length &&
    signatures.length === wanted &&
    signatures.every(
      ({ side, personId, digest }) =>
        digest === record.digest && personId === (side === 'manager' ? managerId : sellerId),
    )
  );
}

async function addendaHold(keys: Keys, record: RecordDocument): Promise<boolean> {
  const { addendaSeal } = record;
  if (record.state === 'awaiting_second') return record.addenda.length === 0;
  if (addendaSeal === undefined || !(await keys.verify(listDigest(record), addendaSeal))) return false;
  for (const addendum of record.addenda) {
    const digest = addendumDigest(record.digest, addendum);
    if (digest !== addendum.digest) return false;
    if (!(await keys.verify(digest, sealOf(addendum.seal)))) return false;
  }
  return true;
}
