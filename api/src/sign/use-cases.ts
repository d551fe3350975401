// Signing: the first signature freezes the form, the second seals the record. Each command is one guarded write; what
// spans documents is a saga whose every step can be repeated.
import { graceDays, sideOf } from '@medspill/domain/access';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { PairId, PersonId, RecordId, ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { otherSide } from '@medspill/domain/sides';
import type { RecordView } from '@medspill/domain/sign/contract';
import { signingDeadline } from '@medspill/domain/sign/deadline';
import { dateIn, instantOf, toInstantText } from '@medspill/domain/time';
import { isUnderWay } from '@medspill/domain/trust/takeover';
import type { App } from '../app.ts';
import type { OutboxEntry, PairDocument, RecordDocument, ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import { appendMarker, loadForm } from '../run/live.ts';
import type { Scope } from '../scope.ts';
import { shardOf } from '../shard.ts';
import { openContent, type SaltedContent, sealContent } from './content.ts';
import { addendumDigest } from './digest.ts';
import { type Draft, draftRecord } from './draft.ts';
import { alignReview } from './move-review.ts';
import { logRead } from './read-log.ts';
import { type Check, listDigest, recordDigest, verifyRecord } from './verify.ts';

/** Addenda one record can hold; a record that needs more needs a talk. */
const addendaLimit = 50;

type Signing = { review: ReviewDocument; pair: PairDocument; side: Side };

export async function previewRecord(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
): Promise<Outcome<RecordView>> {
  const loaded = await loadSigning(app, caller, reviewId);
  if (!loaded.ok) return loaded;
  const { review, pair, side } = loaded.value;
  const record = await app.store.records.get(caller.scope, review.recordId);
  if (record !== undefined) {
    // While both are at it, it is their common draft; after that this is a read like any other.
    if (record.state !== 'awaiting_second') await logRead(app, caller, record, side);
    return viewOf(app, record, side);
  }
  return done(draftView(await draftRecord(app, caller.scope, review, pair), review, side));
}

export async function signRecord(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
  wish: { digest: string; seq: number; disagreement?: string | undefined },
): Promise<Outcome<RecordView>> {
  const loaded = await loadSigning(app, caller, reviewId);
  if (!loaded.ok) return loaded;
  const { review, pair, side } = loaded.value;
  for (;;) {
    const record = await app.store.records.get(caller.scope, review.recordId);
    const signed =
      record === undefined
        ? await signFirst(app, caller, { review, pair, side }, wish)
        : await signSecond(app, caller, record, side, wish);
    if (signed === 'raced') continue;
    if (!signed.ok) return signed;
    await followSignature(app, caller.scope, signed.value);
    // A repeat signs nothing and reads the record as it stands.
    if (signed.value === record && record.state !== 'awaiting_second') {
      await logRead(app, caller, record, side);
    }
    return viewOf(app, signed.value, side);
  }
}

/** Takes the own signature back while it stands alone; the form opens again. */
export async function withdrawSignature(
  app: App,
  caller: Caller,
  reviewId: ReviewId,
): Promise<Outcome<RecordView>> {
  const loaded = await loadSigning(app, caller, reviewId);
  if (!loaded.ok) return loaded;
  const { review, pair, side } = loaded.value;
  const taken = await takeBack(app, caller.scope, review, side);
  if (!taken.ok) return taken;
  const thawed = await thaw(app, caller.scope, review, side);
  if (!taken.value && !thawed) return refuse({ code: 'nothing_to_withdraw' });
  const fresh = await alignReview(app, caller.scope, review._id);
  return done(draftView(await draftRecord(app, caller.scope, fresh ?? review, pair), review, side));
}

/** False where there is no record: nobody has signed, or a process died between its freeze and its signature. */
async function takeBack(
  app: App,
  scope: Scope,
  review: ReviewDocument,
  side: Side,
): Promise<Outcome<boolean>> {
  for (;;) {
    const record = await app.store.records.get(scope, review.recordId);
    if (record === undefined) return done(false);
    if (record.state !== 'awaiting_second') return refuse({ code: 'sealed' });
    if (!record.signatures.some((signature) => signature.side === side)) {
      return refuse({ code: 'nothing_to_withdraw' });
    }
    // The version guard decides against a second signature, or a second withdrawal, at the same moment.
    if (await app.store.records.remove(scope, record)) return done(true);
  }
}

export async function readRecord(app: App, caller: Caller, recordId: RecordId): Promise<Outcome<RecordView>> {
  const readable = await loadReadable(app, caller, recordId);
  if (!readable.ok) return readable;
  const { record, side, role } = readable.value;
  // A read that cannot be logged is refused: the fault goes up, and no word goes out.
  await logRead(app, caller, record, role);
  return viewOf(app, record, side);
}

export async function checkRecord(
  app: App,
  caller: Caller,
  recordId: RecordId,
): Promise<Outcome<{ holds: boolean; checks: Check[] }>> {
  const readable = await loadReadable(app, caller, recordId);
  if (!readable.ok) return readable;
  const { record } = readable.value;
  const [chain, reviews] = await Promise.all([
    app.store.records.ofPair(caller.scope, record.pairId),
    app.store.reviews.ofPair(caller.scope, record.pairId),
  ]);
  const checks = await verifyRecord(app.keys, record, { records: chain, reviews });
  return done({ holds: checks.every((check) => check.holds), checks });
}

/** Records that the reader may open, newest first. */
export async function listRecords(app: App, caller: Caller): Promise<RecordDocument[]> {
  const { scope, personId } = caller;
  const [own, team] = await Promise.all([
    app.store.records.ofPerson(scope, personId),
    app.store.pairs.ofManager(scope, personId),
  ]);
  const inherited = await Promise.all(
    team
      .filter((pair) => pair.confirmedAt !== undefined)
      .map((pair) => app.store.records.ofPerson(scope, pair.sellerId)),
  );
  const unique = new Map([...own, ...inherited.flat()].map((record) => [record._id, record]));
  const readable = await Promise.all(
    [...unique.values()].map(async (record) =>
      (await roleOf(app, scope, record, personId)) ? [record] : [],
    ),
  );
  return readable.flat().sort((a, b) => b.month.localeCompare(a.month) || b.ordinal - a.ordinal);
}

export async function addAddendum(
  app: App,
  caller: Caller,
  recordId: RecordId,
  wish: { addendumId: string; text: string },
): Promise<Outcome<RecordView>> {
  for (;;) {
    const readable = await loadReadable(app, caller, recordId);
    if (!readable.ok) return readable;
    const { record, side, role } = readable.value;
    // Only the two who signed may add; the next manager reads.
    if (record.state === 'awaiting_second' || role === 'former_manager') return refuse({ code: 'not_found' });
    if (role === 'manager' && record.managerId !== caller.personId) return refuse({ code: 'not_found' });
    if (record.addenda.some((one) => one.id === wish.addendumId)) return viewOf(app, record, side);
    if (record.addenda.length >= addendaLimit) return refuse({ code: 'limit_reached', limit: addendaLimit });
    const name = side === 'seller' ? record.sellerName : record.managerName;
    const words = { id: wish.addendumId, side, name, at: toInstantText(app.clock.now()), text: wish.text };
    const digest = addendumDigest(record.digest, words);
    const { keyId, value } = await app.keys.sign(digest);
    const added = {
      ...record,
      addenda: [...record.addenda, { ...words, digest, seal: `${keyId} ${value}` }],
    };
    // A list that somebody has changed behind our back is not sealed anew: its broken seal goes on telling.
    const isIntact =
      record.addendaSeal !== undefined && (await app.keys.verify(listDigest(record), record.addendaSeal));
    const replaced = await app.store.records.replace(
      caller.scope,
      isIntact ? { ...added, addendaSeal: await app.keys.sign(listDigest(added)) } : added,
    );
    if (replaced === undefined) continue;
    await logRead(app, caller, record, role);
    return viewOf(app, replaced, side);
  }
}

async function signFirst(
  app: App,
  caller: Caller,
  { review, pair, side }: Signing,
  wish: { digest: string; seq: number; disagreement?: string | undefined },
): Promise<Outcome<RecordDocument> | 'raced'> {
  const draft = await draftRecord(app, caller.scope, review, pair);
  if (!(await isAsRead(app, caller.scope, review._id, wish.seq, draft.seq))) {
    return refuse({ code: 'form_changed', seq: draft.seq });
  }
  if (draft.digest !== wish.digest) return refuse({ code: 'digest_mismatch' });
  if (draft.missing.length > 0) return refuse({ code: 'record_incomplete', missing: draft.missing });
  // The unique number decides: whoever writes one word more before this marker makes it fail. A marker is set even
  // when the form is frozen already, so that a withdrawal at the same moment cannot thaw under this signature.
  const frozen = await appendMarker(app, caller.scope, review._id, draft.seq + 1, 'freeze', side);
  if (!frozen) return 'raced';
  const now = app.clock.now();
  const today = dateIn(now, review.occurrence.zone);
  const unsealed: RecordDocument = {
    _id: review.recordId,
    shard: shardOf(caller.scope, pair.sellerId),
    tenantId: caller.tenantId,
    version: 1,
    outbox: [signRequest(app, pair, side)],
    outboxDue: 'none',
    reviewId: review._id,
    pairId: review.pairId,
    sellerId: pair.sellerId,
    managerId: pair.managerId,
    managerName: pair.manager.name,
    sellerName: pair.seller.name,
    month: review.month,
    ordinal: review.ordinal,
    heldOn: draft.salted.content.heldOn,
    state: 'awaiting_second',
    seq: draft.seq + 1,
    digest: draft.digest,
    previousDigest: draft.previousDigest,
    signatures: [signatureOf(app, caller, side, pair, draft.digest)],
    sealedContent: await sealContent(app.keys, draft.salted),
    ...(side === 'seller' && wish.disagreement?.trim() ? { disagreement: wish.disagreement.trim() } : {}),
    addenda: [],
    deadline: signingDeadline(today, isPublicHoliday),
  };
  const record = { ...unsealed, seal: await app.keys.sign(recordDigest(unsealed)) };
  if (!(await app.store.records.insert(caller.scope, record))) return 'raced';
  // Somebody may have taken back a freeze that stood without a record until now, and written on.
  const form = await loadForm(app, caller.scope, review._id);
  const isOurs = form.state === 'sealed' || (form.state === 'frozen' && form.seq === record.seq);
  if (isOurs || !(await app.store.records.remove(caller.scope, record))) return done(record);
  // While it stood, somebody may have taken the review for signed.
  await alignReview(app, caller.scope, review._id);
  return 'raced';
}

/**
 * Whether the form is as it was at the number that somebody read. A freeze by another signature at the same moment
 * changes nothing; words do, and so does a withdrawal, since whoever took it back means to write.
 */
async function isAsRead(
  app: App,
  scope: Scope,
  reviewId: ReviewId,
  read: number,
  now: number,
): Promise<boolean> {
  if (read >= now) return read === now;
  const since = await app.store.live.since(scope, reviewId, read);
  return since.every(({ marker }) => marker === 'freeze');
}

async function signSecond(
  app: App,
  caller: Caller,
  record: RecordDocument,
  side: Side,
  wish: { digest: string; disagreement?: string | undefined },
): Promise<Outcome<RecordDocument> | 'raced'> {
  if (record.digest !== wish.digest) return refuse({ code: 'digest_mismatch' });
  // Signing twice is signing once: the answer is the record as it stands.
  if (record.signatures.some((signature) => signature.side === side)) return done(record);
  if (record.state !== 'awaiting_second') return refuse({ code: 'sealed' });
  const pair = await app.store.pairs.get(caller.scope, record.pairId);
  if (pair === undefined) return refuse({ code: 'not_found' });
  // Nobody signs beside a signature that was changed in the database.
  const isIntact = record.seal !== undefined && (await app.keys.verify(recordDigest(record), record.seal));
  if (!isIntact) return refuse({ code: 'digest_mismatch' });
  const sealed: RecordDocument = {
    ...record,
    state: 'sealed',
    signatures: [...record.signatures, signatureOf(app, caller, side, pair, record.digest)],
    sealedAt: toInstantText(app.clock.now()),
    ...(side === 'seller' && wish.disagreement?.trim() ? { disagreement: wish.disagreement.trim() } : {}),
    outbox: [...record.outbox, makeGoalsEntry(app)],
  };
  const replaced = await app.store.records.replace(caller.scope, {
    ...sealed,
    seal: await app.keys.sign(recordDigest(sealed)),
    addendaSeal: await app.keys.sign(listDigest(sealed)),
  });
  return replaced === undefined ? 'raced' : done(replaced);
}

/** After five working days the record closes without the second signature; that is no reproach, and it says so. */
export async function closeUnsigned(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  const isIntact = record.seal !== undefined && (await app.keys.verify(recordDigest(record), record.seal));
  if (!isIntact) throw new Error('The record is not what was signed');
  const closed: RecordDocument = {
    ...record,
    state: 'closed_unsigned',
    sealedAt: toInstantText(app.clock.now()),
    outbox: [...record.outbox, makeGoalsEntry(app)],
  };
  const replaced = await app.store.records.replace(scope, {
    ...closed,
    seal: await app.keys.sign(recordDigest(closed)),
    addendaSeal: await app.keys.sign(listDigest(closed)),
  });
  if (replaced !== undefined) await followSignature(app, scope, replaced);
}

/** What follows a signature in other documents; the sweep repeats it if this process dies here. */
async function followSignature(app: App, scope: Scope, record: RecordDocument): Promise<void> {
  if (record.state === 'awaiting_second') await alignReview(app, scope, record.reviewId);
  await dispatch(app, scope, app.store.records, record);
  await app.realtime.announce(record.reviewId, { record: true }).catch(() => undefined);
}

async function thaw(app: App, scope: Scope, review: ReviewDocument, side: Side): Promise<boolean> {
  for (;;) {
    const form = await loadForm(app, scope, review._id);
    if (form.state !== 'frozen') return false;
    // Somebody signed in between: their freeze stands.
    if ((await app.store.records.get(scope, review.recordId)) !== undefined) return true;
    if (await appendMarker(app, scope, review._id, form.seq + 1, 'thaw', side)) return true;
  }
}

async function loadSigning(app: App, caller: Caller, reviewId: ReviewId): Promise<Outcome<Signing>> {
  const review = await app.store.reviews.get(caller.scope, reviewId);
  const pair = review && (await app.store.pairs.get(caller.scope, review.pairId));
  if (review === undefined || pair === undefined) return refuse({ code: 'not_found' });
  const side = sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (side === undefined) return refuse({ code: 'not_found' });
  if (pair.confirmedAt === undefined) return refuse({ code: 'not_confirmed' });
  const { startsAt } = pair;
  if (startsAt > toInstantText(app.clock.now())) return refuse({ code: 'not_begun', startsAt });
  return done({ review, pair, side });
}

type ReaderRole = 'seller' | 'manager' | 'former_manager';

async function loadReadable(
  app: App,
  caller: Caller,
  recordId: RecordId,
): Promise<Outcome<{ record: RecordDocument; side: Side; role: ReaderRole }>> {
  const record = await app.store.records.get(caller.scope, recordId);
  const role = record && (await roleOf(app, caller.scope, record, caller.personId));
  // Whoever may not read learns nothing, not even that there is a record.
  if (record === undefined || role === undefined) return refuse({ code: 'not_found' });
  return done({ record, side: role === 'seller' ? 'seller' : 'manager', role });
}

/** Access rule readerOfRecord (domain/access.ts). */
async function roleOf(
  app: App,
  scope: Scope,
  record: RecordDocument,
  personId: PersonId,
): Promise<ReaderRole | undefined> {
  if (record.sellerId === personId) return 'seller';
  const now = app.clock.now();
  const pairs = await app.store.pairs.ofSeller(scope, record.sellerId);
  const mine = pairs.filter((pair) => pair.managerId === personId && pair.confirmedAt !== undefined);
  const present = mine.find((pair) => isUnderWay(pair, now));
  if (present !== undefined) {
    // Drafts never move to the next manager.
    return record.state !== 'awaiting_second' || record.pairId === (present._id as PairId)
      ? 'manager'
      : undefined;
  }
  const grace = mine.some(
    (pair) =>
      pair.endsAt !== 'open' &&
      pair._id === record.pairId &&
      instantOf(pair.endsAt).add({ hours: 24 * graceDays }).epochMilliseconds > now.epochMilliseconds,
  );
  return grace ? 'former_manager' : undefined;
}

function signatureOf(app: App, caller: Caller, side: Side, pair: PairDocument, digest: string) {
  return {
    side,
    personId: caller.personId as string,
    name: pair[side].name,
    at: toInstantText(app.clock.now()),
    digest,
  };
}

function signRequest(app: App, pair: PairDocument, signed: Side): OutboxEntry {
  const reader = otherSide(signed);
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `sign_request/${pair._id}/${toInstantText(app.clock.now())}`,
      to: pair[reader].id,
      kind: 'sign_request',
      pairId: pair._id,
      target: { page: 'pair', id: pair._id },
      values: { name: pair[signed].name },
    },
  };
}

function makeGoalsEntry(app: App): OutboxEntry {
  return { id: app.newId.outbox(), kind: 'make_goals', due: toInstantText(app.clock.now()), attempts: 0 };
}

async function viewOf(app: App, record: RecordDocument, side: Side): Promise<Outcome<RecordView>> {
  const salted = await openContent(app.keys, record);
  if (salted === undefined) return refuse({ code: 'not_found' });
  return done(recordView(record, salted, side));
}

export function recordView(record: RecordDocument, salted: SaltedContent, side: Side): RecordView {
  return {
    id: record._id,
    state: record.state,
    side,
    content: salted.content,
    digest: record.digest,
    salt: salted.salt,
    seq: record.seq,
    signatures: record.signatures,
    ...(record.disagreement === undefined ? {} : { disagreement: record.disagreement }),
    addenda: record.addenda.map(({ seal: _seal, ...addendum }) => addendum),
    deadline: record.deadline,
    missing: [],
  };
}

function draftView(draft: Draft, review: ReviewDocument, side: Side): RecordView {
  return {
    id: review.recordId,
    state: 'draft',
    side,
    content: draft.salted.content,
    digest: draft.digest,
    salt: draft.salted.salt,
    seq: draft.seq,
    signatures: [],
    addenda: [],
    missing: draft.missing,
  };
}
