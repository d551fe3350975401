// What the audit trail holds: who did what to whose data, and when. Ids, months and digests; never a word that somebody
// wrote.
import type { PairId, PersonId, RecordId } from '../ids.ts';
import type { InstantText, MonthText } from '../time.ts';

export type ReaderRole = 'seller' | 'manager' | 'former_manager' | 'admin';

/** The end of one chain as it stood when it was anchored. */
export type ChainEnd = { subjectId: string; seq: number; hash: string };

export type AuditEvent =
  | { kind: 'record_read'; role: ReaderRole; recordId: RecordId; month: MonthText; requestId?: string }
  | { kind: 'manager_change_asked'; pairId: PairId; from: PersonId; to: PersonId }
  | { kind: 'manager_change_stopped'; pairId: PairId; to: PersonId }
  | { kind: 'manager_changed'; pairId: PairId; from: PersonId; to: PersonId; at: InstantText }
  | { kind: 'access_asked'; requestId: string; recordId: RecordId; reasonDigest: string }
  | { kind: 'access_approved' | 'access_refused'; requestId: string; recordId: RecordId }
  | { kind: 'settings_changed'; digest: string }
  | { kind: 'audit_read' }
  /** The receipt of a nightly deletion: how many, and of reviews before which month. */
  | { kind: 'words_deleted'; what: 'notes' | 'reflection'; count: number; before: MonthText }
  /** Every day: the ends of all chains, sealed by a key outside the database. */
  | { kind: 'anchor'; ends: ChainEnd[]; seal: { keyId: string; value: string } };

export type AuditKind = AuditEvent['kind'];

/** Chain of what concerns the company as a whole; the others are called by the id of a person. */
export const companyChain = 'company';

/** One link: `hash` is the digest of everything else in it, `previous` the hash before. */
export type AuditEntry = {
  subjectId: PersonId | typeof companyChain;
  /** From 1, without gaps. */
  seq: number;
  at: InstantText;
  by: PersonId | 'job';
  /** As their token said; shown to the seller. */
  byName: string;
  event: AuditEvent;
  previous: string;
  hash: string;
};
