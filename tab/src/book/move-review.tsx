import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDateTime } from '@medspill/domain/format';
import { useId, useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { ReviewDialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';
import { isComplete, type When, WhenFields } from './when-fields.tsx';

const useStyles = makeStyles({
  times: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
  },
  find: { alignSelf: 'flex-start' },
});

export function MoveReview({ pair, review, onClose, onChanged }: ReviewDialogProps) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const { date, time, zone } = review.occurrence;
  const [when, setWhen] = useState<When>({ date, time });
  const move = useCommand('moveReview', (next) => {
    announce(t(bookTexts.moved, { date: longDateTime(when.date, when.time, language) }));
    onChanged(next);
  });
  const isSame = when.date === date && when.time === time;
  return (
    <SeriesDialog
      title={t(bookTexts.moveMonth)}
      verb={t(bookTexts.move)}
      text={t(bookTexts.moveText, { name: pair.seller.firstName })}
      command={move}
      disabled={isSame || !isComplete(when)}
      onConfirm={() => void move.run({ params: { reviewId: review.id }, body: when })}
      onClose={onClose}
    >
      <OtherTimes reviewId={review.id} when={when} onChoose={setWhen} />
      <WhenFields when={when} zone={zone} onChange={setWhen} />
    </SeriesDialog>
  );
}

type OtherTimesProps = {
  reviewId: NonNullable<PairView['nextReview']>['id'];
  when: When;
  onChoose: (when: When) => void;
};

/** Outlook is asked only when the manager wants to know: it takes a moment. */
function OtherTimes({ reviewId, when, onChoose }: OtherTimesProps) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const id = useId();
  const [times, setTimes] = useState<readonly When[]>();
  const find = useCommand('findOtherTimes', (found) => setTimes(found.times));
  if (times === undefined) {
    return (
      <>
        <Button
          className={styles.find}
          disabledFocusable={find.busy}
          onClick={() => void find.run({ params: { reviewId } })}
        >
          {t(bookTexts.findTimes)}
        </Button>
        <ProblemNotice problem={find.problem} onRetry={find.again} />
      </>
    );
  }
  return (
    <>
      <Text id={id}>{times.length === 0 ? t(bookTexts.noOtherTimes) : t(bookTexts.otherTimes)}</Text>
      <ul className={styles.times} aria-labelledby={id}>
        {times.map((one) => {
          const isChosen = one.date === when.date && one.time === when.time;
          return (
            <li key={`${one.date} ${one.time}`}>
              <Button
                size="small"
                aria-pressed={isChosen}
                appearance={isChosen ? 'primary' : 'secondary'}
                onClick={() => onChoose({ date: one.date, time: one.time })}
              >
                {longDateTime(one.date, one.time, language)}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
