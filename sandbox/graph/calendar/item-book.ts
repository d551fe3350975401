import type { SandboxClock } from '../../clock.ts';
import type { FaultState } from '../faults.ts';
import type { Store } from '../store.ts';
import type { ItemBook } from '../world.ts';
import type { CalendarItem } from './event.ts';

type Stale = { before: CalendarItem | null; until: number };

export function createItemBook(store: Store, clock: SandboxClock, faults: FaultState): ItemBook {
  const items = store.collection<CalendarItem>('item');
  const stale = store.collection<Stale>('stale');

  function remember(key: string, mailbox: string): void {
    const delay = faults.current().consistencyDelayMs ?? 0;
    if (delay <= 0) return;
    stale.put({ id: key, owner: mailbox }, { before: items.get(key) ?? null, until: clock.now() + delay });
  }

  function before(key: string): CalendarItem | null | undefined {
    const old = stale.get(key);
    return old !== undefined && clock.now() < old.until ? old.before : undefined;
  }

  return {
    get: (key) => items.get(key),
    // A read by id never misses what was just created: only its lists and filters lag.
    seen: (key) => before(key) ?? items.get(key),
    inMailbox: (mailbox) => items.ownedBy(mailbox),
    seenInMailbox(mailbox) {
      const seen: CalendarItem[] = [];
      for (const item of items.ownedBy(mailbox)) {
        const old = before(item.key);
        if (old === undefined) seen.push(item);
        else if (old !== null) seen.push(old);
      }
      return seen;
    },
    copies: (uid) => items.linkedTo(uid),
    save(item) {
      remember(item.key, item.mailbox);
      items.put({ id: item.key, owner: item.mailbox, link: item.uid }, item);
    },
    remove(item) {
      stale.remove(item.key);
      items.remove(item.key);
    },
  };
}
