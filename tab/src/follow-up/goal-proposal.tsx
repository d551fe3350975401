// What one proposes, beside how the goal reads now, and the answers that are open to the reader.
import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts as texts } from '@medspill/domain/content/texts/goal-change';
import type { Goal, GoalProposal, GoalWords } from '@medspill/domain/follow-up/contract';
import { wordsOf } from '@medspill/domain/follow-up/goal-change';
import { dayAndMonth, longDate } from '@medspill/domain/format';
import type { Language } from '@medspill/domain/people';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { type Say, useLanguage, useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ConfidenceSelect } from './confidence-select.tsx';

const useStyles = makeStyles({
  card: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  changes: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0 },
  values: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
    gap: tokens.spacingHorizontalL,
    margin: 0,
  },
  value: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  words: { margin: 0, whiteSpace: 'pre-wrap' },
  proposed: {
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorCompoundBrandStroke}`,
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const compared = [
  ['text', texts.goal],
  ['measure', followUpTexts.measure],
  ['actions', followUpTexts.actions],
  ['ifThen', followUpTexts.ifThen],
  ['priority', followUpTexts.priority],
  ['dueOn', texts.due],
] as const;

/** One part of a goal as text; empty when there is none. */
export function partOf(words: GoalWords, key: (typeof compared)[number][0], language: Language): string {
  if (key === 'dueOn') return longDate(words.dueOn, language);
  if (key !== 'actions') return words[key].trim();
  return words.actions
    .map(({ text, dueOn }) => (dueOn === undefined ? text : `${text} (${dayAndMonth(dueOn, language)})`))
    .join('\n');
}

function changesOf(before: GoalWords, after: GoalWords, language: Language, t: Say) {
  return compared.flatMap(([key, label]) => {
    const [now, proposed] = [partOf(before, key, language), partOf(after, key, language)];
    return now === proposed ? [] : [{ key, label: t(label), now, proposed }];
  });
}

type Props = {
  goal: Goal;
  proposal: GoalProposal;
  pair: PairView;
  onChanged: (goal: Goal) => void;
};

export function GoalProposalCard({ goal, proposal, pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const language = useLanguage();
  const [confidence, setConfidence] = useState('');
  const [attractive, setAttractive] = useState(goal.attractive);
  const [tried, setTried] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [word, setWord] = useState('');
  const answer = useCommand('answerGoalChange', onChanged);
  const isOwn = proposal.by === pair.side;
  const isSeller = pair.side === 'seller';
  const name = pair[isSeller ? 'manager' : 'seller'].firstName;
  const params = { goalId: goal.id, proposalId: proposal.id };
  const { words } = proposal;
  const title =
    words === undefined
      ? t(isOwn ? texts.ownProposesEnd : texts.otherProposesEnd, { name })
      : t(isOwn ? texts.ownProposal : texts.otherProposal, { name });
  const accept = async () => {
    setTried(true);
    if (words !== undefined && confidence === '') return;
    const body = {
      answer: 'accept' as const,
      // Nobody is asked how likely it is that an end is reached.
      confidence: words === undefined ? goal.confidence[pair.side] : Number(confidence),
      ...(isSeller && words !== undefined ? { attractive } : {}),
    };
    if ((await answer.run({ params, body })).ok) announce(t(texts.accepted));
  };
  const decline = async () => {
    setDeclining(false);
    if ((await answer.run({ params, body: { answer: 'decline', word } })).ok) announce(t(texts.declined));
  };
  const withdraw = async () => {
    if ((await answer.run({ params, body: { answer: 'withdraw' } })).ok) announce(t(texts.withdrawn));
  };
  return (
    <div className={styles.card}>
      <Text as="h3" size={400} weight="semibold" style={{ margin: 0 }}>
        {title}
      </Text>
      <Text>{t(texts.because, { reason: proposal.reason })}</Text>
      {words !== undefined && (
        <dl className={styles.changes}>
          {changesOf(wordsOf(goal), words, language, t).map(({ key, label, now, proposed }) => (
            <div key={key}>
              <dt>
                <Text weight="semibold">{label}</Text>
              </dt>
              <dd className={styles.values}>
                <div className={styles.value}>
                  <span className={styles.quiet}>{t(texts.now)}</span>
                  <p className={styles.words}>{now === '' ? t(texts.nothing) : now}</p>
                </div>
                <div className={mergeClasses(styles.value, styles.proposed)}>
                  <span className={styles.quiet}>{t(texts.proposed)}</span>
                  <p className={styles.words}>{proposed === '' ? t(texts.nothing) : proposed}</p>
                </div>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {!isOwn && words !== undefined && (
        <>
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
      <ProblemNotice problem={answer.problem} onRetry={answer.again} />
      <div className={styles.row}>
        {isOwn ? (
          <Button disabledFocusable={answer.busy} onClick={() => void withdraw()}>
            {t(texts.withdraw)}
          </Button>
        ) : (
          <>
            <Button appearance="primary" disabledFocusable={answer.busy} onClick={() => void accept()}>
              {t(texts.accept)}
            </Button>
            <Button disabledFocusable={answer.busy} onClick={() => setDeclining(true)}>
              {t(texts.decline)}
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        open={declining}
        onClose={() => setDeclining(false)}
        title={t(texts.declineTitle)}
        verb={t(texts.decline)}
        disabled={word.trim() === ''}
        onConfirm={() => void decline()}
      >
        <TextField
          label={t(texts.declineWord, { name })}
          hint={t(texts.declineHelp, { name })}
          value={word}
          onChange={setWord}
          required
          maxLength={1000}
        />
      </ConfirmDialog>
    </div>
  );
}
