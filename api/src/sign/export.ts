import type { RecordId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { FileAnswer } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import { openContent } from './content.ts';

/** The record with all that proves it, as one JSON file that needs no network to be verified but the public key. */
export async function exportRecord(
  app: App,
  caller: Caller,
  recordId: RecordId,
): Promise<Outcome<FileAnswer>> {
  const record = await app.store.records.get(caller.scope, recordId);
  const salted = record && (await openContent(app.keys, record));
  if (record === undefined || salted === undefined) return refuse({ code: 'not_found' });
  const { _id, state, digest, previousDigest, signatures, disagreement, addenda, seal, sealedAt } = record;
  const file = {
    format: 'medspill-record-file-1',
    recordId: _id,
    state,
    content: salted.content,
    salt: salted.salt,
    digest,
    previousDigest,
    signatures,
    disagreement: disagreement ?? null,
    sealedAt: sealedAt ?? null,
    seal: seal ?? null,
    addenda,
  };
  return done({
    file: Buffer.from(`${JSON.stringify(file, null, 2)}\n`),
    name: `utviklingssamtale-${record.month}.json`,
  });
}
