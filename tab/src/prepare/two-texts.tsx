import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { prepareTexts as texts } from '@medspill/domain/content/texts/prepare';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  conflict: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: `3px solid ${tokens.colorPaletteDarkOrangeBorderActive}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

type Props = { other: string; onSettle: (which: 'mine' | 'other') => void };

/** Two devices wrote in one field: both texts stand until the person has chosen. */
export function TwoTexts({ other, onSettle }: Props) {
  const styles = useStyles();
  const t = useSay();
  return (
    <div className={styles.conflict} role="alert">
      <Text>{t(texts.conflict)}</Text>
      <Text weight="semibold" size={200}>
        {t(texts.otherText)}
      </Text>
      <Text className={styles.words}>{other}</Text>
      <div className={styles.buttons}>
        <Button onClick={() => onSettle('mine')}>{t(texts.keepMine)}</Button>
        <Button onClick={() => onSettle('other')}>{t(texts.useOther)}</Button>
      </div>
    </div>
  );
}
