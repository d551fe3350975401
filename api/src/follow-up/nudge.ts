// After fourteen days without feedback the manager is nudged, once a week at most (capability 43).
import { absentOn } from '@medspill/domain/book/absence';
import type { PersonId } from '@medspill/domain/ids';
import { type DateText, dateIn, toInstantText } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { openTeam } from './digest.ts';
import { addReminder, mondayOf } from './reminders.ts';

const silentDays = 14;
/** On Thursdays: what is late or due early in the week is told before it. */
const daysFromMonday = 3;

/** One notice a manager and week, however many of the pairs are silent; July is holiday time. */
export async function nudge(app: App, scope: Scope, pairs: PairDocument[]): Promise<void> {
  for (const pair of await silentOf(app, scope, pairs)) {
    const monday = mondayOf(dateIn(app.clock.now(), pair.manager.zone));
    const id = `moment_nudge/${pair.managerId}/${monday}`;
    const target = { page: 'moments', id: pair._id } as const;
    const notice = { id, kind: 'moment_nudge', pairId: pair._id, target, values: {} } as const;
    const on = Temporal.PlainDate.from(monday).add({ days: daysFromMonday }).toString() as DateText;
    await addReminder(app, scope, pair.manager, notice, on);
  }
}

export async function isSilent(app: App, scope: Scope, managerId: PersonId): Promise<boolean> {
  return (await silentOf(app, scope, await openTeam(app, scope, managerId))).length > 0;
}

/** Pairs that have neither met nor shared a moment for fourteen days. */
async function silentOf(app: App, scope: Scope, pairs: PairDocument[]): Promise<PairDocument[]> {
  const since = app.clock.now().subtract({ hours: 24 * silentDays });
  const still = pairs.filter(({ absences, confirmedAt, rhythm, manager }) => {
    if (confirmedAt === undefined || confirmedAt > toInstantText(since)) return false;
    const today = dateIn(app.clock.now(), manager.zone);
    if (today.slice(5, 7) === '07' || absentOn(absences, today)) return false;
    return (rhythm.lastHeldOn ?? '') < dateIn(since, manager.zone);
  });
  if (still.length === 0) return [];
  const ids = still.map((pair) => pair._id);
  const moments = await app.store.moments.ofPairsSince(scope, ids, toInstantText(since));
  return still.filter((pair) => !moments.some(({ pairId }) => pairId === pair._id));
}
