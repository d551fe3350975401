// Longer absences of either side: dates only. The months that fall within are skipped with that reason; the outbox makes
// sure of it where Outlook did not answer, or where the seller told and only the app may write.
import { absentOn, isSpent, mostAbsences } from '@medspill/domain/book/absence';
import type { PairView } from '@medspill/domain/book/contract';
import type { RouteRequest } from '@medspill/domain/contract';
import type { PairId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { dateIn, instantOf } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { PairDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { actorOf } from './actor.ts';
import { changePair } from './booking.ts';
import { cancelReview } from './cancel-review.ts';
import { absenceEntries } from './new-series.ts';
import { viewOfPair } from './pair-view.ts';
import { openPair } from './use-cases.ts';

const itself: Actor = { kind: 'app' };

export async function addAbsence(
  app: App,
  caller: Caller,
  pairId: PairId,
  absence: RouteRequest<'addAbsence'>['body'],
): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId);
  if (!opened.ok) return opened;
  const { pair, side } = opened.value;
  if (pair.endsAt !== 'open') return refuse({ code: 'not_found' });
  // A seller tells of themself alone; the manager plans for both.
  if (side === 'seller' && absence.side !== 'seller') return refuse({ code: 'not_allowed' });
  const today = dateIn(app.clock.now(), pair[absence.side].zone);
  if (absence.to < today) return refuse({ code: 'slot_in_the_past' });
  const others = (pair.absences ?? []).filter(({ id, to }) => id !== absence.id && to >= today);
  if (others.length >= mostAbsences) return refuse({ code: 'limit_reached', limit: mostAbsences });
  const [entry] = absenceEntries(app, { absences: [absence] });
  const told = await changePair(app, caller.scope, pair, (stored) => ({
    ...stored,
    absences: [
      ...(stored.absences ?? []).filter(
        (one) => one.id !== absence.id && !isSpent(one, stored.rhythm.lastHeldOn, today),
      ),
      absence,
    ],
    outbox: [
      ...stored.outbox.filter(({ kind }) => kind !== 'keep_absences'),
      ...(entry === undefined ? [] : [entry]),
    ],
  }));
  const kept = await keepAbsences(app, caller.scope, side === 'manager' ? actorOf(caller) : itself, told);
  if (kept.ok && entry !== undefined) await app.store.pairs.delivered(caller.scope, told, entry.id);
  // What Entra asks of the manager is answered to them; the rest is the outbox' to do.
  if (!kept.ok && side === 'manager' && kept.refusal.code !== 'microsoft_unavailable') return kept;
  const standing = await app.store.pairs.get(caller.scope, pairId);
  return done(await viewOfPair(app, caller.scope, standing ?? told, side));
}

/** Takes it back. A month that Outlook has cancelled cannot come again; an extra review can take its place. */
export async function removeAbsence(
  app: App,
  caller: Caller,
  { pairId, absenceId }: RouteRequest<'removeAbsence'>['params'],
): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId);
  if (!opened.ok) return opened;
  const { pair, side } = opened.value;
  const absence = pair.absences?.find(({ id }) => id === absenceId);
  if (side === 'seller' && absence?.side === 'manager') return refuse({ code: 'not_allowed' });
  const changed =
    absence === undefined
      ? pair
      : await changePair(app, caller.scope, pair, (stored) => ({
          ...stored,
          absences: (stored.absences ?? []).filter(({ id }) => id !== absenceId),
        }));
  return done(await viewOfPair(app, caller.scope, changed, side));
}

/** For the outbox. Throws where it should be tried again later. */
export async function deliverAbsences(app: App, scope: Scope, { _id }: PairDocument): Promise<void> {
  const pair = await app.store.pairs.get(scope, _id);
  if (pair === undefined || pair.endsAt !== 'open') return;
  const kept = await keepAbsences(app, scope, itself, pair);
  if (!kept.ok) throw new Error(`absence: ${kept.refusal.code}`);
}

/** Skips what is planned within an absence. Repeating it changes nothing. */
async function keepAbsences(
  app: App,
  scope: Scope,
  actor: Actor,
  pair: PairDocument,
): Promise<Outcome<true>> {
  const state = pair.series?.state;
  if (state === 'booking' || state === 'waiting_for_manager')
    return refuse({ code: 'microsoft_unavailable' });
  const now = app.clock.now();
  for (const review of await app.store.reviews.ofPair(scope, pair._id)) {
    const isAhead = Temporal.Instant.compare(instantOf(review.occurrence.start), now) > 0;
    if (review.state !== 'planned' || !isAhead || !absentOn(pair.absences, review.occurrence.date)) continue;
    const skipped = await cancelReview(app, scope, actor, pair, review, 'absence');
    if (!skipped.ok) return skipped;
  }
  return done(true);
}
