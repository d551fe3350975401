// The API's own client under faults: whatever is throttled or cut, each write has one effect and knows that it was its own.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, persist } from '../../api/src/adapters/mongo/connection.ts';
import { createStore } from '../../api/src/adapters/mongo/store.ts';
import type {
  AuditDocument,
  LiveHeadDocument,
  LiveUpdateDocument,
  MomentDocument,
  NoticeDocument,
  RecordDocument,
} from '../../api/src/documents.ts';
import type { Store } from '../../api/src/ports.ts';
import { scopeOfToken } from '../../api/src/scope.ts';
import { shardOf } from '../../api/src/shard.ts';
import type { MomentId, PairId, PersonId, RecordId, ReviewId, TenantId } from '../../domain/ids.ts';
import type { InstantText, MonthText } from '../../domain/time.ts';
import type { CosmosFaults } from '../../sandbox/cosmos/faults.ts';
import { type Rig, startRig } from './rig.ts';

const seller = randomUUID() as PersonId;
const scope = scopeOfToken(randomUUID() as TenantId, seller);
const shard = shardOf(scope, seller);
const now = '2027-01-04T08:00:00Z' as InstantText;

let rig: Rig;
let connection: Connection;
let store: Store;
beforeAll(async () => {
  rig = await startRig();
  // RU repeats no write for a driver unless an account asks for it: the store stands on its own.
  connection = await connect(rig.server.uri.replace('retryWrites=true', 'retryWrites=false'), 'client');
  store = await createStore(async () => connection);
  await store.bootstrap();
});
afterEach(() => rig.server.clearFaults());
afterAll(async () => {
  await connection.close();
  await rig.close();
});

function newMoment(): MomentDocument {
  return {
    // Fields in an order of their own, and one without a value: neither may matter to who wrote it.
    situation: 'A call',
    behaviour: 'Asked first',
    impact: 'They stayed',
    by: 'seller',
    at: now,
    pairId: randomUUID() as PairId,
    sellerId: seller,
    managerId: randomUUID() as PersonId,
    ...({ unset: undefined } as object),
    outbox: [{ id: 'entry', kind: 'make_goals', due: now, attempts: 0 }],
    outboxDue: now,
    version: 1,
    tenantId: scope.tenantId,
    shard,
    _id: randomUUID() as MomentId,
  };
}

function newUpdate(reviewId: ReviewId, seq: number): LiveUpdateDocument {
  const updateId = randomUUID();
  return {
    _id: `${reviewId}/${updateId}`,
    shard: shardOf(scope, reviewId),
    reviewId,
    seq,
    updateId,
    by: 'seller',
    at: now,
    update: new Uint8Array([1, 2, 3]),
  };
}

function newNotice(): NoticeDocument {
  const id = randomUUID();
  const pairId = randomUUID() as PairId;
  return {
    _id: id,
    shard,
    tenantId: scope.tenantId,
    notice: { id, to: seller, kind: 'prep_reminder', pairId, target: { page: 'home', id: '' }, values: {} },
    dueAt: now,
    state: 'waiting',
  };
}

function newRead(subjectId: string): AuditDocument {
  const subject = shardOf(scope, subjectId);
  return {
    _id: `${subject}/1`,
    shard: subject,
    tenantId: scope.tenantId,
    subjectId: subjectId as PersonId,
    seq: 1,
    at: now,
    by: randomUUID() as PersonId,
    byName: 'Reader',
    event: {
      kind: 'record_read',
      role: 'manager',
      recordId: randomUUID() as RecordId,
      month: '2027-01' as MonthText,
    },
    previous: '',
    hash: randomUUID(),
  };
}

/** The write alone meets the fault. */
async function under<T>(fault: CosmosFaults, write: () => Promise<T>): Promise<T> {
  await rig.server.setFaults(fault);
  try {
    return await write();
  } finally {
    await rig.server.clearFaults();
  }
}

const faults: [string, CosmosFaults][] = [
  ['a connection cut before the command', { dropConnections: { times: 1, when: 'before' } }],
  ['a connection cut when the write is durable', { dropConnections: { times: 1, when: 'after' } }],
  ['two connections cut', { dropConnections: { times: 2 } }],
  // This seed spares the first command: what is read before a write passes, and the write is cut.
  [
    'a connection cut when the second command is durable',
    { dropConnections: { times: 1, probability: 0.5, seed: 1, when: 'after' } },
  ],
  ['three answers of 16500', { throttle: { times: 3, retryAfterMs: 5 } }],
];

describe.each(faults)('%s', (_, fault) => {
  async function inserted(): Promise<MomentDocument> {
    const moment = newMoment();
    expect(await store.moments.insert(scope, moment)).toBe(true);
    return moment;
  }
  const momentsWith = (_id: MomentId) =>
    connection.collection<MomentDocument>('moments').find({ _id }).toArray();

  test('an insert is made once and is known as our own', async () => {
    const moment = newMoment();
    expect(await under(fault, () => store.moments.insert(scope, moment))).toBe(true);
    expect(await momentsWith(moment._id)).toMatchObject([{ version: 1, situation: 'A call' }]);
    // The same document from somebody else is a duplicate, however equal.
    expect(await under(fault, () => store.moments.insert(scope, moment))).toBe(false);
  });

  test('a replacement is made once and is known as our own', async () => {
    const moment = await inserted();
    const next = await under(fault, () =>
      store.moments.replace(scope, { ...moment, impact: 'They came back' }),
    );
    expect(next).toMatchObject({ version: 2, impact: 'They came back' });
    expect(await momentsWith(moment._id)).toMatchObject([{ version: 2, impact: 'They came back' }]);
    // A write on the old version loses, even when it says the same.
    expect(
      await under(fault, () => store.moments.replace(scope, { ...moment, impact: 'They came back' })),
    ).toBeUndefined();
    expect(await momentsWith(moment._id)).toMatchObject([{ version: 2 }]);
  });

  test('a delivered entry leaves the outbox', async () => {
    const moment = await inserted();
    await under(fault, () => store.moments.delivered(scope, moment, 'entry'));
    expect(await momentsWith(moment._id)).toMatchObject([{ version: 1, outbox: [], outboxDue: 'none' }]);
  });

  test('an update of the log stands once', async () => {
    const reviewId = randomUUID() as ReviewId;
    expect(await under(fault, () => store.live.append(scope, newUpdate(reviewId, 1)))).toBe(true);
    expect(await under(fault, () => store.live.append(scope, newUpdate(reviewId, 1)))).toBe(false);
    expect(await store.live.since(scope, reviewId, 0)).toHaveLength(1);
  });

  test('a compaction has one winner', async () => {
    const reviewId = randomUUID() as ReviewId;
    const first: LiveHeadDocument = {
      _id: reviewId,
      shard: shardOf(scope, reviewId),
      version: 0,
      seq: 3,
      state: new Uint8Array([1]),
    };
    expect(await under(fault, () => store.live.compact(scope, first))).toBe(true);
    expect(await under(fault, () => store.live.compact(scope, first))).toBe(false);
    const second = { ...first, version: 1, seq: 6 };
    expect(await under(fault, () => store.live.compact(scope, second))).toBe(true);
    expect(await under(fault, () => store.live.compact(scope, second))).toBe(false);
    expect(await store.live.head(scope, reviewId)).toMatchObject({ version: 2, seq: 6 });
  });

  test('the words below a head go, and their numbers stay', async () => {
    const reviewId = randomUUID() as ReviewId;
    for (const seq of [1, 2, 3]) await store.live.append(scope, newUpdate(reviewId, seq));
    await under(fault, () => store.live.drop(scope, reviewId, 2));
    const kept = await store.live.since(scope, reviewId, 0);
    expect(kept.map(({ seq, update }) => [seq, update.length])).toEqual([
      [1, 0],
      [2, 0],
      [3, 3],
    ]);
  });

  test('a notice is claimed by one and moved on by one', async () => {
    const notice = newNotice();
    await under(fault, () => store.notices.add(scope, notice));
    // The claim's read meets the fault as well as its write.
    const claims = await under(fault, () =>
      Promise.all([store.notices.claim(scope, now, 10), store.notices.claim(scope, now, 10)]),
    );
    expect(claims.flat().map(({ _id }) => _id)).toEqual([notice._id]);
    const moves = await under(fault, () =>
      Promise.all([1, 2].map(() => store.notices.mark(scope, notice._id, 'queued', 'sent'))),
    );
    expect(moves.sort()).toEqual([false, true]);
    expect(await store.notices.get(scope, notice._id)).toMatchObject({ state: 'sent' });
  });

  test('a read is logged once, and a number belongs to one', async () => {
    const subject = randomUUID();
    expect(await under(fault, () => store.audit.append(scope, newRead(subject)))).toBe(true);
    expect(await under(fault, () => store.audit.append(scope, newRead(subject)))).toBe(false);
    expect(await store.audit.ofSubject(scope, subject)).toHaveLength(1);
  });

  test('the end of a chain only moves on', async () => {
    const subject = randomUUID();
    const id = shardOf(scope, subject);
    const end = { _id: id, shard: id, tenantId: scope.tenantId, subjectId: subject, hash: 'x' };
    for (const seq of [1, 3, 2]) await under(fault, () => store.audit.keepEnd(scope, { ...end, seq }));
    const ends = await store.audit.ends(scope, undefined, 1000);
    expect(ends.filter(({ subjectId }) => subjectId === subject)).toMatchObject([{ seq: 3 }]);
  });

  test('a record is removed once', async () => {
    const record = {
      _id: randomUUID(),
      shard,
      version: 1,
      tenantId: scope.tenantId,
    } as unknown as RecordDocument;
    await connection.collection<RecordDocument>('records').insertOne(record);
    expect(await under(fault, () => store.records.remove(scope, { ...record, version: 2 }))).toBe(false);
    expect(await under(fault, () => store.records.remove(scope, record))).toBe(true);
    expect(await store.records.get(scope, record._id)).toBeUndefined();
  });
});

describe('an outbox that is delivered at once', () => {
  test('does not hide from an insert that it was its own', async () => {
    const moment = newMoment();
    await rig.server.setFaults({ dropConnections: { times: 1, when: 'after' } });
    const inserting = store.moments.insert(scope, moment);
    await expect.poll(() => store.moments.get(scope, moment._id), { interval: 1 }).toBeDefined();
    await store.moments.delivered(scope, moment, 'entry');
    expect(await inserting).toBe(true);
  });
});

describe('retries', () => {
  test('wait as long as the server says, and a little longer by chance', async () => {
    await rig.server.setFaults({ throttle: { times: 2, retryAfterMs: 150 } });
    const tried: number[] = [];
    const moments = connection.collection<MomentDocument>('moments');
    await persist(async () => {
      tried.push(performance.now());
      return moments.findOne({ _id: 'none' as MomentId });
    });
    expect(tried).toHaveLength(3);
    for (const [at, time] of tried.slice(1).entries())
      expect(time - (tried[at] ?? time)).toBeGreaterThanOrEqual(149);
  });

  test('end: a server that refuses for good is reported', async () => {
    await rig.server.setFaults({ throttle: { times: 100, retryAfterMs: 1 } });
    let tries = 0;
    const moments = connection.collection<MomentDocument>('moments');
    const failing = persist(async () => {
      tries += 1;
      return moments.findOne({ _id: 'none' as MomentId });
    });
    await expect(failing).rejects.toMatchObject({ code: 16500 });
    expect(tries).toBe(8);
  });

  test('do not wait for a server that names an hour', async () => {
    await rig.server.setFaults({ throttle: { times: 1, retryAfterMs: 3_600_000 } });
    await expect(store.moments.get(scope, 'none' as MomentId)).rejects.toMatchObject({ code: 16500 });
  });

  test('follow a write conflict, and nothing else that a server refuses', async () => {
    const rows = connection.db.collection<{ _id: string; n: number }>('conflicts');
    await rows.insertOne({ _id: 'row', n: 0 });
    const { client } = connection.db;
    async function addOne(meanwhile: () => Promise<void>): Promise<void> {
      await client.withSession(async (session) => {
        session.startTransaction();
        await rows.updateOne({ _id: 'row' }, { $inc: { n: 1 } }, { session });
        await meanwhile();
        await session.commitTransaction();
      });
    }
    let tries = 0;
    let writing: Promise<void> = Promise.resolve();
    await addOne(async () => {
      writing = persist(() => {
        tries += 1;
        return addOne(async () => {});
      });
      await expect.poll(() => tries, { timeout: 4000, interval: 10 }).toBeGreaterThan(1);
    });
    await writing;
    expect(await rows.findOne({ _id: 'row' })).toEqual({ _id: 'row', n: 2 });

    let refused = 0;
    const wrong = persist(async () => {
      refused += 1;
      return rows.insertOne({ _id: 'row', n: 0 });
    });
    await expect(wrong).rejects.toMatchObject({ code: 11000 });
    expect(refused).toBe(1);
  });

  test('indexes are made once: a second bootstrap, under faults, changes nothing', async () => {
    const indexesOf = () => connection.db.collection('pairs').indexes();
    const before = await indexesOf();
    await under({ throttle: { times: 3, retryAfterMs: 1 } }, () => store.bootstrap());
    expect(await indexesOf()).toEqual(before);
    expect(before.length).toBeGreaterThan(5);
  });
});
