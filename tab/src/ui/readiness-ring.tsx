import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { Halves } from '@medspill/domain/prepare/contract';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  words: { display: 'flex', flexDirection: 'column' },
  detail: { color: tokens.colorNeutralForeground2 },
  track: { stroke: tokens.colorNeutralStroke2 },
  practical: { stroke: tokens.colorBrandStroke1 },
  mental: { stroke: tokens.colorPaletteTealBorderActive },
  check: { fill: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** Answers that each half needs (capability 45). */
const needed = 3;
/** Half of a circle of radius 18, less a gap at both ends. */
const half = Math.PI * 18 - 6;

type Props = { name: string; readiness: Halves & { ready: boolean } };

/** Two half circles, practical left and mental right, and the same in words. */
export function ReadinessRing({ name, readiness }: Props) {
  const styles = useStyles();
  const t = useSay();
  const practical = Math.min(readiness.practical, needed);
  const mental = Math.min(readiness.mental, needed);
  return (
    <div className={styles.line}>
      <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true" focusable="false">
        <g fill="none" strokeWidth="5" strokeLinecap="round">
          <Arc className={styles.track} side="left" share={1} />
          <Arc className={styles.track} side="right" share={1} />
          {practical > 0 && <Arc className={styles.practical} side="left" share={practical / needed} />}
          {mental > 0 && <Arc className={styles.mental} side="right" share={mental / needed} />}
        </g>
        {readiness.ready && (
          <path
            d="M15 22.5l5 5 9-10"
            fill="none"
            stroke={tokens.colorPaletteGreenForeground1}
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        )}
      </svg>
      <div className={styles.words}>
        <Text weight="semibold">
          {name}: {readiness.ready ? t(shellTexts.ready) : t(shellTexts.notReady)}
        </Text>
        <Text size={200} className={styles.detail}>
          {t(shellTexts.readinessText, { practical, mental })}
        </Text>
      </div>
    </div>
  );
}

/** Both halves fill from the bottom up. */
function Arc({ className, side, share }: { className: string; side: 'left' | 'right'; share: number }) {
  const path = side === 'left' ? 'M19 39.75A18 18 0 0 1 19 4.25' : 'M25 39.75A18 18 0 0 0 25 4.25';
  return (
    <path className={className} d={path} pathLength={half} strokeDasharray={`${half * share} ${half * 2}`} />
  );
}
