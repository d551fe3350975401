import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { checkpoints } from '@medspill/domain/content/sections/checkpoints';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { shortDate } from '@medspill/domain/format';
import { useAnswer } from '../client/use-answer.ts';
import { message } from '../prepare/message.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { Reading } from '../ui/reading.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: {
    display: 'flex',
    flexDirection: 'column',
    flexBasis: '14rem',
    flexGrow: 1,
    overflowWrap: 'anywhere',
  },
  date: { color: tokens.colorNeutralForeground2 },
});

const looks: Record<string, Status> = { on_track: 'good', at_risk: 'watch', stuck: 'bad', done: 'good' };

/** What was agreed last time, as it stands now (capability 42). */
export function SinceLast() {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const { review } = useLive();
  const agreed = useAnswer('listGoals', { params: { pairId: review.pairId } });
  const stateName = (key: string) => {
    const state = checkpoints.states.find((one) => one.key === key);
    return state === undefined ? key : t(state.label);
  };
  return (
    <Reading of={agreed}>
      {({ goals, promises }) => (
        <>
          <h3 className={styles.heading}>{t(texts.lastGoals)}</h3>
          {goals.length === 0 && <Empty text={t(message('empty_goals'))} />}
          <ul className={styles.list}>
            {goals
              .filter((goal) => goal.state !== 'ended')
              .map((goal) => (
                <li key={goal.id} className={styles.line}>
                  <span className={styles.words}>
                    <Text>{goal.text}</Text>
                    <Text size={200} className={styles.date}>
                      {t(texts.dueOn, { date: shortDate(goal.dueOn, language) })}
                    </Text>
                  </span>
                  <StatusBadge status={looks[goal.state] ?? 'neutral'} text={stateName(goal.state)} />
                </li>
              ))}
          </ul>
          <h3 className={styles.heading}>{t(texts.lastPromises)}</h3>
          {promises.length === 0 && <Empty text={t(texts.noPromises)} />}
          <ul className={styles.list}>
            {promises.map((promise) => (
              <li key={promise.id} className={styles.line}>
                <span className={styles.words}>
                  <Text>{promise.text}</Text>
                  <Text size={200} className={styles.date}>
                    {t(texts.dueOn, { date: shortDate(promise.dueOn, language) })}
                  </Text>
                </span>
                <StatusBadge
                  status={promise.keptAt !== undefined ? 'good' : promise.overdue ? 'bad' : 'waiting'}
                  text={t(
                    promise.keptAt !== undefined ? texts.kept : promise.overdue ? texts.overdue : texts.open,
                  )}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Reading>
  );
}
