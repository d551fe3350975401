// What can be done with a series. The two most usual stand open, the rest behind one button; each dialog says what follows.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useId, useState } from 'react';
import { useSay } from '../shell/host-context.tsx';
import { ChangeSeries } from './change-series.tsx';
import { ExtraReview } from './extra-review.tsx';
import { MoveReview } from './move-review.tsx';
import { SkipReview } from './skip-review.tsx';
import { StopSeries } from './stop-series.tsx';
import { TellAbsence } from './tell-absence.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  // The whole width, so that what opens stands under what opened it.
  more: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, width: '100%' },
});

type Props = { pair: PairView; onChanged: (pair: PairView) => void };
export type DialogProps = Props & { onClose: () => void };
export type ReviewDialogProps = DialogProps & { review: NonNullable<PairView['nextReview']> };
type Open = 'move' | 'skip' | 'change' | 'extra' | 'absence' | 'stop' | undefined;

export function SeriesActions({ pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const id = useId();
  const [open, setOpen] = useState<Open>();
  const [showsMore, setShowsMore] = useState(false);
  const { nextReview, series } = pair;
  const dialog = {
    pair,
    onClose: () => setOpen(undefined),
    onChanged: (next: PairView) => {
      setOpen(undefined);
      onChanged(next);
    },
  };
  if (series === undefined || series.state === 'stopped') return null;
  const absence = <Button onClick={() => setOpen('absence')}>{t(bookTexts.tellAbsence)}</Button>;
  return (
    <div className={styles.actions}>
      {pair.side === 'seller' ? (
        absence
      ) : (
        <>
          {nextReview !== undefined && (
            <>
              <Button onClick={() => setOpen('move')}>{t(bookTexts.moveMonth)}</Button>
              <Button onClick={() => setOpen('skip')}>{t(bookTexts.skipMonth)}</Button>
            </>
          )}
          <Button
            appearance="subtle"
            aria-expanded={showsMore}
            aria-controls={id}
            onClick={() => setShowsMore(!showsMore)}
          >
            {t(bookTexts.moreChoices)}
          </Button>
          <div id={id} className={showsMore ? styles.more : undefined} hidden={!showsMore}>
            {series.state === 'booked' && (
              <>
                <Button onClick={() => setOpen('extra')}>{t(bookTexts.extra)}</Button>
                <Button onClick={() => setOpen('change')}>{t(bookTexts.changeSeries)}</Button>
              </>
            )}
            {absence}
            <Button onClick={() => setOpen('stop')}>{t(bookTexts.stopSeries)}</Button>
          </div>
        </>
      )}
      {open === 'move' && nextReview !== undefined && <MoveReview {...dialog} review={nextReview} />}
      {open === 'skip' && nextReview !== undefined && <SkipReview {...dialog} review={nextReview} />}
      {open === 'extra' && <ExtraReview {...dialog} series={series} />}
      {open === 'change' && <ChangeSeries {...dialog} series={series} />}
      {open === 'absence' && <TellAbsence {...dialog} />}
      {open === 'stop' && <StopSeries {...dialog} />}
    </div>
  );
}
