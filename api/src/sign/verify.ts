import type { RecordDocument } from '../documents.ts';
import type { Keys } from '../ports.ts';
import { addendaDigest, addendumDigest, digestOf, openContent, sealDigest } from './content.ts';

export type Check = {
  name: 'content' | 'digest' | 'chain' | 'signatures' | 'seal' | 'addenda';
  holds: boolean;
};

/**
 * Holds a record against its digest, its place in the pair's chain, its signatures and its seal. An erased record keeps
 * all checks but `content` and `digest`. `chain` are the pair's records, newest first.
 */
export async function verifyRecord(
  keys: Keys,
  record: RecordDocument,
  chain: RecordDocument[],
): Promise<Check[]> {
  const salted = await openContent(keys, record);
  const erased = record.sealedContent.key === null;
  const words = salted !== undefined && digestOf(salted) === record.digest;
  const describes =
    salted !== undefined &&
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
  checks.push({ name: 'seal', holds: seal !== undefined && (await keys.verify(sealDigest(record), seal)) });
  checks.push({ name: 'addenda', holds: await addendaHold(keys, record) });
  return checks;
}

/** A month that was still waiting for its second signature when this one was first signed is not its predecessor. */
function chainHolds(record: RecordDocument, chain: RecordDocument[]): boolean {
  const signedAt = record.signatures[0]?.at ?? '';
  const before = chain
    .filter((one) => place(one) < place(record) && one.sealedAt !== undefined && one.sealedAt <= signedAt)
    .sort((a, b) => place(b).localeCompare(place(a)))[0];
  return (before?.digest ?? null) === record.previousDigest;
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
  if (addendaSeal === undefined || !(await keys.verify(addendaDigest(record), addendaSeal))) return false;
  for (const addendum of record.addenda) {
    const digest = addendumDigest(record.digest, addendum);
    if (digest !== addendum.digest) return false;
    const space = addendum.seal.indexOf(' ');
    const seal = { keyId: addendum.seal.slice(0, space), value: addendum.seal.slice(space + 1) };
    if (!(await keys.verify(digest, seal))) return false;
  }
  return true;
}
