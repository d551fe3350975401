// A manager with many sellers gets one notice a week in the place of many: what is to prepare, promised and late.
import { cadence } from '@medspill/domain/follow-up/cadence';
import type { NoticeValues } from '@medspill/domain/follow-up/notice-values';
import type { PersonId } from '@medspill/domain/ids';
import { readinessOf } from '@medspill/domain/prepare/readiness';
import { type DateText, dateIn, monthOf } from '@medspill/domain/time';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../app.ts';
import type { Notice, PairDocument } from '../documents.ts';
import type { Scope } from '../scope.ts';
import { promiseView } from './goals.ts';
import { addReminder, horizon, mondayOf } from './reminders.ts';

/** From so many sellers on the reminders of a manager are gathered; the choices page names the number. */
const manySellers = 6;
const daysAhead = 7;

/** What a manager would be reminded of again and again; a signature has a deadline of its own and is not among them. */
const gathered = new Set<Notice['kind']>(['prep_reminder', 'promise_due', 'cadence_late', 'moment_nudge']);

export async function isGathered(app: App, scope: Scope, { kind, to, pairId }: Notice): Promise<boolean> {
  if (!gathered.has(kind)) return false;
  const team = await openTeam(app, scope, to);
  // A manager is also somebody's seller: what is about that pair is theirs alone.
  return team.length >= manySellers && team.some((pair) => pair._id === pairId);
}

/** Lays out the digest of the coming week, once. */
export async function remindOfWeek(app: App, scope: Scope, pair: PairDocument, team: number): Promise<void> {
  if (team < manySellers) return;
  const monday = mondayOf(horizon(app));
  const id = `weekly_digest/${pair.managerId}/${monday}`;
  const target = { page: 'home', id: pair.managerId } as const;
  const values = { prepare: '0', promises: '0', late: '0' };
  const notice = { id, kind: 'weekly_digest', pairId: pair._id, target, values } as const;
  await addReminder(app, scope, pair.manager, notice, monday);
}

/** Counted when it is sent; undefined when there is nothing to tell or another week has begun. */
export async function digestOf(
  app: App,
  scope: Scope,
  { id, to }: Notice,
): Promise<NoticeValues<'weekly_digest'> | undefined> {
  const team = await openTeam(app, scope, to);
  const [first] = team;
  if (first === undefined) return undefined;
  const today = dateIn(app.clock.now(), first.manager.zone);
  if (!id.endsWith(mondayOf(today))) return undefined;
  const last = Temporal.PlainDate.from(today).add({ days: daysAhead }).toString() as DateText;
  const ids = team.map((pair) => pair._id);
  const [reviews, promises] = await Promise.all([
    app.store.reviews.ofPairs(scope, ids, monthOf(today)),
    app.store.promises.ofPairs(scope, ids),
  ]);
  const prepare = reviews.filter(
    ({ state, occurrence: { date }, preparation }) =>
      state === 'planned' && date >= today && date <= last && !readinessOf(preparation).manager.ready,
  ).length;
  const due = promises.filter((promise) => {
    const { keptAt, receivedAt, overdue } = promiseView(promise, today);
    return overdue || (keptAt === undefined && receivedAt === undefined && promise.dueOn <= last);
  }).length;
  const late = team.filter(
    ({ absences, rhythm: { lastHeldOn, skippedMonths } }) =>
      cadence(lastHeldOn, skippedMonths, today, absences).colour === 'red',
  ).length;
  if (prepare + due + late === 0) return undefined;
  return { prepare: String(prepare), promises: String(due), late: String(late) };
}

export async function openTeam(app: App, scope: Scope, managerId: PersonId): Promise<PairDocument[]> {
  const pairs = await app.store.pairs.ofManager(scope, managerId);
  return pairs.filter((pair) => pair.confirmedAt !== undefined);
}
