import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle20Filled,
  ErrorCircle20Filled,
  Info20Regular,
  Warning20Filled,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  notice: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  words: { display: 'flex', gap: tokens.spacingHorizontalM, flex: '1 1 14rem', minWidth: 0 },
  text: { minWidth: 0, overflowWrap: 'anywhere', textWrap: 'pretty' },
  sign: { display: 'flex', flexShrink: 0 },
  info: { color: tokens.colorNeutralForeground2 },
  success: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  error: { color: tokens.colorStatusDangerForeground1 },
  successBox: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    ...borderOf(tokens.colorStatusSuccessBorder1),
  },
  warningBox: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    ...borderOf(tokens.colorStatusWarningBorder1),
  },
  errorBox: {
    backgroundColor: tokens.colorStatusDangerBackground1,
    ...borderOf(tokens.colorStatusDangerBorder1),
  },
});

function borderOf(colour: string) {
  return {
    borderTopColor: colour,
    borderRightColor: colour,
    borderBottomColor: colour,
    borderLeftColor: colour,
  };
}

const signs = {
  info: <Info20Regular />,
  success: <CheckmarkCircle20Filled />,
  warning: <Warning20Filled />,
  error: <ErrorCircle20Filled />,
};

type Props = { intent: keyof typeof signs; children: ReactNode; actions?: ReactNode };

/**
 * A message with what can be done about it. Fluent's own message bar brings its whole focus library (25 KB), which the
 * first screen has no other use for.
 */
export function Notice({ intent, children, actions }: Props) {
  const styles = useStyles();
  const box = {
    info: undefined,
    success: styles.successBox,
    warning: styles.warningBox,
    error: styles.errorBox,
  };
  return (
    <div className={mergeClasses(styles.notice, box[intent])} role={intent === 'error' ? 'alert' : 'status'}>
      <div className={styles.words}>
        <span className={mergeClasses(styles.sign, styles[intent])} aria-hidden="true">
          {signs[intent]}
        </span>
        <div className={styles.text}>{children}</div>
      </div>
      {actions}
    </div>
  );
}
