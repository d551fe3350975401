// The review behind an appointment that is open in Outlook, or a meeting that is open in Teams.
import { sideOf } from '@medspill/domain/access';
import { reviewsFor } from '@medspill/domain/book/find-review';
import { readICalUId } from '@medspill/domain/book/ical-uid';
import type { RouteAnswer, RouteRequest } from '@medspill/domain/contract';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
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
  if (found === undefined) return refuse({ code: 'not_found' });
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
