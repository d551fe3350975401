// What every part of the simulated service works on: the store, the clock, the people and the faults of the moment.
import { join } from 'node:path';
import type { SandboxClock } from '../clock.ts';
import type { Person } from '../people.ts';
import type { StoredAttachment } from './calendar/attachments.ts';
import type { DeltaSnapshot } from './calendar/delta.ts';
import type { CalendarItem } from './calendar/event.ts';
import { createItemBook } from './calendar/item-book.ts';
import type { Mail } from './calendar/mail.ts';
import type { FaultState } from './faults.ts';
import type { Json } from './json.ts';
import { createDirectory, type Directory } from './people/directory.ts';
import { type Collection, openStore, type Store } from './store.ts';
import type { Activity } from './teams/activity.ts';
import type { CatalogueApp } from './teams/catalogue.ts';
import type { Chat, Meeting } from './teams/meetings.ts';
import type { PersonalInstall } from './teams/personal-apps.ts';

export type Change = {
  mailbox: string;
  key: string;
  /** The occurrence that changed; a cancelled occurrence is a change of its master. */
  date?: string;
  type: 'created' | 'updated' | 'deleted';
};

export type ItemBook = {
  /** What is true now. */
  get(key: string): CalendarItem | undefined;
  /** What a reader sees: for a while after a write it may be the version before. */
  seen(key: string): CalendarItem | undefined;
  inMailbox(mailbox: string): CalendarItem[];
  seenInMailbox(mailbox: string): CalendarItem[];
  /** Every mailbox's copy of one meeting. */
  copies(uid: string): CalendarItem[];
  save(item: CalendarItem): void;
  remove(item: CalendarItem): void;
};

export type World = {
  store: Store;
  clock: SandboxClock;
  people: Directory;
  faults: FaultState;
  tenantId: string;
  catalogue: CatalogueApp[];
  /** Whether Teams administrators let our app read online meetings without a user. */
  applicationAccessPolicy: boolean;
  items: ItemBook;
  mails: Collection<Mail>;
  attachments: Collection<StoredAttachment>;
  /** Base64 by its digest. */
  attachmentContents: Collection<{ contentBytes: string }>;
  meetings: Collection<Meeting>;
  chats: Collection<Chat>;
  personalInstalls: Collection<PersonalInstall>;
  activities: Collection<Activity>;
  mailboxSettings: Collection<Json>;
  deltas: Collection<DeltaSnapshot>;
  documents(kind: string): Collection<Json>;
  changed(change: Change): void;
};

export function personOf(world: World, id: string): Person {
  const person = world.people.find(id);
  if (person === undefined) throw new Error(`no person ${id}`);
  return person;
}

export type WorldOptions = {
  dataDir: string;
  clock: SandboxClock;
  people: Person[];
  tenantId: string;
  catalogue: CatalogueApp[];
  applicationAccessPolicy: boolean;
  faults: FaultState;
};

export function createWorld({ dataDir, clock, people, faults, ...rest }: WorldOptions): World {
  const store = openStore(join(dataDir, 'graph'));
  return {
    ...rest,
    store,
    clock,
    faults,
    people: createDirectory(people),
    items: createItemBook(store, clock, faults),
    mails: store.collection('mail'),
    attachments: store.collection('attachment'),
    attachmentContents: store.collection('attachmentContent'),
    meetings: store.collection('meeting'),
    chats: store.collection('chat'),
    personalInstalls: store.collection('personalInstall'),
    activities: store.collection('activity'),
    mailboxSettings: store.collection('mailboxSettings'),
    deltas: store.collection('delta'),
    documents: (kind) => store.collection<Json>(kind),
    // Until somebody listens.
    changed: () => {},
  };
}
