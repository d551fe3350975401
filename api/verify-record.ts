// Verifies records' JSON files without any network: npm run verify-record -- FILE... [PUBLIC_KEY.json...]
// A file carries the public keys that it was sealed with. Whoever changed the file could have put their own there, so
// they are worth something only when they are compared with the vault's, or given beside the records. With several
// records of one pair, their order and completeness are checked too.
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { checkChain, checkFile, type RecordFile, recordFileSchema } from './src/sign/record-file.ts';

const trustedSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});
type Trusted = z.infer<typeof trustedSchema>;

function main(paths: string[]): number {
  const records: { path: string; file: RecordFile }[] = [];
  const trusted: Trusted[] = [];
  for (const path of paths) {
    try {
      const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
      const key = trustedSchema.safeParse(value);
      if (key.success) trusted.push(key.data);
      else records.push({ path, file: recordFileSchema.parse(value) });
    } catch {
      console.error(`${path} is no record file that can be verified, and no public key (JWK, P-256).`);
      return 2;
    }
  }
  if (records.length === 0) {
    console.error('npm run verify-record -- FILE... [PUBLIC_KEY.json...]');
    return 2;
  }
  const files = records.map(({ file }) => file);
  let holds = true;
  for (const { path, file } of records) {
    if (records.length > 1) console.log(path);
    const checks = checkFile(file, trusted);
    if (records.length > 1) checks.push(checkChain(file, files));
    for (const check of checks) console.log(`${check.holds ? 'holds ' : 'BROKEN'} ${check.name}`);
    holds &&= checks.every((check) => check.holds);
  }
  if (trusted.length === 0) {
    console.log('The keys come from the files themselves. Compare them with the signing keys of your vault:');
    const keys = files.flatMap(({ publicKeys }) => publicKeys);
    for (const [kid, { x, y }] of new Map(keys.map((key) => [key.kid, key]))) {
      console.log(`  ${kid}\n  x ${x}\n  y ${y}`);
    }
  }
  return holds ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
