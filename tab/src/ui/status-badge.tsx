import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  Circle16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  Warning16Filled,
} from '@fluentui/react-icons';

export type Status = 'good' | 'watch' | 'bad' | 'waiting' | 'neutral';

const looks = {
  good: { color: 'success', icon: <CheckmarkCircle16Filled /> },
  watch: { color: 'warning', icon: <Warning16Filled /> },
  bad: { color: 'danger', icon: <ErrorCircle16Filled /> },
  waiting: { color: 'informative', icon: <Clock16Regular /> },
  neutral: { color: 'subtle', icon: <Circle16Regular /> },
} as const;

/** A state by words and a sign; the colour only helps. */
export function StatusBadge({ status, text }: { status: Status; text: string }) {
  const { color, icon } = looks[status];
  return (
    <Badge
      appearance="tint"
      size="large"
      color={color}
      icon={icon}
      style={{ whiteSpace: 'nowrap', alignSelf: 'flex-start', flexShrink: 0 }}
    >
      {text}
    </Badge>
  );
}

const useStyles = makeStyles({
  sign: { display: 'flex', flexShrink: 0, paddingBlock: tokens.spacingVerticalXXS },
  good: { color: tokens.colorPaletteGreenForeground1 },
  watch: { color: tokens.colorPaletteDarkOrangeForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  waiting: { color: tokens.colorNeutralForeground2 },
  neutral: { color: tokens.colorNeutralForeground2 },
});

/** Only the sign, beside words that say the same. */
export function StatusSign({ status }: { status: Status }) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.sign, styles[status])} aria-hidden="true">
      {looks[status].icon}
    </span>
  );
}
