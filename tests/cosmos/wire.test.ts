// The wire: both ways to carry documents, checksums, the old handshake; and 10,000 hostile messages.

import { BSON, type MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/cosmos/faults.ts';
import { crc32c } from '../../sandbox/cosmos/wire/crc32c.ts';
import { connect, type Doc, printedSeed, type Rig, startRig } from './rig.ts';
import { message, open, opMsg, readReply, request, sendAndDrain, uint32 } from './wire-client.ts';

let rig: Rig;
let client: MongoClient;
beforeAll(async () => {
  rig = await startRig();
  client = await connect(rig.server.uri);
  await client
    .db('kept')
    .collection<Doc>('rows')
    .insertMany(Array.from({ length: 100 }, (_, n) => ({ _id: n, n })));
});
afterAll(async () => {
  await client.close();
  await rig.close();
});

function sequence(name: string, documents: readonly Doc[]): Buffer {
  const body = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((each) => BSON.serialize(each))]);
  return Buffer.concat([Buffer.from([1]), uint32(body.length + 4), body]);
}

function withChecksum(bytes: Buffer, offset = 0): Buffer {
  const whole = Buffer.concat([bytes, Buffer.alloc(4)]);
  whole.writeUInt32LE(whole.length, 0);
  whole.writeUInt32LE(1, 16);
  whole.writeUInt32LE((crc32c(whole.subarray(0, -4)) + offset) >>> 0, whole.length - 4);
  return whole;
}

describe('messages', () => {
  test('the polynomial is Castagnoli', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  test('documents in the body and as a sequence', async () => {
    const socket = await open(rig.server.port);
    const inBody = opMsg({ insert: 'wire', documents: [{ _id: 1, documents: [{ a: 1 }] }], $db: 'wire' });
    expect(await request(socket, inBody)).toMatchObject({ n: 1, ok: 1 });
    const asSequence = opMsg(
      { insert: 'wire', $db: 'wire' },
      0,
      sequence('documents', [{ _id: 2 }, { _id: 3 }]),
    );
    expect(await request(socket, asSequence)).toMatchObject({ n: 2, ok: 1 });
    const updates = sequence('updates', [{ q: { _id: 2 }, u: { $set: { documents: [1] } } }]);
    expect(await request(socket, opMsg({ update: 'wire', $db: 'wire' }, 0, updates))).toMatchObject({
      nModified: 1,
    });
    socket.destroy();
    expect(await client.db('wire').collection<Doc>('wire').find().toArray()).toEqual([
      { _id: 1, documents: [{ a: 1 }] },
      { _id: 2, documents: [1] },
      { _id: 3 },
    ]);
  });

  test('a checksum is verified and answered with one', async () => {
    const socket = await open(rig.server.port);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(withChecksum(opMsg({ ping: 1, $db: 'admin' })));
    await expect.poll(() => chunks.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const reply = Buffer.concat(chunks);
    expect(reply.readUInt32LE(16)).toBe(1);
    expect(reply.readUInt32LE(reply.length - 4)).toBe(crc32c(reply.subarray(0, -4)));
    socket.destroy();
    const refused = await sendAndDrain(
      rig.server.port,
      withChecksum(opMsg({ ping: 1, $db: 'admin' }), 1),
      false,
    );
    expect(readReply(refused)).toMatchObject({ ok: 0, code: 17 });
  });

  test('hello by OP_QUERY, and nothing else', async () => {
    const query = (namespace: string, command: Doc) =>
      message(
        2004,
        Buffer.concat([
          uint32(0),
          Buffer.from(`${namespace}\0`),
          uint32(0),
          uint32(1),
          BSON.serialize(command),
        ]),
      );
    const socket = await open(rig.server.port);
    expect(await request(socket, query('admin.$cmd', { ismaster: 1, helloOk: true }))).toMatchObject({
      ismaster: true,
      helloOk: true,
    });
    socket.destroy();
    expect(readReply(await sendAndDrain(rig.server.port, query('kept.rows', {}), false))).toMatchObject({
      ok: 0,
      code: 17,
    });
  });

  test('moreToCome gets no reply, but happens', async () => {
    const socket = await open(rig.server.port);
    socket.write(opMsg({ insert: 'fire', documents: [{ _id: 1 }], $db: 'wire', writeConcern: { w: 0 } }, 2));
    expect(await request(socket, opMsg({ count: 'fire', $db: 'wire' }))).toMatchObject({ n: 1 });
    socket.destroy();
  });

  test('messages in pieces and several at once', async () => {
    const socket = await open(rig.server.port);
    const bytes = opMsg({ count: 'rows', $db: 'kept' });
    for (const byte of bytes.subarray(0, -1)) socket.write(Buffer.from([byte]));
    expect(await request(socket, bytes.subarray(-1))).toMatchObject({ n: 100 });
    socket.write(Buffer.concat([opMsg({ ping: 1, $db: 'admin' }), opMsg({ ping: 1, $db: 'admin' })]));
    await expect.poll(() => socket.bytesRead, { timeout: 10_000 }).toBeGreaterThan(100);
    socket.destroy();
  });
});

test('a filter nested too deeply is an error of its own', async () => {
  const socket = await open(rig.server.port);
  expect(await request(socket, opMsg(nested(5000, true)))).toMatchObject({ ok: 0, code: 15 });
  expect(await request(socket, opMsg({ ping: 1, $db: 'admin' }))).toMatchObject({ ok: 1 });
  socket.destroy();
});

describe('hostile input', () => {
  const refused: [string, () => Buffer][] = [
    ['a length of zero', () => message(2013, Buffer.alloc(20), 0)],
    ['a negative length', () => message(2013, Buffer.alloc(20), -1)],
    ['a length of two gigabytes', () => message(2013, Buffer.alloc(20), 0x7fffffff)],
    ['an unknown operation', () => message(1234, Buffer.alloc(20))],
    ['a compressed message', () => message(2012, Buffer.alloc(20))],
    ['no section', () => message(2013, uint32(0))],
    ['unknown required flags', () => opMsg({ ping: 1, $db: 'admin' }, 4)],
    [
      'two bodies',
      () => opMsg({ ping: 1, $db: 'admin' }, 0, Buffer.concat([Buffer.from([0]), BSON.serialize({ a: 1 })])),
    ],
    [
      'a section of unknown kind',
      () =>
        opMsg({ ping: 1, $db: 'admin' }, 0, Buffer.concat([Buffer.from([9]), uint32(5), Buffer.from([0])])),
    ],
    [
      'a sequence longer than its message',
      () =>
        opMsg(
          { insert: 'x', $db: 'wire' },
          0,
          Buffer.concat([Buffer.from([1]), uint32(99999), Buffer.from('documents\0')]),
        ),
    ],
    [
      'a document longer than its section',
      () => message(2013, Buffer.concat([uint32(0), Buffer.from([0]), uint32(5000), Buffer.alloc(10)])),
    ],
    [
      'a sequence that repeats a field of the body',
      () => opMsg({ insert: 'x', documents: [], $db: 'wire' }, 0, sequence('documents', [{}])),
    ],
    [
      'a string without an end',
      () => message(2013, Buffer.concat([uint32(0), Buffer.from([0]), brokenString()])),
    ],
  ];
  test.each(refused)('%s closes the connection with an error', async (_, bytes) => {
    const received = await sendAndDrain(rig.server.port, bytes(), false);
    expect(readReply(received)).toMatchObject({ ok: 0 });
    expect([17, 22]).toContain(readReply(received).code);
  });

  test('ten thousand broken messages leave the server and its data alone', async () => {
    const seed = printedSeed('hostile input');
    let next = 0;
    async function attack(): Promise<void> {
      for (let at = next++; at < 10_000; at = next++) {
        const random = seededRandom(seed + at);
        try {
          await sendAndDrain(rig.server.port, hostile(random), true);
        } catch (cause) {
          throw new Error(`case ${at}: SEED=${seed}`, { cause });
        }
      }
    }
    await Promise.all(Array.from({ length: 32 }, attack));
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    const rows = await client.db('kept').collection<Doc>('rows').find().sort({ _id: 1 }).toArray();
    expect(rows).toEqual(Array.from({ length: 100 }, (_, n) => ({ _id: n, n })));
  });
});

function brokenString(): Buffer {
  const bytes = Buffer.from(BSON.serialize({ ping: 'text' }));
  bytes.writeInt32LE(1_000_000, 10);
  return bytes;
}

function hostile(random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
  const valid = () =>
    [
      () => opMsg({ find: 'scratch', filter: { a: { $in: [1, 'x', null] } }, $db: 'scratch' }),
      () =>
        opMsg(
          { insert: 'scratch', $db: 'scratch' },
          0,
          sequence('documents', [{ a: below(1000), b: { c: [1, 2] } }]),
        ),
      () =>
        opMsg({
          update: 'scratch',
          updates: [{ q: { a: below(9) }, u: { $inc: { a: 1 } }, upsert: true }],
          $db: 'scratch',
        }),
      () =>
        opMsg({
          aggregate: 'scratch',
          pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }],
          cursor: {},
          $db: 'scratch',
        }),
      () => withChecksum(opMsg({ ping: 1, $db: 'scratch' })),
    ][below(5)]?.() ?? Buffer.alloc(0);
  const flipped = (bytes: Buffer, times: number) => {
    for (let i = 0; i < times; i++) bytes[below(bytes.length)] = below(256);
    return bytes;
  };
  const kinds = [
    () => noise(1 + below(200)),
    () => message(2013, noise(below(300))),
    () => message(2004, noise(below(300))),
    () => message(below(3000), noise(below(100)), below(2 ** 32)),
    () => valid().subarray(0, below(60)),
    () => flipped(valid(), 1 + below(4)),
    () => flipped(valid(), 10 + below(20)),
    () => Buffer.concat([valid(), noise(below(40))]),
    () => withChecksum(valid(), 1 + below(100)),
    () => opMsg(nested(below(400), below(2) === 0)),
  ];
  return kinds[below(kinds.length)]?.() ?? Buffer.alloc(0);
}

function nested(depth: number, inFilter: boolean): Doc {
  let inner: Doc = { a: 1 };
  for (let i = 0; i < depth; i++) inner = inFilter ? { $and: [inner] } : { a: inner };
  return { find: 'scratch', filter: inner, $db: 'scratch' };
}
