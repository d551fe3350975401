// Evidence as it is read: by the other once the answers are open, and by both while they meet.
import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { evidenceTexts as texts } from '@medspill/domain/content/texts/evidence';
import { longDate, wallClock } from '@medspill/domain/format';
import type { Evidence, ReviewView } from '@medspill/domain/prepare/contract';
import { itemsUnder, type Tray } from '@medspill/domain/prepare/evidence';
import { isSafeLink } from '@medspill/domain/prepare/safe-link';
import { useHost, useLanguage, useSay } from '../shell/host-context.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { type Sources, useEvidenceSources } from './use-evidence-sources.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  item: {
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    overflowWrap: 'anywhere',
  },
  words: { whiteSpace: 'pre-wrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The items under both headings; nothing at all where there are none. */
export function EvidenceList({ review, tray }: { review: ReviewView; tray: Tray }) {
  const styles = useStyles();
  const t = useSay();
  const items = Object.values(tray);
  const sources = useEvidenceSources(review, {
    moments: items.some(({ kind }) => kind === 'moment'),
    records: items.some(({ kind }) => kind === 'record'),
  });
  return (['strength', 'improvement'] as const).map((under) => {
    const list = itemsUnder(tray, under);
    if (list.length === 0) return null;
    return (
      <div key={under} className={styles.part}>
        <h4 className={styles.heading}>{t(texts[under])}</h4>
        <ul className={styles.list}>
          {list.map(([id, item]) => (
            <li key={id} className={styles.item}>
              <EvidenceWords item={item} review={review} sources={sources} />
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

/** What one item says; everything in it is text. */
export function EvidenceWords({
  item,
  review,
  sources,
}: {
  item: Evidence;
  review: ReviewView;
  sources: Sources;
}) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const host = useHost();
  switch (item.kind) {
    case 'figure':
      return (
        <>
          <Text>{item.label}</Text>
          <Text weight="semibold">{item.value}</Text>
        </>
      );
    case 'quote':
      return (
        <>
          <Text className={styles.words}>{item.text}</Text>
          {item.customer.trim() !== '' && (
            <Text size={200} className={styles.quiet}>
              {item.customer}
            </Text>
          )}
        </>
      );
    case 'link':
      // The service takes nothing else; what a stranger has put into the browser's storage is no link either.
      return isSafeLink(item.url) ? (
        <Link href={item.url} target="_blank" rel="noopener noreferrer" inline>
          {item.title}
        </Link>
      ) : (
        <Text>{item.title}</Text>
      );
    case 'record': {
      if (sources.records === undefined) return <Text>{t(texts.record)}</Text>;
      const record = sources.records.find(({ id }) => id === item.recordId);
      if (record === undefined) return <Text className={styles.quiet}>{t(texts.gone)}</Text>;
      const name = t(texts.recordOf, { date: longDate(record.heldOn, language) });
      // Beside a meeting there is no other page to go to.
      if (host.surface === 'side-panel') return <Text>{name}</Text>;
      return <PageLink to={{ name: 'record', id: item.recordId }}>{name}</PageLink>;
    }
    case 'moment': {
      if (sources.moments === undefined) return <Text>{t(texts.moment)}</Text>;
      const moment = sources.moments.find(({ id }) => id === item.momentId);
      if (moment === undefined) return <Text className={styles.quiet}>{t(texts.gone)}</Text>;
      return (
        <>
          <Text size={200} className={styles.quiet}>
            {longDate(wallClock(moment.at, review[review.side].zone).date, language)}
          </Text>
          {[moment.situation, moment.behaviour, moment.impact].map((words) => (
            <Text key={words} className={styles.words}>
              {words}
            </Text>
          ))}
        </>
      );
    }
  }
}
