// The words of a record: salted, digested, encrypted under a key of their own.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type RecordContent, recordContentSchema } from '@medspill/domain/sign/contract';
import * as z from 'zod';
import type { RecordDocument } from '../documents.ts';
import type { Keys } from '../ports.ts';
import { fromCanonical } from '../seal.ts';

export type SaltedContent = { content: RecordContent; salt: string };

const saltedSchema = z.object({ content: recordContentSchema, salt: z.string() });

/** Encrypts the words under a fresh key, which the vault wraps: destroying the wrapped key erases them everywhere. */
export async function sealContent(
  keys: Keys,
  salted: SaltedContent,
): Promise<RecordDocument['sealedContent']> {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const data = Buffer.concat([
    cipher.update(JSON.stringify(salted), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { iv: iv.toString('base64'), data: data.toString('base64'), key: await keys.wrap(key) };
}

/** The words of a record; undefined when they are erased, unreadable or not what they were. */
export async function openContent(
  keys: Keys,
  record: Pick<RecordDocument, 'sealedContent'>,
): Promise<SaltedContent | undefined> {
  const { iv, data, key: wrapped } = record.sealedContent;
  if (wrapped === null) return undefined;
  try {
    const bytes = fromCanonical(data, 'base64');
    const vector = fromCanonical(iv, 'base64');
    if (bytes === undefined || vector === undefined) return undefined;
    const key = await keys.unwrap(wrapped);
    const decipher = createDecipheriv('aes-256-gcm', key, vector, { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    const parsed = saltedSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    // A vault that does not answer is a fault; a key or cipher that does not fit is tampering.
    if (error instanceof Error && /Key Vault answered (429|5)/.test(error.message)) throw error;
    return undefined;
  }
}
