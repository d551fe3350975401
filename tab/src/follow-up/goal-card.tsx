import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { dayAndMonth, longDate } from '@medspill/domain/format';
import type { Side } from '@medspill/domain/people';
import { useState } from 'react';
import { call } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { GoalState } from './goal-state.tsx';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    minWidth: 0,
  },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  words: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexDirection: 'column', border: 0, margin: 0, padding: 0, minWidth: 0 },
});

type Props = { goal: Goal; onChanged: (goal: Goal) => void };
type CardProps = Props & { side: Side };

/** A goal at a glance: its words, its state, its actions to tick. */
export function GoalCard({ goal, side, onChanged }: CardProps) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const due =
    side === 'seller'
      ? goal.checkpoints.find((one) => one.state === 'due' || one.state === 'unanswered')
      : undefined;
  return (
    <article className={styles.card}>
      <div className={styles.top}>
        <Text size={200} className={styles.quiet}>
          {t(goal.horizon === 'short' ? followUpTexts.shortGoal : followUpTexts.longGoal)}
          {' · '}
          {t(followUpTexts.dueOn, { date: longDate(goal.dueOn, language) })}
        </Text>
        <GoalState state={goal.state} />
      </div>
      <Text as="p" block size={400} weight="semibold" className={styles.words}>
        {goal.text}
      </Text>
      {goal.actions.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {t(followUpTexts.actionsDone, {
            count: goal.actions.filter(({ done }) => done).length,
            of: goal.actions.length,
          })}
        </Text>
      )}
      <ActionTicks goal={goal} onChanged={onChanged} />
      <PageLink to={{ name: 'goal', id: goal.id }}>
        {due === undefined
          ? t(followUpTexts.openGoal)
          : `${t(followUpTexts.answerCheckpoint)} (${dayAndMonth(due.dueOn, language)})`}
      </PageLink>
    </article>
  );
}

export function ActionTicks({ goal, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [problem, setProblem] = useState<Problem>();
  const tick = async (index: number, done: boolean) => {
    // The tick shows at once and goes back if the service says no.
    onChanged(withAction(goal, index, done));
    const answer = await call('tickAction', { params: { goalId: goal.id, index }, body: { done } });
    setProblem(answer.ok ? undefined : answer.problem);
    onChanged(answer.ok ? answer.value : goal);
  };
  if (goal.actions.length === 0) return null;
  return (
    <fieldset className={styles.actions}>
      <legend className="only-heard">{t(followUpTexts.actions)}</legend>
      {goal.actions.map((action, index) => (
        <Checkbox
          // Actions are fixed slots of a signed goal: they never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          checked={action.done}
          onChange={(_, data) => void tick(index, data.checked === true)}
          label={
            <>
              {action.text}
              {action.dueOn !== undefined && (
                <Text size={200} className={styles.quiet}>
                  {' '}
                  ({dayAndMonth(action.dueOn, language)})
                </Text>
              )}
            </>
          }
        />
      ))}
      <ProblemNotice problem={problem} />
    </fieldset>
  );
}

function withAction(goal: Goal, at: number, done: boolean): Goal {
  return {
    ...goal,
    actions: goal.actions.map((action, index) => (index === at ? { ...action, done } : action)),
  };
}
