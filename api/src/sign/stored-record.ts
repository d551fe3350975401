// Whether a document is a record as we store it, field by field and nothing besides: the types end at the database.
import {
  pairIdSchema,
  personIdSchema,
  recordIdSchema,
  reviewIdSchema,
  tenantIdSchema,
} from '@medspill/domain/ids';
import { sideSchema } from '@medspill/domain/people';
import { digestSchema } from '@medspill/domain/sign/contract';
import { dateSchema, instantSchema, monthSchema } from '@medspill/domain/time';
import * as z from 'zod';

const sealSchema = z.strictObject({ keyId: z.string(), value: z.string() });

const storedRecordSchema = z.strictObject({
  _id: recordIdSchema,
  shard: z.string(),
  tenantId: tenantIdSchema,
  version: z.number(),
  writeId: z.string().optional(),
  outbox: z.array(z.unknown()),
  outboxDue: z.string(),
  reviewId: reviewIdSchema,
  pairId: pairIdSchema,
  sellerId: personIdSchema,
  managerId: personIdSchema,
  managerName: z.string(),
  sellerName: z.string(),
  month: monthSchema,
  ordinal: z.int(),
  heldOn: dateSchema,
  state: z.enum(['awaiting_second', 'sealed', 'closed_unsigned']),
  seq: z.int(),
  digest: digestSchema,
  previousDigest: digestSchema.nullable(),
  signatures: z.array(
    z.strictObject({
      side: sideSchema,
      personId: z.string(),
      name: z.string(),
      at: instantSchema,
      digest: digestSchema,
    }),
  ),
  sealedContent: z.strictObject({ iv: z.string(), data: z.string(), key: z.string().nullable() }),
  disagreement: z.string().optional(),
  addenda: z.array(
    z.strictObject({
      id: z.string(),
      side: sideSchema,
      name: z.string(),
      at: instantSchema,
      text: z.string(),
      digest: digestSchema,
      seal: z.string(),
    }),
  ),
  deadline: dateSchema,
  sealedAt: instantSchema.optional(),
  seal: sealSchema.optional(),
  addendaSeal: sealSchema.optional(),
});

export function isStoredRecord(document: unknown): boolean {
  return storedRecordSchema.safeParse(document).success;
}
