// Every BSON type comes back as it went in, and is ordered and compared as MongoDB does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Doc, drivers, type Rig, startRig } from './rig.ts';

describe.each(drivers)('BSON with %s', (_, driver) => {
  const {
    MongoClient,
    Int32,
    Double,
    Long,
    Decimal128,
    ObjectId,
    Binary,
    UUID,
    Timestamp,
    MinKey,
    MaxKey,
    BSONRegExp,
    Code,
  } = driver;
  let rig: Rig;
  let client: InstanceType<typeof MongoClient>;
  const typed = () => client.db('bson').collection<Doc>('typed', { promoteValues: false, bsonRegExp: true });
  beforeAll(async () => {
    rig = await startRig();
    client = await new MongoClient(rig.server.uri).connect();
  });
  afterAll(async () => {
    await client.close();
    await rig.close();
  });

  const values: [string, unknown][] = [
    ['Int32', new Int32(7)],
    ['Double with a whole value', new Double(7)],
    ['Double', new Double(7.25)],
    ['negative zero', new Double(-0)],
    ['NaN', new Double(Number.NaN)],
    ['infinity', new Double(Number.NEGATIVE_INFINITY)],
    ['Long', Long.fromString('9007199254740993')],
    ['the smallest Long', Long.MIN_VALUE],
    ['Decimal128', Decimal128.fromString('1234567890.123456789012345678')],
    ['string', 'æøå \u{1F600} \0 end'],
    ['boolean', true],
    ['null', null],
    ['date', new Date('2026-11-23T12:34:56.789Z')],
    ['date before 1970', new Date(-1)],
    ['ObjectId', new ObjectId()],
    ['Binary', new Binary(new Uint8Array([0, 1, 255]), 128)],
    ['UUID', new UUID()],
    ['Timestamp', new Timestamp({ t: 1, i: 2 })],
    ['MinKey', new MinKey()],
    ['MaxKey', new MaxKey()],
    ['regular expression', new BSONRegExp('^a.b$', 'im')],
    ['code', new Code('return 1')],
    ['document', { z: new Int32(1), a: { b: [] } }],
    ['array', [new Int32(1), 'x', [null]]],
    ['odd field names', { constructor: 'c', toString: 't', '10': 'ten', hasOwnProperty: true }],
  ];

  test.each(values)('%s', async (_name, value) => {
    const { insertedId } = await typed().insertOne({ value });
    const raw = await client.db('bson').collection<Doc>('typed', { raw: true }).findOne({ _id: insertedId });
    const { serialize } = driver.BSON;
    const expected = serialize({ _id: insertedId, value });
    expect(Buffer.from(Object(raw)).equals(expected)).toBe(true);
    // Found by its own value, and unchanged by an update beside it.
    expect(
      await typed()
        .find({ _id: insertedId, value: { $eq: value } })
        .toArray(),
    ).toHaveLength(1);
    await typed().updateOne({ _id: insertedId }, { $set: { other: new Int32(1) } });
    const after = await client
      .db('bson')
      .collection<Doc>('typed', { raw: true })
      .findOne({ _id: insertedId }, { projection: { other: 0 } });
    expect(Buffer.from(Object(after)).equals(expected)).toBe(true);
  });

  test('numbers are equal across types, and unique indexes know it', async () => {
    const collection = client.db('bson').collection<Doc>('numbers');
    await collection.createIndex({ n: 1 }, { unique: true });
    await collection.insertOne({ n: new Int32(5) });
    for (const same of [new Double(5), Long.fromNumber(5), Decimal128.fromString('5.00')]) {
      await expect(collection.insertOne({ n: same })).rejects.toMatchObject({ code: 11000 });
      expect(await collection.countDocuments({ n: same })).toBe(1);
    }
    await collection.insertOne({ n: Long.fromString('9007199254740993') });
    await collection.insertOne({ n: Long.fromString('9007199254740992') });
    await collection.insertOne({ n: Decimal128.fromString('0.1') });
    await collection.insertOne({ n: new Double(0.1) });
    expect(await collection.countDocuments({ n: { $gt: Long.fromString('9007199254740992') } })).toBe(1);
    expect(await collection.countDocuments({ n: { $lt: 1 } })).toBe(2);
  });

  test('sorting follows the order of types', async () => {
    const collection = client.db('bson').collection<Doc>('order');
    await collection.createIndex({ v: 1 });
    const ordered = [
      new MinKey(),
      null,
      new Double(Number.NaN),
      Number.NEGATIVE_INFINITY,
      Long.MIN_VALUE,
      -1.5,
      0,
      new Double(0.5),
      Decimal128.fromString('0.75'),
      1,
      Long.MAX_VALUE,
      Number.POSITIVE_INFINITY,
      '',
      'A',
      'a',
      'aa',
      '\uffff',
      '\u{1F600}',
      {},
      { a: 1 },
      { a: 2 },
      { b: 0 },
      new Binary(new Uint8Array([9])),
      new Binary(new Uint8Array([1, 1])),
      new ObjectId('000000000000000000000001'),
      new ObjectId('ff0000000000000000000000'),
      false,
      true,
      new Date(-5),
      new Date(5),
      new Timestamp({ t: 1, i: 1 }),
      new Timestamp({ t: 1, i: 2 }),
      new BSONRegExp('a', ''),
      new MaxKey(),
    ];
    const shuffled = ordered
      .map((v, _id) => ({ _id, v }))
      .sort((a, b) => ((a._id * 7919) % 101) - ((b._id * 7919) % 101));
    await collection.insertMany(shuffled);
    const up = (await collection.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id);
    expect(up).toEqual(ordered.map((_v, index) => index));
    const down = (await collection.find().sort({ v: -1 }).toArray()).map(({ _id }) => _id);
    expect(down).toEqual([...up].reverse());
  });
});
