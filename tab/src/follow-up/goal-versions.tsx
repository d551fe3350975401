import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts as texts } from '@medspill/domain/content/texts/goal-change';
import type { Goal } from '@medspill/domain/follow-up/contract';
import { longDate, wallClock } from '@medspill/domain/format';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { partOf } from './goal-proposal.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
  version: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { whiteSpace: 'pre-wrap' },
});

/** How a goal read before each change, newest first. */
export function GoalVersions({ goal, pair }: { goal: Goal; pair: PairView }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const parts = [
    ['measure', followUpTexts.measure],
    ['actions', followUpTexts.actions],
    ['ifThen', followUpTexts.ifThen],
    ['priority', followUpTexts.priority],
    ['dueOn', texts.due],
  ] as const;
  return (
    <ol className={styles.list}>
      {goal.earlier.toReversed().map((version) => {
        const { date } = wallClock(version.until, pair[pair.side].zone);
        return (
          <li key={version.proposalId} className={styles.version}>
            <Text size={200} className={styles.quiet}>
              {t(texts.until, { date: longDate(date, language) })}
            </Text>
            <Text weight="semibold">{version.text}</Text>
            {parts.map(([key, label]) => {
              const value = partOf(version, key, language);
              return value === '' ? null : (
                <Text key={key} className={styles.words}>
                  {t(label)}: {value}
                </Text>
              );
            })}
            <Text className={styles.quiet}>
              {t(texts.changedBy, { name: pair[version.changedBy].firstName })}.{' '}
              {t(texts.because, { reason: version.reason })}
            </Text>
          </li>
        );
      })}
    </ol>
  );
}
