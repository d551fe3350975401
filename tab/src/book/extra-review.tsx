import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDateTime } from '@medspill/domain/format';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ChooseLength, type Length } from './choose-length.tsx';
import type { DialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';
import { isComplete, type When, WhenFields } from './when-fields.tsx';

type Props = DialogProps & { series: NonNullable<PairView['series']> };

/** One more review beside the series. */
export function ExtraReview({ pair, series, onClose, onChanged }: Props) {
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [when, setWhen] = useState<When>({ date: '', time: series.time });
  const [minutes, setMinutes] = useState<Length>(30);
  const add = useCommand('addExtraReview', (next) => {
    announce(t(bookTexts.extraBooked, { date: longDateTime(when.date, when.time, language) }));
    onChanged(next);
  });
  return (
    <SeriesDialog
      title={t(bookTexts.extra)}
      verb={t(bookTexts.bookExtra)}
      text={t(bookTexts.extraText, { name: pair.seller.firstName })}
      command={add}
      disabled={!isComplete(when)}
      onConfirm={() => void add.run({ params: { pairId: pair.id }, body: { ...when, minutes } })}
      onClose={onClose}
    >
      <WhenFields when={when} zone={series.zone} onChange={setWhen} />
      <ChooseLength minutes={minutes} onChange={setMinutes} />
    </SeriesDialog>
  );
}
