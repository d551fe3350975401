import * as z from 'zod';

export const weekdaySchema = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']);
export type Weekday = z.infer<typeof weekdaySchema>;

/** Which day of each month (capability list section 6: the first Wednesday meets the fewest Norwegian holidays). */
export const patternSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('weekday'),
    week: z.enum(['first', 'second', 'third', 'fourth', 'last']),
    weekday: weekdaySchema,
  }),
  z.object({ kind: z.literal('date'), day: z.int().min(1).max(31) }),
  /** The last working weekday, Monday to Friday. */
  z.object({ kind: z.literal('last_weekday') }),
]);
export type Pattern = z.infer<typeof patternSchema>;

export const defaultPattern: Pattern = { kind: 'weekday', week: 'first', weekday: 'wednesday' };
