// A review that has begun and is not signed: the manager may go on with it another day, in the same form.
import { Button, Text } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, longDateTime } from '@medspill/domain/format';
import { useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { ChooseLength, type Length } from './choose-length.tsx';
import { SeriesDialog } from './series-dialog.tsx';
import { isComplete, type When, WhenFields } from './when-fields.tsx';

type Begun = RouteAnswer<'listReviews'>['reviews'][number];
type Props = { pair: PairView; onChanged: (pair: PairView) => void };

/** Nothing where no review is open. */
export function OpenReview({ pair, onChanged }: Props) {
  const t = useSay();
  const language = useLanguage();
  const reviews = useAnswer('listReviews', { params: { pairId: pair.id } });
  const [open, setOpen] = useState(false);
  const begun = reviews.value?.reviews.find(({ state }) => state === 'running');
  if (begun === undefined) return null;
  return (
    <>
      <Notice
        intent="info"
        actions={<Button onClick={() => setOpen(true)}>{t(bookTexts.continueLater)}</Button>}
      >
        <Text>{t(bookTexts.reviewOpen, { date: longDate(begun.occurrence.date, language) })}</Text>
      </Notice>
      {open && (
        <ContinueReview
          review={begun}
          name={pair.seller.firstName}
          onClose={() => setOpen(false)}
          onChanged={(next) => {
            setOpen(false);
            reviews.reload();
            onChanged(next);
          }}
        />
      )}
    </>
  );
}

type DialogProps = {
  review: Begun;
  name: string;
  onClose: () => void;
  onChanged: (pair: PairView) => void;
};

function ContinueReview({ review, name, onClose, onChanged }: DialogProps) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [when, setWhen] = useState<When>({ date: '', time: review.occurrence.time });
  const [minutes, setMinutes] = useState<Length>(30);
  const goOn = useCommand('continueReview', (next) => {
    announce(t(bookTexts.continued, { date: longDateTime(when.date, when.time, language) }));
    onChanged(next);
  });
  return (
    <SeriesDialog
      title={t(bookTexts.continueLater)}
      verb={t(bookTexts.bookRest)}
      text={t(bookTexts.continueText, { name })}
      command={goOn}
      disabled={!isComplete(when)}
      onConfirm={() => void goOn.run({ params: { reviewId: review.id }, body: { ...when, minutes } })}
      onClose={onClose}
    >
      <WhenFields when={when} zone={review.occurrence.zone} onChange={setWhen} />
      <ChooseLength minutes={minutes} onChange={setMinutes} />
    </SeriesDialog>
  );
}
