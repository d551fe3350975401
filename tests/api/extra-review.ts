// Reviews that nobody has booked: a pair has one a month, and some tests need a hundred.
import { randomUUID } from 'node:crypto';
import type { Collection, Document } from 'mongodb';
import * as Y from 'yjs';
import type { PairId, RecordId, ReviewId } from '../../domain/ids.ts';
import type { Side } from '../../domain/people.ts';
import { newForm } from '../../domain/run/form.ts';
import type { Booked } from './round.ts';
import { duringReview } from './sealed.ts';

export type ExtraReview = { pairId: PairId; reviewId: ReviewId; recordId: RecordId };

const sides = ['manager', 'seller'] as const;
const devices = 30;
const clientOf = (side: Side, device: number) => 1 + sides.indexOf(side) * devices + device;

/** A further review of the pair in the same month, made as the first one was, with devices that both may write from. */
export async function addReview(
  reviews: Collection<Document & { _id: string }>,
  booked: Booked,
  ordinal: number,
): Promise<ExtraReview> {
  const first = await reviews.findOne({ _id: booked.reviewId });
  if (first === null) throw new Error('nothing is booked');
  const ids = { reviewId: randomUUID() as ReviewId, recordId: randomUUID() as RecordId };
  const clients = sides.flatMap((side) =>
    Array.from({ length: devices }, (_, device) => ({
      clientId: clientOf(side, device),
      side,
      at: duringReview,
    })),
  );
  const salt = randomUUID();
  await reviews.insertOne({
    ...first,
    _id: ids.reviewId,
    state: 'planned',
    ordinal,
    clients,
    recordId: ids.recordId,
    salt,
  });
  return { pairId: booked.pairId, ...ids };
}

/** What a device sends that has seen `base`; each has a client id of its own. */
export function updateFrom(side: Side, device: number, edit: (doc: Y.Doc) => void, base?: string) {
  const doc = newForm();
  if (base !== undefined) Y.applyUpdate(doc, Buffer.from(base, 'base64'));
  doc.clientID = clientOf(side, device);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => edit(doc));
  const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
  return { clientId: doc.clientID, updateId: randomUUID(), update };
}

/** As little as a record can be signed with. */
export function fillBriefly(doc: Y.Doc): void {
  doc.getText('summary').insert(0, 'Vi snakket.');
  doc.getMap('choices').set('focus.0', 'discovery');
  doc.getMap('choices').set('noPromiseNeeded', true);
}
