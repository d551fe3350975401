// What one pair leaves in the database over a year: a hundred documents and a few, plain enough to make by the thousand.
import { Binary, type Document } from 'mongodb';

/** Two tenants side by side, and ten sellers to a manager. */
export function tenantOf(pair: number): string {
  return Math.floor(pair / 10) % 2 === 0 ? 'first' : 'second';
}

export function managerOf(pair: number): string {
  return `manager-${Math.floor(pair / 10)}`;
}

export function shardFor(pair: number, owner: string): string {
  return `${tenantOf(pair)}/${owner}`;
}

const months = Array.from({ length: 12 }, (_, n) => `2027-${String(n + 1).padStart(2, '0')}`);

export function documentsOf(pair: number): Record<string, Document[]> {
  const tenantId = tenantOf(pair);
  const pairId = `pair-${pair}`;
  const people = { sellerId: `seller-${pair}`, managerId: managerOf(pair) };
  const bySeller = shardFor(pair, people.sellerId);
  const due = '2027-01-04T07:00:00Z';
  /** One document in a dozen has something to deliver. */
  const versioned = (name: string, n: number, shard: string, fields: Document): Document => ({
    _id: name === 'pairs' ? pairId : `${name}-${pair}-${n}`,
    shard,
    tenantId,
    version: 1,
    outbox: n === 0 ? [{ id: 'entry', kind: 'make_goals', due, attempts: 0 }] : [],
    outboxDue: n === 0 ? due : 'none',
    ...people,
    ...fields,
  });
  const times = (count: number, make: (n: number) => Document) =>
    Array.from({ length: count }, (_, n) => make(n));
  const review = `reviews-${pair}-0`;
  const byReview = shardFor(pair, review);
  const series = {
    state: 'booked',
    iCalUId: `iCalUId-${pair}`,
    eventId: `eventId-${pair}`,
    threadId: `threadId-${pair}`,
  };
  return {
    pairs: [versioned('pairs', 0, bySeller, { endsAt: 'open', seller: { name: `Seller ${pair}` }, series })],
    reviews: times(12, (n) =>
      versioned('reviews', n, shardFor(pair, pairId), { pairId, month: months[n], ordinal: 1 }),
    ),
    records: times(12, (n) =>
      versioned('records', n, bySeller, {
        pairId,
        month: months[n],
        ordinal: 1,
        state: n === 1 ? 'awaiting_second' : 'sealed',
        deadline: `${months[n]}-01`,
      }),
    ),
    goals: times(10, (n) =>
      versioned('goals', n, bySeller, {
        pairId,
        dueOn: `${months[n]}-28`,
        nextCheckpointOn: n < 2 ? `${months[n]}-14` : 'none',
      }),
    ),
    promises: times(10, (n) => versioned('promises', n, bySeller, { pairId, dueOn: `${months[n]}-20` })),
    moments: times(12, (n) => versioned('moments', n, bySeller, { pairId, at: `${months[n]}-10T10:00:00Z` })),
    private: times(12, (n) =>
      versioned('private', n, bySeller, {
        kind: n % 2 === 0 ? 'reflection' : 'notes',
        pairId,
        month: months[n],
      }),
    ),
    notices: times(10, (n) => ({
      _id: `notices-${pair}-${n}`,
      shard: bySeller,
      tenantId,
      dueAt: `${months[n]}-01T08:00:00Z`,
      state: n < 3 ? 'waiting' : 'sent',
    })),
    audit: times(10, (n) => ({
      _id: `${bySeller}/${n + 1}`,
      shard: bySeller,
      tenantId,
      seq: n + 1,
      hash: `hash-${n + 1}`,
    })),
    auditEnds: [{ _id: bySeller, shard: bySeller, tenantId, seq: 10, hash: 'hash-10' }],
    access: [versioned('access', 0, bySeller, { askedAt: `2027-01-04T0${pair % 10}:00:00Z` })],
    settings: [versioned('settings', 0, shardFor(pair, `settings-${pair}`), {})],
    liveUpdates: times(12, (n) => ({
      _id: `${review}/update-${n + 1}`,
      shard: byReview,
      reviewId: review,
      seq: n + 1,
      updateId: `update-${n + 1}`,
      // What a head holds already is empty.
      hasWords: n >= 4,
      update: new Binary(new Uint8Array(n >= 4 ? 40 : 0)),
    })),
    liveHeads: [{ _id: review, shard: byReview, version: 1, seq: 4, state: new Binary(new Uint8Array(100)) }],
    subscriptions:
      pair % 10 === 0
        ? [
            {
              _id: `subscription/${people.managerId}`,
              shard: shardFor(pair, people.managerId),
              tenantId,
              managerId: people.managerId,
              subscriptionId: `subscription-${pair}`,
              changed: pair % 20 === 0 ? ['event'] : [],
              hasChanged: true,
              expiresAt: `2027-01-0${1 + (pair % 7)}T00:00:00Z`,
            },
          ]
        : [],
  };
}
