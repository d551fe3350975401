import { checkpoints } from '../../domain/content/sections/checkpoints.ts';
import { followUpTexts } from '../../domain/content/texts/follow-up.ts';
import { noticeTexts } from '../../domain/content/texts/notices.ts';
import type { Workday } from './workday.ts';

/** A week later a checkpoint is due: the reminder in the activity feed leads Jonas to its card. */
export async function followUp({ sandbox, t, words, ingrid, jonas }: Workday): Promise<void> {
  await sandbox.moveClock('2027-01-13T09:00:00Z');
  await jonas.go('&view=activity');
  // A notice is in the language of its reader's mailbox, whatever the windows are in.
  const notice = jonas.page.getByRole('listitem').filter({ hasText: noticeTexts.checkpoint_due.nb });
  await notice.first().waitFor();
  await jonas.look('activity');
  await notice.first().getByRole('button').click();
  const { tab } = jonas;
  await tab.getByRole('heading', { name: words.goal, level: 1 }).waitFor();
  const [askDone, askLearned] = checkpoints.questions;
  if (askDone === undefined || askLearned === undefined) throw new Error('The checkpoint asks nothing');
  await tab.getByLabel(t(askDone)).fill(words.done);
  await tab.getByLabel(t(askLearned)).fill(words.learned);
  const onTrack = checkpoints.states.find(({ key }) => key === 'on_track')?.label;
  if (onTrack === undefined) throw new Error('No goal can be on track');
  await tab.getByRole('radio', { name: t(onTrack) }).check();
  await jonas.look('checkpoint');
  await tab.getByRole('button', { name: t(followUpTexts.sendAnswer) }).click();
  await tab.getByText(words.learned).waitFor();
  await jonas.look('answered');

  await jonas.go('&view=teams');
  await tab.getByText(words.promise).waitFor();
  await jonas.look('home');
  await ingrid.go('&view=teams');
  await ingrid.tab.getByRole('heading', { name: t(followUpTexts.teamTitle) }).waitFor();
  await ingrid.look('home');
}
