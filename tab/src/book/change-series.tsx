import { Field } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ChooseLength, type Length } from './choose-length.tsx';
import { PatternFields } from './pattern-fields.tsx';
import type { DialogProps } from './series-actions.tsx';
import { SeriesDialog } from './series-dialog.tsx';
import { TimeSelect } from './time-select.tsx';

type Props = DialogProps & { series: NonNullable<PairView['series']> };

/** Another day, time or length for all the months to come. */
export function ChangeSeries({ pair, series, onClose, onChanged }: Props) {
  const t = useSay();
  const announce = useAnnounce();
  const [pattern, setPattern] = useState(series.pattern);
  const [time, setTime] = useState<string>(series.time);
  const [minutes, setMinutes] = useState<Length>(series.minutes);
  const change = useCommand('rescheduleSeries', (next) => {
    announce(t(bookTexts.changed));
    onChanged(next);
  });
  const isSame =
    JSON.stringify(pattern) === JSON.stringify(series.pattern) &&
    time === series.time &&
    minutes === series.minutes;
  return (
    <SeriesDialog
      title={t(bookTexts.changeSeries)}
      verb={t(bookTexts.change)}
      text={t(bookTexts.changeText, { name: pair.seller.firstName })}
      command={change}
      disabled={isSame || time === ''}
      onConfirm={() =>
        void change.run({ params: { pairId: pair.id }, body: { pattern, time, zone: series.zone, minutes } })
      }
      onClose={onClose}
    >
      <PatternFields pattern={pattern} onChange={setPattern} />
      <Field label={t(bookTexts.newTime)}>
        <TimeSelect value={time} onChange={setTime} />
      </Field>
      <ChooseLength minutes={minutes} onChange={setMinutes} />
    </SeriesDialog>
  );
}
