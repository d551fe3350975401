// What is stored. Each document is written whole, guarded by its version, and carries its own outbox.
import type { Absence } from '@medspill/domain/book/absence';
import type { Pattern } from '@medspill/domain/book/pattern';
import type { ChosenKind, Goal, NoticeKind } from '@medspill/domain/follow-up/contract';
import type { GoalOutline } from '@medspill/domain/follow-up/goal-outline';
import type { NoticeValues } from '@medspill/domain/follow-up/notice-values';
import type {
  GoalId,
  MomentId,
  PairId,
  PersonId,
  PromiseId,
  RecordId,
  ReviewId,
  TenantId,
} from '@medspill/domain/ids';
import type { NoteToManager } from '@medspill/domain/learn/contract';
import type { Person, Side } from '@medspill/domain/people';
import type { Part, ReviewView } from '@medspill/domain/prepare/contract';
import type { Confirmations } from '@medspill/domain/run/contract';
import type { RecordContent, Signature } from '@medspill/domain/sign/contract';
import type { DateText, InstantText, MonthText, OccurrenceTime, WallTime, Zone } from '@medspill/domain/time';
import type { AuditEntry, ChainEnd } from '@medspill/domain/trust/audit';
import type { Retention } from '@medspill/domain/trust/retention';

/** Something to do after a write: delivered at least once, so each kind must be idempotent. */
export type OutboxEntry =
  | { id: string; kind: 'go_on_booking'; due: InstantText; attempts: number }
  | { id: string; kind: 'notify'; due: InstantText; attempts: number; notice: Notice }
  | { id: string; kind: 'make_goals'; due: InstantText; attempts: number }
  | { id: string; kind: 'keep_agreed'; due: InstantText; attempts: number }
  | { id: string; kind: 'book_single'; due: InstantText; attempts: number }
  | { id: string; kind: 'keep_absences'; due: InstantText; attempts: number }
  /** The pair has ended: its manager hears no more. */
  | { id: string; kind: 'hang_up'; due: InstantText; attempts: number }
  | { id: string; kind: 'take_over'; due: InstantText; attempts: number };

/** What every stored document has. `shard` is the shard key of its collection and starts with the tenant. */
export type Stored<Id extends string> = {
  _id: Id;
  shard: string;
  tenantId: TenantId;
  version: number;
  outbox: OutboxEntry[];
  /** Earliest `due` of the outbox, or 'none': one indexed field that the sweep asks for. */
  outboxDue: InstantText | 'none';
};

/** shard: tenant + seller */
export type PairDocument = Stored<PairId> & {
  sellerId: PersonId;
  managerId: PersonId;
  seller: Person;
  manager: Person;
  startsAt: InstantText;
  /** A sentinel instead of an absent field: the unique index holds only one open pair. */
  endsAt: InstantText | 'open';
  confirmedAt?: InstantText;
  /** The pair that was under way when this one was booked, and when it was taken over. */
  takesOver?: { pairId: PairId; doneAt?: InstantText };
  /** The pair of the next manager, once it has taken over. */
  followedBy?: PairId;
  series?: SeriesDocument;
  /** Dates only; whoever is away gets no reminders (domain/book/absence.ts). */
  absences?: Absence[];
  /** The seller's own blocks: whether they want them, and what stands in their calendar, as `part start`. */
  sellerBlocks?: { wanted: boolean; standing: string[] };
  /** For the manager's overview, kept up to date by the writes that change it. */
  rhythm: { lastHeldOn?: DateText; skippedMonths: MonthText[] };
  /** What the overview counts of open goals and promises, without a word of them. */
  agreed?: { goals: GoalOutline[]; promisesDue: DateText[] };
};

export type SeriesDocument = {
  state: 'booking' | 'booked' | 'waiting_for_manager' | 'failed' | 'stopped';
  /** Raised when a series is made anew; part of the transactionId and of the tag in Graph. */
  generation: number;
  /** The first of the series that this one takes the place of, until all of them have been ended in Outlook. */
  endsGeneration?: number;
  /** UUID derived from pair and generation: Graph de-duplicates creates by it. */
  transactionId: string;
  pattern: Pattern;
  time: WallTime;
  zone: Zone;
  minutes: 30 | 45 | 60;
  firstMonth: MonthText;
  months: number;
  inPerson: boolean;
  privateBlocks: boolean;
  bookedAt: InstantText;
  steps: { created: boolean; attached: boolean; invited: boolean; appInstalled: boolean; blocks: boolean };
  /** Set before the first call to Graph: from then on an attempt looks before it creates. */
  attempted?: true;
  /** Whoever books has it until then; a second one waits, since attachments have no transaction id. */
  claimedUntil?: InstantText;
  eventId?: string;
  iCalUId?: string;
  threadId?: string;
  joinUrl?: string;
  prepBlockId?: string;
  reflectBlockId?: string;
  problem?: string;
};

/** shard: tenant + pair. `_id` derives from pair, month and ordinal, so making it twice is making it once. */
export type ReviewDocument = Stored<ReviewId> & {
  pairId: PairId;
  sellerId: PersonId;
  managerId: PersonId;
  month: MonthText;
  ordinal: number;
  first: boolean;
  length: ReviewView['length'];
  occurrence: OccurrenceTime;
  state: 'planned' | 'skipped' | 'running' | 'signing' | 'sealed' | 'closed_unsigned';
  /** Absent where the month went without anybody saying why: cancelled in Outlook, or the series stopped. */
  skipReason?: 'holiday' | 'absence' | 'agreed' | 'other';
  /**
   * Where the review has a meeting of its own beside the series: an extra review, or the rest of one that was
   * interrupted. `wanted` until it stands in Outlook.
   */
  single?: 'wanted' | SingleMeeting;
  /** When it was put off in the middle: it has been held in part, whatever becomes of the rest. */
  interruptedAt?: InstantText;
  ratedStages: ReviewView['ratedStages'];
  preparation: { manager: Part; seller: Part };
  revealedAt?: InstantText;
  /** Sent by the seller after the review; what was only written stands in their own reflection. */
  noteToManager?: NoteToManager;
  startedAt?: InstantText;
  confirmations: Confirmations;
  /** Yjs client ids issued to each side; an update from any other is refused. */
  clients: { clientId: number; side: Side; at: InstantText }[];
  /** Salt of the record's digest, made with the review so that a preview has the digest that is signed. */
  salt: string;
  recordId: RecordId;
};

/** A meeting of one review alone, as Outlook knows it. */
export type SingleMeeting = { eventId: string; iCalUId: string; joinUrl?: string };

/** shard: tenant + review. Append-only; `seq` from 1 without gaps. */
export type LiveUpdateDocument = {
  _id: string;
  shard: string;
  reviewId: ReviewId;
  seq: number;
  updateId: string;
  by: Side;
  at: InstantText;
  /** A freeze or seal stands in the same log, so that the unique seq decides what came before it. */
  marker?: 'freeze' | 'thaw' | 'seal';
  update: Uint8Array;
};

/** shard: tenant + review. The compacted head: all updates up to `seq`, freshly encoded. */
export type LiveHeadDocument = {
  _id: ReviewId;
  shard: string;
  version: number;
  seq: number;
  state: Uint8Array;
};

/** shard: tenant + seller. Words are encrypted under a key per record, wrapped by the vault. */
export type RecordDocument = Stored<RecordId> & {
  reviewId: ReviewId;
  pairId: PairId;
  sellerId: PersonId;
  managerId: PersonId;
  managerName: string;
  sellerName: string;
  month: MonthText;
  ordinal: number;
  heldOn: DateText;
  state: 'awaiting_second' | 'sealed' | 'closed_unsigned';
  seq: number;
  digest: string;
  previousDigest: string | null;
  signatures: Signature[];
  /** AES-256-GCM of the salted content (`iv`, `data` with tag); `key` is wrapped, and null once erased. */
  sealedContent: { iv: string; data: string; key: string | null };
  disagreement?: string;
  addenda: {
    id: string;
    side: Side;
    name: string;
    at: InstantText;
    text: string;
    digest: string;
    seal: string;
  }[];
  deadline: DateText;
  sealedAt?: InstantText;
  /** Signature over digest and signatures by the key outside the database, renewed with the second signature. */
  seal?: { keyId: string; value: string };
  /** Signature over the list of addenda, so that one that is taken away is missed. */
  addendaSeal?: { keyId: string; value: string };
};
export type { RecordContent };

/** shard: tenant + seller */
export type GoalDocument = Stored<GoalId> &
  Omit<Goal, 'id' | 'version' | 'inToDo'> & {
    sellerId: PersonId;
    managerId: PersonId;
    /** Who has its steps in To Do: which version of the goal, and how they stood when both places were last compared. */
    toDo?: { [S in Side]?: { edition: number; done: boolean[] } };
    /** Next date of an unanswered checkpoint, or 'none': what the due sweep asks for. */
    nextCheckpointOn: DateText | 'none';
  };

/** shard: tenant + seller */
export type PromiseDocument = Stored<PromiseId> & {
  pairId: PairId;
  reviewId: ReviewId;
  sellerId: PersonId;
  managerId: PersonId;
  text: string;
  dueOn: DateText;
  keptAt?: InstantText;
  receivedAt?: InstantText;
};

/** shard: tenant + seller */
export type MomentDocument = Stored<MomentId> & {
  pairId: PairId;
  sellerId: PersonId;
  managerId: PersonId;
  at: InstantText;
  by: Side;
  situation: string;
  behaviour: string;
  impact: string;
};

/** shard: tenant + author. Notes and reflections: nobody else's query can reach this shard. */
export type PrivateDocument = Stored<string> & {
  authorId: PersonId;
  kind: 'notes' | 'reflection' | 'notice_choices' | 'handover';
  pairId?: PairId;
  reviewId?: ReviewId;
  month?: MonthText;
  rev: number;
  text?: string;
  answers?: Record<string, string>;
  off?: ChosenKind[];
  /** A handover: the seller lets the next manager read it. */
  shared?: boolean;
};

/** What is sent to one person's activity feed. No goal text, rating, answer or note ever stands in it. */
export type Notice = { [K in NoticeKind]: NoticeOf<K> }[NoticeKind];

type NoticeOf<K extends NoticeKind> = {
  /** Deterministic: the same event never notifies twice. */
  id: string;
  to: PersonId;
  kind: K;
  pairId: PairId;
  /** Where the deep link leads. */
  target: { page: 'home' | 'review' | 'record' | 'goal' | 'pair' | 'moments'; id: string };
  values: NoticeValues<K>;
};

/** shard: tenant + recipient. One notice, waiting, claimed or sent: sent at most once. */
export type NoticeDocument = {
  _id: string;
  shard: string;
  tenantId: TenantId;
  notice: Notice;
  dueAt: InstantText;
  state: 'waiting' | 'queued' | 'sent' | 'dropped';
};

/** shard: tenant + subject. Who did what to whose data: append-only and hash-chained (domain/trust/audit.ts). */
export type AuditDocument = AuditEntry & { _id: string; shard: string; tenantId: TenantId };

/** shard: tenant + subject. Where a chain ends: one that was cut off at the end is missed by it. */
export type AuditEndDocument = ChainEnd & { _id: string; shard: string; tenantId: TenantId };

/** shard: tenant + seller. An administrator's wish to read one record, and what a second one said. */
export type AccessRequestDocument = Stored<string> & {
  recordId: RecordId;
  pairId: PairId;
  sellerId: PersonId;
  sellerName: string;
  month: MonthText;
  askedBy: PersonId;
  askedByName: string;
  askedAt: InstantText;
  reason: string;
  state: 'asked' | 'approved' | 'refused';
  decidedByName?: string;
  decidedAt?: InstantText;
  expiresAt?: InstantText;
};

/** shard: tenant. What an administrator has chosen. */
export type SettingsDocument = Stored<string> & { retention: Retention };

/** shard: tenant + manager. What Graph tells us of a manager's calendar, and what it has told. */
export type SubscriptionDocument = {
  _id: string;
  shard: string;
  tenantId: TenantId;
  managerId: PersonId;
  /** Absent until Graph has made one. */
  subscriptionId?: string;
  /** Proves that a notification is Graph's. */
  clientState: string;
  expiresAt: InstantText;
  /** Ids of events that have changed and are still to be read; `*` for all of the mailbox. */
  changed: string[];
};
