// Draws the icons of the package and of the Outlook ribbon: two rings that overlap, as in tab/public/icon.svg.
// `node appPackage/draw-icons.ts` writes them again; the results are committed.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

type Icon = {
  size: number;
  /** Side of the drawing in icon.svg's units; the rings stay in its middle. */
  units: number;
  stroke: number;
  background?: { colour: [number, number, number]; radius: number };
};

const purple: [number, number, number] = [0x5b, 0x5f, 0xc7];
/** Samples along each side of a pixel. */
const fine = 8;

function inRings(x: number, y: number, stroke: number): boolean {
  return [-4, 4].some((centre) => Math.abs(Math.hypot(x - centre, y) - 6) <= stroke / 2);
}

function inSquare(x: number, y: number, half: number, radius: number): boolean {
  const dx = Math.max(Math.abs(x) - half + radius, 0);
  const dy = Math.max(Math.abs(y) - half + radius, 0);
  return Math.hypot(dx, dy) <= radius;
}

/** Red, green, blue and alpha of each pixel, row by row. */
function draw({ size, units, stroke, background }: Icon): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  for (let at = 0; at < size * size; at++) {
    let rings = 0;
    let square = 0;
    for (let sample = 0; sample < fine * fine; sample++) {
      const x = (((at % size) + ((sample % fine) + 0.5) / fine) / size - 0.5) * units;
      const y = ((Math.floor(at / size) + (Math.floor(sample / fine) + 0.5) / fine) / size - 0.5) * units;
      if (background === undefined || inSquare(x, y, units / 2, background.radius)) {
        square++;
        if (inRings(x, y, stroke)) rings++;
      }
    }
    const white = square === 0 ? 0 : rings / square;
    const [red, green, blue] = background?.colour ?? [255, 255, 255];
    const alpha = (background === undefined ? rings : square) / (fine * fine);
    pixels.set(
      [...[red, green, blue].map((part) => Math.round(part + (255 - part) * white)), Math.round(alpha * 255)],
      at * 4,
    );
  }
  return pixels;
}

/** PNG (ISO/IEC 15948): 8 bits per channel with alpha, no filter, one IDAT. */
function png(size: number, pixels: Uint8Array): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(row * size * 4, (row + 1) * size * 4)]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const here = dirname(fileURLToPath(import.meta.url));
const ribbon = join(here, '..', 'tab', 'public');
const icons: [string, Icon][] = [
  // Teams rounds the corners of this one itself; its mark keeps to the middle 120 pixels or so.
  [join(here, 'color.png'), { size: 192, units: 32, stroke: 2.5, background: { colour: purple, radius: 0 } }],
  [join(here, 'outline.png'), { size: 32, units: 22, stroke: 1.8 }],
  // Small ones need a thicker line to stay legible.
  ...[16, 32, 64, 80, 128].map((size): [string, Icon] => [
    join(ribbon, `icon-${size}.png`),
    {
      size,
      units: size < 32 ? 24 : 28,
      stroke: size < 32 ? 2.8 : 2.5,
      background: { colour: purple, radius: 6 },
    },
  ]),
];
for (const [file, icon] of icons) writeFileSync(file, png(icon.size, draw(icon)));
