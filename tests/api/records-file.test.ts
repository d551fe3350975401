// The JSON file of a record, verified by the script alone, and what it says of a file that was changed.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Round, startRound } from './round.ts';
import { sealRound } from './sealed.ts';

type RecordFile = Record<string, unknown> & {
  content: Record<string, unknown>;
  signatures: Record<string, unknown>[];
  addenda: Record<string, unknown>[];
  seal: { keyId: string; value: string };
  publicKeys: { kid: string; x: string }[];
};

const root = join(import.meta.dirname, '..', '..');
let folder: string;
let round: Round;
let file: RecordFile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medspill-record-'));
  round = await startRound();
  const { recordId } = await sealRound(round, 'Jonas');
  const jonas = round.as('Jonas');
  const params = { recordId } as never;
  const body = { addendumId: randomUUID(), text: 'Jeg tok kurset likevel.' };
  await jonas.ok('addAddendum', { params, body });
  file = JSON.parse((await jonas.send('recordJson', { params })).text);
});
afterAll(async () => {
  await round?.close();
  await rm(folder, { recursive: true, force: true });
});

async function verify(
  value: unknown,
  key?: unknown,
): Promise<{ status: number | null; broken: string[]; text: string }> {
  const paths = [join(folder, 'record.json')];
  await writeFile(paths[0] ?? '', typeof value === 'string' ? value : JSON.stringify(value));
  if (key !== undefined) {
    paths.push(join(folder, 'key.json'));
    await writeFile(paths[1] ?? '', JSON.stringify(key));
  }
  const script = join(root, 'api', 'verify-record.ts');
  const { status, stdout } = spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8' });
  const broken = [...stdout.matchAll(/^BROKEN (\w+)$/gm)].map(([, name]) => name ?? '');
  return { status, broken, text: stdout };
}

test('a record as it was given out holds, and says that its key is to be compared', async () => {
  const alone = await verify(file);
  expect(alone).toMatchObject({ status: 0, broken: [] });
  expect(alone.text).toContain('Compare them');
  expect(alone.text).toContain(file.publicKeys[0]?.kid);
  const withKey = await verify(file, file.publicKeys[0]);
  expect(withKey).toMatchObject({ status: 0, broken: [] });
  expect(withKey.text).not.toContain('Compare them');
});

test('another word, another salt and a disagreement taken away are named', async () => {
  const cases: [Partial<RecordFile>, string][] = [
    [{ content: { ...file.content, summary: 'Alt var fint.' } }, 'digest'],
    [{ salt: 'x' }, 'digest'],
    [{ disagreement: null }, 'seal'],
  ];
  for (const [change, broken] of cases) {
    const result = await verify({ ...file, ...change });
    expect(result.status).toBe(1);
    expect(result.broken).toContain(broken);
  }
});

test('another signature, another seal, fewer addenda and another key are named', async () => {
  const cases: [Partial<RecordFile>, string][] = [
    [{ signatures: file.signatures.slice(0, 1) }, 'signatures'],
    [{ signatures: file.signatures.map((one) => ({ ...one, name: 'En annen' })) }, 'seal'],
    [{ seal: { ...file.seal, value: `A${file.seal.value.slice(1)}B` } }, 'seal'],
    [{ addenda: [] }, 'addenda'],
    [{ addenda: file.addenda.map((one) => ({ ...one, text: 'x' })) }, 'addenda'],
    [{ previousDigest: 'b'.repeat(64) }, 'content'],
  ];
  for (const [change, broken] of cases) {
    const result = await verify({ ...file, ...change });
    expect(result.status).toBe(1);
    expect(result.broken).toContain(broken);
  }
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect((await verify(file, publicKey.export({ format: 'jwk' }))).broken).toEqual(['seal', 'addenda']);
});

test('what is no record file is refused without a stack', async () => {
  for (const value of ['', '{}', '[]', 'null', '{"format":"medspill-record-file-1"}']) {
    expect(await verify(value)).toEqual({ status: 2, broken: [], text: '' });
  }
});
