// The words of a record: salted, digested over canonical JSON (RFC 8785), encrypted under a key of their own.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type RecordContent, recordContentSchema } from '@medspill/domain/sign/contract';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { RecordDocument } from '../documents.ts';
import type { Keys } from '../ports.ts';

export type SaltedContent = { content: RecordContent; salt: string };

const saltedSchema = z.object({ content: recordContentSchema, salt: z.string() });

/** SHA-256 in hex over the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('Not a JSON value');
  return createHash('sha256').update(text).digest('hex');
}

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
    const bytes = Buffer.from(data, 'base64');
    const key = await keys.unwrap(wrapped);
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
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

/** What the key outside the database signs: everything of a record that must never change, but not its words. */
export function sealDigest(
  record: Pick<
    RecordDocument,
    '_id' | 'digest' | 'previousDigest' | 'signatures' | 'state' | 'disagreement' | 'deadline' | 'sealedAt'
  >,
): string {
  return digestOf({
    recordId: record._id,
    digest: record.digest,
    previousDigest: record.previousDigest,
    signatures: record.signatures,
    state: record.state,
    disagreement: record.disagreement === undefined ? null : digestOf(record.disagreement),
    deadline: record.deadline,
    sealedAt: record.sealedAt ?? null,
  });
}

/** What stands for the list of addenda: each of them, in order, and none besides. */
export function addendaDigest(record: {
  _id: string;
  digest: string;
  addenda: readonly { digest: string }[];
}): string {
  return digestOf({
    recordId: record._id,
    digest: record.digest,
    addenda: record.addenda.map(({ digest }) => digest),
  });
}

export function addendumDigest(
  recordDigest: string,
  addendum: { id: string; side: string; name: string; at: string; text: string },
): string {
  const { id, side, name, at, text } = addendum;
  return digestOf({ recordDigest, id, side, name, at, text });
}
