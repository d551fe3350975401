import type { RecordId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { RecordDocument } from '../documents.ts';
import type { FileAnswer } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import { sealOf } from '../seal.ts';
import { openContent } from './content.ts';
import { type FileKey, publicKeySchema, type RecordFile } from './record-file.ts';

/** The record with all that proves it, as one JSON file that needs no network to be verified but the public key. */
export async function exportRecord(
  app: App,
  caller: Caller,
  recordId: RecordId,
): Promise<Outcome<FileAnswer>> {
  const record = await app.store.records.get(caller.scope, recordId);
  const salted = record && (await openContent(app.keys, record));
  if (record === undefined || salted === undefined) return refuse({ code: 'not_found' });
  const {
    _id,
    state,
    digest,
    previousDigest,
    signatures,
    disagreement,
    addenda,
    addendaSeal,
    seal,
    sealedAt,
  } = record;
  const file: RecordFile = {
    format: 'medspill-record-file-1',
    recordId: _id,
    state,
    content: salted.content,
    salt: salted.salt,
    digest,
    previousDigest,
    signatures,
    seq: record.seq,
    disagreement: disagreement ?? null,
    sealedAt: sealedAt ?? null,
    deadline: record.deadline,
    seal: seal ?? null,
    addenda,
    addendaSeal: addendaSeal ?? null,
    // Proves nothing by itself: whoever verifies compares it with the vault's.
    publicKeys: await publicKeys(app, record),
  };
  return done({
    file: Buffer.from(`${JSON.stringify(file, null, 2)}\n`),
    name: `utviklingssamtale-${record.month}.json`,
  });
}

/** The public half of each key that has sealed something in the record; a vault may have renewed its key between. */
async function publicKeys(app: App, { seal, addenda, addendaSeal }: RecordDocument): Promise<FileKey[]> {
  const ids = [seal?.keyId, addendaSeal?.keyId, ...addenda.map((one) => sealOf(one.seal).keyId)];
  const known = [...new Set(ids)].filter((id) => id !== undefined);
  const found = await Promise.all(known.map((id) => app.keys.publicKey(id)));
  return found.flatMap((key) => {
    const parsed = publicKeySchema.safeParse(
      key && { kid: key.kid, kty: key.kty, crv: key.crv, x: key.x, y: key.y },
    );
    return parsed.success ? [parsed.data] : [];
  });
}
