import { runTexts as texts } from '@medspill/domain/content/texts/run';
import { summaryLimit } from '@medspill/domain/run/form';
import { ReviewLink } from '../prepare/review-link.tsx';
import { useSay } from '../shell/host-context.tsx';
import { useLive } from './live-context.tsx';
import { SharedField } from './shared-field.tsx';

export function Close() {
  const t = useSay();
  const { review } = useLive();
  return (
    <>
      <SharedField
        name="summary"
        label={t(texts.summary)}
        hint={t(texts.summaryHelp)}
        rows={6}
        advised={summaryLimit}
      />
      <ReviewLink reviewId={review.id} part="sign">
        {t(texts.toSign)}
      </ReviewLink>
    </>
  );
}
