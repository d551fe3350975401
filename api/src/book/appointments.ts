// The review behind an appointment that is open in Outlook, or a meeting that is open in Teams.
import { sideOf } from '@medspill/domain/access';
import { reviewsFor } from '@medspill/domain/book/find-review';
import { readICalUId } from '@medspill/domain/book/ical-uid';
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { dateIn, monthOf, toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { actorOf } from './actor.ts';
import { viewOfPair } from './pair-view.ts';

type Query = RouteRequest<'findAppointment'>['query'];

export async function findAppointment(
  app: App,
  caller: Caller,
  query: Query,
): Promise<Outcome<RouteAnswer<'findAppointment'>>> {
  const { scope, personId } = caller;
  const now = app.clock.now();
  const { series, original } = await uidOf(app, caller, query);
  const candidates = [
    ...(series === undefined ? [] : await app.store.pairs.bySeries(scope, { iCalUId: series })),
    ...(query.eventId === undefined ? [] : await app.store.pairs.bySeries(scope, { eventId: query.eventId })),
    ...(query.chatId === undefined ? [] : await app.store.pairs.bySeries(scope, { threadId: query.chatId })),
  ];
  // Whoever is in a chat or has an invitation forwarded is no side of the pair, and learns nothing.
  const own = candidates.flatMap((pair) => {
    const side = sideOf(pair, personId, toInstantText(now));
    return side === undefined ? [] : [{ pair, side }];
  });
  const found = own.find(({ pair }) => pair.endsAt === 'open') ?? own[0];
  if (found === undefined) return findSingle(app, caller, query, series);
  const { pair, side } = found;
  const reviews = (await app.store.reviews.ofPair(scope, pair._id)).filter(
    ({ state }) => state !== 'skipped',
  );
  const hint = { start: query.start, original, pattern: pair.series?.pattern };
  return done({
    pair: await viewOfPair(app, scope, pair, side),
    reviews: reviewsFor(reviews, hint, now).map(({ _id, month, occurrence }) => ({
      id: _id,
      month,
      occurrence,
    })),
  });
}

/** An extra review, or the rest of one, has an appointment of its own, which no series knows. */
async function findSingle(
  app: App,
  { scope, personId }: Caller,
  { eventId }: Query,
  uid: string | undefined,
): Promise<Outcome<RouteAnswer<'findAppointment'>>> {
  const now = app.clock.now();
  const pairs = [
    ...(await app.store.pairs.ofManager(scope, personId)),
    ...(await app.store.pairs.ofSeller(scope, personId)),
  ];
  const from = monthOf(dateIn(now.subtract({ hours: 24 * 62 }), 'UTC'));
  const ids = pairs.map(({ _id }) => _id);
  const reviews = ids.length === 0 ? [] : await app.store.reviews.ofPairs(scope, ids, from);
  const review = reviews.find(({ single }) => {
    if (single === undefined || single === 'wanted') return false;
    return single.eventId === eventId || (uid !== undefined && readICalUId(single.iCalUId).series === uid);
  });
  const pair = pairs.find(({ _id }) => _id === review?.pairId);
  const side = pair === undefined ? undefined : sideOf(pair, personId, toInstantText(now));
  if (review === undefined || pair === undefined || side === undefined) return refuse({ code: 'not_found' });
  const { _id: id, month, occurrence } = review;
  return done({
    pair: await viewOfPair(app, scope, pair, side),
    reviews: [{ id, month, occurrence }],
  });
}

type Uid = { series?: string; original?: NonNullable<ReturnType<typeof readICalUId>['original']> };

async function uidOf(app: App, caller: Caller, query: Query): Promise<Uid> {
  if (query.iCalUId !== undefined) return readICalUId(query.iCalUId);
  if (query.eventId === undefined) return {};
  const known: PairDocument[] = await app.store.pairs.bySeries(caller.scope, { eventId: query.eventId });
  if (known.length > 0) return {};
  // An item id of one's own mailbox, or of one occurrence, says nothing to us: Graph knows what it is.
  const item = await app.calendar.identify(actorOf(caller), caller.personId, query.eventId);
  // Where Graph cannot be asked, the appointment is one that we do not know.
  return item.ok && item.value !== undefined ? readICalUId(item.value.iCalUId) : {};
}
