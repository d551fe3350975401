// From the click to a series that stands: each step as it is done, and what the person can do when one is not.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { longDateTime } from '@medspill/domain/format';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { useCommand } from '../client/use-command.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ProgressSteps } from '../ui/progress-steps.tsx';
import { bookingSteps } from './booking-steps.ts';
import type { Moves } from './date-list.tsx';
import { moveAsChosen } from './move-as-chosen.ts';
import { UndoBooking } from './undo-booking.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How often the service is asked while it books. */
const askEveryMs = 700;

type Props = {
  pair: PairView;
  moves: Moves;
  /** Called once, when the series stands in both calendars. */
  onDone?: (pair: PairView) => void;
  /** Under the done heading: what the surface adds. */
  done: (pair: PairView) => ReactNode;
  onUndone: () => void;
};

export function BookingProgress({ pair: first, moves, onDone, done, onUndone }: Props) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const announce = useAnnounce();
  const [pair, setPair] = useState(first);
  const [problem, setProblem] = useState<Problem>();
  const [movesLeft, setMovesLeft] = useState(Object.keys(moves).length);
  const resume = useCommand('resumeBooking', setPair);
  const told = useRef(false);
  const state = pair.series?.state ?? 'booking';
  const { seller } = pair;

  useEffect(() => {
    if (state !== 'booking') return;
    let stopped = false;
    const ask = async () => {
      const answer = await call('getPair', { params: { pairId: first.id } });
      if (stopped) return;
      if (answer.ok) setPair(answer.value);
      setProblem(answer.ok ? undefined : answer.problem);
      timer = setTimeout(ask, askEveryMs);
    };
    let timer = setTimeout(ask, askEveryMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [state, first.id]);

  useEffect(() => {
    if (state !== 'booked' || told.current) return;
    told.current = true;
    announce(t(bookTexts.bookedTitle, { name: seller.firstName }));
    void moveAsChosen(first.id, moves, setMovesLeft).then((moved) => {
      setProblem(moved.problem);
      onDone?.(moved.pair ?? pair);
    });
  }, [state, announce, t, seller.firstName, first.id, moves, onDone, pair]);

  const steps = pair.series === undefined ? [] : bookingSteps(pair.series, seller.firstName, t);
  const chosen = Object.keys(moves).length;
  if (chosen > 0) {
    steps.push({
      key: 'moves',
      text: t(bookTexts.stepMoves),
      state: movesLeft === 0 ? 'done' : state === 'booked' ? (problem ? 'failed' : 'under_way') : 'left',
    });
  }
  const next = pair.nextReview?.occurrence;
  const title = {
    booking: t(bookTexts.progressTitle, { name: seller.firstName }),
    booked: t(bookTexts.bookedTitle, { name: seller.firstName }),
    waiting_for_manager: t(bookTexts.waitingTitle),
    failed: t(bookTexts.failedTitle),
    stopped: t(bookTexts.stopped),
  }[state];
  const lead = {
    booking: t(bookTexts.progressStays),
    booked:
      next === undefined
        ? undefined
        : t(bookTexts.bookedLead, {
            date: longDateTime(next.date, next.time, language),
            name: seller.firstName,
          }),
    waiting_for_manager: t(bookTexts.waiting),
    failed: t(bookTexts.failed),
    stopped: undefined,
  }[state];

  return (
    <Page title={title} {...(lead === undefined ? {} : { lead })}>
      <ProblemNotice problem={problem ?? resume.problem} onRetry={resume.again} />
      {state === 'booked' && done(pair)}
      <ProgressSteps steps={steps} label={t(bookTexts.progressSteps)} />
      <div className={styles.actions}>
        {(state === 'waiting_for_manager' || state === 'failed') && (
          <Button
            appearance="primary"
            disabledFocusable={resume.busy}
            onClick={() => void resume.run({ params: { pairId: pair.id } })}
          >
            {t(bookTexts.goOn)}
          </Button>
        )}
        {state !== 'booking' && state !== 'stopped' && <UndoBooking pair={pair} onUndone={onUndone} />}
      </div>
      {pair.series?.problem !== undefined && (
        <Text size={200} className={styles.quiet}>
          {pair.series.problem}
        </Text>
      )}
    </Page>
  );
}
