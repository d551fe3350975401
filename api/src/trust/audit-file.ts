import { type AuditEntry, companyChain } from '@medspill/domain/trust/audit';
import type { App } from '../app.ts';
import type { FileAnswer } from '../http/route.ts';
import type { Caller } from '../http/token.ts';
import type { JsonWebKey } from '../ports.ts';
import { writeDown } from './audit.ts';

const page = 1000;

/** Every entry with the ends of all chains and the public keys that sealed the anchors; reading it is itself an entry. */
export async function auditFile(app: App, caller: Caller): Promise<FileAnswer> {
  const { scope } = caller;
  await writeDown(app, caller, companyChain, { kind: 'audit_read' });
  // The ends first: what is appended meanwhile makes a chain longer than its end says, and that is no flaw.
  const ends = await all((after) => app.store.audit.ends(scope, after, page));
  const entries = await all((after) => app.store.audit.page(scope, after, page));
  const file = {
    format: 'medspill-audit-file-1',
    entries: entries.map(({ subjectId, seq, at, by, byName, event, previous, hash }) => {
      const entry: AuditEntry = { subjectId, seq, at, by, byName, event, previous, hash };
      return entry;
    }),
    ends: ends.map(({ subjectId, seq, hash }) => ({ subjectId, seq, hash })),
    publicKeys: await publicKeys(app, entries),
  };
  return { file: Buffer.from(`${JSON.stringify(file)}\n`), name: 'medspill-audit.json' };
}

async function all<D extends { _id: string }>(
  read: (after: string | undefined) => Promise<D[]>,
): Promise<D[]> {
  const found: D[] = [];
  for (;;) {
    const next = await read(found.at(-1)?._id);
    found.push(...next);
    if (next.length < page) return found;
  }
}

async function publicKeys(app: App, entries: readonly AuditEntry[]): Promise<JsonWebKey[]> {
  const ids = new Set(entries.flatMap(({ event }) => (event.kind === 'anchor' ? [event.seal.keyId] : [])));
  const keys = await Promise.all([...ids].map((id) => app.keys.publicKey(id)));
  return keys.flatMap((key) => {
    if (key === undefined) return [];
    const { kid, kty, crv, x, y } = key;
    return [{ kid, kty, ...(crv && x && y ? { crv, x, y } : {}) }];
  });
}
