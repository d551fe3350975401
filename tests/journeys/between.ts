import { expect } from 'vitest';
import { checkpoints } from '../../domain/content/sections/checkpoints.ts';
import { sbi } from '../../domain/content/sections/feedback.ts';
import { reflection } from '../../domain/content/sections/reflection.ts';
import { followUpTexts, noticeTexts } from '../../domain/content/texts/follow-up.ts';
import { learnTexts } from '../../domain/content/texts/learn.ts';
import { shellTexts } from '../../domain/content/texts/shell.ts';
import { actorIn } from '../api/person.ts';
import { ids, type Workday } from './workday.ts';

/** Between two reviews: steps in To Do, help, an overdue promise, feedback, what is told to whom, and how it grows. */
export async function between(workday: Workday, reviewId: string): Promise<void> {
  const { sandbox, ingrid } = workday;
  const { asSeller } = await actorIn(sandbox, 'Jonas').ok('home', {});
  const [goal] = asSeller?.goals ?? [];
  if (asSeller === undefined || goal === undefined) throw new Error('Jonas has no goal');
  await sandbox.moveClock('2027-01-25T09:00:00Z');
  await tickInToDo(workday, goal.id);
  await askForHelp(workday, goal.id);
  await keepOverduePromise(workday, asSeller.pair.id);
  await giveFeedback(workday);
  await turnOff(workday);
  await sayHowItWas(workday, reviewId, asSeller.pair.id);
  await ingrid.go(`&view=teams&sub=growth/${asSeller.pair.id}`);
  await showGrowth(workday);
}

async function tickInToDo({ sandbox, t, words, jonas }: Workday, goalId: string): Promise<void> {
  const { tab } = jonas;
  await jonas.go(`&view=teams&sub=goal/${goalId}`);
  await tab.getByRole('button', { name: t(followUpTexts.toDoSend) }).click();
  await tab.getByText(t(followUpTexts.toDoThere)).waitFor();
  await jonas.look('to-do');
  const task = sandbox.graphServer.state.tasks(ids.jonas).find(({ title }) => title === words.action);
  expect(task?.status).toBe('notStarted');
  sandbox.graphServer.actions.tickTask(ids.jonas, String(task?.id), true);
  await jonas.go(`&view=teams&sub=goal/${goalId}`);
  await tab.getByRole('checkbox', { name: words.action, checked: true }).waitFor();
}

async function askForHelp({ t, words, ingrid, jonas }: Workday, goalId: string): Promise<void> {
  const stuck = checkpoints.states.find(({ key }) => key === 'stuck')?.label;
  const askHelp = checkpoints.questions.at(-1);
  if (stuck === undefined || askHelp === undefined) throw new Error('The checkpoint does not ask about help');
  await jonas.tab.getByRole('radio', { name: t(stuck) }).check();
  await jonas.tab.getByLabel(t(askHelp)).fill(words.help);
  await jonas.tab.getByRole('button', { name: t(followUpTexts.sendAnswer) }).click();
  await jonas.tab.getByText(words.help).waitFor();

  await ingrid.go('&view=teams');
  await ingrid.tab.getByText(t(followUpTexts.attentionHelp, { name: 'Jonas' })).waitFor();
  await ingrid.go(`&view=teams&sub=goal/${goalId}`);
  await ingrid.tab.getByLabel(t(followUpTexts.reply, { name: 'Jonas' })).fill(words.reply);
  await ingrid.tab.getByRole('button', { name: t(followUpTexts.sendReply), exact: true }).click();
  await ingrid.tab.getByText(t(followUpTexts.replyFrom, { name: 'Ingrid' })).waitFor();
  await jonas.go(`&view=teams&sub=goal/${goalId}`);
  await jonas.tab.getByText(words.reply).waitFor();
}

async function keepOverduePromise({ t, words, ingrid, jonas }: Workday, pairId: string): Promise<void> {
  await ingrid.go('&view=teams');
  const first = ingrid.tab.getByRole('region', { name: t(followUpTexts.first), exact: true });
  await first.getByRole('listitem').first().waitFor();
  expect(await first.getByRole('listitem').first().textContent()).toContain(
    t(followUpTexts.attentionOnePromise, { name: 'Jonas' }),
  );
  await ingrid.look('overdue-first');
  await ingrid.go(`&view=teams&sub=pair/${pairId}`);
  await ingrid.tab.getByRole('button', { name: `${t(followUpTexts.keep)}: ${words.promise}` }).click();
  await ingrid.tab.getByText(t(followUpTexts.promiseKept), { exact: true }).waitFor();
  await jonas.go('&view=teams');
  await jonas.tab.getByText(t(followUpTexts.promiseKept), { exact: true }).waitFor();
}

async function giveFeedback({ t, words, ingrid, jonas }: Workday): Promise<void> {
  await ingrid.go('&view=teams&sub=moments');
  await ingrid.tab.getByRole('button', { name: t(followUpTexts.giveFeedback) }).click();
  for (const { key, label } of sbi.steps) {
    const seen: Record<string, string> = words.seen;
    const text = seen[key];
    if (text !== undefined) await ingrid.tab.getByLabel(t(label)).fill(text);
  }
  await ingrid.look('give-feedback');
  await ingrid.tab.getByRole('button', { name: t(followUpTexts.saveFeedback), exact: true }).click();
  await ingrid.tab.getByText(words.seen.behaviour).waitFor();
  await jonas.go('&view=teams&sub=moments');
  await jonas.tab.getByText(words.seen.behaviour).waitFor();
  await jonas.look('moments');
}

async function turnOff({ t, jonas }: Workday): Promise<void> {
  await jonas.go('&view=teams&sub=choices');
  const choice = jonas.tab.getByRole('switch', { name: t(noticeTexts.checkpoint_due) });
  await choice.uncheck();
  await jonas.tab.getByText(t(shellTexts.saved), { exact: true }).first().waitFor({ state: 'attached' });
  await jonas.look('choices');
  await jonas.go('&view=teams&sub=choices');
  await jonas.tab.getByRole('switch', { name: t(noticeTexts.checkpoint_due), checked: false }).waitFor();
}

/** Three statements for the seller alone, and a word that Ingrid reads once it is sent. */
async function sayHowItWas(
  { sandbox, t, words, ingrid, jonas }: Workday,
  reviewId: string,
  pairId: string,
): Promise<void> {
  const { tab } = jonas;
  await jonas.go(`&view=teams&sub=review/${reviewId}/reflect`);
  await tab
    .getByRole('radio', { name: t(learnTexts.agree5) })
    .first()
    .check();
  const question = reflection.seller.find(({ key }) => key === 'p_note')?.text;
  if (question === undefined) throw new Error('The seller is not asked for a word');
  await tab.getByLabel(t(question)).fill(words.note);
  await jonas.look('how-it-was');
  await tab.getByRole('button', { name: t(learnTexts.noteSend), exact: true }).click();
  await tab.getByText(words.note, { exact: true }).waitFor();
  await ingrid.go(`&view=teams&sub=pair/${pairId}`);
  await ingrid.tab.getByText(words.note).waitFor();
  await ingrid.look('note');
  const manager = actorIn(sandbox, 'Ingrid');
  await manager.ok('readReflection', { params: { reviewId } } as never);
  expect(await manager.ok('teamPulse', {})).toEqual({ months: [] });
}

async function showGrowth({ t, ingrid }: Workday): Promise<void> {
  const { tab } = ingrid;
  await tab.getByRole('figure').first().waitFor();
  await ingrid.look('growth-picture');
  await tab.getByRole('tab', { name: t(learnTexts.table) }).click();
  await tab.getByRole('table').first().waitFor();
  // The first short goal is not reached yet; the promise was kept.
  const kept = tab.getByRole('table', { name: t(learnTexts.keptTitle) });
  await kept.getByText(t(learnTexts.ofCount, { count: 1, of: 1 })).waitFor();
  await ingrid.look('growth-table');
}
