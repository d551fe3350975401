// Words that the service has not acknowledged, one entry per field: two tabs of one person never overwrite each other's.
export type KeptFields = {
  /** What a field holds here, or nothing where all is acknowledged. */
  all: () => Map<string, unknown>;
  keep: (field: string, value: unknown) => void;
  drop: (field: string) => void;
  /** False where the browser refuses: then words live only as long as the page. */
  lasting: boolean;
};

export function keptFields(prefix: string, storage: Storage | undefined = deviceStorage()): KeptFields {
  const memory = new Map<string, unknown>();
  const lasting = storage !== undefined;
  return {
    lasting,
    all() {
      if (storage === undefined) return new Map(memory);
      const found = new Map<string, unknown>();
      for (let index = 0; index < storage.length; index += 1) {
        const key = storage.key(index);
        if (key === null || !key.startsWith(prefix)) continue;
        try {
          found.set(key.slice(prefix.length), JSON.parse(storage.getItem(key) ?? 'null'));
        } catch {
          // Half an entry from a full disk; what the service has is whole.
          storage.removeItem(key);
        }
      }
      return found;
    },
    keep(field, value) {
      memory.set(field, value);
      try {
        storage?.setItem(prefix + field, JSON.stringify(value));
      } catch {
        // The disk is full: the words stay in memory and are sent as usual.
      }
    },
    drop(field) {
      memory.delete(field);
      storage?.removeItem(prefix + field);
    },
  };
}

/** The browser's store, unless it is closed to pages inside another site's frame. */
function deviceStorage(): Storage | undefined {
  try {
    const probe = 'medspill/probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}
