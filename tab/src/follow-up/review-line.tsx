import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { bookTexts } from '@medspill/domain/content/texts/book';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { longDate, timeForBoth, wallClock } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { useNavigation } from '../shell/navigation.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { ReadinessRing } from '../ui/readiness-ring.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  rings: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
  },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL },
});

/** Readiness is not known before the seller has confirmed the pair. */
type Line = Pick<ReviewView, 'id' | 'occurrence'> & Partial<Pick<ReviewView, 'readiness'>>;

type Props = {
  pair: PairView;
  review: Line;
  /** Whether opening it is the page's main action; else it is a link beside another. */
  look?: 'main' | 'beside';
};

/** When, how ready both are, and the ways in. */
export function NextReview({ pair, review, look = 'beside' }: Props) {
  const styles = useStyles();
  const t = useSay();
  const host = useHost();
  const language = useLanguage();
  const { go } = useNavigation();
  const isManager = pair.side === 'manager';
  const [me, other] = isManager ? [pair.manager, pair.seller] : [pair.seller, pair.manager];
  const { start } = review.occurrence;
  const mine = wallClock(start, me.zone);
  const theirs = { time: wallClock(start, other.zone).time, firstName: other.firstName };
  const joinUrl = pair.nextReview?.id === review.id ? pair.nextReview.joinUrl : pair.series?.joinUrl;
  const waits = pair.nextReview?.id === review.id && pair.nextReview.waiting === true;
  const { readiness } = review;
  return (
    <div className={styles.column}>
      <Text size={400} weight="semibold">
        {longDate(mine.date, language)}, {timeForBoth(mine.time, theirs, language)}
      </Text>
      {waits && <StatusBadge status="waiting" text={t(bookTexts.meetingWaits)} />}
      {readiness !== undefined && (
        <div className={styles.rings}>
          <ReadinessRing
            name={t(shellTexts.you)}
            readiness={isManager ? readiness.manager : readiness.seller}
          />
          <ReadinessRing
            name={other.firstName}
            readiness={isManager ? readiness.seller : readiness.manager}
          />
        </div>
      )}
      {pair.confirmedAt !== undefined && (
        <div className={styles.actions}>
          {look === 'main' ? (
            <Button appearance="primary" onClick={() => go({ name: 'review', id: review.id })}>
              {t(followUpTexts.openReview)}
            </Button>
          ) : (
            <PageLink to={{ name: 'review', id: review.id }}>{t(followUpTexts.openReview)}</PageLink>
          )}
          {joinUrl !== undefined && (
            <Button onClick={() => host.openLink(joinUrl)}>{t(shellTexts.joinMeeting)}</Button>
          )}
        </div>
      )}
    </div>
  );
}
