import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { useEffect, useRef } from 'react';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useLive } from './live-context.tsx';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  words: { flex: '1 1 14rem', color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '44rem' },
});

/** A quarter of an hour for a month with no time. Either chooses it, for both: it is a part of the form. */
export function ShortForm({ offered }: { offered: boolean }) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const { live, view, writable } = useLive();
  const { isShort } = view.form;
  const before = useRef(isShort);
  useEffect(() => {
    if (before.current === isShort) return;
    before.current = isShort;
    announce(t(isShort ? texts.shortOn : texts.shortOff));
  }, [isShort, announce, t]);
  if (!isShort && (!offered || !writable)) return null;
  return (
    <div className={styles.row}>
      <Text size={200} className={styles.words}>
        {t(isShort ? texts.shortOn : texts.shortForm)}
      </Text>
      {writable && (
        <Button size="small" onClick={() => live.choose('form.short', !isShort)}>
          {t(isShort ? texts.takeWhole : texts.takeShort)}
        </Button>
      )}
    </div>
  );
}
