// A change of manager. The booking asks for it; it is carried out when the two days are over and the seller has
// confirmed. Every step can be repeated: the outbox of the new pair does until all of them are done.
import { sideOf } from '@medspill/domain/access';
import { goalState } from '@medspill/domain/follow-up/checkpoints';
import type { NoticeKind } from '@medspill/domain/follow-up/contract';
import type { PairId } from '@medspill/domain/ids';
import type { Person } from '@medspill/domain/people';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import { toInstantText } from '@medspill/domain/time';
import { changeAt, isUnderWay } from '@medspill/domain/trust/takeover';
import type { App } from '../app.ts';
import { changePair } from '../book/booking.ts';
import { putAside } from '../book/changes.ts';
import { bookingEntries } from '../book/new-series.ts';
import type { GoalDocument, OutboxEntry, PairDocument } from '../documents.ts';
import { todayOf } from '../follow-up/goals.ts';
import { keepAgreed } from '../follow-up/keep-agreed.ts';
import type { Caller } from '../http/token.ts';
import { dispatch } from '../outbox/dispatch.ts';
import type { Scope } from '../scope.ts';
import { itself, writeDown } from './audit.ts';

/** Tells the seller and the present manager, each once. */
export function takeoverNotices(
  app: App,
  kind: Extract<NoticeKind, 'manager_change' | 'change_stopped'>,
  pair: Pick<PairDocument, '_id' | 'manager'>,
  to: { person: Pick<Person, 'id'>; page: PairDocument['_id'] }[],
): OutboxEntry[] {
  return to.map(({ person, page }) => ({
    id: app.newId.outbox(),
    kind: 'notify',
    due: toInstantText(app.clock.now()),
    attempts: 0,
    notice: {
      id: `${kind}/${pair._id}/${person.id}`,
      to: person.id,
      kind,
      // The pair whose people the reader is one of.
      pairId: page,
      target: { page: 'pair', id: page },
      values: { name: pair.manager.name },
    },
  }));
}

/** The pair that a booking of another manager would take over: one that is under way. */
export function pairToTakeOver(
  app: App,
  pairs: readonly PairDocument[],
  managerId: string,
): PairDocument | undefined {
  return pairs.find((pair) => pair.managerId !== managerId && isUnderWay(pair, app.clock.now()));
}

/** What a confirmation by the seller sets in motion, when the two days are over. */
export function takeOverEntry(app: App, pair: PairDocument): OutboxEntry[] {
  const due = changeAt(pair);
  if (pair.takesOver === undefined || due === undefined) return [];
  return [{ id: app.newId.outbox(), kind: 'take_over', due, attempts: 0 }];
}

/** For the outbox. */
export async function takeOver(app: App, scope: Scope, { _id }: Pick<PairDocument, '_id'>): Promise<void> {
  const pair = await app.store.pairs.get(scope, _id);
  const at = pair && changeAt(pair);
  if (pair?.takesOver === undefined || at === undefined) return;
  if (pair.endsAt !== 'open' || pair.takesOver.doneAt !== undefined) return;
  for (const former of await app.store.pairs.ofSeller(scope, pair.sellerId)) {
    const isFollowed = former.followedBy === pair._id;
    const ends = former.managerId !== pair.managerId && isUnderWay(former, app.clock.now());
    if (!isFollowed && !ends) continue;
    if (!isFollowed) {
      const { managerId: from } = former;
      const change = { pairId: pair._id, from, to: pair.managerId, at } as const;
      await writeDown(app, itself(scope), pair.sellerId, { kind: 'manager_changed', ...change });
      await end(app, scope, former, { endsAt: at, followedBy: pair._id });
    }
    await putAside(app, scope, former, app.clock.now());
    await moveGoals(app, scope, former, pair);
    await keepAgreed(app, scope, former._id);
  }
  await keepAgreed(app, scope, pair._id);
  await changePair(app, scope, pair, (stored) =>
    stored.takesOver === undefined
      ? stored
      : { ...stored, takesOver: { ...stored.takesOver, doneAt: toInstantText(app.clock.now()) } },
  );
}

/** Ends a pair. Its outbox then takes what is still to come out of Outlook, with a word; what was held stays. */
export async function end(
  app: App,
  scope: Scope,
  pair: PairDocument,
  how: Pick<PairDocument, 'endsAt'> & { followedBy?: PairId },
): Promise<void> {
  const entries = bookingEntries(app).map((entry) => ({ ...entry, due: toInstantText(app.clock.now()) }));
  const hangUp: OutboxEntry = {
    id: app.newId.outbox(),
    kind: 'hang_up',
    due: toInstantText(app.clock.now()),
    attempts: 0,
  };
  const ended = await changePair(app, scope, pair, (stored) => ({
    ...stored,
    ...how,
    ...(stored.series === undefined ? {} : { series: { ...stored.series, state: 'stopped' as const } }),
    outbox: [
      ...stored.outbox.filter(({ kind }) => kind !== 'go_on_booking'),
      ...(stored.series === undefined ? [] : entries),
      hangUp,
    ],
  }));
  await dispatch(app, scope, app.store.pairs, ended);
}

/** Open goals follow the seller; a change to one that the former manager has proposed does not. */
async function moveGoals(app: App, scope: Scope, from: PairDocument, to: PairDocument): Promise<void> {
  const today = todayOf(app, to);
  for (const { _id } of await app.store.goals.ofPair(scope, from._id)) {
    for (;;) {
      const goal = await app.store.goals.get(scope, _id);
      if (goal?.pairId !== from._id || !isOpen(goal, today)) break;
      const { proposal: _proposal, ...agreed } = goal;
      const moved: GoalDocument = { ...agreed, pairId: to._id, managerId: to.managerId };
      if ((await app.store.goals.replace(scope, moved)) !== undefined) break;
    }
  }
}

function isOpen(goal: GoalDocument, today: Parameters<typeof goalState>[1]): boolean {
  return goal.ended === undefined && goalState(goal.checkpoints, today) !== 'done';
}

/** The pair that a pair is to be followed by, while that can still be stopped. */
export function pendingTakeover(
  pairs: readonly PairDocument[],
  pair: Pick<PairDocument, '_id'>,
): PairDocument | undefined {
  return pairs.find(
    ({ endsAt, takesOver }) =>
      endsAt === 'open' && takesOver?.pairId === pair._id && takesOver.doneAt === undefined,
  );
}

/** The seller or the present manager says that it is wrong. What the other had booked is taken out of Outlook. */
export async function stopTakeover(app: App, caller: Caller, pairId: PairId): Promise<Outcome<undefined>> {
  const { scope } = caller;
  const pair = await app.store.pairs.get(scope, pairId);
  const side = pair && sideOf(pair, caller.personId, toInstantText(app.clock.now()));
  if (pair === undefined || side === undefined) return refuse({ code: 'not_found' });
  const pending = pendingTakeover(await app.store.pairs.ofSeller(scope, pair.sellerId), pair);
  if (pending === undefined) return refuse({ code: 'no_takeover' });
  const now = toInstantText(app.clock.now());
  await writeDown(app, caller, pair.sellerId, {
    kind: 'manager_change_stopped',
    pairId: pending._id,
    to: pending.managerId,
  });
  const told = [
    { person: pending.manager, page: pending._id },
    { person: side === 'manager' ? pair.seller : pair.manager, page: pair._id },
  ];
  const notices = takeoverNotices(app, 'change_stopped', pending, told);
  await changePair(app, scope, pending, (stored) => ({ ...stored, outbox: [...stored.outbox, ...notices] }));
  await end(app, scope, pending, { endsAt: now });
  await putAside(app, scope, pending, app.clock.now());
  return done(undefined);
}
