import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Circle20Regular, ErrorCircle20Filled } from '@fluentui/react-icons';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { useSay } from '../shell/host-context.tsx';

export type Step = { key: string; text: string; state: 'done' | 'under_way' | 'left' | 'failed' };

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  step: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minHeight: '24px' },
  sign: { display: 'flex', width: '20px', justifyContent: 'center', flexShrink: 0 },
  done: { color: tokens.colorPaletteGreenForeground1 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  left: { color: tokens.colorNeutralForeground3 },
});

/** Long work, step by step: what is done and what is left. */
export function ProgressSteps({ steps, label }: { steps: readonly Step[]; label: string }) {
  const styles = useStyles();
  const t = useSay();
  const words = {
    done: t(shellTexts.done),
    under_way: t(shellTexts.underWay),
    left: t(shellTexts.left),
    failed: t(shellTexts.failed),
  };
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map(({ key, text, state }) => (
        <li key={key} className={styles.step} aria-current={state === 'under_way' ? 'step' : undefined}>
          <span
            className={mergeClasses(styles.sign, state !== 'under_way' && styles[state])}
            aria-hidden="true"
          >
            {state === 'done' && <CheckmarkCircle20Filled />}
            {state === 'failed' && <ErrorCircle20Filled />}
            {state === 'left' && <Circle20Regular />}
            {state === 'under_way' && <Spinner size="extra-tiny" />}
          </span>
          <Text weight={state === 'under_way' ? 'semibold' : 'regular'}>
            {text}
            <span className="only-heard">: {words[state]}</span>
          </Text>
        </li>
      ))}
    </ol>
  );
}
