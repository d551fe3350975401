import * as z from 'zod';
import { personIdSchema } from './ids.ts';

/** The two languages the product speaks: bokmål first, English complete. */
export const languageSchema = z.enum(['nb', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** The two sides of a pair. Whoever asks is one of them, never both. */
export const sideSchema = z.enum(['manager', 'seller']);
export type Side = z.infer<typeof sideSchema>;

/** The name, address and zone of a person as they stood when last read from the directory. */
export const personSchema = z.object({
  id: personIdSchema,
  name: z.string().min(1).max(256),
  firstName: z.string().min(1).max(256),
  mail: z.string().max(320),
  language: languageSchema,
  /** IANA zone of the person's mailbox. */
  zone: z.string().max(64),
});
export type Person = z.infer<typeof personSchema>;
