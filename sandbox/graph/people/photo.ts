// A believable picture without anybody's face: one colour per person, as a PNG.
import { crc32, deflateSync } from 'node:zlib';
import type { Person } from '../../people.ts';

const size = 48;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export function avatar(person: Person): Buffer {
  const mark = crc32(person.id);
  const colour = [96 + (mark & 127), 96 + ((mark >> 8) & 127), 96 + ((mark >> 16) & 127)];
  const rows: number[] = [];
  for (let y = 0; y < size; y++) {
    rows.push(0);
    for (let x = 0; x < size; x++) {
      // A head and shoulders in white.
      const head = (x - 24) ** 2 + (y - 18) ** 2 < 81;
      const shoulders = (x - 24) ** 2 + (y - 48) ** 2 < 324;
      rows.push(...(head || shoulders ? [255, 255, 255] : colour));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
