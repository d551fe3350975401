// Tells the listeners of a review that it moved on. Always after the write, never part of it: a listener that hears
// nothing asks again by itself, so a failure is logged and fails nobody's command.
import type { ReviewId } from '@medspill/domain/ids';
import { faultText } from '../http/route.ts';
import type { Realtime } from '../ports.ts';
import type { LiveApp } from './live-form.ts';

type Message = Parameters<Realtime['announce']>[1];

/** Per review: one message under way, and what has come up since. Fast typing then costs few messages. */
const waiting = new WeakMap<LiveApp, Map<ReviewId, Message | undefined>>();

export function announce(app: LiveApp, reviewId: ReviewId, message: Message): void {
  let reviews = waiting.get(app);
  if (reviews === undefined) {
    reviews = new Map();
    waiting.set(app, reviews);
  }
  if (reviews.has(reviewId)) {
    reviews.set(reviewId, both(reviews.get(reviewId) ?? {}, message));
    return;
  }
  reviews.set(reviewId, undefined);
  void send(app, reviews, reviewId, message);
}

/** Numbers only grow, so the highest says all that the lower ones did. */
function both(a: Message, b: Message): Message {
  const seq = Math.max(a.seq ?? 0, b.seq ?? 0);
  // Of each side the latest counts.
  const sides = new Map([...(a.presence ?? []), ...(b.presence ?? [])].map((one) => [one.side, one]));
  return {
    ...a,
    ...b,
    ...(seq > 0 ? { seq } : {}),
    ...(sides.size > 0 ? { presence: [...sides.values()] } : {}),
  };
}

async function send(
  app: LiveApp,
  reviews: Map<ReviewId, Message | undefined>,
  reviewId: ReviewId,
  first: Message,
): Promise<void> {
  for (let message: Message | undefined = first; message !== undefined; ) {
    try {
      await app.realtime.announce(reviewId, message);
    } catch (error) {
      app.log('warn', { event: 'announce', reviewId, error: faultText(error) });
    }
    message = reviews.get(reviewId);
    reviews.set(reviewId, undefined);
  }
  reviews.delete(reviewId);
}
