// Private notes and reflections whose term is over are deleted every night (capability list, section 5).
import { dateIn, type MonthText } from '@medspill/domain/time';
import { companyChain } from '@medspill/domain/trust/audit';
import { keptFrom } from '@medspill/domain/trust/retention';
import type { App } from '../app.ts';
import type { Scope } from '../scope.ts';
import { itself, writeDown } from './audit.ts';
import { readSettings } from './settings.ts';

const page = 200;
const kinds = [
  { what: 'notes', term: 'notesDays' },
  { what: 'reflection', term: 'reflectionsMonths' },
] as const;

/**
 * A review's month must be over for the whole term: nobody's words go a day early, some stay up to a month longer. The
 * receipt in the audit trail has counts alone; it is written for each page, so that a night that is cut short still has
 * one for what it deleted.
 */
export async function deleteOldWords(app: App, scope: Scope): Promise<void> {
  const { retention } = await readSettings(app, scope);
  const today = dateIn(app.clock.now(), 'Europe/Oslo');
  for (const { what, term } of kinds) {
    const before = keptFrom(today, retention, term).slice(0, 7) as MonthText;
    for (;;) {
      const old = await app.store.private.before(scope, what, before, page);
      const removed = await Promise.all(old.map((document) => app.store.private.remove(scope, document)));
      const count = removed.filter((one) => one).length;
      if (count === 0) break;
      await writeDown(app, itself(scope), companyChain, { kind: 'words_deleted', what, count, before });
    }
  }
}
