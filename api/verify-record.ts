// Verifies a record's JSON file without any network: node api/verify-record.ts FILE [PUBLIC_KEY.json]
// The file carries the public key that it was sealed with. Whoever changed the file could have put their own there, so
// the key is worth something only when it is compared with the vault's, or given as the second argument.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import * as z from 'zod';

const sealSchema = z.object({ keyId: z.string(), value: z.string() });
const keySchema = z.object({
  kid: z.string().default(''),
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
});
const fileSchema = z.object({
  format: z.literal('medspill-record-file-1'),
  recordId: z.string(),
  state: z.enum(['awaiting_second', 'sealed', 'closed_unsigned']),
  content: z.looseObject({
    recordId: z.string(),
    previousDigest: z.string().nullable(),
    manager: z.looseObject({ id: z.string() }),
    seller: z.looseObject({ id: z.string() }),
  }),
  salt: z.string(),
  digest: z.string(),
  previousDigest: z.string().nullable(),
  signatures: z.array(
    z.looseObject({ side: z.enum(['manager', 'seller']), personId: z.string(), digest: z.string() }),
  ),
  disagreement: z.string().nullable(),
  deadline: z.string(),
  sealedAt: z.string().nullable(),
  seal: sealSchema.nullable(),
  addenda: z.array(
    z.object({
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
  publicKeys: z.array(keySchema),
});
type RecordFile = z.infer<typeof fileSchema>;
type PublicKey = z.infer<typeof keySchema>;

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}

/** ES256 (Base64url, r and s side by side) over the bytes of a digest in hex. */
function stands(keys: PublicKey[], digest: string, seal: z.infer<typeof sealSchema> | null): boolean {
  const jwk = keys.length === 1 ? keys[0] : keys.find(({ kid }) => kid === seal?.keyId);
  if (jwk === undefined || seal === null) return false;
  const { crv, x, y } = jwk;
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x, y } });
  const value = Buffer.from(seal.value, 'base64url');
  return verify('sha256', Buffer.from(digest, 'hex'), { key, dsaEncoding: 'ieee-p1363' }, value);
}

function checksOf(file: RecordFile, keys: PublicKey[]): [name: string, holds: boolean][] {
  const { recordId, digest, previousDigest, signatures, state, disagreement, deadline, sealedAt, content } =
    file;
  const sealed = {
    recordId,
    digest,
    previousDigest,
    signatures,
    state,
    disagreement: disagreement === null ? null : digestOf(disagreement),
    deadline,
    sealedAt,
  };
  const addendaDigest = digestOf({ recordId, digest, addenda: file.addenda.map((one) => one.digest) });
  const sides = new Set(signatures.map(({ side }) => side));
  return [
    ['content', content.recordId === recordId && content.previousDigest === previousDigest],
    ['digest', digestOf({ content, salt: file.salt }) === digest],
    [
      'signatures',
      sides.size === signatures.length &&
        signatures.length === (state === 'sealed' ? 2 : 1) &&
        signatures.every((one) => one.digest === digest && one.personId === content[one.side].id),
    ],
    ['seal', stands(keys, digestOf(sealed), file.seal)],
    [
      'addenda',
      (state === 'awaiting_second' && file.addenda.length === 0) ||
        (stands(keys, addendaDigest, file.addendaSeal) &&
          file.addenda.every(({ digest: own, seal, ...words }) => {
            const [keyId = '', value = ''] = seal.split(' ');
            return (
              digestOf({ recordDigest: digest, ...words }) === own && stands(keys, own, { keyId, value })
            );
          })),
    ],
  ];
}

function main([path, keyPath]: string[]): number {
  if (path === undefined) {
    console.error('node api/verify-record.ts FILE [PUBLIC_KEY.json]');
    return 2;
  }
  let file: RecordFile;
  let keys: PublicKey[];
  try {
    file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    keys =
      keyPath === undefined ? file.publicKeys : [keySchema.parse(JSON.parse(readFileSync(keyPath, 'utf8')))];
  } catch {
    console.error('This is no record file that can be verified, or no public key (JWK, P-256).');
    return 2;
  }
  const checks = checksOf(file, keys);
  for (const [name, holds] of checks) console.log(`${holds ? 'holds ' : 'BROKEN'} ${name}`);
  if (keyPath === undefined) {
    console.log('The key comes from the file itself. Compare it with the signing key of your vault:');
    for (const { kid, x, y } of keys) console.log(`  ${kid}\n  x ${x}\n  y ${y}`);
  }
  return checks.every(([, holds]) => holds) ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
