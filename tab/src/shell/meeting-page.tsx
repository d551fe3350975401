// Beside a Teams meeting. A series has one chat and one link, so the service names the review by time, and where it is
// in doubt the person is asked (facts: the meeting id does not tell the occurrence).
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { clockTime, longDate } from '@medspill/domain/format';
import { useState } from 'react';
import { useAnswer } from '../client/use-answer.ts';
import { Busy } from '../ui/busy.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useLanguage, useSay } from './host-context.tsx';
import { useNavigation } from './navigation.tsx';
import { ReviewPage } from './review-page.tsx';

const useStyles = makeStyles({
  choices: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

export function MeetingPage({ chatId }: { chatId: string | undefined }) {
  const t = useSay();
  const found = useAnswer('findAppointment', chatId === undefined ? undefined : { query: { chatId } });
  const { page } = useNavigation();
  const [chosen, setChosen] = useState<string>();
  if (chatId === undefined || found.problem?.code === 'not_found') {
    return <Page title={t(shellTexts.noReviewHereTitle)} lead={t(shellTexts.noReviewHere)} />;
  }
  if (found.value === undefined) {
    return found.problem === undefined ? (
      <Busy />
    ) : (
      <Page title={t(shellTexts.appName)}>
        <ProblemNotice problem={found.problem} onRetry={found.reload} />
      </Page>
    );
  }
  const { reviews } = found.value;
  const only = reviews.length === 1 ? reviews[0]?.id : chosen;
  if (only !== undefined) {
    const part = page.name === 'review' && page.id === only ? page.part : undefined;
    return <ReviewPage reviewId={only} {...(part === undefined ? {} : { part })} />;
  }
  if (reviews.length === 0) {
    return <Page title={t(shellTexts.noReviewHereTitle)} lead={t(shellTexts.noReviewHere)} />;
  }
  return <ChooseReview reviews={reviews} onChoose={setChosen} />;
}

type Choice = { id: string; occurrence: { date: string; time: string } };

export function ChooseReview({
  reviews,
  onChoose,
}: {
  reviews: readonly Choice[];
  onChoose: (id: string) => void;
}) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  return (
    <Page title={t(shellTexts.whichReviewTitle)} lead={t(shellTexts.whichReview)}>
      <div className={styles.choices}>
        {reviews.map(({ id, occurrence }) => (
          <Button key={id} size="large" onClick={() => onChoose(id)}>
            {longDate(occurrence.date, language)}, {clockTime(occurrence.time, language)}
          </Button>
        ))}
      </div>
    </Page>
  );
}
