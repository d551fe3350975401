// Reading a record from outside the pair. An administrator writes why, a second one approves, the seller is told, and for
// one day the first one reads that one record. Each step is in the seller's audit trail before it is done.
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import type { PersonId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import { accessState, expiryOf } from '@medspill/domain/trust/break-glass';
import type { App } from '../app.ts';
import type { AccessRequestDocument, OutboxEntry, RecordDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import { shardOf } from '../shard.ts';
import { openContent } from '../sign/content.ts';
import { digestOf } from '../sign/digest.ts';
import { recordView } from '../sign/use-cases.ts';
import { writeDown } from './audit.ts';

type View = RouteAnswer<'listAccess'>['requests'][number];

/** That a review was held, and when: what an administrator may know without a reason. */
export async function heldReviews(
  app: App,
  caller: Caller,
  personId: PersonId,
): Promise<RouteAnswer<'heldReviews'>> {
  const records = await app.store.records.ofPerson(caller.scope, personId);
  return {
    reviews: records
      .filter((record) => record.sellerId === personId && isFinished(record))
      .map(({ _id, month, heldOn }) => ({ recordId: _id, month, heldOn })),
  };
}

export async function askAccess(
  app: App,
  caller: Caller,
  wish: RouteRequest<'askAccess'>['body'],
): Promise<Outcome<View>> {
  const { scope } = caller;
  const known = await app.store.access.get(scope, wish.requestId);
  if (known !== undefined) {
    const same = known.askedBy === caller.personId && known.recordId === wish.recordId;
    return same ? done(viewOf(app, known)) : refuse({ code: 'not_allowed' });
  }
  const record = await app.store.records.get(scope, wish.recordId);
  if (record === undefined || !isFinished(record)) return refuse({ code: 'not_found' });
  // One's own record needs no reason, and nobody to approve it.
  if (record.sellerId === caller.personId) return refuse({ code: 'not_allowed' });
  await writeDown(app, caller, record.sellerId, {
    kind: 'access_asked',
    requestId: wish.requestId,
    recordId: record._id,
    reasonDigest: digestOf(wish.reason),
  });
  const request: AccessRequestDocument = {
    _id: wish.requestId,
    shard: shardOf(scope, record.sellerId),
    tenantId: caller.tenantId,
    version: 1,
    outbox: [],
    outboxDue: 'none',
    recordId: record._id,
    pairId: record.pairId,
    sellerId: record.sellerId,
    sellerName: record.sellerName,
    month: record.month,
    askedBy: caller.personId,
    askedByName: caller.name,
    askedAt: toInstantText(app.clock.now()),
    reason: wish.reason,
    state: 'asked',
  };
  const isFirst = await app.store.access.insert(scope, request);
  return isFirst ? done(viewOf(app, request)) : askAccess(app, caller, wish);
}

export async function listAccess(app: App, caller: Caller): Promise<RouteAnswer<'listAccess'>> {
  const requests = await app.store.access.newest(caller.scope);
  return { requests: requests.map((request) => viewOf(app, request)) };
}

/** The second person. Refusals: not_allowed to whoever asked and to the seller, already_answered. */
export async function decideAccess(
  app: App,
  caller: Caller,
  requestId: string,
  approve: boolean,
): Promise<Outcome<View>> {
  const request = await app.store.access.get(caller.scope, requestId);
  if (request === undefined) return refuse({ code: 'not_found' });
  const isInvolved = request.askedBy === caller.personId || request.sellerId === caller.personId;
  // Whoever asked may take it back, never approve it.
  if (isInvolved && (approve || request.sellerId === caller.personId)) return refuse({ code: 'not_allowed' });
  if (request.state !== 'asked') return refuse({ code: 'already_answered' });
  await writeDown(app, caller, request.sellerId, {
    kind: approve ? 'access_approved' : 'access_refused',
    requestId,
    recordId: request.recordId,
  });
  const now = app.clock.now();
  const decided: AccessRequestDocument = {
    ...request,
    state: approve ? 'approved' : 'refused',
    decidedByName: caller.name,
    decidedAt: toInstantText(now),
    ...(approve ? { expiresAt: expiryOf(now), outbox: [...request.outbox, tellSeller(app, request)] } : {}),
  };
  const saved = await app.store.access.replace(caller.scope, decided);
  if (saved === undefined) return refuse({ code: 'already_answered' });
  await dispatch(app, caller.scope, app.store.access, saved);
  return done(viewOf(app, saved));
}

/** Access rule breakGlass (domain/access.ts). A read that cannot be written down is refused: the fault goes up. */
export async function readByAccess(
  app: App,
  caller: Caller,
  requestId: string,
): Promise<Outcome<RouteAnswer<'readByAccess'>>> {
  const request = await app.store.access.get(caller.scope, requestId);
  const isOn =
    caller.isAdmin &&
    request?.askedBy === caller.personId &&
    accessState(request, app.clock.now()) === 'approved';
  if (request === undefined || !isOn) return refuse({ code: 'not_found' });
  const record = await app.store.records.get(caller.scope, request.recordId);
  if (record === undefined) return refuse({ code: 'not_found' });
  const { _id: recordId, month } = record;
  await writeDown(app, caller, record.sellerId, {
    kind: 'record_read',
    role: 'admin',
    recordId,
    month,
    requestId,
  });
  const salted = await openContent(app.keys, record);
  return salted === undefined ? refuse({ code: 'not_found' }) : done(recordView(record, salted, 'seller'));
}

/** Drafts that one or neither has signed are nobody else's. */
function isFinished({ state }: RecordDocument): boolean {
  return state === 'sealed' || state === 'closed_unsigned';
}

function tellSeller(
  app: App,
  { _id, sellerId, pairId, recordId, askedByName }: AccessRequestDocument,
): OutboxEntry {
  return {
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `access_event/${_id}`,
      to: sellerId,
      kind: 'access_event',
      pairId,
      target: { page: 'record', id: recordId },
      values: { name: askedByName },
    },
  };
}

export function viewOf(app: App, request: AccessRequestDocument): View {
  const { _id, recordId, sellerName, month, askedBy, askedByName, askedAt, reason } = request;
  const { decidedByName, decidedAt, expiresAt } = request;
  return {
    id: _id,
    recordId,
    seller: sellerName,
    month,
    askedById: askedBy,
    askedBy: askedByName,
    askedAt,
    reason,
    state: accessState(request, app.clock.now()),
    ...(decidedByName === undefined ? {} : { decidedBy: decidedByName }),
    ...(decidedAt === undefined ? {} : { decidedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
