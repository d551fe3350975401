// Change notifications: validation within ten seconds, at-least-once delivery, lifecycle events, expiry by the clock.
// Source: change notifications overview, lifecycle events, and what issues report (facts of the project's Graph page).
import { randomUUID } from 'node:crypto';
import { eventId } from './calendar/ids.ts';
import { graphInstant } from './calendar/zones.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { asJson, type Json, optionalFlag, optionalText } from './json.ts';
import { page } from './odata/query.ts';
import type { Call, Reply, Route } from './route.ts';
import { readExpiry, readResource, readUrl, validate } from './subscription-request.ts';
import type { Change, World } from './world.ts';

export type Subscription = {
  id: string;
  applicationId: string;
  creatorId: string;
  mailbox: string;
  resource: string;
  changeType: string;
  clientState: string | null;
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  expiresAt: number;
  immutableIds: boolean;
  /** For which expiry the owner was asked to reauthorize. */
  warnedFor?: number;
};

type Pending = { id: string; subscriptionId: string; url: string; body: Json; attempts: number };

const deliveryTimeout = 3_000;
const warnBefore = 15 * 60_000;
const attempts = 5;

export type Subscriptions = {
  routes: Route[];
  /** Called inside the transaction that makes the change. */
  changed(change: Change): void;
  /** Sends what waits, once the transaction is over. */
  pump(): void;
  list(): Subscription[];
  /** The service takes a subscription away, or lost notifications of it. */
  lifecycle(id: string, event: 'subscriptionRemoved' | 'missed' | 'reauthorizationRequired'): void;
  idle(): Promise<void>;
  close(): void;
};

export function createSubscriptions(world: World): Subscriptions {
  const book = world.store.collection<Subscription>('subscription');
  const queue = world.store.collection<Pending>('notification');
  const waiting = new Set<string>();
  const idlers = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  function alive(subscription: Subscription): boolean {
    return subscription.expiresAt > world.clock.now();
  }

  function settle(): void {
    if (waiting.size > 0 || queue.all().length > 0) return;
    for (const done of idlers) done();
    idlers.clear();
  }

  function enqueue(subscription: Subscription, url: string, body: Json): void {
    const id = randomUUID();
    queue.put(
      { id, owner: subscription.id },
      { id, subscriptionId: subscription.id, url, body, attempts: 0 },
    );
  }

  function notice(subscription: Subscription, change: Change): Json {
    const id = eventId(change.key, change.date, subscription.immutableIds);
    const resource = `Users/${subscription.mailbox}/Events/${id}`;
    return {
      subscriptionId: subscription.id,
      subscriptionExpirationDateTime: graphInstant(subscription.expiresAt),
      changeType: change.type,
      resource,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Event',
        '@odata.id': resource,
        '@odata.etag': `W/"${Buffer.from(String(world.store.next())).toString('base64')}"`,
        id,
      },
      clientState: subscription.clientState,
      tenantId: world.tenantId,
    };
  }

  function lifecycleNotice(subscription: Subscription, lifecycleEvent: string): void {
    if (subscription.lifecycleNotificationUrl === null) return;
    enqueue(subscription, subscription.lifecycleNotificationUrl, {
      lifecycleEvent,
      subscriptionId: subscription.id,
      resource: subscription.resource,
      clientState: subscription.clientState,
      tenantId: world.tenantId,
      subscriptionExpirationDateTime: graphInstant(subscription.expiresAt),
    });
  }

  function later(delay: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) work();
    }, delay);
    timers.add(timer);
  }

  async function send(pending: Pending): Promise<void> {
    let accepted = false;
    try {
      const response = await fetch(pending.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ value: [pending.body] }),
        signal: AbortSignal.timeout(deliveryTimeout),
      });
      await response.arrayBuffer();
      accepted = response.ok;
    } catch {
      // Nobody there, or too slow: tried again below, as the service does.
    }
    if (closed) return;
    const tried = pending.attempts + 1;
    if (accepted || tried >= attempts) {
      queue.remove(pending.id);
      waiting.delete(pending.id);
      const subscription = book.get(pending.subscriptionId);
      // Given up: the service then says that something was missed.
      if (!accepted && subscription !== undefined && pending.body.lifecycleEvent === undefined) {
        lifecycleNotice(subscription, 'missed');
      }
      pump();
      settle();
      return;
    }
    const again = { ...pending, attempts: tried };
    queue.put({ id: pending.id, owner: pending.subscriptionId }, again);
    later(100 * 2 ** tried, () => void send(again));
  }

  function pump(): void {
    if (closed) return;
    for (const pending of queue.all()) {
      if (waiting.has(pending.id)) continue;
      waiting.add(pending.id);
      const { notificationDelayMs = 0 } = world.faults.current();
      later(
        notificationDelayMs > 0 ? world.faults.random() * notificationDelayMs : 0,
        () => void send(pending),
      );
    }
  }

  function changed(change: Change): void {
    const { notificationLoss = 0, notificationDuplicates = 0 } = world.faults.current();
    for (const subscription of book.ownedBy(change.mailbox)) {
      if (!alive(subscription) || !subscription.changeType.split(',').includes(change.type)) continue;
      if (notificationLoss > 0 && world.faults.random() < notificationLoss) continue;
      const body = notice(subscription, change);
      enqueue(subscription, subscription.notificationUrl, body);
      if (notificationDuplicates > 0 && world.faults.random() < notificationDuplicates) {
        enqueue(subscription, subscription.notificationUrl, body);
      }
    }
  }

  /** Subscriptions near their end ask for reauthorization; at their end they are gone without a word. */
  function watch(): void {
    if (closed) return;
    const now = world.clock.now();
    for (const subscription of book.all()) {
      if (!alive(subscription)) book.remove(subscription.id);
      else if (
        subscription.expiresAt - now < warnBefore &&
        subscription.warnedFor !== subscription.expiresAt
      ) {
        book.put(
          { id: subscription.id, owner: subscription.mailbox },
          { ...subscription, warnedFor: subscription.expiresAt },
        );
        lifecycleNotice(subscription, 'reauthorizationRequired');
      }
    }
    pump();
  }

  const stopWatching = world.clock.onMove(watch);
  const ticker = setInterval(watch, 5_000);
  ticker.unref();
  // What a restart left undelivered.
  pump();

  function json(subscription: Subscription): Json {
    return {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity',
      id: subscription.id,
      resource: subscription.resource,
      applicationId: subscription.applicationId,
      changeType: subscription.changeType,
      // The secret is never shown again.
      clientState: null,
      notificationUrl: subscription.notificationUrl,
      notificationQueryOptions: null,
      lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
      expirationDateTime: graphInstant(subscription.expiresAt),
      creatorId: subscription.creatorId,
      includeResourceData: null,
      latestSupportedTlsVersion: 'v1_2',
      encryptionCertificate: null,
      encryptionCertificateId: null,
      notificationUrlAppId: null,
    };
  }

  async function create(call: Call): Promise<Reply> {
    const body = asJson(call.body, 'subscription');
    const { mailbox, resource } = readResource(call, optionalText(body, 'resource'));
    const changeType = optionalText(body, 'changeType') ?? '';
    const types = changeType.split(',').map((type) => type.trim());
    if (changeType === '' || types.some((type) => !['created', 'updated', 'deleted'].includes(type))) {
      throw badRequest(`changeType '${changeType}' is not valid.`, 'ValidationError');
    }
    if (optionalFlag(body, 'includeResourceData') === true) {
      throw badRequest('encryptionCertificate is required to include resource data.', 'ValidationError');
    }
    const clientState = optionalText(body, 'clientState') ?? null;
    if (clientState !== null && clientState.length > 128) {
      throw badRequest('clientState is longer than 128 characters.', 'ValidationError');
    }
    const notificationUrl = readUrl(body, 'notificationUrl');
    const lifecycleNotificationUrl =
      body.lifecycleNotificationUrl === undefined || body.lifecycleNotificationUrl === null
        ? null
        : readUrl(body, 'lifecycleNotificationUrl');
    const expiresAt = readExpiry(body, world.clock.now());
    // The answer to validation has to come before the subscription is made.
    await validate(notificationUrl);
    if (lifecycleNotificationUrl !== null && lifecycleNotificationUrl !== notificationUrl)
      await validate(lifecycleNotificationUrl);
    const same = book
      .ownedBy(mailbox)
      .find(
        (known) =>
          alive(known) &&
          known.applicationId === call.caller.appId &&
          known.notificationUrl === notificationUrl &&
          known.changeType === types.join(',') &&
          known.resource === resource,
      );
    if (same !== undefined)
      throw new GraphError(
        409,
        'ExtensionError',
        `Subscription Id <${same.id}> already exists for the requested combination.`,
      );
    const subscription: Subscription = {
      id: randomUUID(),
      applicationId: call.caller.appId,
      creatorId: call.caller.person?.id ?? call.caller.appId,
      mailbox,
      resource,
      changeType: types.join(','),
      clientState,
      notificationUrl,
      lifecycleNotificationUrl,
      expiresAt,
      immutableIds: call.preferences.immutableIds,
    };
    book.put({ id: subscription.id, owner: mailbox }, subscription);
    return { status: 201, body: { ...json(subscription), clientState } };
  }

  function own(call: Call): Subscription {
    const found = book.get(call.params.subscription ?? '');
    if (found === undefined || !alive(found) || found.applicationId !== call.caller.appId) {
      throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    }
    return found;
  }

  const allow = {
    delegated: ['Calendars.Read', 'Calendars.ReadWrite', 'Calendars.ReadBasic'],
    application: ['Calendars.Read', 'Calendars.ReadWrite', 'Calendars.ReadBasic.All'],
  };
  const base = { service: 'subscriptions' as const, allow };
  const routes: Route[] = [
    {
      ...base,
      method: 'GET',
      path: '/subscriptions',
      handle: (call) => ({
        status: 200,
        body: page(
          book
            .all()
            .filter((known) => alive(known) && known.applicationId === call.caller.appId)
            .map(json),
          { address: call.address, query: call.query, defaultTop: 100, maxTop: 1000 },
        ),
      }),
    },
    { ...base, method: 'POST', path: '/subscriptions', handle: create },
    {
      ...base,
      method: 'GET',
      path: '/subscriptions/{subscription}',
      handle: (call) => ({ status: 200, body: json(own(call)) }),
    },
    {
      ...base,
      method: 'PATCH',
      path: '/subscriptions/{subscription}',
      handle(call) {
        const body = asJson(call.body, 'subscription');
        for (const name of Object.keys(body)) {
          if (name === 'expirationDateTime' || name.startsWith('@')) continue;
          if (name === 'notificationUrl') continue;
          throw badRequest(`${name} cannot be changed.`, 'ValidationError');
        }
        const renewed = { ...own(call), expiresAt: readExpiry(body, world.clock.now()) };
        book.put({ id: renewed.id, owner: renewed.mailbox }, renewed);
        return { status: 200, body: json(renewed) };
      },
    },
    {
      ...base,
      method: 'DELETE',
      path: '/subscriptions/{subscription}',
      handle(call) {
        book.remove(own(call).id);
        return { status: 204 };
      },
    },
    {
      ...base,
      method: 'POST',
      path: '/subscriptions/{subscription}/reauthorize',
      handle(call) {
        own(call);
        return { status: 204 };
      },
    },
  ];

  return {
    routes,
    changed,
    pump,
    list: () => book.all().filter(alive),
    lifecycle(id, event) {
      const subscription = book.get(id);
      if (subscription === undefined) throw new Error(`no subscription ${id}`);
      lifecycleNotice(subscription, event);
      if (event === 'subscriptionRemoved') book.remove(id);
      pump();
    },
    idle() {
      pump();
      return new Promise((done) => {
        idlers.add(done);
        settle();
      });
    },
    close() {
      closed = true;
      stopWatching();
      clearInterval(ticker);
      for (const timer of timers) clearTimeout(timer);
      for (const done of idlers) done();
    },
  };
}
