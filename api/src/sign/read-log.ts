// Who has read what, in the audit trail of the seller; what others have read is shown to them.
import type { ReaderRole } from '@medspill/domain/trust/audit';
import type { App } from '../app.ts';
import type { RecordDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { writeDown } from '../trust/audit.ts';

/** Appends one read. Throws when it cannot be kept; the read must then be refused. */
export async function logRead(
  app: App,
  caller: Caller,
  record: RecordDocument,
  role: ReaderRole,
): Promise<void> {
  const { _id, month } = record;
  await writeDown(app, caller, record.sellerId, { kind: 'record_read', role, recordId: _id, month });
}
