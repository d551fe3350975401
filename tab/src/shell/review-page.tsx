// A review's frame: where it stands (before, during, after), the way between its parts, and the part itself.
import { makeStyles, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { lazy, useEffect, useRef, useState } from 'react';
import { nowMs } from '../client/clock.ts';
import { useAnswer } from '../client/use-answer.ts';
import { Busy } from '../ui/busy.tsx';
import { Page } from '../ui/page.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { PageNav } from '../ui/page-nav.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PageFloor } from './app.tsx';
import { writesFirstWords } from './first-words.ts';
import { useHost, useSay } from './host-context.tsx';
import { addressOf, type ReviewPart, reviewParts } from './pages.ts';
import { PhaseBar } from './phase-bar.tsx';
import { nextTurn, partOf } from './review-time.ts';
import { WaitingWords } from './waiting-words.tsx';

const PreparePage = lazy(() =>
  import('../prepare/prepare-page.tsx').then((m) => ({ default: m.PreparePage })),
);
const RunPage = lazy(() => import('../run/run-page.tsx').then((m) => ({ default: m.RunPage })));
const SignPage = lazy(() => import('../sign/sign-page.tsx').then((m) => ({ default: m.SignPage })));
const ReflectPage = lazy(() => import('../learn/reflect-page.tsx').then((m) => ({ default: m.ReflectPage })));

const useStyles = makeStyles({
  frame: {
    maxWidth: '60rem',
    marginInline: 'auto',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} 0`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    '@media (max-width: 479px)': {
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} 0`,
    },
  },
  nav: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export function ReviewPage({ reviewId, part }: { reviewId: string; part?: ReviewPart }) {
  const t = useSay();
  const review = useAnswer('getReview', { params: { reviewId } });
  if (review.value === undefined) {
    if (review.problem === undefined) return <Busy />;
    return (
      <Page title={t(shellTexts.review)}>
        <ProblemNotice problem={review.problem} onRetry={review.reload} />
        <WaitingWords />
        <p>
          <PageLink to={{ name: 'home' }}>{t(shellTexts.goHome)}</PageLink>
        </p>
      </Page>
    );
  }
  return (
    <Review
      review={review.value}
      onReview={review.put}
      reload={review.reload}
      {...(part === undefined ? {} : { part })}
    />
  );
}

type Props = {
  review: ReviewView;
  onReview: (review: ReviewView) => void;
  reload: () => void;
  part?: ReviewPart;
};

function Review({ review, onReview, reload, part }: Props) {
  const styles = useStyles();
  const t = useSay();
  const host = useHost();
  // The part that opened stays: nobody is carried off while they write because the clock has struck.
  const [first] = useState(() => (writesFirstWords() ? 'run' : partOf(review)));
  const shown = part ?? first;
  useEffect(() => {
    const at = nextTurn(review.occurrence, nowMs());
    if (at === undefined) return;
    const timer = setTimeout(reload, at);
    return () => clearTimeout(timer);
  }, [review, reload]);
  // What a part has done, signing for one, may have moved the review on.
  const shownBefore = useRef(shown);
  useEffect(() => {
    if (shownBefore.current !== shown) reload();
    shownBefore.current = shown;
  }, [shown, reload]);
  if (review.state === 'skipped') {
    return (
      <Page title={t(shellTexts.skippedReview)}>
        <WaitingWords />
      </Page>
    );
  }
  const surface = host.surface === 'side-panel' ? 'side-panel' : 'tab';
  return (
    <>
      <div className={styles.frame}>
        <nav className={styles.nav} aria-label={t(shellTexts.reviewParts)}>
          <PhaseBar phase={review.phase} />
          <PageNav
            links={reviewParts.map((one) => ({
              page: { name: 'review', id: review.id, part: one },
              text: t(shellTexts[one]),
            }))}
            here={addressOf({ name: 'review', id: review.id, part: shown })}
          />
        </nav>
        {shown !== 'run' && <WaitingWords />}
      </div>
      <PageFloor key={shown}>
        {shown === 'prepare' && <PreparePage reviewId={review.id} />}
        {shown === 'run' && <RunPage review={review} surface={surface} onReview={onReview} reload={reload} />}
        {shown === 'sign' && <SignPage reviewId={review.id} />}
        {shown === 'reflect' && <ReflectPage reviewId={review.id} />}
      </PageFloor>
    </>
  );
}
