// Holds an audit trail against itself: every chain without gaps and unchanged, none cut off at its end, every anchor
// sealed and met by the chains it names. Pure, so that the command and the tests share it.
import { type AuditEntry, type ChainEnd, companyChain } from '@medspill/domain/trust/audit';
import { anchorDigest, hashOf } from './audit.ts';

export type Flaw = {
  subjectId: string;
  /** The number of the entry where it shows. */
  seq: number;
  what: 'missing' | 'changed' | 'relinked' | 'cut_off' | 'anchor_seal' | 'anchor_broken';
};

export type Trail = { entries: readonly AuditEntry[]; ends: readonly ChainEnd[] };

/** `sealHolds`: whether the key outside the database has signed this digest. */
export async function findFlaws(
  { entries, ends }: Trail,
  sealHolds: (digest: string, seal: { keyId: string; value: string }) => boolean | Promise<boolean>,
): Promise<Flaw[]> {
  const chains = Map.groupBy(entries, ({ subjectId }) => subjectId as string);
  const flaws: Flaw[] = [];
  for (const [subjectId, chain] of chains) flaws.push(...flawsOfChain(subjectId, chain));
  for (const end of ends) flaws.push(...cutOff(end, chains.get(end.subjectId) ?? [], 'cut_off'));
  for (const { seq, event } of chains.get(companyChain) ?? []) {
    if (event.kind !== 'anchor') continue;
    if (!(await sealHolds(anchorDigest(event.ends), event.seal))) {
      flaws.push({ subjectId: companyChain, seq, what: 'anchor_seal' });
    }
    for (const end of event.ends) {
      flaws.push(...cutOff(end, chains.get(end.subjectId) ?? [], 'anchor_broken'));
    }
  }
  return flaws;
}

function flawsOfChain(subjectId: string, chain: readonly AuditEntry[]): Flaw[] {
  const flaws: Flaw[] = [];
  let next = 1;
  let previous = '';
  for (const entry of chain.toSorted((a, b) => a.seq - b.seq)) {
    const { seq } = entry;
    for (; next < seq; next += 1) flaws.push({ subjectId, seq: next, what: 'missing' });
    if (hashOf(entry) !== entry.hash) flaws.push({ subjectId, seq, what: 'changed' });
    // After a gap the link shows nothing that the gap has not shown.
    else if (entry.previous !== previous && flaws.at(-1)?.seq !== seq - 1) {
      flaws.push({ subjectId, seq, what: 'relinked' });
    }
    previous = entry.hash;
    next = seq + 1;
  }
  return flaws;
}

/** The chain must still hold the link that it once ended with. */
function cutOff(end: ChainEnd, chain: readonly AuditEntry[], what: Flaw['what']): Flaw[] {
  const met = chain.some(({ seq, hash }) => seq === end.seq && hash === end.hash);
  return met ? [] : [{ subjectId: end.subjectId, seq: end.seq, what }];
}
