import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PairView } from '@medspill/domain/book/contract';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { shellTexts } from '@medspill/domain/content/texts/shell';
import { longDate, monthName } from '@medspill/domain/format';
import type { ReviewView } from '@medspill/domain/prepare/contract';
import { useAnswer } from '../client/use-answer.ts';
import { ReadNote } from '../learn/note-to-manager.tsx';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { type Status, StatusBadge } from '../ui/status-badge.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const looks = {
  planned: { status: 'neutral', text: followUpTexts.statePlanned },
  running: { status: 'waiting', text: followUpTexts.stateRunning },
  signing: { status: 'waiting', text: followUpTexts.stateSigning },
  sealed: { status: 'good', text: followUpTexts.stateSealed },
  closed_unsigned: { status: 'watch', text: followUpTexts.stateClosed },
  skipped: { status: 'neutral', text: followUpTexts.stateSkipped },
} as const satisfies Record<ReviewView['state'], { status: Status; text: { nb: string; en: string } }>;

/** What has been held or skipped, newest first; what is to come stands in the calendar. */
export function PastReviews({ pair }: { pair: PairView }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const reviews = useAnswer('listReviews', { params: { pairId: pair.id } });
  const last = reviews.value?.reviews.find((one) => one.state !== 'skipped' && one.phase !== 'before');
  return (
    <>
      {pair.side === 'manager' && last !== undefined && (
        <ReadNote reviewId={last.id} seller={pair.seller.firstName} />
      )}
      <Section title={t(followUpTexts.reviews)} look="card">
        <Reading of={reviews}>
          {(value) => {
            const past = value.reviews.filter((one) => one.state !== 'planned' || one.phase !== 'before');
            if (past.length === 0) return <Empty text={t(followUpTexts.noReviews)} />;
            return (
              <ul className={styles.list}>
                {past.map(({ id, month, occurrence, state }) => (
                  <li key={id} className={styles.item}>
                    <span>
                      <PageLink to={{ name: 'review', id }}>
                        {t(shellTexts.reviewTitle, { month: monthName(month, language) })}
                      </PageLink>{' '}
                      <Text size={200} className={styles.quiet}>
                        {longDate(occurrence.date, language)}
                      </Text>
                    </span>
                    <StatusBadge status={looks[state].status} text={t(looks[state].text)} />
                  </li>
                ))}
              </ul>
            );
          }}
        </Reading>
      </Section>
    </>
  );
}
