// Every collection, its shard key, its indexes, and every query with the index that serves it: one place to see that
// none of them scans. A test holds the list against what the store really asks (tests/cosmos/api-queries.test.ts).
import type { IndexDescription } from 'mongodb';

export type CollectionPlan = {
  /** Shard key on Cosmos DB's RU service; every unique index contains it. */
  shardKey: 'shard';
  indexes: (IndexDescription & { name: string; serves: string })[];
};

const outbox = {
  key: { tenantId: 1, outboxDue: 1, _id: 1 },
  name: 'outbox_due',
  serves: 'the sweep: due outboxes, oldest first',
} as const;

export const collections = {
  pairs: {
    shardKey: 'shard',
    indexes: [
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
        key: { tenantId: 1, endsAt: 1, _id: 1 },
        name: 'open',
        serves: 'all pairs that have not ended, page by page',
      },
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
      {
        key: { shard: 1, hasWords: 1, seq: 1 },
        name: 'words',
        serves: 'the updates that a head has made empty',
      },
    ],
  },
  liveHeads: { shardKey: 'shard', indexes: [] },
  records: {
    shardKey: 'shard',
    indexes: [
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
      { key: { tenantId: 1, month: 1 }, name: 'of_month', serves: 'the counts of a month' },
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
      outbox,
      { key: { pairId: 1, dueOn: 1 }, name: 'pair', serves: 'the goals of pairs' },
      { key: { tenantId: 1, nextCheckpointOn: 1 }, name: 'checkpoint', serves: 'the due sweep' },
    ],
  },
  promises: {
    shardKey: 'shard',
    indexes: [outbox, { key: { pairId: 1, dueOn: 1 }, name: 'pair', serves: 'the promises of pairs' }],
  },
  moments: {
    shardKey: 'shard',
    indexes: [
      outbox,
      { key: { pairId: 1, at: -1 }, name: 'pair', serves: 'the moments of a pair, newest first' },
    ],
  },
  private: {
    shardKey: 'shard',
    indexes: [
      outbox,
      {
        key: { shard: 1, kind: 1, pairId: 1, month: -1 },
        name: 'reflections',
        serves: 'own reflections, newest first',
      },
      {
        key: { pairId: 1, kind: 1, month: 1 },
        name: 'pulses',
        serves: 'the three answers of many sellers, for averages',
      },
      {
        key: { tenantId: 1, kind: 1, month: 1 },
        name: 'term',
        serves: 'the nightly deletion: private words whose term is over, oldest first',
      },
    ],
  },
  notices: {
    shardKey: 'shard',
    indexes: [
      { key: { tenantId: 1, state: 1, dueAt: 1 }, name: 'due', serves: 'notices that are due, oldest first' },
    ],
  },
  audit: {
    shardKey: 'shard',
    indexes: [
      { key: { shard: 1, seq: 1 }, name: 'seq', unique: true, serves: 'the chain of a subject, in order' },
      { key: { tenantId: 1, _id: 1 }, name: 'tenant', serves: 'the whole trail, page by page' },
    ],
  },
  auditEnds: {
    shardKey: 'shard',
    indexes: [{ key: { tenantId: 1, _id: 1 }, name: 'tenant', serves: 'the ends of all chains' }],
  },
  settings: { shardKey: 'shard', indexes: [outbox] },
  access: {
    shardKey: 'shard',
    indexes: [
      outbox,
      { key: { tenantId: 1, askedAt: -1 }, name: 'newest', serves: 'the requests of all, newest first' },
      { key: { shard: 1, askedAt: -1 }, name: 'seller', serves: 'the requests about a seller' },
    ],
  },
  subscriptions: {
    shardKey: 'shard',
    indexes: [
      { key: { tenantId: 1, subscriptionId: 1 }, name: 'subscription', serves: 'a change notification' },
      {
        key: { tenantId: 1, hasChanged: 1, _id: 1 },
        name: 'to_read',
        serves: 'the sweep: calendars to read again',
      },
      { key: { tenantId: 1, expiresAt: 1 }, name: 'ending', serves: 'the daily renewal' },
    ],
  },
} as const satisfies Record<string, CollectionPlan>;

export type CollectionName = keyof typeof collections;

/** The orders that are asked for: each names its whole index, since RU sorts by nothing else (facts/cosmos.md). */
export const sorts = {
  due: { tenantId: 1, outboxDue: 1, _id: 1 },
  series: { tenantId: 1, 'series.state': 1, _id: 1 },
  month: { pairId: 1, month: -1, ordinal: -1 },
  log: { shard: 1, seq: 1 },
  newestEntry: { shard: -1, seq: -1 },
  newestAccess: { tenantId: 1, askedAt: -1 },
  accessOfSeller: { shard: 1, askedAt: -1 },
  openPairs: { tenantId: 1, endsAt: 1, _id: 1 },
  tenant: { tenantId: 1, _id: 1 },
  deadline: { tenantId: 1, state: 1, deadline: 1 },
  dueOn: { pairId: 1, dueOn: 1 },
  checkpoint: { tenantId: 1, nextCheckpointOn: 1 },
  newestMoment: { pairId: 1, at: -1 },
  reflection: { shard: 1, kind: 1, pairId: 1, month: -1 },
  term: { tenantId: 1, kind: 1, month: 1 },
  noticeDue: { tenantId: 1, state: 1, dueAt: 1 },
  toRead: { tenantId: 1, hasChanged: 1, _id: 1 },
  ending: { tenantId: 1, expiresAt: 1 },
} as const satisfies Record<string, Record<string, 1 | -1>>;

export type Query = {
  in: CollectionName;
  command: 'find' | 'update' | 'delete';
  /** The fields of the filter, in the order of the alphabet. */
  by: readonly string[];
  sort?: keyof typeof sorts;
  /** Of `collections`; `_id_` is the one that every collection has. */
  index: string;
};

const versioned = [
  'pairs',
  'reviews',
  'records',
  'goals',
  'promises',
  'moments',
  'private',
  'settings',
  'access',
] as const;

export const queries: readonly Query[] = [
  ...versioned.flatMap((name): Query[] => [
    { in: name, command: 'find', by: ['_id', 'tenantId'], index: '_id_' },
    { in: name, command: 'find', by: ['_id', 'shard'], index: '_id_' },
    { in: name, command: 'update', by: ['_id', 'shard', 'version'], index: '_id_' },
    { in: name, command: 'update', by: ['_id', 'outbox', 'outboxDue', 'shard', 'version'], index: '_id_' },
    { in: name, command: 'find', by: ['outboxDue', 'tenantId'], sort: 'due', index: 'outbox_due' },
  ]),
  { in: 'pairs', command: 'find', by: ['endsAt', 'managerId', 'tenantId'], index: 'manager' },
  { in: 'pairs', command: 'find', by: ['sellerId', 'shard'], index: 'one_open' },
  { in: 'pairs', command: 'find', by: ['series.iCalUId', 'tenantId'], index: 'ical' },
  { in: 'pairs', command: 'find', by: ['series.eventId', 'tenantId'], index: 'event' },
  { in: 'pairs', command: 'find', by: ['series.threadId', 'tenantId'], index: 'thread' },
  { in: 'pairs', command: 'find', by: ['series.state', 'tenantId'], sort: 'series', index: 'series' },
  { in: 'pairs', command: 'find', by: ['_id', 'series.state', 'tenantId'], sort: 'series', index: 'series' },
  { in: 'pairs', command: 'find', by: ['endsAt', 'tenantId'], sort: 'openPairs', index: 'open' },
  { in: 'pairs', command: 'find', by: ['_id', 'endsAt', 'tenantId'], sort: 'openPairs', index: 'open' },
  { in: 'reviews', command: 'find', by: ['pairId'], sort: 'month', index: 'pair' },
  { in: 'reviews', command: 'find', by: ['month', 'pairId', 'tenantId'], index: 'pair' },
  { in: 'liveUpdates', command: 'find', by: ['seq', 'shard'], sort: 'log', index: 'seq' },
  { in: 'liveUpdates', command: 'find', by: ['seq', 'shard'], index: 'seq' },
  { in: 'liveUpdates', command: 'find', by: ['shard', 'updateId'], index: 'update' },
  { in: 'liveUpdates', command: 'update', by: ['hasWords', 'seq', 'shard'], index: 'words' },
  { in: 'liveHeads', command: 'find', by: ['_id', 'shard'], index: '_id_' },
  { in: 'liveHeads', command: 'update', by: ['_id', 'shard', 'version'], index: '_id_' },
  { in: 'records', command: 'find', by: ['pairId'], sort: 'month', index: 'pair' },
  { in: 'records', command: 'find', by: ['sellerId', 'tenantId'], index: 'seller' },
  { in: 'records', command: 'find', by: ['managerId', 'tenantId'], index: 'manager' },
  {
    in: 'records',
    command: 'find',
    by: ['deadline', 'state', 'tenantId'],
    sort: 'deadline',
    index: 'deadline',
  },
  { in: 'records', command: 'find', by: ['month', 'tenantId'], index: 'of_month' },
  { in: 'records', command: 'delete', by: ['_id', 'shard', 'version'], index: '_id_' },
  { in: 'goals', command: 'find', by: ['pairId'], sort: 'dueOn', index: 'pair' },
  {
    in: 'goals',
    command: 'find',
    by: ['nextCheckpointOn', 'tenantId'],
    sort: 'checkpoint',
    index: 'checkpoint',
  },
  { in: 'promises', command: 'find', by: ['pairId'], index: 'pair' },
  { in: 'promises', command: 'find', by: ['dueOn', 'pairId'], index: 'pair' },
  { in: 'moments', command: 'find', by: ['pairId'], sort: 'newestMoment', index: 'pair' },
  { in: 'moments', command: 'find', by: ['at', 'pairId'], index: 'pair' },
  {
    in: 'private',
    command: 'find',
    by: ['kind', 'pairId', 'shard'],
    sort: 'reflection',
    index: 'reflections',
  },
  { in: 'private', command: 'find', by: ['kind', 'month', 'pairId'], index: 'pulses' },
  { in: 'private', command: 'find', by: ['kind', 'month', 'tenantId'], sort: 'term', index: 'term' },
  { in: 'private', command: 'delete', by: ['_id', 'shard', 'version'], index: '_id_' },
  { in: 'notices', command: 'find', by: ['_id', 'tenantId'], index: '_id_' },
  { in: 'notices', command: 'find', by: ['_id', 'shard'], index: '_id_' },
  { in: 'notices', command: 'find', by: ['dueAt', 'state', 'tenantId'], sort: 'noticeDue', index: 'due' },
  { in: 'notices', command: 'update', by: ['_id', 'dueAt', 'shard', 'state'], index: '_id_' },
  { in: 'notices', command: 'update', by: ['_id', 'shard', 'state'], index: '_id_' },
  { in: 'access', command: 'find', by: ['tenantId'], sort: 'newestAccess', index: 'newest' },
  { in: 'access', command: 'find', by: ['shard'], sort: 'accessOfSeller', index: 'seller' },
  { in: 'audit', command: 'find', by: ['shard'], sort: 'newestEntry', index: 'seq' },
  { in: 'audit', command: 'find', by: ['seq', 'shard'], index: 'seq' },
  { in: 'audit', command: 'find', by: ['tenantId'], sort: 'tenant', index: 'tenant' },
  { in: 'audit', command: 'find', by: ['_id', 'tenantId'], sort: 'tenant', index: 'tenant' },
  { in: 'auditEnds', command: 'update', by: ['_id', 'seq', 'shard'], index: '_id_' },
  { in: 'auditEnds', command: 'find', by: ['tenantId'], sort: 'tenant', index: 'tenant' },
  { in: 'auditEnds', command: 'find', by: ['_id', 'tenantId'], sort: 'tenant', index: 'tenant' },
  { in: 'subscriptions', command: 'find', by: ['_id', 'shard'], index: '_id_' },
  { in: 'subscriptions', command: 'find', by: ['subscriptionId', 'tenantId'], index: 'subscription' },
  { in: 'subscriptions', command: 'update', by: ['_id', 'shard'], index: '_id_' },
  { in: 'subscriptions', command: 'update', by: ['_id', 'changed', 'shard'], index: '_id_' },
  { in: 'subscriptions', command: 'find', by: ['hasChanged', 'tenantId'], sort: 'toRead', index: 'to_read' },
  { in: 'subscriptions', command: 'find', by: ['expiresAt', 'tenantId'], sort: 'ending', index: 'ending' },
];
