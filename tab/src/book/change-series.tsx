import { Field, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { useState } from 'react';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ChooseLength, type Length } from './choose-length.tsx';
import { PatternFields } from './pattern-fields.tsx';
import { TimeSelect } from './time-select.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

type Props = {
  pair: PairView;
  series: NonNullable<PairView['series']>;
  onClose: () => void;
  onChanged: (pair: PairView) => void;
};

/** Another day, time or length for all the months to come. */
export function ChangeSeries({ pair, series, onClose, onChanged }: Props) {
  const styles = useStyles();
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
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(bookTexts.changeSeries)}
      verb={t(bookTexts.change)}
      busy={change.busy}
      disabled={isSame || time === ''}
      onConfirm={() =>
        void change.run({ params: { pairId: pair.id }, body: { pattern, time, zone: series.zone, minutes } })
      }
    >
      <div className={styles.column}>
        <Text>{t(bookTexts.changeText, { name: pair.seller.firstName })}</Text>
        <PatternFields pattern={pattern} onChange={setPattern} />
        <Field label={t(bookTexts.newTime)}>
          <TimeSelect value={time} onChange={setTime} />
        </Field>
        <ChooseLength minutes={minutes} onChange={setMinutes} />
        <ProblemNotice problem={change.problem} onRetry={change.again} />
      </div>
    </ConfirmDialog>
  );
}
