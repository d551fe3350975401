// The way of a goal's steps into the reader's own To Do; what is ticked there comes back when the goal is opened.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { useEffect, useRef } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    paddingTop: tokens.spacingVerticalS,
  },
  words: { flex: '1 1 16rem', color: tokens.colorNeutralForeground2 },
});

export function ToDoLine({ goal, onChanged }: { goal: Goal; onChanged: (goal: Goal) => void }) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const send = useCommand('sendToDo', (value) => {
    onChanged(value);
    announce(t(followUpTexts.toDoSent));
  });
  const read = useCommand('readToDo', onChanged);
  const wasOpened = useRef(false);
  const { run } = read;
  useEffect(() => {
    if (wasOpened.current || !goal.inToDo) return;
    wasOpened.current = true;
    void run({ params: { goalId: goal.id } });
  }, [goal.id, goal.inToDo, run]);
  return (
    <>
      <div className={styles.line}>
        <Text size={200} className={styles.words}>
          {t(goal.inToDo ? followUpTexts.toDoThere : followUpTexts.toDoHelp)}
        </Text>
        <Button
          size="small"
          disabledFocusable={send.busy}
          onClick={() => {
            wasOpened.current = true;
            void send.run({ params: { goalId: goal.id } });
          }}
        >
          {t(goal.inToDo ? followUpTexts.toDoAgain : followUpTexts.toDoSend)}
        </Button>
      </div>
      <ProblemNotice problem={send.problem} onRetry={send.again} />
      <ProblemNotice problem={read.problem} onRetry={read.again} />
    </>
  );
}
