// Other words for an agreed goal, or its end, with a reason.
import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts as texts } from '@medspill/domain/content/texts/goal-change';
import { runTexts } from '@medspill/domain/content/texts/run';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { Goal, GoalWords } from '@medspill/domain/follow-up/contract';
import { changeMissing, wordsOf } from '@medspill/domain/follow-up/goal-change';
import { isPublicHoliday } from '@medspill/domain/holidays';
import type { DateText } from '@medspill/domain/time';
import { useRef, useState } from 'react';
import { newId } from '../client/new-id.ts';
import { today } from '../client/today.ts';
import { useCommand } from '../client/use-command.ts';
import { missingTexts } from '../run/goal-missing-texts.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ConfidenceSelect } from './confidence-select.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  action: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    '@media (max-width: 479px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

const steps = [0, 1, 2, 3, 4];

type Props = {
  goal: Goal;
  pair: PairView;
  kind: 'words' | 'end';
  onSent: (goal: Goal) => void;
  onClose: () => void;
};

export function GoalChangeForm({ goal, pair, kind, onSent, onClose }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const id = useRef(newId());
  const isSeller = pair.side === 'seller';
  const other = isSeller ? pair.manager : pair.seller;
  const [words, setWords] = useState<GoalWords>(() => wordsOf(goal));
  const [reason, setReason] = useState('');
  const [confidence, setConfidence] = useState('');
  const [attractive, setAttractive] = useState(goal.attractive);
  const [tried, setTried] = useState(false);
  const propose = useCommand('proposeGoalChange', (changed) => {
    announce(t(texts.sent, { name: other.firstName }));
    onSent(changed);
  });
  const now = today(pair.seller.zone).toString() as DateText;
  const actions = words.actions.filter((action) => action.text.trim() !== '');
  const missing = kind === 'end' ? [] : changeMissing(goal, { ...words, actions }, now, isPublicHoliday);
  const set = (more: Partial<GoalWords>) => setWords((before) => ({ ...before, ...more }));
  const setAction = (at: number, more: { text?: string; dueOn?: string }) =>
    setWords((before) => {
      const whole = steps.map((step) => before.actions[step] ?? { text: '' });
      const changed = whole.map((action, step) => {
        if (step !== at) return action;
        const { dueOn = action.dueOn, text = action.text } = more;
        return { text, ...(dueOn ? { dueOn: dueOn as DateText } : {}) };
      });
      return { ...before, actions: changed };
    });
  const submit = () => {
    setTried(true);
    if (reason.trim() === '' || missing.length > 0) return;
    if (kind === 'words' && confidence === '') return;
    void propose.run({
      params: { goalId: goal.id, proposalId: id.current },
      body: {
        edition: goal.earlier.length,
        reason,
        change:
          kind === 'end'
            ? { kind }
            : {
                kind,
                words: { ...words, actions },
                confidence: Number(confidence),
                ...(isSeller ? { attractive } : {}),
              },
      },
    });
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {kind === 'words' && (
        <>
          <TextField
            label={t(texts.goal)}
            value={words.text}
            onChange={(text) => set({ text })}
            maxLength={400}
          />
          <TextField
            label={t(followUpTexts.measure)}
            value={words.measure}
            onChange={(measure) => set({ measure })}
            rows={2}
            maxLength={400}
          />
          {steps.slice(0, Math.max(2, actions.length + 1)).map((step) => (
            <div key={step} className={styles.action}>
              <TextField
                label={t(runTexts.action, { number: step + 1 })}
                value={words.actions[step]?.text ?? ''}
                onChange={(text) => setAction(step, { text })}
                rows={1}
                maxLength={400}
              />
              <Field label={t(runTexts.actionDue, { number: step + 1 })}>
                <Input
                  type="date"
                  value={words.actions[step]?.dueOn ?? ''}
                  onChange={(_, data) => setAction(step, { dueOn: data.value })}
                />
              </Field>
            </div>
          ))}
          <TextField
            label={t(followUpTexts.ifThen)}
            value={words.ifThen}
            onChange={(ifThen) => set({ ifThen })}
            rows={2}
            maxLength={400}
          />
          {goal.horizon === 'long' && (
            <TextField
              label={t(followUpTexts.priority)}
              value={words.priority}
              onChange={(priority) => set({ priority })}
              rows={2}
              maxLength={400}
            />
          )}
          <Field label={t(texts.due)}>
            <Input
              type="date"
              value={words.dueOn}
              min={now}
              onChange={(_, data) => data.value !== '' && set({ dueOn: data.value as DateText })}
            />
          </Field>
          <ConfidenceSelect
            value={confidence}
            onChange={setConfidence}
            missing={tried && confidence === ''}
          />
          {isSeller && (
            <TextField
              label={t(followUpTexts.attractive)}
              value={attractive}
              onChange={setAttractive}
              rows={2}
              maxLength={500}
            />
          )}
        </>
      )}
      <TextField
        label={t(texts.reason)}
        hint={t(texts.reasonHelp, { name: other.firstName })}
        value={reason}
        onChange={setReason}
        required
        maxLength={1000}
        {...(tried && reason.trim() === '' ? { problem: t(texts.reasonNeeded) } : {})}
      />
      {tried && missing.length > 0 && (
        <Notice intent="warning">
          <Text weight="semibold">{t(runTexts.missing)}</Text>
          <ul className={styles.list}>
            {missing.map((one) => (
              <li key={one}>{t(missingTexts[one])}</li>
            ))}
          </ul>
        </Notice>
      )}
      <ProblemNotice problem={propose.problem} onRetry={propose.again} />
      <div className={styles.row}>
        <Button type="submit" appearance="primary" disabledFocusable={propose.busy}>
          {t(texts.send)}
        </Button>
        <Button onClick={onClose}>{t(shellTexts.cancel)}</Button>
      </div>
    </form>
  );
}
