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
import type { Live, LiveView } from './live-client.ts';
import type { Engine } from './live-engine.ts';

type Meeting = {
  review: ReviewView;
  me: Person;
  other: Person;
  /** False while the form is locked. */
  writable: boolean;
  /** Undefined until the form has been read for the first time. */
  form: { live: Live; view: LiveView; bindTextarea: Engine['bindTextarea'] } | undefined;
};
type LiveForm = Omit<Meeting, 'form'> & NonNullable<Meeting['form']>;

const MeetingContext = createContext<Meeting | undefined>(undefined);

/** The meeting from its first moment on: the form may still be on its way. */
export function useMeeting(): Meeting {
  const meeting = use(MeetingContext);
  if (meeting === undefined) throw new Error('useMeeting outside LiveProvider');
  return meeting;
}

/** For what is shown only when the form stands. */
export function useLive(): LiveForm {
  const { form, ...meeting } = useMeeting();
  if (form === undefined) throw new Error('useLive before the form stands');
  return { ...meeting, ...form };
}

const nothing = () => undefined;
const never = () => nothing;

export function LiveProvider({ review, children }: { review: ReviewView; children: ReactNode }) {
  const me = review[review.side];
  const other = review[otherSide(review.side)];
  const engine = useEngine(review);
  useEffect(() => engine?.live.start(), [engine]);
  const view = useSyncExternalStore(engine?.live.subscribe ?? never, engine?.live.view ?? nothing);
  // A form that has stood stays, whatever the network does: its fields hold more than what was typed early.
  const [stands, setStands] = useState(false);
  if (!stands && view !== undefined && isRead(view)) setStands(true);
  const value = useMemo((): Meeting => {
    const writable = view === undefined || (view.state === 'open' && view.ended === undefined);
    const form = stands && engine !== undefined && view !== undefined ? { ...engine, view } : undefined;
    return { review, me, other, writable, form };
  }, [engine, view, stands, review, me, other]);
  return <MeetingContext value={value}>{children}</MeetingContext>;
}

/** Without a network the form is the copy on this device. */
function isRead({ link, ended }: LiveView): boolean {
  return link !== 'opening' || ended !== undefined;
}

function useEngine(review: ReviewView): Engine | undefined {
  const [engine, setEngine] = useState<Engine>();
  const [failed, setFailed] = useState<{ cause: unknown }>();
  const [opened] = useState(review);
  useEffect(() => {
    let left = false;
    import('./live-engine.ts').then(
      ({ openEngine }) => left || setEngine(openEngine(opened)),
      (cause) => left || setFailed({ cause }),
    );
    return () => {
      left = true;
    };
  }, [opened]);
  // The page's own floor shows it and offers another try.
  if (failed !== undefined) throw new Error('the form could not be fetched', failed);
  return engine;
}
