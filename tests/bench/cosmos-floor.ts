// The least that such a database can cost: node:sqlite with the same pragmas behind a bare socket, without BSON, queries
// or indexes beyond the two it is asked for. A request is one byte of operation and four of length, then the body.
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(join(process.argv[2] ?? '', 'floor.sqlite'));
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000;',
);
database.exec(
  'CREATE TABLE IF NOT EXISTS rows (rid INTEGER PRIMARY KEY, id TEXT UNIQUE, key TEXT UNIQUE, version INTEGER, doc BLOB)',
);
const insert = database.prepare('INSERT INTO rows (id, key, version, doc) VALUES (?, ?, 1, ?)');
const select = database.prepare('SELECT doc FROM rows WHERE key = ?');
const replace = database.prepare(
  'UPDATE rows SET version = version + 1, doc = ? WHERE id = ? AND version = ?',
);

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let chunks: Buffer[] = [];
  let received = 0;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    received += chunk.length;
    const [first = chunk] = chunks;
    if (first.length < 5 || received < 5 + first.readUInt32LE(1)) return;
    const request = Buffer.concat(chunks);
    chunks = [];
    received = 0;
    socket.write(perform(request.toString('latin1', 0, 1), request.subarray(5)));
  });
});

function perform(operation: string, body: Buffer): Uint8Array {
  if (operation === 'i') return insertAll(body);
  if (operation === 'r') {
    const doc = select.get(body.toString())?.doc;
    return doc instanceof Uint8Array ? doc : Buffer.from('-');
  }
  const [id = '', version = ''] = body.toString('utf8', 0, 64).trim().split(' ');
  return Buffer.from(String(replace.run(body.subarray(64), id, Number(version)).changes));
}

/** Documents of one size, one after the other; the first four bytes say which. */
function insertAll(body: Buffer): Buffer {
  const size = body.readUInt32LE(0);
  database.exec('BEGIN');
  for (let at = 4, n = 0; at < body.length; at += size, n++)
    insert.run(
      `id${String(n).padStart(5, '0')}`,
      `key${String(n).padStart(5, '0')}`,
      body.subarray(at, at + size),
    );
  database.exec('COMMIT');
  return Buffer.from('ok');
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('message', () => process.send?.({ memory: process.memoryUsage.rss() }));
