import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DismissRegular, LightbulbRegular } from '@fluentui/react-icons';
import { messages } from '@medspill/domain/content/sections/messages';
import { wordingTexts } from '@medspill/domain/content/texts/wording';
import { type WordingHint, wordingHints } from '@medspill/domain/wording';
import { useEffect, useState } from 'react';
import { useSay } from '../shell/host-context.tsx';

const useStyles = makeStyles({
  hint: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderLeft: `2px solid ${tokens.colorNeutralStrokeAccessible}`,
    color: tokens.colorNeutralForeground2,
  },
  icon: { flexShrink: 0, marginTop: tokens.spacingVerticalXXS },
  words: { flexGrow: 1, textWrap: 'pretty' },
});

/** Long enough that nobody is interrupted in the middle of a sentence. */
const pauseMs = 1_200;
const healthText = messages.find((one) => one.key === 'health_hint')?.text;

/** A word to look at once more, after a pause in the writing. Found on this device, told to nobody. */
export function WordingHints({ text }: { text: string }) {
  const styles = useStyles();
  const t = useSay();
  const [hints, setHints] = useState<WordingHint[]>([]);
  const [closed, setClosed] = useState<readonly string[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setHints(wordingHints(text)), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const open = hints.filter((hint) => !closed.includes(hint.word.toLowerCase()));
  return (
    <div role="status">
      {open.map((hint) => (
        <div key={hint.kind} className={styles.hint}>
          <LightbulbRegular className={styles.icon} aria-hidden="true" />
          <Text size={200} className={styles.words}>
            {t(
              hint.kind === 'health' && healthText !== undefined ? healthText : wordingTexts.generalisation,
              {
                word: hint.word,
              },
            )}{' '}
            {t(wordingTexts.private)}
          </Text>
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={t(wordingTexts.dismiss)}
            onClick={() => setClosed([...closed, hint.word.toLowerCase()])}
          />
        </div>
      ))}
    </div>
  );
}
