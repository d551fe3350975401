// Beside a Teams meeting. A series has one chat and one link, so the service names the review by time, and where it is
// in doubt the person is asked (facts: the meeting id does not tell the occurrence).
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { lazy, useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { Busy } from '../ui/busy.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useSay } from './host-context.tsx';
import { useNavigation } from './navigation.tsx';
import { ReviewPage } from './review-page.tsx';
import { WaitingWords } from './waiting-words.tsx';

const ChooseReview = lazy(() => import('./choose-review.tsx').then((m) => ({ default: m.ChooseReview })));

export function MeetingPage({ chatId }: { chatId: string | undefined }) {
  const t = useSay();
  const found = useAnswer('findAppointment', chatId === undefined ? undefined : { query: { chatId } });
  const { page } = useNavigation();
  const [chosen, setChosen] = useState<string>();
  if (chatId === undefined || found.problem?.code === 'not_found') {
    return <NoReviewHere />;
  }
  if (found.value === undefined) {
    return found.problem === undefined ? (
      <Busy />
    ) : (
      <Page title={t(shellTexts.appName)}>
        <ProblemNotice problem={found.problem} onRetry={found.reload} />
        <WaitingWords />
      </Page>
    );
  }
  const { reviews } = found.value;
  const only = reviews.length === 1 ? reviews[0]?.id : chosen;
  if (only !== undefined) {
    const part = page.name === 'review' && page.id === only ? page.part : undefined;
    return <ReviewPage reviewId={only} {...(part === undefined ? {} : { part })} />;
  }
  if (reviews.length === 0) return <NoReviewHere />;
  return <ChooseReview reviews={reviews} onChoose={setChosen} />;
}

function NoReviewHere() {
  const t = useSay();
  return (
    <Page title={t(shellTexts.noReviewHereTitle)} lead={t(shellTexts.noReviewHere)}>
      <WaitingWords />
    </Page>
  );
}
