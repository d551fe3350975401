// Beside an appointment that is a review: when, how ready both are, and what can be done with this month.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, timeForBoth, wallClock } from '@medspill/domain/format';
import type { Person } from '@medspill/domain/people';
import { useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { ChooseReview } from '../shell/choose-review.tsx';
import { teamsLink } from '../shell/deep-link.ts';
import { useDeployment } from '../shell/deployment-context.ts';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ReadinessRing } from '../ui/readiness-ring.tsx';
import { Section } from '../ui/section.tsx';
import { BookingProgress } from './booking-progress.tsx';
import { SeriesActions } from './series-actions.tsx';
import { SeriesState } from './series-state.tsx';
import { UndoBooking } from './undo-booking.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  start: { alignSelf: 'flex-start' },
});

type Found = RouteAnswer<'findAppointment'>;
type Props = { found: Found; onChanged: () => void };

export function AppointmentPane({ found, onChanged }: Props) {
  const [chosen, setChosen] = useState<string>();
  const only = found.reviews.length === 1 ? found.reviews[0] : found.reviews.find((one) => one.id === chosen);
  const state = found.pair.series?.state;
  if (state === 'booking' || state === 'waiting_for_manager' || state === 'failed') {
    return (
      <BookingProgress
        pair={found.pair}
        moves={{}}
        done={() => null}
        onDone={onChanged}
        onUndone={onChanged}
      />
    );
  }
  if (only === undefined && found.reviews.length > 1) {
    return <ChooseReview reviews={found.reviews} onChoose={setChosen} />;
  }
  return <ReviewPane pair={found.pair} review={only} onChanged={onChanged} />;
}

type PaneProps = { pair: PairView; review: Found['reviews'][number] | undefined; onChanged: () => void };

function ReviewPane({ pair, review, onChanged }: PaneProps) {
  const styles = useStyles();
  const t = useSay();
  const host = useHost();
  const deployment = useDeployment();
  const isUnconfirmed = pair.confirmedAt === undefined;
  const details = useAnswer(
    'getReview',
    review === undefined || isUnconfirmed ? undefined : { params: { reviewId: review.id } },
  );
  const [me, other] = pair.side === 'manager' ? [pair.manager, pair.seller] : [pair.seller, pair.manager];
  // The actions are about the review that is open, which may be a later month than the next.
  const shown = review === undefined ? pair : { ...pair, nextReview: review };
  return (
    <Page
      title={t(shellTexts.reviewWith, { name: other.name })}
      {...(review === undefined ? {} : { lead: <When review={review} me={me} other={other} /> })}
    >
      <SeriesState pair={pair} />
      {isUnconfirmed && pair.side === 'manager' && (
        <Notice intent="info">{t(bookTexts.waitingForSellerText, { name: pair.seller.firstName })}</Notice>
      )}
      {review !== undefined && (
        <Button
          appearance="primary"
          className={styles.start}
          onClick={() => host.openLink(teamsLink(deployment, { name: 'review', id: review.id }))}
        >
          {t(bookTexts.openForm)}
        </Button>
      )}
      {details.value !== undefined && (
        <Section title={t(bookTexts.readiness)}>
          <div className={styles.column}>
            <ReadinessRing name={pair.manager.firstName} readiness={details.value.readiness.manager} />
            <ReadinessRing name={pair.seller.firstName} readiness={details.value.readiness.seller} />
          </div>
        </Section>
      )}
      <ProblemNotice problem={details.problem} onRetry={details.reload} />
      <Section title={t(bookTexts.series)}>
        <div className={styles.column}>
          {pair.series === undefined && <Text>{t(bookTexts.noSeries)}</Text>}
          <SeriesActions pair={shown} onChanged={onChanged} />
          {pair.side === 'manager' && isUnconfirmed && pair.series?.state === 'booked' && (
            <UndoBooking pair={pair} onUndone={onChanged} />
          )}
        </div>
      </Section>
    </Page>
  );
}

type WhenProps = { review: Found['reviews'][number]; me: Person; other: Person };

function When({ review: { occurrence }, me, other }: WhenProps) {
  const language = useLanguage();
  const mine = wallClock(occurrence.start, me.zone);
  const theirs = { time: wallClock(occurrence.start, other.zone).time, firstName: other.firstName };
  return `${longDate(mine.date, language)}, ${timeForBoth(mine.time, theirs, language)}`;
}
