// Apart from the meeting page: it writes dates, which the first screen has no other use for.
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { clockTime, longDate } from '@medspill/domain/format';
import { Page } from '../ui/page.tsx';
import { useLanguage, useSay } from './host-context.tsx';
import { WaitingWords } from './waiting-words.tsx';

const useStyles = makeStyles({
  choices: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

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
      <WaitingWords />
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
