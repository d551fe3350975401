import { createHash, randomInt } from 'node:crypto';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { ReviewId } from '@medspill/domain/ids';
import type { Side } from '@medspill/domain/people';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { mayStart, mayWrite, revealOf } from '@medspill/domain/prepare/phase';
import { done, type Outcome, refuse } from '@medspill/domain/refusals';
import type { Confirmation, Confirmations } from '@medspill/domain/run/contract';
import { type FormContent, type GoalSlot, goalSlots, horizonOf, isGoalSlot } from '@medspill/domain/run/form';
import { canonicalGoal, goalMissing } from '@medspill/domain/run/goal';
import { openGoalLimits } from '@medspill/domain/run/goal-limits';
import { dateIn, toInstantText } from '@medspill/domain/time';
import { isWorkingDay } from '@medspill/domain/working-days';
import type { App } from '../app.ts';
import type { ReviewDocument } from '../documents.ts';
import type { Caller } from '../http/token.ts';
import { changeReview, isKnownReview, openReview } from '../prepare/review-access.ts';
import { viewOf } from '../prepare/use-cases.ts';
import { announce } from './announce.ts';
import { roomBeside } from './goal-room.ts';
import { appendUpdate, type LiveNews, loadForm, newsSince } from './live.ts';

/** Opens the meeting, up to a quarter of an hour early. Starting what has started changes nothing. */
export async function startReview(app: App, caller: Caller, id: ReviewId): Promise<Outcome<ReviewView>> {
  const started = await changeReview(app, caller, id, ({ review }) => {
    const now = app.clock.now();
    const may = mayStart(review, now);
    if (!may.ok) return may;
    if (review.startedAt !== undefined) return done(review);
    const at = toInstantText(now);
    const state = review.state === 'planned' ? 'running' : review.state;
    return done({ ...review, state, startedAt: at, revealedAt: revealOf(review, now) ?? at });
  });
  if (!started.ok) return started;
  announce(app, id, { review: true });
  return done(await viewOf(app, caller, started.value));
}

/** Ids kept per side; a review has a few devices and tabs, so the oldest are long gone. */
const keptClients = 200;

/**
 * A client id that only this side's updates may carry. `wished` keeps the one that a tab already has, so that renewing
 * the address to listen at adds none.
 */
export async function joinLive(
  app: App,
  caller: Caller,
  id: ReviewId,
  wished: number | undefined,
): Promise<Outcome<{ clientId: number; listenUrl: string; group: string; seq: number }>> {
  let clientId = wished ?? 0;
  const joined = await changeReview(app, caller, id, ({ review, side }) => {
    if (review.clients.some((client) => client.clientId === wished && client.side === side)) {
      return done(review);
    }
    clientId = freshClientId(review);
    const at = toInstantText(app.clock.now());
    return done({ ...review, clients: latest([...review.clients, { clientId, side, at }], side) });
  });
  if (!joined.ok) return joined;
  const [{ url, group }, { seq }] = await Promise.all([
    app.realtime.listenUrl(id, caller.personId),
    loadForm(app, caller.scope, id),
  ]);
  return done({ clientId, listenUrl: url, group, seq });
}

function freshClientId({ clients }: ReviewDocument): number {
  for (;;) {
    // Yjs takes 32-bit ids; 0 is left out because an unset one reads as 0.
    const clientId = randomInt(1, 2 ** 32);
    if (!clients.some((client) => client.clientId === clientId)) return clientId;
  }
}

function latest(clients: ReviewDocument['clients'], side: Side): ReviewDocument['clients'] {
  const own = clients.filter((client) => client.side === side);
  const dropped = new Set(own.slice(0, Math.max(0, own.length - keptClients)));
  return clients.filter((client) => !dropped.has(client));
}

export async function readLive(
  app: App,
  caller: Caller,
  id: ReviewId,
  since: number,
): Promise<Outcome<LiveNews>> {
  // Read at the same time as the right to read; without the right it is not answered.
  const early = isKnownReview(id) ? newsSince(app, caller.scope, id, since) : undefined;
  const [opened, news] = await Promise.all([openReview(app, caller, id), early]);
  if (!opened.ok) return opened;
  return done(news ?? (await newsSince(app, caller.scope, id, since)));
}

export async function writeLive(
  app: App,
  caller: Caller,
  id: ReviewId,
  given: { clientId: number; updateId: string; update: string },
): Promise<Outcome<{ seq: number }>> {
  const opened = await openReview(app, caller, id);
  if (!opened.ok) return opened;
  const { review, side } = opened.value;
  const closed = mayWrite(review);
  // While one has signed, the log decides: a signature taken back opens it before the review says so.
  if (!closed.ok && closed.refusal.code !== 'frozen') return closed;
  const allowedClients = review.clients
    .filter((client) => client.side === side)
    .map((client) => client.clientId);
  if (!allowedClients.includes(given.clientId)) {
    return refuse({ code: 'bad_update', because: 'foreign_client' });
  }
  return appendUpdate(app, caller.scope, id, {
    by: side,
    allowedClients,
    updateId: given.updateId,
    update: new Uint8Array(Buffer.from(given.update, 'base64')),
  });
}

/** Confirms the words that the person saw: by their hash, so that a word changed meanwhile asks again. */
export async function confirmGoal(
  app: App,
  caller: Caller,
  id: ReviewId,
  slot: string,
  given: { hash: string; confirmed: boolean; confidence: number; attractive?: string | undefined },
): Promise<Outcome<Confirmations>> {
  if (!isGoalSlot(slot)) return refuse({ code: 'not_found' });
  const saved = await changeReview(app, caller, id, async ({ review, pair, side }) => {
    const open = mayWrite(review);
    if (!open.ok) return open;
    if (!given.confirmed) return done(withConfirmation(review, slot, side, undefined));
    const form = await loadForm(app, caller.scope, id);
    if (form.state !== 'open') return refuse({ code: form.state });
    const goal = form.content.goals[slot];
    if (given.hash !== hashOf(form.content, slot)) return refuse({ code: 'goal_changed' });
    const now = app.clock.now();
    const attractive = side === 'seller' ? given.attractive?.trim() : undefined;
    const missing: string[] = goalMissing(goal, dateIn(now, pair[side].zone), (date) =>
      isWorkingDay(date, isPublicHoliday),
    );
    if (side === 'seller' && !attractive) missing.push('attractive');
    if (missing.length > 0) return refuse({ code: 'goal_incomplete', missing });
    const room = (await roomBeside(app, caller.scope, review, pair))[goal.horizon];
    const taken = goalSlots.filter(
      (one) =>
        one !== slot &&
        horizonOf(one) === goal.horizon &&
        review.confirmations[one]?.[side]?.hash === hashOf(form.content, one),
    ).length;
    if (taken >= room) return refuse({ code: 'too_many_goals', limit: openGoalLimits[goal.horizon] });
    const confirmation: Confirmation = {
      hash: given.hash,
      at: toInstantText(now),
      confidence: given.confidence,
      ...(attractive === undefined ? {} : { attractive }),
    };
    return done(withConfirmation(review, slot, side, confirmation));
  });
  if (!saved.ok) return saved;
  announce(app, id, { goals: true });
  return done(await standing(app, caller, saved.value.review));
}

export async function readConfirmations(
  app: App,
  caller: Caller,
  id: ReviewId,
): Promise<Outcome<Confirmations>> {
  const opened = await openReview(app, caller, id);
  return opened.ok ? done(await standing(app, caller, opened.value.review)) : opened;
}

/** The confirmations that still hold: those of other words do not count any more. */
async function standing(app: App, caller: Caller, review: ReviewDocument): Promise<Confirmations> {
  const { content } = await loadForm(app, caller.scope, review._id);
  const holding: Confirmations = {};
  for (const [slot, { manager, seller }] of Object.entries(review.confirmations)) {
    if (!isGoalSlot(slot)) continue;
    const hash = hashOf(content, slot);
    holding[slot] = {
      ...(manager?.hash === hash ? { manager } : {}),
      ...(seller?.hash === hash ? { seller } : {}),
    };
  }
  return holding;
}

function hashOf(form: FormContent, slot: GoalSlot): string {
  return createHash('sha256').update(canonicalGoal(form.goals[slot])).digest('hex');
}

function withConfirmation(
  review: ReviewDocument,
  slot: GoalSlot,
  side: Side,
  confirmation: Confirmation | undefined,
): ReviewDocument {
  const { [side]: _before, ...others } = review.confirmations[slot] ?? {};
  const both = confirmation === undefined ? others : { ...others, [side]: confirmation };
  return { ...review, confirmations: { ...review.confirmations, [slot]: both } };
}
