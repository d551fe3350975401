// The audit trail: one chain for each person whose data it is about, and one for the company. Each link is hashed with
// the one before it; what cannot be written down is not done.
import type { PersonId } from '@medspill/domain/ids';
import { toInstantText } from '@medspill/domain/time';
import { type AuditEntry, type AuditEvent, type ChainEnd, companyChain } from '@medspill/domain/trust/audit';
import type { App } from '../app.ts';
import type { AuditDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { digestOf } from '../sign/digest.ts';

export type Author = { scope: Scope; personId: PersonId | 'job'; name: string };

/** A job of ours writes in its own name. */
export function itself(scope: Scope): Author {
  return { scope, personId: 'job', name: '' };
}

/** Appends one entry. Throws when it cannot be kept; what it is about must then not be done. */
export async function writeDown(
  app: App,
  author: Author | Caller,
  subjectId: AuditEntry['subjectId'],
  event: AuditEvent,
): Promise<AuditDocument> {
  const { scope } = author;
  const shard = shardOf(scope, subjectId);
  for (;;) {
    const last = await app.store.audit.last(scope, subjectId);
    const link = {
      subjectId,
      seq: (last?.seq ?? 0) + 1,
      at: toInstantText(app.clock.now()),
      by: author.personId,
      byName: author.name,
      event,
      previous: last?.hash ?? '',
    };
    const entry: AuditDocument = {
      // In the order of the numbers, so that a page of entries is one too.
      _id: `${shard}/${String(link.seq).padStart(9, '0')}`,
      shard,
      tenantId: scope.tenantId,
      ...link,
      hash: hashOf(link),
    };
    // The unique number decides between two at once; the loser takes the next.
    if (!(await app.store.audit.append(scope, entry))) continue;
    const { seq, hash } = entry;
    await app.store.audit.keepEnd(scope, {
      _id: shard,
      shard,
      tenantId: scope.tenantId,
      subjectId,
      seq,
      hash,
    });
    return entry;
  }
}

export function hashOf({
  subjectId,
  seq,
  at,
  by,
  byName,
  event,
  previous,
}: Omit<AuditEntry, 'hash'>): string {
  return digestOf({ subjectId, seq, at, by, byName, event, previous });
}

/** What the key outside the database signs of an anchor. */
export function anchorDigest(ends: readonly ChainEnd[]): string {
  return digestOf({ anchor: ends });
}

const page = 1000;
/** Ends in one anchor; a larger company has several a day. */
const endsInAnchor = 5000;

/**
 * Once a day: the ends of all chains, sealed. Whoever rewrites or cuts a chain behind our back cannot seal them anew. The
 * anchor's own hash goes to the log, which is kept outside the database.
 */
export async function anchorTrail(app: App, scope: Scope): Promise<void> {
  const ends: ChainEnd[] = [];
  for (let after: string | undefined; ; ) {
    const found = await app.store.audit.ends(scope, after, page);
    ends.push(...found.map(({ subjectId, seq, hash }) => ({ subjectId, seq, hash })));
    after = found.at(-1)?._id;
    if (found.length < page) break;
  }
  const last = await app.store.audit.last(scope, companyChain);
  // A day on which nothing happened needs no anchor.
  if (ends.length === 0 || (ends.length === 1 && last?.event.kind === 'anchor')) return;
  for (let from = 0; from < ends.length; from += endsInAnchor) {
    const part = ends.slice(from, from + endsInAnchor);
    const seal = await app.keys.sign(anchorDigest(part));
    const { seq, hash } = await writeDown(app, itself(scope), companyChain, {
      kind: 'anchor',
      ends: part,
      seal,
    });
    app.log('info', { event: 'audit_anchor', tenantId: scope.tenantId, seq, hash });
  }
}
