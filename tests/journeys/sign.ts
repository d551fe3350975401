import { MongoClient } from 'mongodb';
import { expect } from 'vitest';
import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { runTexts } from '../../domain/content/texts/run.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import { signTexts } from '../../domain/content/texts/sign.ts';
import type { Colleague, Workday } from './workday.ts';

/** Both sign the same digest. The record then holds, until somebody changes it in the database. */
export async function sign(workday: Workday): Promise<void> {
  const { sandbox, t, words, ingrid, jonas } = workday;
  for (const { tab } of [jonas, ingrid]) {
    await tab.getByRole('link', { name: t(runTexts.toSign) }).click();
    await tab.getByText(words.summary).waitFor();
    await tab.getByText(words.goal).waitFor();
  }
  await putNameOn(workday, jonas);
  await jonas.tab
    .getByText(t(signTexts.waitingFor, { other: 'Ingrid Solberg' }).split('.')[0] ?? '')
    .first()
    .waitFor();
  await jonas.look('signed');
  await ingrid.tab
    .getByText(t(signTexts.signSecond, { other: 'Jonas Berg' }))
    .first()
    .waitFor();
  await putNameOn(workday, ingrid);
  const digests = await Promise.all([ingrid, jonas].map((one) => digestOn(workday, one)));
  expect(new Set(digests).size).toBe(1);
  await ingrid.look('sealed');
  await sandbox.processAll();

  const client = await MongoClient.connect(sandbox.mongo);
  try {
    const records = client.db('medspill').collection('records');
    const stored = await records.findOne({});
    expect(stored?.state).toBe('sealed');
    expect(stored?.signatures.map((one: { digest: string }) => one.digest)).toEqual([digests[0], digests[0]]);

    await openRecord(workday, jonas);
    await verify(workday, jonas, 'verified');
    await jonas.look('record');
    const at = stored?.signatures[0].at;
    await records.updateOne(
      { digest: digests[0], shard: stored?.shard },
      { $set: { 'signatures.0.at': '2027-01-05T09:00:00Z' } },
    );
    await verify(workday, jonas, 'notVerified');
    await jonas.look('record-changed');
    await records.updateOne(
      { digest: digests[0], shard: stored?.shard },
      { $set: { 'signatures.0.at': at } },
    );
    await verify(workday, jonas, 'verified');
  } finally {
    await client.close();
  }
}

async function putNameOn({ t }: Workday, { tab }: Colleague): Promise<void> {
  await tab.getByRole('button', { name: t(signTexts.sign), exact: true }).click();
  await tab
    .getByRole('dialog')
    .getByRole('button', { name: t(signTexts.sign), exact: true })
    .click();
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  await tab.getByText(`${t(signTexts.digest)}: `).waitFor();
}

async function digestOn({ t }: Workday, { tab }: Colleague): Promise<string> {
  const text = await tab.getByText(`${t(signTexts.digest)}: `).textContent();
  return text?.split(': ')[1]?.trim() ?? '';
}

async function openRecord({ t }: Workday, { tab, go }: Colleague): Promise<void> {
  await go('&view=teams');
  await tab.getByRole('link', { name: t(shellTexts.records), exact: true }).click();
  await tab.getByText(t(followUpTexts.stateSealed), { exact: true }).waitFor();
  await tab.getByRole('link', { name: /2027/ }).first().click();
  await tab.getByRole('heading', { name: t(signTexts.signatures) }).waitFor();
}

async function verify(
  { t }: Workday,
  { tab }: Colleague,
  outcome: 'verified' | 'notVerified',
): Promise<void> {
  await tab.getByRole('button', { name: t(signTexts.verify), exact: true }).click();
  await tab.getByText(t(signTexts[outcome])).waitFor();
}
