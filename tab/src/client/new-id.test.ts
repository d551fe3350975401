import { pairIdSchema } from '@medspill/domain/ids';
import { expect, test } from 'vitest';
import { newId } from './new-id.ts';

test('ids are what the contract takes, differ, and sort by the time they were made', () => {
  const ids = Array.from({ length: 500 }, (_, index) => newId(1_800_000_000_000 + index));
  for (const id of ids) expect(pairIdSchema.safeParse(id).success).toBe(true);
  expect(new Set(ids).size).toBe(500);
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]?.[14]).toBe('7');
});
