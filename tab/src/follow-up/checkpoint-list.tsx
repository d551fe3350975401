import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { checkpoints } from '@medspill/domain/content/sections/checkpoints';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { Checkpoint, Goal } from '@medspill/domain/follow-up/contract';
import { longDate, wallClock } from '@medspill/domain/format';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { CheckpointCard } from './checkpoint-card.tsx';
import { GoalState } from './goal-state.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
  },
  item: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  words: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: { display: 'flex', flexDirection: 'column' },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  start: { alignSelf: 'flex-start' },
});

type Props = { goal: Goal; pair: PairView; onChanged: (goal: Goal) => void };

export function CheckpointList({ goal, pair, onChanged }: Props) {
  const styles = useStyles();
  return (
    <ol className={styles.list}>
      {goal.checkpoints.map((checkpoint) => (
        <li key={checkpoint.number} className={styles.item}>
          <CheckpointItem goal={goal} pair={pair} checkpoint={checkpoint} onChanged={onChanged} />
        </li>
      ))}
    </ol>
  );
}

function CheckpointItem({ goal, pair, checkpoint, onChanged }: Props & { checkpoint: Checkpoint }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { answer, reply, state, number } = checkpoint;
  const isSeller = pair.side === 'seller';
  const zone = (isSeller ? pair.seller : pair.manager).zone;
  const date = longDate(checkpoint.dueOn, language);
  const mayAnswer = isSeller && (state === 'due' || state === 'unanswered');
  const about = {
    coming: t(followUpTexts.checkpointComing, { date }),
    due: t(followUpTexts.checkpointDue, { date, name: pair.seller.firstName }),
    unanswered: t(followUpTexts.checkpointUnanswered, { date }),
    answered: t(followUpTexts.checkpointAnswered, {
      date: longDate(answer === undefined ? checkpoint.dueOn : wallClock(answer.at, zone).date, language),
    }),
  }[state];
  return (
    <>
      <div className={styles.top}>
        <div className={styles.pair}>
          <h3 className={styles.title}>{t(followUpTexts.checkpoint, { number })}</h3>
          <Text size={200} className={styles.quiet}>
            {about}
          </Text>
        </div>
        {answer !== undefined && <GoalState state={answer.state} />}
      </div>
      {mayAnswer && (
        <CheckpointCard
          goal={goal}
          checkpoint={checkpoint}
          managerName={pair.manager.firstName}
          onAnswered={onChanged}
        />
      )}
      {answer !== undefined && (
        <>
          <Words label={t(followUpTexts.done)} text={answer.done} />
          <Words label={t(followUpTexts.learned)} text={answer.learned} />
          <Words
            label={t(followUpTexts.helpWanted, { name: pair.seller.firstName })}
            text={answer.needHelp}
          />
        </>
      )}
      {reply !== undefined && (
        <Words label={t(followUpTexts.replyFrom, { name: pair.manager.firstName })} text={reply.text} />
      )}
      {!isSeller && reply === undefined && answer !== undefined && answer.needHelp.trim() !== '' && (
        <ReplyForm goal={goal} number={number} name={pair.seller.firstName} onReplied={onChanged} />
      )}
    </>
  );
}

function Words({ label, text }: { label: string; text: string }) {
  const styles = useStyles();
  if (text.trim() === '') return null;
  return (
    <div className={styles.pair}>
      <Text size={200} weight="semibold">
        {label}
      </Text>
      <Text className={styles.words}>{text}</Text>
    </div>
  );
}

type ReplyProps = { goal: Goal; number: number; name: string; onReplied: (goal: Goal) => void };

function ReplyForm({ goal, number, name, onReplied }: ReplyProps) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  const reply = useCommand('replyToCheckpoint', (value) => {
    announce(t(followUpTexts.replySaved, { name }));
    onReplied(value);
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void reply.run({ params: { goalId: goal.id, number }, body: { text } });
      }}
    >
      <TextField
        label={t(followUpTexts.reply, { name })}
        hint={t(checkpoints.manager_reply)}
        value={text}
        onChange={setText}
        maxLength={2000}
      />
      <ProblemNotice problem={reply.problem} onRetry={reply.again} />
      <Button
        type="submit"
        appearance="primary"
        className={styles.start}
        disabled={text.trim() === ''}
        disabledFocusable={reply.busy}
      >
        {t(followUpTexts.sendReply)}
      </Button>
    </form>
  );
}
