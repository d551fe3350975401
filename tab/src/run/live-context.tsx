import type { Person } from '@medspill/domain/people';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { otherSide } from '@medspill/domain/sides';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { call } from '../client/call.ts';
import { listenBySocket } from './listen.ts';
import { createLive, type Live, type LiveView } from './live-client.ts';
import { deviceStore } from './live-store.ts';

type LiveForm = {
  live: Live;
  view: LiveView;
  review: ReviewView;
  me: Person;
  other: Person;
  /** False while the form is locked. */
  writable: boolean;
};

const LiveContext = createContext<LiveForm | undefined>(undefined);

export function useLive(): LiveForm {
  const form = use(LiveContext);
  if (form === undefined) throw new Error('useLive outside LiveProvider');
  return form;
}

export function LiveProvider({ review, children }: { review: ReviewView; children: ReactNode }) {
  const me = review[review.side];
  const other = review[otherSide(review.side)];
  const [live] = useState(() => {
    const params = { reviewId: review.id };
    return createLive({
      side: review.side,
      store: deviceStore(`${me.id}/${review.id}`),
      join: (clientId) => call('joinLive', { params, query: clientId === undefined ? {} : { clientId } }),
      read: (since) => call('readLive', { params, query: { since } }),
      write: (body) => call('writeLive', { params, body }),
      showPresence: (body) => call('showPresence', { params, body }),
      listen: listenBySocket,
    });
  });
  useEffect(() => live.start(), [live]);
  const view = useSyncExternalStore(live.subscribe, live.view);
  const writable = view.state === 'open' && view.ended === undefined;
  const value = useMemo(
    () => ({ live, view, review, me, other, writable }),
    [live, view, review, me, other, writable],
  );
  return <LiveContext value={value}>{children}</LiveContext>;
}
