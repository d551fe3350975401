// One pair: its series, the next review, promises, goals and earlier reviews. The manager acts on the series here.
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { clockTime } from '@medspill/domain/format';
import { useCallback } from 'react';
import { Absences } from '../book/absences.tsx';
import { BookingProgress } from '../book/booking-progress.tsx';
import { OpenReview } from '../book/continue-review.tsx';
import { hasSeries } from '../book/has-series.ts';
import { OwnTime } from '../book/own-time.tsx';
import { patternText } from '../book/pattern-text.ts';
import { RenewalOffer } from '../book/renewal-offer.tsx';
import { SeriesActions } from '../book/series-actions.tsx';
import { SeriesState } from '../book/series-state.tsx';
import { UndoBooking } from '../book/undo-booking.tsx';
import { useAnswer } from '../client/use-answer.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { IncomingManager } from '../trust/incoming-manager.tsx';
import { Busy } from '../ui/busy.tsx';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { ConfirmPair } from './confirm-pair.tsx';
import { GoalCard } from './goal-card.tsx';
import { PastReviews } from './past-reviews.tsx';
import { PromiseList } from './promise-list.tsx';
import { NextReview } from './review-line.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXL },
});

export function PairPage({ pairId }: { pairId: string }) {
  const t = useSay();
  const { go } = useNavigation();
  const pair = useAnswer('getPair', { params: { pairId } });
  const goHome = useCallback(() => go({ name: 'home' }), [go]);
  if (pair.value === undefined) {
    if (pair.problem === undefined) return <Busy />;
    return (
      <Page title={t(bookTexts.series)}>
        <ProblemNotice problem={pair.problem} onRetry={pair.reload} />
      </Page>
    );
  }
  const state = pair.value.series?.state;
  const isUnderWay = state === 'booking' || state === 'waiting_for_manager' || state === 'failed';
  if (isUnderWay && pair.value.side === 'manager') {
    return (
      <BookingProgress pair={pair.value} moves={{}} done={() => null} onDone={pair.put} onUndone={goHome} />
    );
  }
  return <Pair pair={pair.value} onChanged={pair.put} reload={pair.reload} />;
}

type Props = { pair: PairView; onChanged: (pair: PairView) => void; reload: () => void };

function Pair({ pair, onChanged, reload }: Props) {
  const styles = useStyles();
  const t = useSay();
  const { go } = useNavigation();
  const language = useLanguage();
  const isManager = pair.side === 'manager';
  const other = isManager ? pair.seller : pair.manager;
  const { series } = pair;
  const nextId = pair.nextReview?.id;
  const isConfirmed = pair.confirmedAt !== undefined;
  const next = useAnswer(
    'getReview',
    nextId === undefined || !isConfirmed ? undefined : { params: { reviewId: nextId } },
  );
  const kept = useAnswer('listGoals', { params: { pairId: pair.id } });
  const isFresh = series?.state === 'booked' && !isConfirmed;
  return (
    <Page
      title={other.name}
      {...(series === undefined || series.state === 'stopped'
        ? {}
        : {
            lead: `${t(bookTexts.planLine, {
              pattern: patternText(series.pattern, language),
              time: clockTime(series.time, language),
            })}, ${t(bookTexts.minutesValue, { minutes: series.minutes })}`,
          })}
      actions={<SeriesState pair={pair} />}
    >
      <IncomingManager pair={pair} onStopped={reload} />
      {!isManager && !isConfirmed && (
        <Section title={t(followUpTexts.nextStep)} look="card">
          <ConfirmPair pair={pair} onConfirmed={onChanged} />
        </Section>
      )}
      <Section title={t(followUpTexts.nextReview)} look="card">
        <div className={styles.column}>
          {!isConfirmed && isManager && pair.nextReview !== undefined && (
            <Text>{t(bookTexts.waitingForSellerText, { name: pair.seller.firstName })}</Text>
          )}
          {pair.nextReview === undefined ? (
            <NoNextReview pair={pair} />
          ) : !isConfirmed ? (
            <NextReview pair={pair} review={pair.nextReview} />
          ) : (
            <Reading of={next}>
              {({ id, readiness, occurrence }) => (
                // The pair is what a command answers with: after a move it knows the new time first.
                <NextReview
                  pair={pair}
                  review={{ id, readiness, occurrence: pair.nextReview?.occurrence ?? occurrence }}
                  look="main"
                />
              )}
            </Reading>
          )}
          <Absences pair={pair} onChanged={onChanged} />
          <RenewalOffer pair={pair} onChanged={onChanged} />
          {isManager && isConfirmed && <OpenReview pair={pair} onChanged={onChanged} />}
          <SeriesActions pair={pair} onChanged={onChanged} />
          <OwnTime pair={pair} onChanged={onChanged} />
          {isManager && isFresh && <UndoBooking pair={pair} onUndone={() => go({ name: 'home' })} />}
        </div>
      </Section>
      <Reading of={kept}>
        {({ goals, promises }) => (
          <>
            <Section
              title={
                isManager
                  ? t(followUpTexts.promisesTo, { name: other.firstName })
                  : t(followUpTexts.promisesFrom, { name: other.firstName })
              }
              look="card"
            >
              <PromiseList
                promises={promises}
                side={pair.side}
                onChanged={(changed) =>
                  kept.put({
                    goals,
                    promises: promises.map((one) => (one.id === changed.id ? changed : one)),
                  })
                }
              />
            </Section>
            <Section title={t(followUpTexts.goals)}>
              {goals.length === 0 ? (
                <Empty text={t(followUpTexts.noGoals)} />
              ) : (
                <div className={styles.column}>
                  {goals.map((goal) => (
                    <GoalCard
                      key={goal.id}
                      goal={goal}
                      side={pair.side}
                      onChanged={(changed) =>
                        kept.put({
                          promises,
                          goals: goals.map((one) => (one.id === changed.id ? changed : one)),
                        })
                      }
                    />
                  ))}
                </div>
              )}
            </Section>
          </>
        )}
      </Reading>
      <PastReviews pair={pair} />
      <nav className={styles.links} aria-label={t(followUpTexts.more)}>
        <PageLink to={{ name: 'growth', id: pair.id }}>{t(followUpTexts.showGrowth)}</PageLink>
        <PageLink to={{ name: 'moments', id: pair.id }}>{t(followUpTexts.showMoments)}</PageLink>
      </nav>
    </Page>
  );
}

function NoNextReview({ pair }: { pair: PairView }) {
  const t = useSay();
  const { go } = useNavigation();
  if (pair.side === 'seller') return <Empty text={t(followUpTexts.noNextReview)} />;
  return (
    <Empty
      text={t(followUpTexts.noNextForManager)}
      {...(hasSeries({ pair })
        ? {}
        : {
            action: (
              <Button appearance="primary" onClick={() => go({ name: 'book', sellerId: pair.seller.id })}>
                {t(bookTexts.book)}
              </Button>
            ),
          })}
    />
  );
}
