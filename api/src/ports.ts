// What the use cases need of the world. Adapters implement these; nothing here knows how.
import type { Block } from '@medspill/domain/book/blocks';
import type { Booking } from '@medspill/domain/book/contract';
import type { GoalId, MomentId, PairId, PersonId, PromiseId, RecordId, ReviewId } from '@medspill/domain/ids';
import type { Person } from '@medspill/domain/people';
import type { Outcome } from '@medspill/domain/refusals';
import type { Present } from '@medspill/domain/run/contract';
import type { DateText, InstantText, MonthText, OccurrenceTime } from '@medspill/domain/time';
import type { PermissionKind, PermissionName, PermissionState } from '@medspill/domain/trust/permissions';
import type { Temporal } from 'temporal-polyfill';
import type {
  AccessRequestDocument,
  AuditDocument,
  AuditEndDocument,
  GoalDocument,
  LiveHeadDocument,
  LiveUpdateDocument,
  MomentDocument,
  Notice,
  NoticeDocument,
  PairDocument,
  PrivateDocument,
  PromiseDocument,
  RecordDocument,
  ReviewDocument,
  SettingsDocument,
  SingleMeeting,
  SubscriptionDocument,
} from './documents.ts';
import type { Scope } from './scope.ts';

/** Ids, codes and counts, never a word of anybody: where it goes, others than the two may read. */
export type Log = (level: 'info' | 'warn' | 'error', event: Record<string, unknown>) => void;

export type Clock = { now(): Temporal.Instant };

/** Who acts on Graph: the manager behind a request (their token is passed on), or the app itself. */
export type Actor = { kind: 'person'; personId: PersonId; assertion: string } | { kind: 'app' };

/** People, as Entra and their mailboxes know them. Refusals: consent_required, interaction_required, microsoft_unavailable. */
export type Directory = {
  directReports(actor: Actor): Promise<Outcome<Person[]>>;
  search(actor: Actor, text: string): Promise<Outcome<Person[]>>;
  /** `guest` and `no_mailbox` cannot be booked. Undefined: there is no such person. */
  find(
    actor: Actor,
    id: PersonId,
  ): Promise<Outcome<(Person & { obstacle?: 'guest' | 'no_mailbox' }) | undefined>>;
};

export type FreeBusy = {
  personId: PersonId;
  known: boolean;
  /** Meetings and absences. */
  busy: { start: InstantText; end: InstantText }[];
  workingHours: { days: string[]; start: string; end: string; zone: string };
};

/** The manager's calendar. Every method may be repeated: it looks before it creates. */
export type Calendar = {
  freeBusy(
    actor: Actor,
    people: { id: PersonId; mail: string }[],
    from: InstantText,
    to: InstantText,
  ): Promise<Outcome<FreeBusy[]>>;
  /** Starts between two instants at which both are free and at work, soonest first: Outlook's own proposals. */
  findTimes(
    actor: Actor,
    seller: { mail: string },
    wish: { from: InstantText; to: InstantText; minutes: number },
  ): Promise<Outcome<InstantText[]>>;
  /** Takes the booking as far as it can in the order create → attach → invite → app → blocks; `save` keeps each step. */
  goOn(
    actor: Actor,
    pair: PairDocument,
    save: (pair: PairDocument) => Promise<PairDocument>,
  ): Promise<Outcome<PairDocument>>;
  moveOccurrence(
    actor: Actor,
    pair: PairDocument,
    from: OccurrenceTime,
    to: OccurrenceTime,
  ): Promise<Outcome<true>>;
  cancelOccurrence(actor: Actor, pair: PairDocument, at: OccurrenceTime): Promise<Outcome<true>>;
  /** Ends the series after `from`; held occurrences stay in both calendars. */
  endSeries(actor: Actor, pair: PairDocument, from: Temporal.Instant): Promise<Outcome<true>>;
  /** Takes the whole series away: for the undo of a fresh booking. */
  cancelSeries(actor: Actor, pair: PairDocument): Promise<Outcome<true>>;
  /** The manager's own preparation block of a month, unless it stands or its time has passed. */
  bookPreparation(
    actor: Actor,
    pair: PairDocument,
    month: MonthText,
    at: OccurrenceTime,
  ): Promise<Outcome<true>>;
  /** The seller's private blocks, in the seller's own calendar and name: made, moved and taken away until they are these. */
  alignBlocks(actor: Actor, pair: PairDocument, blocks: readonly Block[]): Promise<Outcome<true>>;
  /** The meeting of one review alone: made, invited to and put where the review says, with one invitation. */
  bookSingle(
    actor: Actor,
    pair: PairDocument,
    review: Pick<ReviewDocument, '_id' | 'length' | 'occurrence' | 'single'>,
  ): Promise<Outcome<SingleMeeting>>;
  cancelSingle(
    actor: Actor,
    pair: PairDocument,
    review: Pick<ReviewDocument, '_id' | 'length' | 'occurrence' | 'single'>,
  ): Promise<Outcome<true>>;
  /** Where such a meeting stands now, whoever changed it. Undefined: it is gone. */
  readSingle(
    actor: Actor,
    pair: PairDocument,
    eventId: string,
  ): Promise<Outcome<{ start: InstantText; end: InstantText } | undefined>>;
  /** The month's own agenda in the body of its occurrence; the master is never touched. */
  writeAgenda(
    actor: Actor,
    pair: PairDocument,
    review: Pick<ReviewDocument, '_id' | 'length' | 'occurrence'>,
  ): Promise<Outcome<true>>;
  /** Lets the series run for `months` months from its first; moved and cancelled months stay as they are. */
  extendSeries(actor: Actor, pair: PairDocument, months: number): Promise<Outcome<true>>;
  /** Which appointment an item of a person's mailbox is. Undefined: there is no such item. */
  identify(
    actor: Actor,
    personId: PersonId,
    eventId: string,
  ): Promise<Outcome<{ iCalUId: string; seriesMasterId?: string } | undefined>>;
  /** The series as it stands in the manager's mailbox now, whoever changed it. */
  standing(actor: Actor, pair: PairDocument): Promise<Outcome<SeriesStanding>>;
  /** Asks Graph to tell of changes in a manager's calendar, or to go on telling. */
  watch(
    managerId: PersonId,
    known: { subscriptionId?: string; clientState: string },
  ): Promise<Outcome<{ subscriptionId: string; expiresAt: InstantText }>>;
};

export type SeriesStanding = {
  /** Deleted or cancelled as a whole. */
  gone: boolean;
  /** Original dates, in the zone of the series, of months that were cancelled one by one. */
  cancelled: DateText[];
  /** Months that stand elsewhere than the pattern says. */
  moved: { original: DateText; start: InstantText; end: InstantText }[];
  sellerAnswer: 'none' | 'accepted' | 'tentative' | 'declined';
};

/** What an administrator has granted to the app. */
export type Permissions = {
  granted(
    actor: Extract<Actor, { kind: 'person' }>,
  ): Promise<{ kind: PermissionKind; name: PermissionName; state: PermissionState }[]>;
};

export type Notifier = {
  /** Sends one notice to the activity feed. `gone` when the person has no app to show it in. */
  send(notice: Notice, language: Person['language']): Promise<'sent' | 'gone' | 'later'>;
  /**
   * Puts the same into the reader's own calendar instead, with Outlook's reminder. `gone` when the app may not write
   * there; repeating it is putting it there once.
   */
  remindInOutlook(notice: Notice, reader: Person, at: OccurrenceTime): Promise<'sent' | 'gone' | 'later'>;
};

/** One step of a goal; `key` is its own name, the same at every call. */
export type ToDoStep = { key: string; text: string; dueOn?: DateText; zone: string; done: boolean };

/** The tasks of whoever asks, in their name. Refusals: consent_required, interaction_required, microsoft_unavailable. */
export type ToDo = {
  /** Whether each is done there; undefined where it is not, or no longer, among the tasks. */
  read(actor: Actor, keys: string[]): Promise<Outcome<(boolean | undefined)[]>>;
  /** Makes what is missing and ticks or unticks the rest; repeating it changes nothing. */
  put(actor: Actor, steps: ToDoStep[], target: Notice['target']): Promise<Outcome<true>>;
};

export type Realtime = {
  /** A five-minute address at which a person hears that a review has moved on. */
  listenUrl(reviewId: ReviewId, personId: PersonId): Promise<{ url: string; group: string }>;
  /** Tells the listeners of a review its newest number; never what was written. */
  announce(
    reviewId: ReviewId,
    message: { seq?: number; presence?: Present[]; review?: true; goals?: true; record?: true },
  ): Promise<void>;
  /** Ends a person's connections: an address is looked at only when it is opened. */
  hangUp(personId: PersonId): Promise<void>;
};

/** The public half of a signing key (RFC 7517). */
export type JsonWebKey = { kid: string; kty: string; crv?: string; x?: string; y?: string };

/** Keys outside the database: signing records and wrapping the keys of their words. */
export type Keys = {
  /** Signs a SHA-256 digest (hex); answers the key's id and a Base64url signature. */
  sign(digest: string): Promise<{ keyId: string; value: string }>;
  verify(digest: string, signature: { keyId: string; value: string }): Promise<boolean>;
  /** Undefined where there is no such key. */
  publicKey(keyId: string): Promise<JsonWebKey | undefined>;
  wrap(key: Uint8Array): Promise<string>;
  unwrap(wrapped: string): Promise<Uint8Array>;
};

/** Version-guarded documents: the write decides, never an earlier read. */
export type Documents<D extends { _id: string; version: number }> = {
  get(scope: Scope, id: D['_id']): Promise<D | undefined>;
  /** False when a unique key already holds: the same command came twice, or another won. */
  insert(scope: Scope, document: D): Promise<boolean>;
  /** Writes `document` if the stored version is still `document.version`, and raises it. Undefined: somebody was first. */
  replace(scope: Scope, document: D): Promise<D | undefined>;
  /** Documents whose outbox is due, oldest first; for the sweep. */
  due(scope: Scope, now: InstantText, limit: number): Promise<D[]>;
  /** Takes a delivered entry out of the outbox; does not raise the version, since nothing was decided. */
  delivered(scope: Scope, document: Pick<D, '_id'> & { shard: string }, entryId: string): Promise<void>;
};

export type Store = {
  pairs: Documents<PairDocument> & {
    /** Pairs of a manager that have not ended, by seller's name. */
    ofManager(scope: Scope, managerId: PersonId): Promise<PairDocument[]>;
    /** Pairs of a seller, the open one first. */
    ofSeller(scope: Scope, sellerId: PersonId): Promise<PairDocument[]>;
    bySeries(
      scope: Scope,
      key: { iCalUId: string } | { eventId: string } | { threadId: string },
    ): Promise<PairDocument[]>;
    /** Booked pairs whose newest review lies before `month`: the daily job makes the coming one. */
    withSeries(scope: Scope, after: PairId | undefined, limit: number): Promise<PairDocument[]>;
    /** All pairs that have not ended, page by page. */
    open(scope: Scope, after: PairId | undefined, limit: number): Promise<PairDocument[]>;
  };
  reviews: Documents<ReviewDocument> & {
    ofPair(scope: Scope, pairId: PairId): Promise<ReviewDocument[]>;
    ofPairs(scope: Scope, pairIds: PairId[], from: MonthText): Promise<ReviewDocument[]>;
  };
  live: {
    /** Appends at `seq`; false when that number is taken. */
    append(scope: Scope, update: LiveUpdateDocument): Promise<boolean>;
    since(scope: Scope, reviewId: ReviewId, seq: number): Promise<LiveUpdateDocument[]>;
    byUpdateId(scope: Scope, reviewId: ReviewId, updateId: string): Promise<LiveUpdateDocument | undefined>;
    head(scope: Scope, reviewId: ReviewId): Promise<LiveHeadDocument | undefined>;
    /** Stores a compacted head. False: another compaction was first. */
    compact(scope: Scope, head: LiveHeadDocument): Promise<boolean>;
    /**
     * Empties the updates that a head holds: their words go, their numbers stay taken. A process that has not seen the
     * compaction can therefore never append at a number that was given out before.
     */
    drop(scope: Scope, reviewId: ReviewId, upTo: number): Promise<void>;
  };
  records: Documents<RecordDocument> & {
    ofPair(scope: Scope, pairId: PairId): Promise<RecordDocument[]>;
    ofPerson(scope: Scope, personId: PersonId): Promise<RecordDocument[]>;
    /** Records that still wait for the second signature on or before a date. */
    awaiting(scope: Scope, deadline: string, limit: number): Promise<RecordDocument[]>;
    /** Records of all sellers of a month. */
    ofMonth(scope: Scope, month: MonthText): Promise<RecordDocument[]>;
    remove(scope: Scope, record: RecordDocument): Promise<boolean>;
  };
  goals: Documents<GoalDocument> & {
    ofPair(scope: Scope, pairId: PairId): Promise<GoalDocument[]>;
    /** Goals whose next unanswered checkpoint is on or before a date, oldest first. */
    checkpointsDue(scope: Scope, on: string, limit: number): Promise<GoalDocument[]>;
  };
  promises: Documents<PromiseDocument> & {
    ofPairs(scope: Scope, pairIds: PairId[]): Promise<PromiseDocument[]>;
    /** Those that are due on a date of the span, both ends counted. */
    dueOfPairs(scope: Scope, pairIds: PairId[], from: DateText, to: DateText): Promise<PromiseDocument[]>;
  };
  moments: Documents<MomentDocument> & {
    ofPair(scope: Scope, pairId: PairId): Promise<MomentDocument[]>;
    /** Those of any of the pairs from an instant on. */
    ofPairsSince(scope: Scope, pairIds: PairId[], since: InstantText): Promise<MomentDocument[]>;
  };
  private: Documents<PrivateDocument> & {
    /** Own reflections of a pair, newest month first. */
    reflections(scope: Scope, pairId: PairId): Promise<PrivateDocument[]>;
    /** Notes or reflections of the tenant's reviews before a month, oldest first. */
    before(
      scope: Scope,
      kind: 'notes' | 'reflection',
      month: MonthText,
      limit: number,
    ): Promise<PrivateDocument[]>;
    /** False when it has been written since it was read. */
    remove(scope: Scope, document: PrivateDocument): Promise<boolean>;
    /** Only these answers of all reflections of the pairs since a month: nothing else leaves the database. */
    pulses(
      scope: Scope,
      pairIds: PairId[],
      from: MonthText,
      keys: readonly string[],
    ): Promise<{ authorId: PersonId; month: MonthText; answers: Record<string, string> }[]>;
  };
  notices: {
    /** False when the notice exists already. */
    add(scope: Scope, notice: NoticeDocument): Promise<boolean>;
    /** Marks up to `limit` due notices as queued and answers them: each to one caller only. */
    claim(scope: Scope, now: InstantText, limit: number): Promise<NoticeDocument[]>;
    get(scope: Scope, id: string): Promise<NoticeDocument | undefined>;
    /** Moves a notice on; false when it was not in `from`. */
    mark(
      scope: Scope,
      id: string,
      from: NoticeDocument['state'],
      to: NoticeDocument['state'],
      dueAt?: InstantText,
    ): Promise<boolean>;
  };
  audit: {
    /** False when that number is taken. */
    append(scope: Scope, entry: AuditDocument): Promise<boolean>;
    /** Newest first, at most a thousand. */
    ofSubject(scope: Scope, subjectId: string): Promise<AuditDocument[]>;
    last(scope: Scope, subjectId: string): Promise<AuditDocument | undefined>;
    /** All entries of the tenant, page by page in the order of their ids. */
    page(scope: Scope, after: string | undefined, limit: number): Promise<AuditDocument[]>;
    /** Remembers where a chain ends; an older end never takes the place of a newer one. */
    keepEnd(scope: Scope, end: AuditEndDocument): Promise<void>;
    ends(scope: Scope, after: string | undefined, limit: number): Promise<AuditEndDocument[]>;
  };
  settings: Documents<SettingsDocument>;
  access: Documents<AccessRequestDocument> & {
    /** Of the whole tenant, newest first, at most two hundred. */
    newest(scope: Scope): Promise<AccessRequestDocument[]>;
    ofSeller(scope: Scope, sellerId: PersonId): Promise<AccessRequestDocument[]>;
  };
  subscriptions: {
    ofManager(scope: Scope, managerId: PersonId): Promise<SubscriptionDocument | undefined>;
    byId(scope: Scope, subscriptionId: string): Promise<SubscriptionDocument | undefined>;
    /** Makes or renews it; what is still to be read stays. */
    keep(scope: Scope, subscription: Omit<SubscriptionDocument, 'changed'>): Promise<void>;
    /** Notes events as changed. */
    mark(scope: Scope, managerId: PersonId, eventIds: string[]): Promise<void>;
    /** Takes what has been read off the list. */
    clear(scope: Scope, managerId: PersonId, eventIds: string[]): Promise<void>;
    /** Those with something to read, and those that end before an instant. */
    changed(scope: Scope, limit: number): Promise<SubscriptionDocument[]>;
    ending(scope: Scope, before: InstantText, limit: number): Promise<SubscriptionDocument[]>;
  };
  /** Whether the database answers; for the health route. */
  ping(): Promise<void>;
  /** Makes collections and indexes; repeating it changes nothing. */
  bootstrap(): Promise<void>;
};

/** Documents as files. Words are text: nothing a person wrote is markup. */
export type Paper = {
  /** The agenda that goes with an invitation: names and time, nothing confidential. */
  agenda(input: { pair: PairDocument; language: Person['language'] }): Promise<Uint8Array>;
  record(input: {
    record: import('@medspill/domain/sign/contract').RecordView;
    language: Person['language'];
  }): Promise<Uint8Array>;
};

export type NewId = {
  review(pairId: PairId, month: MonthText, ordinal: number): ReviewId;
  record(reviewId: ReviewId): RecordId;
  goal(reviewId: ReviewId, slot: string): GoalId;
  promise(reviewId: ReviewId, slot: string): PromiseId;
  moment(): MomentId;
  outbox(): string;
};

export type { Booking };
