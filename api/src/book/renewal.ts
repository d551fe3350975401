// Twelve months more of the same series: asked for by the manager when it nears its end, else by the day's round.
import type { PairView } from '@medspill/domain/book/contract';
import { monthsLeft } from '@medspill/domain/book/occurrences';
import { renewMonths, renewWhenLeft } from '@medspill/domain/book/renewal';
import type { PairId } from '@medspill/domain/ids';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { App } from '../app.ts';
import type { PairDocument, SeriesDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { actorOf } from './actor.ts';
import { changePair } from './booking.ts';
import { absenceEntries } from './new-series.ts';
import { viewOfPair } from './pair-view.ts';
import { ensureReviews } from './reviews.ts';
import { openPair } from './use-cases.ts';

/** Where more is left than the offer is made at, it has been renewed already, and is answered as it stands. */
export async function renewSeries(app: App, caller: Caller, pairId: PairId): Promise<Outcome<PairView>> {
  const opened = await openPair(app, caller, pairId, 'manager');
  if (!opened.ok) return opened;
  const { pair } = opened.value;
  const { series } = pair;
  if (series?.state !== 'booked' || pair.endsAt !== 'open') return refuse({ code: 'no_series' });
  const left = monthsLeft(series, app.clock.now()).length;
  // Once it has run out there is no series to lengthen: a new one is booked.
  if (left === 0) return refuse({ code: 'no_series' });
  if (left > renewWhenLeft) return done(await viewOfPair(app, caller.scope, pair, 'manager'));
  const renewed = await extend(app, caller.scope, actorOf(caller), pair, series);
  if (!renewed.ok) return renewed;
  await ensureReviews(app, caller.scope, renewed.value);
  return done(await viewOfPair(app, caller.scope, renewed.value, 'manager'));
}

/** Moved and cancelled months stay as they are, and so do the chat and the link. */
export async function extend(
  app: App,
  scope: Scope,
  actor: Actor,
  pair: PairDocument,
  series: SeriesDocument,
): Promise<Outcome<PairDocument>> {
  const months = series.months + renewMonths;
  const extended = await app.calendar.extendSeries(actor, pair, months);
  if (!extended.ok) return extended;
  return done(
    await changePair(app, scope, pair, (stored) => {
      // Another series, or another renewal, was faster.
      if (stored.series?.generation !== series.generation || stored.series.months >= months) return stored;
      const outbox = [...stored.outbox, ...absenceEntries(app, stored)];
      return { ...stored, series: { ...stored.series, months }, outbox };
    }),
  );
}
