import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { useSay } from './host-context.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', listStyleType: 'none', margin: 0, padding: 0, gap: tokens.spacingHorizontalXS },
  phase: {
    flex: 1,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    color: tokens.colorNeutralForeground2,
    '::before': {
      content: '""',
      height: '4px',
      borderRadius: tokens.borderRadiusMedium,
      backgroundColor: tokens.colorNeutralStroke1,
    },
  },
  passed: { '::before': { backgroundColor: tokens.colorBrandStroke2 } },
  here: {
    color: tokens.colorNeutralForeground1,
    '::before': { backgroundColor: tokens.colorCompoundBrandStroke },
  },
});

const phases = ['before', 'during', 'after'] as const;

/** Before, during, after (capability 19). */
export function PhaseBar({ phase }: { phase: ReviewView['phase'] }) {
  const styles = useStyles();
  const t = useSay();
  const at = phases.indexOf(phase);
  return (
    <ol className={styles.list} aria-label={t(shellTexts.phases)}>
      {phases.map((one, index) => (
        <li
          key={one}
          className={mergeClasses(styles.phase, index < at && styles.passed, index === at && styles.here)}
          aria-current={index === at ? 'step' : undefined}
        >
          <Text size={200} weight={index === at ? 'semibold' : 'regular'}>
            {t(shellTexts[one])}
          </Text>
        </li>
      ))}
    </ol>
  );
}
