// What is digested, in canonical JSON (RFC 8785). Needs no network and nothing else of the product, so that a record can
// be verified by a script alone.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 in hex over the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Not a JSON value');
  return createHash('sha256').update(text).digest('hex');
}

/** What the key outside the database signs: everything of a record that must never change, but not its words. */
export function sealDigest(record: {
  recordId: string;
  digest: string;
  previousDigest: string | null;
  seq: number;
  signatures: readonly object[];
  state: string;
  disagreement: string | null;
  deadline: string;
  sealedAt: string | null;
}): string {
  const { recordId, digest, previousDigest, seq, signatures, state, deadline, sealedAt } = record;
  const disagreement = record.disagreement === null ? null : digestOf(record.disagreement);
  return digestOf({
    recordId,
    digest,
    previousDigest,
    seq,
    signatures,
    state,
    disagreement,
    deadline,
    sealedAt,
  });
}

/** What stands for the list of addenda: each of them, in order, and none besides. */
export function addendaDigest(record: {
  recordId: string;
  digest: string;
  addenda: readonly { digest: string }[];
}): string {
  const { recordId, digest, addenda } = record;
  return digestOf({ recordId, digest, addenda: addenda.map((one) => one.digest) });
}

export function addendumDigest(
  recordDigest: string,
  addendum: { id: string; side: string; name: string; at: string; text: string },
): string {
  const { id, side, name, at, text } = addendum;
  return digestOf({ recordDigest, id, side, name, at, text });
}
