import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { smart } from '@medspill/domain/content/sections/smart';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import {
  choiceReaders,
  type GoalHorizon,
  type GoalSlot,
  goalSlots,
  horizonOf,
  textRoots,
} from '@medspill/domain/run/form';
import { goalIsEmpty } from '@medspill/domain/run/goal';
import { openGoalLimits, roomForGoals } from '@medspill/domain/run/goal-limits';
import type { DateText } from '@medspill/domain/time';
import { useEffect, useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { GoalForm } from './goal-form.tsx';
import { useGoalHashes } from './goal-hash.ts';
import { useLive } from './live-context.tsx';
import { useToday } from './use-today.ts';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  help: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** How often the confirmations are read while no bell is heard. */
const lookMs = 4_000;

/** Three short-term goals and two long-term ones at most, each valid once both have confirmed it. */
export function Goals() {
  const styles = useStyles();
  const t = useSay();
  const { live, view, review } = useLive();
  const confirmations = useAnswer('readConfirmations', { params: { reviewId: review.id } });
  const hashes = useGoalHashes(view.form);
  const [asked, setAsked] = useState<readonly GoalSlot[]>([]);
  const [emptying, setEmptying] = useState<GoalSlot>();
  const agreed = useAnswer('listGoals', { params: { pairId: review.pairId } });
  const now = useToday() as DateText;
  const earlier = agreed.value?.goals.filter((goal) => goal.reviewId !== review.id) ?? [];
  const room = roomForGoals(earlier, now);
  const { reload } = confirmations;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bell rings when the other has confirmed
  useEffect(() => reload(), [view.bells.goals, reload]);
  useEffect(() => {
    if (view.hears) return;
    const timer = setInterval(reload, lookMs);
    return () => clearInterval(timer);
  }, [view.hears, reload]);
  const shown = goalSlots.filter((slot) => asked.includes(slot) || !goalIsEmpty(view.form.goals[slot]));

  const letGo = (slot: GoalSlot) => setAsked(asked.filter((one) => one !== slot));
  const empty = (slot: GoalSlot) => {
    const own = `goal.${slot}.`;
    view.doc.transact(() => {
      for (const { name } of textRoots) {
        const text = view.doc.getText(name);
        if (name.startsWith(own) && text.length > 0) text.delete(0, text.length);
      }
      for (const key of choiceReaders.keys()) if (key.startsWith(own)) live.choose(key, undefined);
    });
    letGo(slot);
    setEmptying(undefined);
  };

  const group = (horizon: GoalHorizon) => {
    const own = goalSlots.filter((slot) => horizonOf(slot) === horizon);
    const free = own.find((slot) => !shown.includes(slot));
    const open = openGoalLimits[horizon] - room[horizon];
    const isFull = own.filter((slot) => shown.includes(slot)).length >= room[horizon];
    return (
      <div className={styles.group}>
        <h3 className={styles.heading}>{t(horizon === 'short' ? texts.shortGoals : texts.longGoals)}</h3>
        {own
          .filter((slot) => shown.includes(slot))
          .map((slot) => (
            <GoalForm
              key={slot}
              slot={slot}
              hash={hashes[slot]}
              confirmations={confirmations.value?.confirmations[slot] ?? {}}
              onConfirmations={(next) => confirmations.put({ confirmations: next })}
              onEmpty={() => (goalIsEmpty(view.form.goals[slot]) ? letGo(slot) : setEmptying(slot))}
            />
          ))}
        {open > 0 && (
          <Text className={styles.help}>
            {t(isFull ? texts.goalsFull : texts.goalsOpen, { count: open, limit: openGoalLimits[horizon] })}
          </Text>
        )}
        {free !== undefined && !isFull && view.state === 'open' && (
          <div>
            <Button icon={<Add20Regular />} onClick={() => setAsked([...asked, free])}>
              {t(horizon === 'short' ? texts.addShortGoal : texts.addLongGoal)}
            </Button>
          </div>
        )}
      </div>
    );
  };

  return (
    <>
      <Text className={styles.help}>
        {t(smart.intro)} {t(smart.limits)}
      </Text>
      <ProblemNotice problem={confirmations.problem} onRetry={reload} />
      {shown.length === 0 && <Empty text={t(texts.noGoals)} />}
      {group('short')}
      {group('long')}
      <ConfirmDialog
        open={emptying !== undefined}
        onClose={() => setEmptying(undefined)}
        title={t(texts.emptyGoal)}
        verb={t(texts.emptyGoal)}
        onConfirm={() => emptying !== undefined && empty(emptying)}
      >
        {t(texts.emptyGoalHelp)}
      </ConfirmDialog>
    </>
  );
}
