// Every collection, its shard key and the indexes that serve our queries: one place to see that none of them scans.
import type { IndexDescription } from 'mongodb';

export type CollectionPlan = {
  /** Shard key on Cosmos DB's RU service; every unique index contains it. */
  shardKey: 'shard';
  indexes: (IndexDescription & { name: string; serves: string })[];
};

const byId = { key: { _id: 1, shard: 1 }, name: 'id', serves: 'one document by its id' } as const;
const outbox = {
  key: { outboxDue: 1, _id: 1 },
  name: 'outbox',
  serves: 'the sweep: due outboxes, oldest first',
} as const;

export const collections = {
  pairs: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      {
        key: { shard: 1, sellerId: 1, managerId: 1, endsAt: 1 },
        name: 'one_open',
        unique: true,
        serves: 'one open pair of two people',
      },
      {
        key: { tenantId: 1, managerId: 1, endsAt: 1, _id: 1 },
        name: 'manager',
        serves: "a manager's team (across sellers)",
      },
      { key: { tenantId: 1, 'series.iCalUId': 1 }, name: 'ical', serves: 'the pair of an appointment' },
      {
        key: { tenantId: 1, 'series.eventId': 1 },
        name: 'event',
        serves: 'the pair of a change notification',
      },
      { key: { tenantId: 1, 'series.threadId': 1 }, name: 'thread', serves: 'the pair of a meeting chat' },
      {
        key: { tenantId: 1, 'series.state': 1, _id: 1 },
        name: 'series',
        serves: 'the daily job: booked pairs, page by page',
      },
    ],
  },
  reviews: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      {
        key: { shard: 1, pairId: 1, month: 1, ordinal: 1 },
        name: 'month',
        unique: true,
        serves: 'one review of a month',
      },
      {
        key: { pairId: 1, month: -1, ordinal: -1 },
        name: 'pair',
        serves: 'the reviews of pairs, newest first',
      },
    ],
  },
  liveUpdates: {
    shardKey: 'shard',
    indexes: [
      {
        key: { shard: 1, seq: 1 },
        name: 'seq',
        unique: true,
        serves: 'the log in order; the seq decides races',
      },
      { key: { shard: 1, updateId: 1 }, name: 'update', serves: 'a repeated update' },
    ],
  },
  liveHeads: { shardKey: 'shard', indexes: [byId] },
  records: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      {
        key: { shard: 1, pairId: 1, month: 1, ordinal: 1 },
        name: 'month',
        unique: true,
        serves: 'one record of a review',
      },
      { key: { pairId: 1, month: -1, ordinal: -1 }, name: 'pair', serves: "a pair's chain" },
      { key: { tenantId: 1, sellerId: 1, month: -1 }, name: 'seller', serves: "a seller's records" },
      { key: { tenantId: 1, managerId: 1, month: -1 }, name: 'manager', serves: "a manager's records" },
      {
        key: { tenantId: 1, state: 1, deadline: 1 },
        name: 'deadline',
        serves: 'records that wait for a signature',
      },
    ],
  },
  goals: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      { key: { pairId: 1, dueOn: 1 }, name: 'pair', serves: 'the goals of pairs' },
      { key: { tenantId: 1, nextCheckpointOn: 1 }, name: 'checkpoint', serves: 'the due sweep' },
    ],
  },
  promises: {
    shardKey: 'shard',
    indexes: [byId, outbox, { key: { pairId: 1, dueOn: 1 }, name: 'pair', serves: 'the promises of pairs' }],
  },
  moments: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      { key: { pairId: 1, at: -1 }, name: 'pair', serves: 'the moments of a pair, newest first' },
    ],
  },
  private: {
    shardKey: 'shard',
    indexes: [
      byId,
      outbox,
      {
        key: { shard: 1, kind: 1, pairId: 1, month: -1 },
        name: 'reflections',
        serves: 'own reflections, newest first',
      },
    ],
  },
  notices: {
    shardKey: 'shard',
    indexes: [
      byId,
      { key: { tenantId: 1, state: 1, dueAt: 1 }, name: 'due', serves: 'notices that are due, oldest first' },
    ],
  },
  reads: {
    shardKey: 'shard',
    indexes: [
      { key: { shard: 1, seq: 1 }, name: 'seq', unique: true, serves: 'the read log of a seller, in order' },
    ],
  },
  subscriptions: {
    shardKey: 'shard',
    indexes: [
      byId,
      { key: { tenantId: 1, subscriptionId: 1 }, name: 'subscription', serves: 'a change notification' },
      { key: { tenantId: 1, hasChanged: 1 }, name: 'changed', serves: 'the sweep: calendars to read again' },
      { key: { tenantId: 1, expiresAt: 1 }, name: 'ending', serves: 'the daily renewal' },
    ],
  },
} as const satisfies Record<string, CollectionPlan>;

export type CollectionName = keyof typeof collections;
