// How an agreed goal changes: a proposal with a reason, and the other's answer.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { goalChangeTexts as texts } from '@medspill/domain/content/texts/goal-change';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { longDate, wallClock } from '@medspill/domain/format';
import { useState } from 'react';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { GoalChangeForm } from './goal-change-form.tsx';
import { GoalProposalCard } from './goal-proposal.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

type Props = { goal: Goal; pair: PairView; onChanged: (goal: Goal) => void };

export function GoalChange({ goal, pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const [writing, setWriting] = useState<'words' | 'end'>();
  const { proposal, declined, ended } = goal;
  if (ended !== undefined) {
    const { date } = wallClock(ended.at, pair[pair.side].zone);
    return (
      <Notice intent="info">
        {t(texts.endedOn, { date: longDate(date, language), name: pair[ended.by].firstName })}.{' '}
        {t(texts.because, { reason: ended.reason })}
      </Notice>
    );
  }
  if (goal.state === 'done') return null;
  return (
    <Section title={t(texts.title)} look="card">
      <div className={styles.column}>
        {declined !== undefined && proposal === undefined && (
          <Notice intent="info">
            {t(texts.declinedBy, {
              name: pair[declined.by].firstName,
              date: longDate(wallClock(declined.at, pair[pair.side].zone).date, language),
              word: declined.word,
            })}
          </Notice>
        )}
        {proposal !== undefined ? (
          <GoalProposalCard
            key={proposal.id}
            goal={goal}
            proposal={proposal}
            pair={pair}
            onChanged={onChanged}
          />
        ) : writing === undefined ? (
          <>
            <Text className={styles.quiet}>{t(texts.lead)}</Text>
            <div className={styles.row}>
              <Button onClick={() => setWriting('words')}>{t(texts.propose)}</Button>
              <Button onClick={() => setWriting('end')}>{t(texts.proposeEnd)}</Button>
            </div>
          </>
        ) : (
          <GoalChangeForm
            goal={goal}
            pair={pair}
            kind={writing}
            onSent={(changed) => {
              setWriting(undefined);
              onChanged(changed);
            }}
            onClose={() => setWriting(undefined)}
          />
        )}
      </div>
    </Section>
  );
}
