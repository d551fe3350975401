import { expect, test } from 'vitest';
import { readICalUId } from './ical-uid.ts';

const head = '040000008200E00074C5B7101A82E008';
const tail = '00000000A1B2C3D4E5F60718293A4B5C6D7E8F9000000000000000001000000000000000';

test('an occurrence leads to its series and names its original date', () => {
  expect(readICalUId(`${head}07EA0C02${tail}`)).toEqual({
    series: `${head}00000000${tail}`,
    original: '2026-12-02',
  });
  expect(readICalUId(`${head}07ea0c02${tail}`.toLowerCase())).toMatchObject({ original: '2026-12-02' });
});

test('a series is its own, and so is what Exchange did not make', () => {
  expect(readICalUId(`${head}00000000${tail}`)).toEqual({ series: `${head}00000000${tail}` });
  expect(readICalUId('3d0f@google.com')).toEqual({ series: '3d0f@google.com' });
  expect(readICalUId(`${head}07EA0D99${tail}`)).toEqual({ series: `${head}00000000${tail}` });
  expect(readICalUId('')).toEqual({ series: '' });
});
