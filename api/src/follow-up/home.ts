// All that the personal tab opens with. Three reads whatever the size of the team: pairs of either side, and reviews. A
// seller's goals and promises are two more.
import type { RouteAnswer } from '@medspill/domain/contract';
import { cadence } from '@medspill/domain/follow-up/cadence';
import { isAtRisk } from '@medspill/domain/follow-up/goal-outline';
import { phaseOf, stateOf } from '@medspill/domain/prepare/phase';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import { instantOf, type MonthText } from '@medspill/domain/time';
import { presentPair } from '@medspill/domain/trust/takeover';
import type { App } from '../app.ts';
import { pairView } from '../book/pair-view.ts';
import { ownBlocksView } from '../book/seller-blocks.ts';
import type { GoalDocument, PairDocument, PromiseDocument, ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { reflectionId } from '../learn/use-cases.ts';
import { pendingTakeover } from '../trust/takeover.ts';
import { goalView, promiseView, todayOf } from './goals.ts';

type Home = RouteAnswer<'home'>;
type SellerHome = NonNullable<Home['asSeller']>;
type TeamRow = Home['team'][number];
type ReviewLine = NonNullable<TeamRow['next']>;

/** Months of reviews that an overview needs: the one before a July, and a little. */
const monthsBack = 4;
/** How long after a review the seller is asked how it was. */
const askedDays = 3;

export async function home(app: App, caller: Caller): Promise<Home> {
  const { scope, personId } = caller;
  const [asManager, asSeller] = await Promise.all([
    app.store.pairs.ofManager(scope, personId),
    app.store.pairs.ofSeller(scope, personId),
  ]);
  const own = presentPair(asSeller, app.clock.now());
  const incoming = own && pendingTakeover(asSeller, own);
  const others = asSeller.filter((pair) => pair.endsAt === 'open' && pair !== own);
  const pairs = own === undefined ? asManager : [...asManager, own, ...others];
  const ids = pairs.map((pair) => pair._id);
  const from = app.clock.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: monthsBack });
  const month = from.toPlainYearMonth().toString() as MonthText;
  const [reviews, goals, promises] = await Promise.all([
    ids.length === 0 ? [] : app.store.reviews.ofPairs(scope, ids, month),
    own === undefined ? [] : app.store.goals.ofPair(scope, own._id),
    own === undefined ? [] : app.store.promises.ofPairs(scope, [own._id]),
  ]);
  const reflected = own === undefined || (await hasAnswered(app, caller, reviews, own));
  const of = (pair: PairDocument) => reviews.filter((one) => one.pairId === pair._id);
  const me = asManager[0]?.manager ?? asSeller[0]?.seller;
  return {
    me: me ?? {
      id: personId,
      name: caller.name || caller.mail,
      firstName: caller.name.split(' ')[0] || caller.mail,
      mail: caller.mail,
      language: 'nb',
      zone: 'Europe/Oslo',
    },
    isManager: asManager.length > 0,
    isAdmin: caller.isAdmin,
    ...(own === undefined
      ? {}
      : {
          asSeller: {
            ...sellerHome(app, own, of(own), goals, promises, reflected),
            otherPairs: others.map((pair) => pairView(pair, 'seller', around(app, of(pair)).next)),
            ...(incoming === undefined ? {} : { incoming: pairView(incoming, 'seller', undefined) }),
          },
        }),
    team: asManager.map((pair) => teamRow(app, pair, of(pair))),
  };
}

function sellerHome(
  app: App,
  pair: PairDocument,
  reviews: ReviewDocument[],
  goals: GoalDocument[],
  promises: PromiseDocument[],
  reflected: boolean,
): Omit<SellerHome, 'otherPairs'> {
  const today = todayOf(app, pair);
  const { next, last } = around(app, reviews);
  const open = goals
    .map((goal) => goalView(goal, today, 'seller'))
    .filter((goal) => goal.state !== 'ended' && (goal.dueOn >= today || goal.state !== 'done'));
  const nextStep = nextStepOf(app, pair, open, next, last, reflected);
  return {
    pair: { ...pairView(pair, 'seller', next), ...ownBlocksView(app, pair, reviews) },
    ...(next === undefined ? {} : { next: line(app, next) }),
    ...(last === undefined ? {} : { last: line(app, last) }),
    goals: open,
    promises: promises.map((promise) => promiseView(promise, today)),
    ...(nextStep === undefined ? {} : { nextStep }),
  };
}

/** The one thing to do next, the most pressing first. */
function nextStepOf(
  app: App,
  pair: PairDocument,
  goals: SellerHome['goals'],
  next: ReviewDocument | undefined,
  last: ReviewDocument | undefined,
  reflected: boolean,
): SellerHome['nextStep'] {
  if (pair.confirmedAt === undefined) return { kind: 'confirm_pair', id: pair._id };
  const now = app.clock.now();
  if (next !== undefined && phaseOf(next, now) === 'during') return { kind: 'join', id: next._id };
  if (last?.state === 'signing') return { kind: 'sign', id: last._id };
  const asked = goals.find((goal) => goal.proposal?.by === 'manager');
  if (asked !== undefined) return { kind: 'goal_change', id: asked.id };
  const due = goals.flatMap((goal) =>
    goal.checkpoints
      .filter((one) => one.state === 'due' || one.state === 'unanswered')
      .map((one) => ({ goal, one })),
  )[0];
  if (due !== undefined) return { kind: 'checkpoint', id: due.goal.id, dueOn: due.one.dueOn };
  if (next !== undefined && !readinessOf(next.preparation).seller.ready) {
    const soon = instantOf(next.occurrence.start).epochMilliseconds - now.epochMilliseconds < 7 * 86_400_000;
    if (soon || goals.length === 0) return { kind: 'prepare', id: next._id, dueOn: next.occurrence.date };
  }
  if (last !== undefined && !reflected) return { kind: 'reflect', id: last._id };
  const action = goals
    .flatMap((goal) =>
      goal.actions.filter((one) => !one.done && one.dueOn !== undefined).map((one) => ({ goal, one })),
    )
    .sort((a, b) => (a.one.dueOn ?? '').localeCompare(b.one.dueOn ?? ''))[0];
  if (action?.one.dueOn !== undefined) return { kind: 'action', id: action.goal.id, dueOn: action.one.dueOn };
  return undefined;
}

/** Whether the three statements about the last review are answered, or too late to be asked for. */
async function hasAnswered(
  app: App,
  caller: Caller,
  reviews: ReviewDocument[],
  own: PairDocument,
): Promise<boolean> {
  const { last } = around(
    app,
    reviews.filter((one) => one.pairId === own._id),
  );
  if (last === undefined || last.startedAt === undefined) return true;
  const since = app.clock.now().subtract({ hours: 24 * askedDays });
  if (instantOf(last.occurrence.end).epochMilliseconds < since.epochMilliseconds) return true;
  return (await app.store.private.get(caller.scope, reflectionId(caller, last._id))) !== undefined;
}

function teamRow(app: App, pair: PairDocument, reviews: ReviewDocument[]): TeamRow {
  const today = todayOf(app, pair);
  const { next, last } = around(app, reviews);
  const { goals = [], promisesDue = [] } = pair.agreed ?? {};
  const open = goals.filter((goal) => goal.isOpen);
  return {
    pair: pairView(pair, 'manager', next),
    ...(next === undefined ? {} : { next: line(app, next) }),
    ...(last === undefined ? {} : { last: line(app, last) }),
    cadence: cadence(pair.rhythm.lastHeldOn, pair.rhythm.skippedMonths, today, pair.absences),
    unsigned: reviews.some((review) => review.state === 'signing'),
    overduePromises: promisesDue.filter((dueOn) => dueOn < today).length,
    goalsAtRisk: open.filter((goal) => isAtRisk(goal, today)).length,
    openGoals: open.length,
    goalChanges: open.filter((goal) => goal.changeWanted).length,
    helpWanted: goals.reduce((sum, goal) => sum + goal.helpWanted, 0),
  };
}

/** The review that comes or is under way, and the one before it. */
function around(app: App, reviews: ReviewDocument[]): { next?: ReviewDocument; last?: ReviewDocument } {
  const now = app.clock.now();
  const byTime = reviews
    .filter((review) => review.state !== 'skipped')
    .sort((a, b) => a.occurrence.start.localeCompare(b.occurrence.start));
  const isOver = (review: ReviewDocument) => {
    if (review.state === 'sealed' || review.state === 'closed_unsigned' || review.state === 'signing')
      return true;
    return phaseOf(review, now) === 'after';
  };
  const next = byTime.find((review) => !isOver(review));
  const last = byTime.findLast(isOver);
  return { ...(next === undefined ? {} : { next }), ...(last === undefined ? {} : { last }) };
}

function line(app: App, review: ReviewDocument): ReviewLine {
  const now = app.clock.now();
  const { _id, month, ordinal, occurrence } = review;
  return {
    id: _id,
    month,
    ordinal,
    occurrence,
    phase: phaseOf(review, now),
    state: stateOf(review, now),
    readiness: readinessOf(review.preparation),
  };
}
