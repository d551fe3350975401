import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { planCheckpoints } from '@medspill/domain/follow-up/checkpoints';
import { longDate, weekOf } from '@medspill/domain/format';
import { isPublicHoliday } from '@medspill/domain/holidays';
import { goalSlots } from '@medspill/domain/run/form';
import { goalIsEmpty } from '@medspill/domain/run/goal';
import type { DateText } from '@medspill/domain/time';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { useLive } from './live-context.tsx';
import { useToday } from './use-today.ts';

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  date: { flexBasis: '16rem', color: tokens.colorNeutralForeground2 },
  words: { flexBasis: '14rem', flexGrow: 1, overflowWrap: 'anywhere' },
});

/** Everything with a date, in its order: actions, checkpoints, due dates and promises. */
export function Plan() {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const now = useToday();
  const { view, review } = useLive();
  const { goals, promises } = view.form;
  const lines: { key: string; date: string; text: string }[] = [];
  for (const slot of goalSlots) {
    const goal = goals[slot];
    if (goalIsEmpty(goal)) continue;
    goal.actions.forEach(({ text, dueOn }, index) => {
      if (text.trim() !== '' && dueOn !== undefined)
        lines.push({ key: `${slot}/${index}`, date: dueOn, text });
    });
    if (goal.dueOn === undefined) continue;
    lines.push({ key: slot, date: goal.dueOn, text: t(texts.planGoal, { text: goal.text }) });
    if (goal.dueOn <= now) continue;
    for (const checkpoint of planCheckpoints(now as DateText, goal.dueOn, isPublicHoliday)) {
      lines.push({
        key: `${slot}/checkpoint/${checkpoint.number}`,
        date: checkpoint.dueOn,
        text: t(texts.planCheckpoint, { text: goal.text }),
      });
    }
  }
  for (const { slot, text, dueOn } of promises) {
    if (text.trim() === '' || dueOn === undefined) continue;
    const promise = t(texts.planPromise, { name: review.manager.firstName, text });
    lines.push({ key: `promise/${slot}`, date: dueOn, text: promise });
  }
  lines.sort((a, b) => a.date.localeCompare(b.date) || a.key.localeCompare(b.key));
  if (lines.length === 0) return <Empty text={t(texts.planEmpty)} />;
  return (
    <>
      <h3 className={styles.heading}>{t(texts.planTitle)}</h3>
      <ol className={styles.list}>
        {lines.map(({ key, date, text }) => (
          <li key={key} className={styles.line}>
            <Text className={styles.date}>
              {longDate(date, language)}, {weekOf(date, language)}
            </Text>
            <Text className={styles.words}>{text}</Text>
          </li>
        ))}
      </ol>
    </>
  );
}
