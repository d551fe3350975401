// What a review needs on the device: the form as last read, the own updates that are not acknowledged, and words that
// were not included. It is wiped when access ends.

export type Unsent = {
  updateId: string;
  clientId: number;
  update: Uint8Array<ArrayBuffer>;
  /** Set when the update carries one field alone, after a refusal: then it is clear which words were refused. */
  field?: string;
};

export type NotIncluded = {
  id: string;
  /** The root that the words were written in. */
  field: string;
  text: string;
  /** Why: the form was signed meanwhile, or the service refused the words. */
  because: 'closed' | 'refused';
};

export type LiveStore = {
  load: () => Promise<{
    form?: { state: Uint8Array; seq: number };
    unsent: Unsent[];
    tray: NotIncluded[];
    /** False where the browser keeps nothing: then words live only as long as the page. */
    lasting: boolean;
  }>;
  saveForm: (form: { state: Uint8Array; seq: number }) => void;
  keep: (unsent: Unsent) => void;
  drop: (updateId: string) => void;
  keepWords: (words: NotIncluded) => void;
  dropWords: (id: string) => void;
  wipe: () => Promise<void>;
};

const parts = ['forms', 'unsent', 'tray'] as const;
type PartName = (typeof parts)[number];

/** `owner` keeps people who share a device apart: person and review. */
export function deviceStore(owner: string): LiveStore {
  let opened: Promise<IDBDatabase | undefined> | undefined;
  const open = () => {
    opened ??= openDatabase();
    return opened;
  };
  const write = async (part: PartName, work: (store: IDBObjectStore) => void) => {
    const database = await open();
    if (database === undefined) return;
    try {
      const transaction = database.transaction(part, 'readwrite');
      work(transaction.objectStore(part));
      // Said at once, not after the answer: a page that closes in between would take its last words with it.
      transaction.commit();
    } catch {
      // The disk is full or the browser has closed the store: words are still sent, and say so until they are.
    }
  };
  const put = (part: PartName, key: string, value: object) =>
    void write(part, (store) => store.put({ ...value, owner }, `${owner}/${key}`));
  const remove = (part: PartName, key: string) =>
    void write(part, (store) => store.delete(`${owner}/${key}`));
  return {
    async load() {
      const database = await open();
      if (database === undefined) return { unsent: [], tray: [], lasting: false };
      const [form] = await readAll<{ state: Uint8Array; seq: number }>(database, 'forms', owner);
      const unsent = await readAll<Unsent>(database, 'unsent', owner);
      const tray = await readAll<NotIncluded>(database, 'tray', owner);
      return { ...(form === undefined ? {} : { form }), unsent, tray, lasting: true };
    },
    saveForm: (form) => put('forms', 'form', form),
    keep: (unsent) => put('unsent', unsent.updateId, unsent),
    drop: (updateId) => remove('unsent', updateId),
    keepWords: (words) => put('tray', words.id, words),
    dropWords: (id) => remove('tray', id),
    async wipe() {
      for (const part of parts) await write(part, (store) => store.delete(rangeOf(owner)));
    },
  };
}

function rangeOf(owner: string): IDBKeyRange {
  return IDBKeyRange.bound(`${owner}/`, `${owner}/\uffff`);
}

/** Undefined where the browser keeps nothing for a page in another site's frame. */
function openDatabase(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('medspill-live', 1);
      request.onupgradeneeded = () => {
        for (const part of parts) request.result.createObjectStore(part);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
      request.onblocked = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

/** Keys are UUIDv7 behind the owner, so entries come in the order they were written. */
function readAll<T>(database: IDBDatabase, part: PartName, owner: string): Promise<T[]> {
  return new Promise((resolve) => {
    const request = database.transaction(part, 'readonly').objectStore(part).getAll(rangeOf(owner));
    request.onsuccess = () => resolve(request.result as T[]);
    request.onerror = () => resolve([]);
  });
}

/** For a page whose browser keeps nothing, and for tests of one session. */
export function memoryStore(): LiveStore {
  let form: { state: Uint8Array; seq: number } | undefined;
  const unsent = new Map<string, Unsent>();
  const tray = new Map<string, NotIncluded>();
  return {
    load: async () => ({
      ...(form === undefined ? {} : { form }),
      unsent: [...unsent.values()],
      tray: [...tray.values()],
      lasting: true,
    }),
    saveForm: (next) => {
      form = next;
    },
    keep: (one) => void unsent.set(one.updateId, one),
    drop: (id) => void unsent.delete(id),
    keepWords: (words) => void tray.set(words.id, words),
    dropWords: (id) => void tray.delete(id),
    wipe: async () => {
      form = undefined;
      unsent.clear();
      tray.clear();
    },
  };
}
