// The JSON file of a record: what is in it, and what of it holds. Everything that the file says is either digested,
// sealed, or part of the key that the seal is checked with.
import * as z from 'zod';
import { type Seal, sealOf, sealStands } from '../seal.ts';
import { addendaDigest, addendumDigest, digestOf, sealDigest } from './digest.ts';

const sealSchema = z.strictObject({ keyId: z.string(), value: z.string() });

export const publicKeySchema = z.strictObject({
  kid: z.string(),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});
export type FileKey = z.infer<typeof publicKeySchema>;

const personSchema = z.looseObject({ id: z.string() });

export const recordFileSchema = z.strictObject({
  format: z.literal('medspill-record-file-1'),
  recordId: z.string(),
  state: z.enum(['awaiting_second', 'sealed', 'closed_unsigned']),
  /** Digested as it stands, whatever it holds. */
  content: z.looseObject({
    recordId: z.string(),
    pairId: z.string(),
    month: z.string(),
    ordinal: z.number(),
    previousDigest: z.string().nullable(),
    manager: personSchema,
    seller: personSchema,
  }),
  salt: z.string(),
  digest: z.string(),
  previousDigest: z.string().nullable(),
  seq: z.number(),
  signatures: z.array(
    z.looseObject({
      side: z.enum(['manager', 'seller']),
      personId: z.string(),
      at: z.string(),
      digest: z.string(),
    }),
  ),
  disagreement: z.string().nullable(),
  sealedAt: z.string().nullable(),
  deadline: z.string(),
  seal: sealSchema.nullable(),
  addenda: z.array(
    z.strictObject({
      id: z.string(),
      side: z.string(),
      name: z.string(),
      at: z.string(),
      text: z.string(),
      digest: z.string(),
      seal: z.string(),
    }),
  ),
  addendaSeal: sealSchema.nullable(),
  publicKeys: z.array(publicKeySchema),
});
export type RecordFile = z.infer<typeof recordFileSchema>;

export type FileCheck = {
  name: 'content' | 'digest' | 'signatures' | 'seal' | 'addenda' | 'chain';
  holds: boolean;
};

/** `trusted` are keys known from elsewhere; without one, the file's own are taken, which whoever changed it could have put there. */
export function checkFile(file: RecordFile, trusted: readonly Pick<FileKey, 'x' | 'y'>[]): FileCheck[] {
  const { recordId, content, digest, signatures, state, addenda } = file;
  const stands = (over: string, seal: Seal | null) => {
    const named = file.publicKeys.filter(({ kid }) => kid === seal?.keyId);
    const [key] = named;
    if (seal === null || key === undefined || named.length > 1) return false;
    const isTrusted = trusted.length === 0 || trusted.some(({ x, y }) => x === key.x && y === key.y);
    return isTrusted && sealStands(key, over, seal);
  };
  const used = new Set(
    [file.seal, file.addendaSeal, ...addenda.map((one) => sealOf(one.seal))].map((seal) => seal?.keyId),
  );
  const isList = state === 'awaiting_second' ? addenda.length === 0 && file.addendaSeal === null : true;
  return [
    {
      name: 'content',
      holds: content.recordId === recordId && content.previousDigest === file.previousDigest,
    },
    { name: 'digest', holds: digestOf({ content, salt: file.salt }) === digest },
    {
      name: 'signatures',
      holds:
        new Set(signatures.map(({ side }) => side)).size === signatures.length &&
        signatures.length === (state === 'sealed' ? 2 : 1) &&
        signatures.every((one) => one.digest === digest && one.personId === content[one.side].id),
    },
    {
      name: 'seal',
      holds: stands(sealDigest(file), file.seal) && file.publicKeys.every(({ kid }) => used.has(kid)),
    },
    {
      name: 'addenda',
      holds:
        isList &&
        (state === 'awaiting_second' || stands(addendaDigest(file), file.addendaSeal)) &&
        addenda.every(
          (one) => addendumDigest(digest, one) === one.digest && stands(one.digest, sealOf(one.seal)),
        ),
    },
  ];
}

/**
 * Whether a file stands in its place among those of its pair, once, after the one that was sealed before it. The earliest
 * may follow one that is not given.
 */
export function checkChain(file: RecordFile, all: readonly RecordFile[]): FileCheck {
  const place = ({ content }: RecordFile) => `${content.month}/${String(content.ordinal).padStart(3, '0')}`;
  const own = all.filter((one) => one.content.pairId === file.content.pairId);
  const isOnce = own.filter((one) => one.digest === file.digest || place(one) === place(file)).length === 1;
  const before = own.filter((one) => place(one) < place(file));
  const signedAt = file.signatures[0]?.at ?? '';
  const [previous] = before
    .filter(({ sealedAt }) => sealedAt !== null && sealedAt <= signedAt)
    .sort((a, b) => place(b).localeCompare(place(a)));
  const follows = before.length === 0 || (previous?.digest ?? null) === file.previousDigest;
  return { name: 'chain', holds: isOnce && follows };
}
