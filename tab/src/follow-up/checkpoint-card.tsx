// The two-minute card: done, learned, how it goes, and whether help is needed.
import { Button, Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { checkpoints } from '@medspill/domain/content/sections/checkpoints';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { Checkpoint, Goal } from '@medspill/domain/follow-up/contract';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';

const useStyles = makeStyles({
  card: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  start: { alignSelf: 'flex-start' },
  states: { flexWrap: 'wrap' },
});

const states = ['on_track', 'at_risk', 'stuck', 'done'] as const;
const [askDone, askLearned, askState, askHelp] = checkpoints.questions;

type Props = {
  goal: Goal;
  checkpoint: Checkpoint;
  managerName: string;
  onAnswered: (goal: Goal) => void;
};

export function CheckpointCard({ goal, checkpoint, managerName, onAnswered }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const [done, setDone] = useState('');
  const [learned, setLearned] = useState('');
  const [needHelp, setNeedHelp] = useState('');
  const [state, setState] = useState<(typeof states)[number]>();
  const [missing, setMissing] = useState(false);
  const answer = useCommand('answerCheckpoint', (value) => {
    announce(t(followUpTexts.answerSaved));
    onAnswered(value);
  });
  const submit = () => {
    setMissing(state === undefined);
    if (state === undefined) return;
    void answer.run({
      params: { goalId: goal.id, number: checkpoint.number },
      body: { done, learned, state, needHelp },
    });
  };
  if (!askDone || !askLearned || !askState || !askHelp) return null;
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Text>{t(followUpTexts.checkpointLead, { name: managerName })}</Text>
      <TextField label={t(askDone)} value={done} onChange={setDone} rows={2} maxLength={2000} />
      <TextField label={t(askLearned)} value={learned} onChange={setLearned} rows={2} maxLength={2000} />
      <Field
        label={t(askState)}
        required
        {...(missing
          ? { validationState: 'error' as const, validationMessage: t(followUpTexts.chooseState) }
          : {})}
      >
        <RadioGroup
          layout="horizontal"
          className={styles.states}
          value={state ?? ''}
          onChange={(_, data) => {
            setState(states.find((one) => one === data.value));
            setMissing(false);
          }}
        >
          {states.map((key) => {
            const label = checkpoints.states.find((one) => one.key === key)?.label;
            return <Radio key={key} value={key} label={label === undefined ? key : t(label)} />;
          })}
        </RadioGroup>
      </Field>
      <TextField
        label={t(askHelp)}
        hint={t(followUpTexts.needHelpHint, { name: managerName })}
        value={needHelp}
        onChange={setNeedHelp}
        rows={2}
        maxLength={2000}
      />
      <ProblemNotice problem={answer.problem} onRetry={answer.again} />
      <Button type="submit" appearance="primary" className={styles.start} disabledFocusable={answer.busy}>
        {t(followUpTexts.sendAnswer)}
      </Button>
    </form>
  );
}
