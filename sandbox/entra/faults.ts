/** What can go wrong at the token endpoint. `times` limits a fault to the next requests. */
export type EntraFault =
  | { kind: 'consent_required' }
  | { kind: 'mfa' }
  | { kind: 'claims_challenge'; claims?: string }
  | { kind: 'outage'; times?: number }
  | { kind: 'throttle'; retryAfterSeconds?: number; times?: number }
  | { kind: 'slow'; milliseconds: number; times?: number };

export type EntraFaults = {
  /** For every caller, apps and the managed identity included. */
  everyone?: EntraFault[];
  /** By person id: that person's on-behalf-of and nested app auth requests. */
  people?: Record<string, EntraFault[]>;
};

export type FaultBook = {
  set(faults: EntraFaults): void;
  clear(): void;
  /** The person has consented: their missing consent is over. */
  consented(personId: string): void;
  /** The person has met a challenge, which their session remembers. */
  interacted(personId: string): void;
  /** Faults that meet this request; counts down those that are limited. */
  take(personId?: string): EntraFault[];
};

export function createFaultBook(): FaultBook {
  let everyone: EntraFault[] = [];
  let people = new Map<string, EntraFault[]>();
  const end = (personId: string, kinds: EntraFault['kind'][]) => {
    const kept = people.get(personId)?.filter(({ kind }) => !kinds.includes(kind));
    people.set(personId, kept ?? []);
  };
  return {
    set(faults) {
      const copy = structuredClone(faults);
      everyone = copy.everyone ?? [];
      people = new Map(Object.entries(copy.people ?? {}));
    },
    clear() {
      everyone = [];
      people = new Map();
    },
    consented: (personId) => end(personId, ['consent_required']),
    interacted: (personId) => end(personId, ['mfa', 'claims_challenge']),
    take(personId) {
      const own = personId === undefined ? [] : (people.get(personId) ?? []);
      return [...everyone, ...own].filter(spend);
    },
  };
}

function spend(fault: EntraFault): boolean {
  if (!('times' in fault) || fault.times === undefined) return true;
  if (fault.times <= 0) return false;
  fault.times -= 1;
  return true;
}

export const mfaClaims = JSON.stringify({
  access_token: { polids: { essential: true, values: ['9ab03e19-ed42-4168-b6b7-7001fb3e933a'] } },
});
export const stepUpClaims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
