import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { Section } from '../ui/section.tsx';
import { fieldName } from './field-name.ts';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
  },
  words: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorPaletteDarkOrangeBorderActive}`,
  },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Words that could not enter the form: they stay with their author until the author lets them go. */
export function NotIncludedTray() {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const { live, view, writable } = useLive();
  if (view.tray.length === 0) return null;
  return (
    <Section title={t(texts.tray)} look="card">
      <ul className={styles.list}>
        {view.tray.map(({ id, field, text, because }) => (
          <li key={id} className={styles.words}>
            <Text weight="semibold">{fieldName(field, t)}</Text>
            <Text size={200}>{t(because === 'closed' ? texts.trayClosed : texts.trayRefused)}</Text>
            <Text className={styles.text}>{text}</Text>
            <div className={styles.buttons}>
              {writable && <Button onClick={() => live.putBack(id)}>{t(texts.putBack)}</Button>}
              <Button
                onClick={() =>
                  void navigator.clipboard?.writeText(text).then(
                    () => announce(t(texts.copied)),
                    () => undefined,
                  )
                }
              >
                {t(texts.copy)}
              </Button>
              <Button onClick={() => live.dismiss(id)}>{t(texts.discard)}</Button>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
