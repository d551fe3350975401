import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { followUpTexts } from '@medspill/domain/content/texts/follow-up';
import type { RouteAnswer } from '@medspill/domain/contract';
import { longDate, shortDate } from '@medspill/domain/format';
import type { Side } from '@medspill/domain/people';
import { useCommand } from '../client/use-command.ts';
import { useLanguage, useSay } from '../shell/host-context.tsx';
import { Empty } from '../ui/empty.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  words: {
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 14rem',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  signs: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

type PromiseView = RouteAnswer<'keepPromise'>;
type Props = { promises: readonly PromiseView[]; side: Side; onChanged: (promise: PromiseView) => void };

/** Overdue first, then by date; what both have ticked comes last. */
export function PromiseList({ promises, side, onChanged }: Props) {
  const styles = useStyles();
  const t = useSay();
  if (promises.length === 0) return <Empty text={t(followUpTexts.noPromises)} />;
  const isDone = (one: PromiseView) => one.keptAt !== undefined && one.receivedAt !== undefined;
  const sorted = [...promises].sort(
    (a, b) =>
      Number(isDone(a)) - Number(isDone(b)) ||
      Number(b.overdue) - Number(a.overdue) ||
      a.dueOn.localeCompare(b.dueOn),
  );
  return (
    <ul className={styles.list}>
      {sorted.map((promise) => (
        <PromiseItem key={promise.id} promise={promise} side={side} onChanged={onChanged} />
      ))}
    </ul>
  );
}

type ItemProps = { promise: PromiseView; side: Side; onChanged: (promise: PromiseView) => void };

function PromiseItem({ promise, side, onChanged }: ItemProps) {
  const styles = useStyles();
  const t = useSay();
  const language = useLanguage();
  const keep = useCommand('keepPromise', onChanged);
  const isMineDone = (side === 'manager' ? promise.keptAt : promise.receivedAt) !== undefined;
  const verb = isMineDone
    ? followUpTexts.takeBack
    : side === 'manager'
      ? followUpTexts.keep
      : followUpTexts.receive;
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <Text>{promise.text}</Text>
        {!promise.overdue && (
          <Text size={200} className={styles.quiet}>
            {t(followUpTexts.dueOn, { date: longDate(promise.dueOn, language) })}
          </Text>
        )}
      </div>
      <div className={styles.signs}>
        {promise.overdue && (
          <StatusBadge
            status="bad"
            text={t(followUpTexts.promiseOverdue, { date: shortDate(promise.dueOn, language) })}
          />
        )}
        {promise.keptAt !== undefined && <StatusBadge status="good" text={t(followUpTexts.promiseKept)} />}
        {promise.receivedAt !== undefined && (
          <StatusBadge status="good" text={t(followUpTexts.promiseReceived)} />
        )}
        <Button
          size="small"
          aria-label={`${t(verb)}: ${promise.text}`}
          disabledFocusable={keep.busy}
          onClick={() => void keep.run({ params: { promiseId: promise.id }, body: { done: !isMineDone } })}
        >
          {t(verb)}
        </Button>
      </div>
      <ProblemNotice problem={keep.problem} onRetry={keep.again} />
    </li>
  );
}
