import { makeStyles, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import { goalChangeTexts } from '@medspill/domain/content/texts/goal-change';
import { longDateTime, wallClock } from '@medspill/domain/format';
import type { Language } from '@medspill/domain/people';
import { type Say, useLanguage, useSay } from '../shell/host-context.tsx';
import type { Page } from '../shell/pages.ts';
import { PageLink } from '../ui/page-link.tsx';
import { type Status, StatusSign } from '../ui/status-badge.tsx';
import type { Attention } from './attention.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  item: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
});

const looks: Record<Attention['kind'], Status> = {
  promises: 'bad',
  help: 'watch',
  change: 'waiting',
  booking: 'waiting',
  failed: 'bad',
  unsigned: 'waiting',
  late: 'bad',
  prepare: 'waiting',
  risk: 'watch',
  next: 'neutral',
};

export function AttentionList({ items }: { items: readonly Attention[] }) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={`${item.kind} ${item.line.pair.id}`} className={styles.item}>
          <StatusSign status={looks[item.kind]} />
          <PageLink to={placeOf(item)}>{textOf(item, t, language)}</PageLink>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ kind, line }: Attention): Page {
  if (kind === 'unsigned' && line.last !== undefined)
    return { name: 'review', id: line.last.id, part: 'sign' };
  if (kind === 'prepare' && line.next !== undefined)
    return { name: 'review', id: line.next.id, part: 'prepare' };
  if (kind === 'next') return { name: 'book', sellerId: line.pair.seller.id };
  return { name: 'pair', id: line.pair.id };
}

function textOf({ kind, line }: Attention, t: Say, language: Language): string {
  const name = line.pair.seller.firstName;
  switch (kind) {
    case 'promises':
      return line.overduePromises === 1
        ? t(followUpTexts.attentionOnePromise, { name })
        : t(followUpTexts.attentionPromises, { name, count: line.overduePromises });
    case 'help':
      return t(followUpTexts.attentionHelp, { name });
    case 'change':
      return t(goalChangeTexts.attention, { name });
    case 'booking':
      return t(followUpTexts.attentionBooking, { name });
    case 'failed':
      return t(followUpTexts.attentionFailed, { name });
    case 'unsigned':
      return t(followUpTexts.attentionUnsigned, { name });
    case 'late':
      return t(followUpTexts.attentionLate, { name, days: line.cadence.days ?? 0 });
    case 'prepare': {
      const start = line.next?.occurrence.start ?? '';
      const { date, time } = wallClock(start, line.pair.manager.zone);
      return t(followUpTexts.attentionPrepare, { name, date: longDateTime(date, time, language) });
    }
    case 'risk':
      return t(followUpTexts.attentionRisk, { name });
    case 'next':
      return t(followUpTexts.attentionNext, { name });
  }
}
