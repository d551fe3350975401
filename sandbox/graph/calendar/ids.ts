// Event ids are opaque and long, one form with `Prefer: IdType="ImmutableId"` and one without; both name the same item.
import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';

const immutable = 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A';
const regular = 'AAMkADU2NmQ3ZWEwLTk4YjYtNDEzZS1hMWI0LTBmYjQ5ZjA1';

export function newKey(): string {
  return randomBytes(18).toString('base64url');
}

function dayNumber(date: string | undefined): number {
  if (date === undefined) return 0;
  return Temporal.PlainDate.from('1970-01-01').until(Temporal.PlainDate.from(date), { largestUnit: 'day' })
    .days;
}

export function eventId(key: string, date: string | undefined, asImmutable: boolean): string {
  const day = Buffer.alloc(3);
  day.writeUIntBE(dayNumber(date), 0, 3);
  return `${asImmutable ? immutable : regular}${key}${day.toString('base64url')}AAA=`;
}

/** The item's key and, for an occurrence, its original date; undefined for what no mailbox ever issued. */
export function parseEventId(id: string): { key: string; date?: string } | undefined {
  const prefix = [immutable, regular].find((candidate) => id.startsWith(candidate));
  if (prefix === undefined || id.length !== prefix.length + 32 || !id.endsWith('AAA=')) return undefined;
  const key = id.slice(prefix.length, prefix.length + 24);
  const day = Buffer.from(id.slice(prefix.length + 24, prefix.length + 28), 'base64url').readUIntBE(0, 3);
  if (day === 0) return { key };
  return { key, date: Temporal.PlainDate.from('1970-01-01').add({ days: day }).toString() };
}

/** The id in `cancelledOccurrences`. */
export function occurrenceId(masterId: string, date: string): string {
  return `OID.${masterId}.${date}`;
}

/** A global object id, which carries the original date of an occurrence in its bytes 16 to 19 ([MS-OXOCAL] 2.2.1.27). */
export function newUid(): string {
  const head = '040000008200E00074C5B7101A82E008';
  return `${head}00000000${randomBytes(16).toString('hex').toUpperCase()}00000000000000001000000000000000`;
}

export function uidOf(uid: string, date: string | undefined): string {
  if (date === undefined) return uid;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const bytes = Buffer.from([year >> 8, year & 255, month, day])
    .toString('hex')
    .toUpperCase();
  return `${uid.slice(0, 32)}${bytes}${uid.slice(40)}`;
}
