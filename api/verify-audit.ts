// Verifies an audit trail: node api/verify-audit.ts FILE [PUBLIC_KEY.json] takes the file that an administrator downloads;
// without a file, the database of MONGODB_URI and MONGODB_DATABASE is read, and the key has to be given.
// A key that comes with the file proves something only when it is compared with the vault's.
import { readFileSync } from 'node:fs';
import type { AuditEntry, ChainEnd } from '@medspill/domain/trust/audit';
import { MongoClient } from 'mongodb';
import * as z from 'zod';
import { type Seal, sealStands } from './src/seal.ts';
import { findFlaws, type Trail } from './src/trust/verify-trail.ts';

const keySchema = z.object({
  kid: z.string().default(''),
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
});
type PublicKey = z.infer<typeof keySchema>;

const endSchema = z.object({ subjectId: z.string(), seq: z.int(), hash: z.string() });
/** The events are hashed as they stand: what a later version adds to them must not be dropped here. */
const entrySchema = z.object({
  subjectId: z.string(),
  seq: z.int(),
  at: z.string(),
  by: z.string(),
  byName: z.string(),
  event: z.looseObject({ kind: z.string() }),
  previous: z.string(),
  hash: z.string(),
});
const fileSchema = z.object({
  format: z.literal('medspill-audit-file-1'),
  entries: z.array(entrySchema),
  ends: z.array(endSchema),
  publicKeys: z.array(keySchema),
});

const says = {
  missing: 'is missing',
  changed: 'was changed',
  relinked: 'does not follow the one before it',
  cut_off: 'was removed from the end of its chain, or replaced',
  anchor_seal: 'is an anchor that the key has not sealed',
  anchor_broken: 'is not what a sealed anchor names',
} as const;

async function fromDatabase(uri: string, database: string): Promise<Trail> {
  const client = await new MongoClient(uri).connect();
  try {
    const db = client.db(database);
    const entries = await db.collection('audit').find().toArray();
    const ends = await db.collection('auditEnds').find().toArray();
    return {
      entries: entries.map((entry) => entrySchema.parse(entry) as AuditEntry),
      ends: ends.map((end) => endSchema.parse(end)),
    };
  } finally {
    await client.close();
  }
}

function fromFile(path: string): Trail & { publicKeys: PublicKey[] } {
  const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    entries: file.entries as AuditEntry[],
    ends: file.ends as ChainEnd[],
    publicKeys: file.publicKeys,
  };
}

function sealedBy(keys: PublicKey[]) {
  return (digest: string, seal: Seal): boolean => {
    const jwk = keys.length === 1 ? keys[0] : keys.find(({ kid }) => kid === seal.keyId);
    return jwk !== undefined && sealStands(jwk, digest, seal);
  };
}

async function main(args: string[]): Promise<number> {
  const { MONGODB_URI, MONGODB_DATABASE = 'medspill' } = process.env;
  const keyPath = args.length > 1 || MONGODB_URI === undefined ? args[1] : args[0];
  const path = args.length > 1 || MONGODB_URI === undefined ? args[0] : undefined;
  if (path === undefined && MONGODB_URI === undefined) {
    console.error('node api/verify-audit.ts FILE [PUBLIC_KEY.json], or MONGODB_URI and PUBLIC_KEY.json');
    return 2;
  }
  const { publicKeys, ...trail } =
    path === undefined
      ? { ...(await fromDatabase(MONGODB_URI ?? '', MONGODB_DATABASE)), publicKeys: [] }
      : fromFile(path);
  const keys =
    keyPath === undefined ? publicKeys : [keySchema.parse(JSON.parse(readFileSync(keyPath, 'utf8')))];
  const flaws = await findFlaws(trail, sealedBy(keys));
  const chains = new Set(trail.entries.map(({ subjectId }) => subjectId)).size;
  for (const { subjectId, seq, what } of flaws)
    console.log(`BROKEN chain ${subjectId}: entry ${seq} ${says[what]}`);
  if (flaws.length === 0) console.log(`holds  ${trail.entries.length} entries in ${chains} chains`);
  if (keyPath === undefined && keys.length > 0) {
    console.log('The key comes from the file itself. Compare it with the signing key of your vault:');
    for (const { kid, x, y } of keys) console.log(`  ${kid}\n  x ${x}\n  y ${y}`);
  }
  return flaws.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(
    error instanceof z.ZodError || error instanceof SyntaxError
      ? 'This is no audit trail, or no public key (JWK, P-256).'
      : error,
  );
  return 2;
});
