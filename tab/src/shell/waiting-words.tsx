import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { useSyncExternalStore } from 'react';
import { useAnnounce } from './announce.tsx';
import { onWaitingWords, waitingWords } from './first-words.ts';
import { useSay } from './host-context.tsx';

const useStyles = makeStyles({
  words: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorPaletteDarkOrangeBorderActive}`,
  },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** What was typed on the first screen, where the page that opened has no field for it. */
export function WaitingWords() {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const words = useSyncExternalStore(onWaitingWords, waitingWords);
  if (words === '') return null;
  const copy = () =>
    void navigator.clipboard?.writeText(words).then(
      () => announce(t(shellTexts.copied)),
      () => undefined,
    );
  return (
    <div className={styles.words}>
      <Text size={200}>{t(shellTexts.waitingWords)}</Text>
      <Text className={styles.text}>{words}</Text>
      <Button onClick={copy}>{t(shellTexts.copy)}</Button>
    </div>
  );
}
