// The shared form's engine, and Yjs with it: fetched when the page already stands and takes typing.
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { call } from '../client/call.ts';
import { bindTextarea } from './bind-textarea.ts';
import { listenBySocket } from './listen.ts';
import { createLive, type Live } from './live-client.ts';
import { deviceStore } from './live-store.ts';

export type Engine = { live: Live; bindTextarea: typeof bindTextarea };

export function openEngine(review: ReviewView): Engine {
  const params = { reviewId: review.id };
  const live = createLive({
    side: review.side,
    store: deviceStore(`${review[review.side].id}/${review.id}`),
    join: (clientId) => call('joinLive', { params, query: clientId === undefined ? {} : { clientId } }),
    read: (since) => call('readLive', { params, query: { since } }),
    write: (body) => call('writeLive', { params, body }),
    showPresence: (body) => call('showPresence', { params, body }),
    listen: listenBySocket,
  });
  return { live, bindTextarea };
}
