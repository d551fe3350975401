// After a booking from a draft: the draft empties at once and closes by itself, unless the person wants to stay.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useCallback, useEffect, useState } from 'react';
import { useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { discardDraft, emptyDraft } from './appointment.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Long enough to read what stands above it. */
const closeAfterMs = 6000;

export function CloseDraft() {
  const styles = useStyles();
  const t = useSay();
  const [state, setState] = useState<'closing' | 'kept' | 'closed' | 'stuck'>('closing');
  const close = useCallback(
    () => void discardDraft().then((closed) => setState(closed ? 'closed' : 'stuck')),
    [],
  );
  useEffect(() => void emptyDraft(), []);
  useEffect(() => {
    if (state !== 'closing') return;
    const timer = setTimeout(close, closeAfterMs);
    return () => clearTimeout(timer);
  }, [state, close]);
  if (state === 'stuck') return <Notice intent="warning">{t(bookTexts.draftOpen)}</Notice>;
  if (state === 'closed') return <Notice intent="success">{t(bookTexts.draftClosed)}</Notice>;
  return (
    <Notice
      intent="success"
      actions={
        <div className={styles.actions}>
          <Button onClick={close}>{t(bookTexts.closeDraft)}</Button>
          {state === 'closing' && (
            <Button appearance="subtle" onClick={() => setState('kept')}>
              {t(bookTexts.keepDraft)}
            </Button>
          )}
        </div>
      }
    >
      {t(state === 'closing' ? bookTexts.draftCloses : bookTexts.draftKept)}
    </Notice>
  );
}
