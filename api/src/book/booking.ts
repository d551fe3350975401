// A booking goes on: by the person who asked for it, or later by the outbox as the app itself.
import { done, type Outcome } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import type { App } from '../app.ts';
import type { PairDocument, SeriesDocument } from '../documents.ts';
import type { Actor } from '../ports.ts';
import type { Scope } from '../scope.ts';

/** Somebody has stopped or taken back the series while it was being booked. */
class Overtaken extends Error {}

/** Longer than any one call to Graph with its repeats takes; each step kept renews it. */
const claimSeconds = 60;

/** How often the app is brought to a chat that does not show up; after that it waits to be added in the meeting. */
const mostAppAttempts = 12;

export async function goOn(
  app: App,
  scope: Scope,
  actor: Actor,
  pair: PairDocument,
): Promise<Outcome<PairDocument>> {
  const claimed = await claim(app, scope, pair);
  if (claimed === undefined) return done((await app.store.pairs.get(scope, pair._id)) ?? pair);
  try {
    const outcome = await app.calendar.goOn(actor, claimed, (changed) => saveSeries(app, scope, changed));
    const released = await release(app, scope, pair);
    if (!outcome.ok) return outcome;
    if (isComplete(released)) await crossOut(app, scope, released);
    return done(released);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    // What this attempt made after the other had looked goes too; what was held stays.
    const removed = await app.calendar.endSeries(actor, pair, app.clock.now());
    if (!removed.ok) return removed;
    return done((await app.store.pairs.get(scope, pair._id)) ?? pair);
  }
}

/** Undefined: it is over, or another request or the outbox is on it. A claim that its process did not survive runs out. */
async function claim(
  app: App,
  scope: Scope,
  { _id }: Pick<PairDocument, '_id'>,
): Promise<PairDocument | undefined> {
  const pair = await app.store.pairs.get(scope, _id);
  if (pair?.series === undefined || pair.endsAt !== 'open') return undefined;
  const { claimedUntil, state } = pair.series;
  // A late repeat of a booking that was taken back must not bring it to life.
  if (state === 'stopped' || state === 'failed') return undefined;
  if (claimedUntil !== undefined && claimedUntil > toInstantText(app.clock.now())) return undefined;
  return app.store.pairs.replace(scope, { ...pair, series: claimedNow(app, pair.series) });
}

function claimedNow(app: App, series: SeriesDocument): SeriesDocument {
  return { ...series, claimedUntil: toInstantText(app.clock.now().add({ seconds: claimSeconds })) };
}

/** What is left of a booked series is only the app in its chat: the next sweep tries again. */
function release(app: App, scope: Scope, pair: PairDocument): Promise<PairDocument> {
  return changePair(app, scope, pair, (stored) => {
    if (stored.series === undefined) return stored;
    const { claimedUntil: _claimedUntil, ...series } = stored.series;
    const due = toInstantText(app.clock.now());
    const outbox = stored.outbox.map((entry) =>
      entry.kind === 'go_on_booking' && entry.attempts === 0 && series.state === 'booked'
        ? { ...entry, due }
        : entry,
    );
    return { ...stored, series, outbox };
  });
}

/** For the outbox: app-only on the manager's mailbox. Throws where it should be tried again later. */
export async function goOnBooking(app: App, scope: Scope, document: PairDocument): Promise<void> {
  const pair = await app.store.pairs.get(scope, document._id);
  if (pair?.series === undefined) return;
  if (pair.endsAt !== 'open') return clearUp(app, pair);
  if (pair.series.state === 'stopped' || pair.series.state === 'failed' || isComplete(pair)) return;
  const outcome = await goOn(app, scope, { kind: 'app' }, pair);
  if (!outcome.ok) {
    const { code } = outcome.refusal;
    if (code !== 'consent_required' && code !== 'interaction_required') throw new Error(`booking: ${code}`);
    // Only the manager can go on from here, and the interface says so.
    await changeSeries(app, scope, pair, (series) =>
      series.state === 'booking' ? { ...series, state: 'waiting_for_manager' } : series,
    );
    return;
  }
  const attempts = document.outbox.find(({ kind }) => kind === 'go_on_booking')?.attempts ?? 0;
  if (!isComplete(outcome.value) && attempts < mostAppAttempts)
    throw new Error('booking: chat not there yet');
}

/** After an undo: takes away what an attempt that died in the middle has left. What was held stays. */
async function clearUp(app: App, pair: PairDocument): Promise<void> {
  const cleared = await app.calendar.endSeries({ kind: 'app' }, pair, app.clock.now());
  if (!cleared.ok && cleared.refusal.code === 'microsoft_unavailable') throw new Error('booking: clear up');
}

function isComplete({ series }: PairDocument): boolean {
  if (series === undefined || series.state === 'failed' || series.state === 'stopped') return true;
  return series.state === 'booked' && (series.steps.appInstalled || series.inPerson);
}

async function crossOut(app: App, scope: Scope, pair: PairDocument): Promise<void> {
  for (const { id, kind } of pair.outbox) {
    if (kind === 'go_on_booking') await app.store.pairs.delivered(scope, pair, id);
  }
}

/** Keeps the progress of a booking over whatever else changed in the pair meanwhile, a confirmation for example. */
async function saveSeries(app: App, scope: Scope, pair: PairDocument): Promise<PairDocument> {
  if (pair.series === undefined) throw new Error('a booking without a series');
  const series = claimedNow(app, pair.series);
  const saved = await app.store.pairs.replace(scope, { ...pair, series });
  if (saved !== undefined) return saved;
  return changeSeries(app, scope, pair, (stored) => {
    if (stored.generation !== series.generation || stored.state === 'stopped') throw new Overtaken();
    const steps = { ...series.steps };
    for (const step of Object.keys(steps) as (keyof typeof steps)[]) steps[step] ||= stored.steps[step];
    const { endsGeneration: _ended, ...kept } = stored;
    return { ...kept, ...series, steps };
  });
}

const maxTries = 10;

/** Changes the series of a pair as it stands now, until nobody was faster. */
export async function changeSeries(
  app: App,
  scope: Scope,
  pair: Pick<PairDocument, '_id'>,
  change: (series: SeriesDocument, pair: PairDocument) => SeriesDocument,
): Promise<PairDocument> {
  return changePair(app, scope, pair, (stored) =>
    stored.series === undefined ? stored : { ...stored, series: change(stored.series, stored) },
  );
}

export async function changePair(
  app: App,
  scope: Scope,
  { _id }: Pick<PairDocument, '_id'>,
  change: (pair: PairDocument) => PairDocument,
): Promise<PairDocument> {
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const stored = await app.store.pairs.get(scope, _id);
    if (stored === undefined) throw new Error(`pair ${_id} is gone`);
    const saved = await app.store.pairs.replace(scope, change(stored));
    if (saved !== undefined) return saved;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
  }
  throw new Error(`Pair ${_id} changed ${maxTries} times while it was being written`);
}
