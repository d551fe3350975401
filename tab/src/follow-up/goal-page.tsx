import { makeStyles, tokens } from '@fluentui/react-components';
import { stages } from '@medspill/domain/content/sections/stages';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts } from '@medspill/domain/content/texts/goal-change';
import { longDate } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Busy } from '../ui/busy.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Section } from '../ui/section.tsx';
import { CheckpointList } from './checkpoint-list.tsx';
import { type FoundGoal, useGoal } from './find-goal.ts';
import { ActionTicks } from './goal-card.tsx';
import { GoalChange } from './goal-change.tsx';
import { GoalState } from './goal-state.tsx';
import { GoalVersions } from './goal-versions.tsx';
import { ToDoLine } from './to-do-line.tsx';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 16rem), 1fr))',
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
  },
  fact: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export function GoalPage({ goalId }: { goalId: string }) {
  const t = useSay();
  const { found, problem, put, reload } = useGoal(goalId);
  if (found !== undefined) return <GoalDetails found={found} onChanged={put} />;
  if (problem === undefined) return <Busy />;
  return (
    <Page title={t(followUpTexts.goals)}>
      <ProblemNotice problem={problem} onRetry={reload} />
    </Page>
  );
}

type Props = { found: FoundGoal; onChanged: (goal: FoundGoal['goal']) => void };

function GoalDetails({ found: { goal, pair }, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const nameOf = { manager: pair.manager.name, seller: pair.seller.name };
  // What waits for an answer, and that a goal has ended, comes before all else.
  const asksFirst = goal.proposal !== undefined || goal.ended !== undefined;
  const stage = stages.find((one) => one.key === goal.stage);
  const facts = [
    [followUpTexts.measure, goal.measure],
    [followUpTexts.ifThen, goal.ifThen],
    [followUpTexts.attractive, goal.attractive],
    [followUpTexts.priority, goal.priority],
    [followUpTexts.step, stage === undefined ? '' : t(stage.title)],
    [followUpTexts.doer, nameOf[goal.doer]],
    [followUpTexts.follower, nameOf[goal.follower]],
    [
      followUpTexts.confidence,
      `${pair.seller.firstName} ${goal.confidence.seller}, ${pair.manager.firstName} ${goal.confidence.manager}`,
    ],
  ] as const;
  return (
    <Page
      title={goal.text}
      lead={`${t(goal.horizon === 'short' ? followUpTexts.shortGoal : followUpTexts.longGoal)} · ${t(
        followUpTexts.dueOn,
        { date: longDate(goal.dueOn, language) },
      )}`}
      actions={<GoalState state={goal.state} />}
    >
      {asksFirst && <GoalChange goal={goal} pair={pair} onChanged={onChanged} />}
      {goal.checkpoints.length > 0 && (
        <Section title={t(followUpTexts.checkpoints)} look="card">
          <CheckpointList goal={goal} pair={pair} onChanged={onChanged} />
        </Section>
      )}
      {goal.actions.length > 0 && (
        <Section title={t(followUpTexts.actions)} look="card">
          <ActionTicks goal={goal} onChanged={onChanged} />
          <ToDoLine goal={goal} onChanged={onChanged} />
        </Section>
      )}
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value.trim() !== '')
          .map(([label, value]) => (
            <div key={label.en} className={styles.fact}>
              <dt className={styles.quiet}>{t(label)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {!asksFirst && <GoalChange goal={goal} pair={pair} onChanged={onChanged} />}
      {goal.earlier.length > 0 && (
        <Section title={t(goalChangeTexts.earlier)} look="card">
          <GoalVersions goal={goal} pair={pair} />
        </Section>
      )}
    </Page>
  );
}
