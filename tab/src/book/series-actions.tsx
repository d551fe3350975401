// What the manager can do with a series: move a month, skip it, stop all. Each dialog says what follows.
import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { markOf } from '@medspill/domain/book/calendar-preview';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDate, longDateTime, monthName } from '@medspill/domain/format';
import type { DateText } from '@medspill/domain/time';
import { useState } from 'react';
import { today } from '../client/today.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ChangeSeries } from './change-series.tsx';
import { markText } from './pattern-text.ts';
import { TimeSelect } from './time-select.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

type Props = { pair: PairView; onChanged: (pair: PairView) => void };
type Open = 'move' | 'skip' | 'change' | 'stop' | undefined;

export function SeriesActions({ pair, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const changed = (next: PairView) => {
    close();
    onChanged(next);
  };
  if (pair.side !== 'manager' || pair.series === undefined || pair.series.state === 'stopped') return null;
  const { nextReview } = pair;
  return (
    <div className={styles.actions}>
      {nextReview !== undefined && (
        <>
          <Button onClick={() => setOpen('move')}>{t(bookTexts.moveMonth)}</Button>
          <Button onClick={() => setOpen('skip')}>{t(bookTexts.skipMonth)}</Button>
        </>
      )}
      {pair.series.state === 'booked' && (
        <Button onClick={() => setOpen('change')}>{t(bookTexts.changeSeries)}</Button>
      )}
      <Button onClick={() => setOpen('stop')}>{t(bookTexts.stopSeries)}</Button>
      {open === 'move' && nextReview !== undefined && (
        <MoveDialog pair={pair} review={nextReview} onClose={close} onChanged={changed} />
      )}
      {open === 'skip' && nextReview !== undefined && (
        <SkipDialog pair={pair} review={nextReview} onClose={close} onChanged={changed} />
      )}
      {open === 'change' && (
        <ChangeSeries pair={pair} series={pair.series} onClose={close} onChanged={changed} />
      )}
      {open === 'stop' && <StopDialog pair={pair} onClose={close} onChanged={changed} />}
    </div>
  );
}

type NextReview = NonNullable<PairView['nextReview']>;
type DialogProps = Props & { onClose: () => void };

function MoveDialog({ pair, review, onClose, onChanged }: DialogProps & { review: NextReview }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [date, setDate] = useState<string>(review.occurrence.date);
  const [time, setTime] = useState<string>(review.occurrence.time);
  const move = useCommand('moveReview', (next) => {
    announce(t(bookTexts.moved, { date: longDateTime(date, time, language) }));
    onChanged(next);
  });
  const mark = date === '' ? undefined : markOf(date as DateText);
  const isSame = date === review.occurrence.date && time === review.occurrence.time;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(bookTexts.moveMonth)}
      verb={t(bookTexts.move)}
      busy={move.busy}
      disabled={isSame || date === '' || time === ''}
      onConfirm={() => void move.run({ params: { reviewId: review.id }, body: { date, time } })}
    >
      <div className={styles.column}>
        <Text>{t(bookTexts.moveText, { name: pair.seller.firstName })}</Text>
        <Field
          label={t(bookTexts.newDate)}
          {...(mark === undefined
            ? { hint: date === '' ? '' : longDate(date, language) }
            : {
                validationState: 'warning' as const,
                validationMessage: t(bookTexts.dateMarked, { mark: markText(mark, language) }),
              })}
        >
          <Input
            type="date"
            min={today(review.occurrence.zone).toString()}
            value={date}
            onChange={(_, data) => setDate(data.value)}
          />
        </Field>
        <Field label={t(bookTexts.newTime)}>
          <TimeSelect value={time} onChange={setTime} />
        </Field>
        <ProblemNotice problem={move.problem} onRetry={move.again} />
      </div>
    </ConfirmDialog>
  );
}

const reasons = {
  holiday: bookTexts.reasonHoliday,
  absence: bookTexts.reasonAbsence,
  agreed: bookTexts.reasonAgreed,
  other: bookTexts.reasonOther,
} as const;
const reasonKeys = ['holiday', 'absence', 'agreed', 'other'] as const;

function SkipDialog({ pair, review, onClose, onChanged }: DialogProps & { review: NextReview }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [reason, setReason] = useState<(typeof reasonKeys)[number]>();
  const skip = useCommand('skipReview', (next) => {
    announce(t(bookTexts.skipped));
    onChanged(next);
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(bookTexts.skipMonth)}
      verb={t(bookTexts.skip)}
      busy={skip.busy}
      disabled={reason === undefined}
      onConfirm={() => {
        if (reason !== undefined) void skip.run({ params: { reviewId: review.id }, body: { reason } });
      }}
    >
      <div className={styles.column}>
        <Text>
          {t(bookTexts.skipText, {
            month: monthName(review.month, language),
            name: pair.seller.firstName,
          })}
        </Text>
        <Field label={t(bookTexts.reason)} required>
          <RadioGroup
            value={reason ?? ''}
            onChange={(_, data) => setReason(reasonKeys.find((key) => key === data.value))}
          >
            {reasonKeys.map((key) => (
              <Radio key={key} value={key} label={t(reasons[key])} />
            ))}
          </RadioGroup>
        </Field>
        <ProblemNotice problem={skip.problem} onRetry={skip.again} />
      </div>
    </ConfirmDialog>
  );
}

function StopDialog({ pair, onClose, onChanged }: DialogProps) {
  const styles = useStyles();
  const t = useSay();
  const announce = useAnnounce();
  const stop = useCommand('stopSeries', (next) => {
    announce(t(bookTexts.stopped));
    onChanged(next);
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(bookTexts.stopSeries)}
      verb={t(bookTexts.stop)}
      busy={stop.busy}
      onConfirm={() => void stop.run({ params: { pairId: pair.id } })}
    >
      <div className={styles.column}>
        <Text>{t(bookTexts.stopText, { name: pair.seller.firstName })}</Text>
        <ProblemNotice problem={stop.problem} onRetry={stop.again} />
      </div>
    </ConfirmDialog>
  );
}
