import { makeStyles, tokens } from '@fluentui/react-components';
import { LockClosed16Regular, PeopleEye16Regular } from '@fluentui/react-icons';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  sign: { display: 'flex', flexShrink: 0 },
});

type Props = { id?: string; visibleTo: 'me' | 'both'; text: string };

/** Who may read what is written, beside the field it is about. */
export function VisibilityLine({ id, visibleTo, text }: Props) {
  const styles = useStyles();
  return (
    <span id={id} className={styles.line}>
      <span className={styles.sign} aria-hidden="true">
        {visibleTo === 'me' ? <LockClosed16Regular /> : <PeopleEye16Regular />}
      </span>
      {text}
    </span>
  );
}
