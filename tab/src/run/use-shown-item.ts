import { type AgendaKey, agendaOf, itemIn } from '@medspill/domain/run/agenda';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMeeting } from './live-context.tsx';

export type ShownItem = {
  item: AgendaKey;
  /** Where the other has gone, while this person still writes elsewhere. */
  elsewhere: AgendaKey | undefined;
  /** Goes to an item and takes the other along. */
  go: (item: AgendaKey) => void;
  /** Goes where the other is; it moves nobody. */
  follow: () => void;
  /** When this item was opened here, for the soft timer; it is stored nowhere. */
  since: number;
};

/** One item at a time, the same for both; nobody is moved away from a field they are writing in. */
export function useShownItem(): ShownItem {
  const { form } = useMeeting();
  const agenda = agendaOf(form?.view.form.isShort ?? false);
  const chosen = itemIn(agenda, form?.view.form.agendaCurrent);
  const [shown, setShown] = useState<{ item: AgendaKey; since: number }>({ item: chosen, since: Date.now() });
  const last = useRef(chosen);
  useEffect(() => {
    if (last.current === chosen) return;
    last.current = chosen;
    const writing = document.activeElement instanceof HTMLTextAreaElement;
    if (!writing) setShown({ item: chosen, since: Date.now() });
  }, [chosen]);
  const go = useCallback(
    (item: AgendaKey) => {
      last.current = item;
      setShown({ item, since: Date.now() });
      if (form?.live.view().state === 'open') form.live.choose('agenda.current', item);
    },
    [form],
  );
  const follow = useCallback(() => setShown({ item: chosen, since: Date.now() }), [chosen]);
  // An item that the short form leaves out is shown no more: its words stand as they are.
  const item = itemIn(agenda, shown.item);
  const elsewhere = chosen === item ? undefined : chosen;
  return { item, elsewhere, go, follow, since: shown.since };
}
